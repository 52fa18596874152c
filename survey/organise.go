package survey

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// OrganisationInput is what is said of a new organisation.
type OrganisationInput struct {
	Key  string // 2-12 of a-z 0-9
	Name string
	Zone string // IANA; empty = Europe/Berlin
	K    int    // 0 = the smallest
}

// CreateOrganisation makes an organisation with the process roles that everybody
// begins with. Fault Conflict "key-taken".
func (s *Service) CreateOrganisation(ctx context.Context, actor account.Actor, in OrganisationInput) (*Organisation, error) {
	if err := actor.May(account.CreateOrganisations); err != nil {
		return nil, err
	}
	o := &Organisation{ID: OrganisationID(s.newID()), Key: in.Key, Name: in.Name, Zone: in.Zone, K: in.K}
	if o.Zone == "" {
		o.Zone = "Europe/Berlin"
	}
	if o.K == 0 {
		o.K = FloorK
	}
	var c checks
	c.text("/name", &o.Name, maxName)
	c.zone("/zone", o.Zone)
	if !organisationKey(o.Key) {
		c.wrong("/key", "key-invalid")
	}
	if o.K < FloorK || o.K > ceilingK {
		c.wrong("/k", "threshold-invalid")
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	for _, r := range questionnaire.Roles() {
		o.Roles = append(o.Roles, Named{Key: r.Key, Name: r.Name})
	}
	told := s.tell(actor, o.ID, "organisation.create", string(o.ID), map[string]string{"key": o.Key})
	return o, s.store.CreateOrganisation(ctx, o, told, s.tell(actor, "", "organisation.create", string(o.ID), map[string]string{"key": o.Key}))
}

func organisationKey(key string) bool {
	if len(key) < 2 || len(key) > 12 {
		return false
	}
	for _, r := range key {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

func (c *checks) zone(pointer, name string) {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		c.wrong(pointer, "zone-unknown")
	}
}

// ListOrganisations gives the organisations that the actor belongs to, all of them to
// an operator, without their lists.
func (s *Service) ListOrganisations(ctx context.Context, actor account.Actor) ([]Organisation, error) {
	if err := actor.May(account.ReadOrganisation); err != nil {
		return nil, err
	}
	all, err := s.store.ListOrganisations(ctx)
	all = slices.DeleteFunc(all, func(o Organisation) bool { return actor.In(account.ReadOrganisation, string(o.ID)) != nil })
	for i := range all {
		all[i].veil(actor)
	}
	return all, err
}

// ShowOrganisation gives an organisation; its lists only to those who may read them.
func (s *Service) ShowOrganisation(ctx context.Context, actor account.Actor, id OrganisationID) (*Organisation, error) {
	o, err := s.organisation(ctx, actor, account.ReadOrganisation, id)
	if err != nil {
		return nil, err
	}
	o.veil(actor)
	return o, nil
}

// veil takes out what only those see who read the organisation from inside.
func (o *Organisation) veil(actor account.Actor) {
	if actor.May(account.ReadProgramme) != nil {
		o.Processes, o.Roles, o.Units, o.Themes, o.Auditors, o.Agreement = nil, nil, nil, nil, nil, ""
	}
}

// maxContact is the most runes of the line that tells whom to ask.
const maxContact = 160

// OrganisationChange is what is to change; nil stays.
type OrganisationChange struct {
	Seen int
	Name *string
	Zone *string
	K    *int

	Auditors *[]string // addresses
	Contact  *locale.Text

	Agreement *string // with the works council; empty = none

	SecondPerson *bool
	Limits       *Limits
	Colour       *string // #rrggbb; empty = ours
}

// UpdateOrganisation changes an organisation. k only goes up, and not while a round is
// open: "threshold-invalid" (Invalid), "round-open" (Conflict).
func (s *Service) UpdateOrganisation(ctx context.Context, actor account.Actor, id OrganisationID, in OrganisationChange) (*Organisation, error) {
	o, err := s.organisation(ctx, actor, account.ChangeOrganisation, id)
	if err != nil {
		return nil, err
	}
	if o.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	detail := map[string]string{}
	var c checks
	var letters []Letter
	if in.SecondPerson != nil && *in.SecondPerson != o.SecondPerson {
		if letters, err = s.setSecond(ctx, actor, o, &c); err != nil {
			return nil, err
		}
		detail["second_person"] = strconv.FormatBool(o.SecondPerson)
	}
	if in.Name != nil {
		o.Name = *in.Name
		c.text("/name", &o.Name, maxName)
		detail["name"] = o.Name
	}
	if in.Zone != nil {
		o.Zone = *in.Zone
		c.zone("/zone", o.Zone)
		detail["zone"] = o.Zone
	}
	if in.K != nil && *in.K != o.K {
		if *in.K < o.K || *in.K > ceilingK {
			c.wrong("/k", "threshold-invalid")
		}
		o.K = *in.K
		detail["k"] = strconv.Itoa(o.K)
	}
	before := o.Auditors
	if in.Auditors != nil {
		o.Auditors = slices.Clone(*in.Auditors)
		c.addresses("/auditors", o.Auditors)
		detail["auditors"] = strconv.Itoa(len(o.Auditors))
	}
	c.both("/contact", &o.Contact, in.Contact, maxContact)
	if in.Agreement != nil {
		if o.Agreement = strings.TrimSpace(*in.Agreement); o.Agreement != "" {
			c.text("/agreement", &o.Agreement, maxTitle)
		}
		detail["agreement"] = o.Agreement
	}
	in.looks(o, &c, detail)
	if err := c.err(); err != nil {
		return nil, err
	}
	if in.K != nil {
		if err := s.noneOpen(ctx, id); err != nil {
			return nil, err
		}
	}
	letters = append(letters, s.auditorsLetters(actor, o, before)...)
	if len(letters) > 0 { // before it is so: nothing of this happens without a word
		if err := s.store.CreateLetters(ctx, letters, s.now()); err != nil {
			return nil, err
		}
	}
	if err := s.store.UpdateOrganisation(ctx, o, s.tell(actor, id, "organisation.update", string(id), detail)); err != nil {
		return nil, err
	}
	o.Version++
	return o, nil
}

// looks takes what changes how reports look and what they call things. Faults Invalid
// "limit-invalid", "limit-order", "colour-invalid" and "colour-contrast".
func (in *OrganisationChange) looks(o *Organisation, c *checks, detail map[string]string) {
	c.limits("/limits", &o.Limits, in.Limits)
	c.colour("/colour", &o.Colour, in.Colour)
	if l := o.Limits.Known(); in.Limits != nil {
		detail["limits"] = fmt.Sprintf("%d/%d %d/%d", l.IndexOK, l.IndexWatch, l.ShareOK, l.ShareWatch)
	}
	if in.Colour != nil {
		detail["colour"] = string(o.Colour)
	}
}

// auditorsLetters tell those who were told of rounds to review if one of them is to hear no
// more of them.
func (s *Service) auditorsLetters(actor account.Actor, o *Organisation, before []string) []Letter {
	gone := slices.ContainsFunc(before, func(address string) bool { return !slices.Contains(o.Auditors, address) })
	if !gone || actor.IsSystem() {
		return nil
	}
	id, letters := s.newID(), make([]Letter, len(before))
	for i, address := range before {
		letters[i] = AuditorsLetter(o, address, before, o.Auditors, id, locale.German)
	}
	return letters
}

// noneOpen refuses while a round of the organisation takes answers or waits to be counted.
func (s *Service) noneOpen(ctx context.Context, id OrganisationID) error {
	rounds, err := s.store.ListRounds(ctx, Review, Open, Closed)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Organisation == id {
			return fault.New(fault.Conflict, "round-open")
		}
	}
	return nil
}
