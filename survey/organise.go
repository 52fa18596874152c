package survey

import (
	"context"
	"slices"
	"strconv"
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
	o := &Organisation{ID: OrganisationID(NewID()), Key: in.Key, Name: in.Name, Zone: in.Zone, K: in.K}
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
	return slices.DeleteFunc(all, func(o Organisation) bool { return actor.In(account.ReadOrganisation, string(o.ID)) != nil }), err
}

// ShowOrganisation gives an organisation; its lists only to those who may read them.
func (s *Service) ShowOrganisation(ctx context.Context, actor account.Actor, id OrganisationID) (*Organisation, error) {
	o, err := s.organisation(ctx, actor, account.ReadOrganisation, id)
	if err == nil && actor.May(account.ReadProgramme) != nil {
		o.Processes, o.Roles, o.Units = nil, nil, nil
	}
	return o, err
}

// OrganisationChange is what is to change; nil stays.
type OrganisationChange struct {
	Seen int
	Name *string
	Zone *string
	K    *int
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
	if err := c.err(); err != nil {
		return nil, err
	}
	if in.K != nil {
		if err := s.noneOpen(ctx, id); err != nil {
			return nil, err
		}
	}
	if err := s.store.UpdateOrganisation(ctx, o, s.tell(actor, id, "organisation.update", string(id), detail)); err != nil {
		return nil, err
	}
	o.Version++
	return o, nil
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

// EntryInput is what is said of an entry of a list.
type EntryInput struct {
	Seen     int // version of an entry that changes
	Key      string
	Name     locale.Text
	Since    string // go-live of a process, YYYY-MM-DD
	Archived bool
}

func (in *EntryInput) check(list List) error {
	var c checks
	c.key("/key", in.Key)
	c.text("/name/de", &in.Name.DE, maxName)
	c.text("/name/en", &in.Name.EN, maxName)
	c.day("/since", in.Since)
	if in.Since != "" && list != ProcessList {
		c.wrong("/since", "unknown-field")
	}
	return c.err()
}

func (in *EntryInput) named() Named {
	return Named{Key: in.Key, Name: in.Name, Since: in.Since, Archived: in.Archived, Version: in.Seen}
}

// ListEntries gives a list of an organisation, archived entries included.
func (s *Service) ListEntries(ctx context.Context, actor account.Actor, id OrganisationID, list List) ([]Named, error) {
	o, err := s.organisation(ctx, actor, account.ReadProgramme, id)
	if err != nil {
		return nil, err
	}
	return list.Of(o), nil
}

// CreateEntry adds an entry at the end of a list. Faults: "key-taken" (Conflict),
// "too-many-items".
func (s *Service) CreateEntry(ctx context.Context, actor account.Actor, id OrganisationID, list List, in EntryInput) (*Named, error) {
	o, err := s.organisation(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	if err := in.check(list); err != nil {
		return nil, err
	}
	if len(list.Of(o)) >= maxGroups {
		return nil, fault.New(fault.Invalid, "too-many-items")
	}
	n := in.named()
	n.Version = 1
	told := s.tell(actor, id, string(list)+".create", in.Key, nil)
	return &n, s.store.CreateEntries(ctx, id, list, []Named{n}, told)
}

// UpdateEntry changes an entry. What rounds and people refer to is archived, never
// deleted. Fault NotFound if there is none.
func (s *Service) UpdateEntry(ctx context.Context, actor account.Actor, id OrganisationID, list List, in EntryInput) (*Named, error) {
	o, err := s.organisation(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(list.Of(o), func(n Named) bool { return n.Key == in.Key }) {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	if err := in.check(list); err != nil {
		return nil, err
	}
	n := in.named()
	told := s.tell(actor, id, string(list)+".update", in.Key, map[string]string{"archived": strconv.FormatBool(in.Archived)})
	if err := s.store.UpdateEntry(ctx, id, list, n, told); err != nil {
		return nil, err
	}
	n.Version++
	return &n, nil
}

// TakeTemplate adds the processes of the template that the organisation does not have
// yet, those named by keys, all of them for none. It gives the list.
func (s *Service) TakeTemplate(ctx context.Context, actor account.Actor, id OrganisationID, keys []string) ([]Named, error) {
	o, err := s.organisation(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	var fresh []Named
	known := map[string]bool{}
	for _, p := range questionnaire.Processes() {
		known[p.Key] = true
		if len(keys) > 0 && !slices.Contains(keys, p.Key) || slices.ContainsFunc(o.Processes, func(n Named) bool { return n.Key == p.Key }) {
			continue
		}
		fresh = append(fresh, Named{Key: p.Key, Name: p.Name, Version: 1})
	}
	var c checks
	for i, key := range keys {
		if !known[key] {
			c.wrong("/keys/"+strconv.Itoa(i), "process-unknown")
		}
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	if len(fresh) > 0 {
		told := s.tell(actor, id, "process.template", string(id), map[string]string{"added": strconv.Itoa(len(fresh))})
		if err := s.store.CreateEntries(ctx, id, ProcessList, fresh, told); err != nil {
			return nil, err
		}
	}
	return append(o.Processes, fresh...), nil
}
