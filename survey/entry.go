package survey

import (
	"context"
	"slices"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

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

// ShowEntry gives an entry of a list.
func (s *Service) ShowEntry(ctx context.Context, actor account.Actor, id OrganisationID, list List, key string) (*Named, error) {
	all, err := s.ListEntries(ctx, actor, id, list)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(n Named) bool { return n.Key == key })
	if at < 0 {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return &all[at], nil
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

// EntryChange is what is to change about an entry; nil stays.
type EntryChange struct {
	Seen     int
	Key      string // which one; it never changes
	Name     *locale.Text
	Since    *string
	Archived *bool
}

// UpdateEntry changes an entry. What rounds and people refer to can be archived, not
// deleted. Fault NotFound if there is none.
func (s *Service) UpdateEntry(ctx context.Context, actor account.Actor, id OrganisationID, list List, change EntryChange) (*Named, error) {
	o, err := s.organisation(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list.Of(o), func(n Named) bool { return n.Key == change.Key })
	if at < 0 {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	now := list.Of(o)[at]
	in := EntryInput{
		Seen: change.Seen, Key: change.Key, Name: or(change.Name, now.Name), Since: or(change.Since, now.Since),
		Archived: or(change.Archived, now.Archived),
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

// UsedEntry reports whether people, iterations, rounds, results, records or rights refer
// to an entry, so that it can only be archived.
func (s *Service) UsedEntry(ctx context.Context, actor account.Actor, id OrganisationID, list List, key string) (bool, error) {
	if _, err := s.organisation(ctx, actor, account.ChangeProgramme, id); err != nil {
		return false, err
	}
	return s.store.UsedEntry(ctx, id, list, key)
}

// DeleteEntry removes an entry that was never used, in version seen. Faults: NotFound,
// "entry-used" (Conflict), "version-conflict" (Stale).
func (s *Service) DeleteEntry(ctx context.Context, actor account.Actor, id OrganisationID, list List, key string, seen int) error {
	o, err := s.organisation(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list.Of(o), func(n Named) bool { return n.Key == key })
	switch {
	case at < 0:
		return fault.New(fault.NotFound, "not-found")
	case list.Of(o)[at].Version != seen:
		return fault.New(fault.Stale, "version-conflict")
	}
	return s.store.DeleteEntry(ctx, id, list, key, seen, s.tell(actor, id, string(list)+".delete", key, nil))
}

// or gives a value that was said, or the one that stays.
func or[T any](said *T, stays T) T {
	if said != nil {
		return *said
	}
	return stays
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
