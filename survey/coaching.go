package survey

import (
	"context"
	"slices"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Coaching is where people find support, as their organisation says. The survey's page
// gives everybody the same list and picks from it what concerns the reader.
type Coaching struct {
	Offers  []Offer
	Version int // 0: nothing was said yet
}

// Offer is somebody who helps.
type Offer struct {
	Process string      `json:"process,omitempty"` // key; empty = all
	Role    string      `json:"role,omitempty"`    // key of a process role; empty = all
	Who     string      `json:"who"`
	When    locale.Text `json:"when"` // one of the languages may be missing
	Where   locale.Text `json:"where"`
}

// Coachings keeps the lists.
type Coachings interface {
	// FindCoaching gives the list of an organisation, an empty one in version 0 if none
	// was set.
	FindCoaching(ctx context.Context, id OrganisationID) (*Coaching, error)
	// PutCoaching replaces version c.Version, 0 for the first one.
	PutCoaching(ctx context.Context, id OrganisationID, c *Coaching, told ...audit.Entry) error
}

// maxOffers is the most offers of an organisation: the page carries all of them.
const maxOffers = 40

// ShowCoaching gives the list of an organisation.
func (s *Service) ShowCoaching(ctx context.Context, actor account.Actor, id OrganisationID) (*Coaching, error) {
	if _, err := s.organisation(ctx, actor, account.ReadProgramme, id); err != nil {
		return nil, err
	}
	return s.store.FindCoaching(ctx, id)
}

// PutCoaching sets the list; seen is the version that it replaces, 0 for the first one.
func (s *Service) PutCoaching(ctx context.Context, actor account.Actor, id OrganisationID, seen int, offers []Offer) (*Coaching, error) {
	o, err := s.organisation(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	now, err := s.store.FindCoaching(ctx, id)
	if err != nil {
		return nil, err
	}
	if now.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	c := &Coaching{Offers: slices.Clone(offers), Version: seen}
	if err := c.check(o); err != nil {
		return nil, err
	}
	told := s.tell(actor, id, "coaching.put", string(id), map[string]string{"offers": strconv.Itoa(len(c.Offers))})
	if err := s.store.PutCoaching(ctx, id, c, told); err != nil {
		return nil, err
	}
	c.Version++
	return c, nil
}

func (c *Coaching) check(o *Organisation) error {
	var wrong checks
	if len(c.Offers) > maxOffers {
		wrong.wrong("/offers", "too-many-items")
	}
	for n := range c.Offers {
		one, at := &c.Offers[n], "/offers/"+strconv.Itoa(n)
		wrong.listed(at+"/process", one.Process, o.Processes, "process-unknown")
		wrong.listed(at+"/role", one.Role, o.Roles, "role-unknown")
		wrong.text(at+"/who", &one.Who, maxName)
		when, where := one.When, one.Where
		wrong.both(at+"/when", &one.When, &when, maxName)
		wrong.both(at+"/where", &one.Where, &where, maxName)
		if one.When == (locale.Text{}) {
			wrong.missing(at + "/when")
		}
	}
	return wrong.err()
}

// listed checks that a key is one of a list, or empty.
func (c *checks) listed(pointer, key string, list []Named, code string) {
	if key != "" && !slices.ContainsFunc(list, func(n Named) bool { return n.Key == key && !n.Archived }) {
		c.wrong(pointer, code)
	}
}
