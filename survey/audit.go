package survey

import (
	"context"
	"slices"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Log is what the use cases ask of the audit log.
type Log interface {
	// ListAudit gives the entries of an organisation from the first on, with the addresses
	// that are still kept.
	ListAudit(ctx context.Context, id OrganisationID) ([]audit.Entry, error)
	// ListLatestAudit gives the last n entries, the latest first.
	ListLatestAudit(ctx context.Context, id OrganisationID, n int) ([]audit.Entry, error)
	// ListLabels gives what the things with these ids are called, as far as they are there.
	// People who are invited are among them only if that is asked for.
	ListLabels(ctx context.Context, id OrganisationID, ids []string, people bool) (map[string]Label, error)
}

// Label is what something is called.
type Label struct {
	Text   locale.Text
	Number int // of an iteration, which has no other name; 0 otherwise
}

// Logged is an entry of the audit log with names in place of ids, as far as what they
// name is still there.
type Logged struct {
	audit.Entry
	Who  string // who did it, a user or a token; empty = the machine, or nobody knows any more
	What Label  // what it was done to
	In   Label  // the iteration that detail names
}

// ListAudit gives who did what in an organisation, from the first entry on; those of
// the installation for the empty id.
func (s *Service) ListAudit(ctx context.Context, actor account.Actor, id OrganisationID) ([]audit.Entry, error) {
	if err := actor.In(account.ReadAudit, string(id)); err != nil {
		return nil, err
	}
	if actor.Role == account.Operator && id != "" {
		return nil, fault.New(fault.Refused, "forbidden") // an operator reads the installation's own
	}
	return s.store.ListAudit(ctx, id)
}

// ListEvents gives the entries of ListAudit with names.
func (s *Service) ListEvents(ctx context.Context, actor account.Actor, id OrganisationID) ([]Logged, error) {
	all, err := s.ListAudit(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return s.named(ctx, actor, id, all)
}

// Most that is looked through for the latest events, and that are told.
const (
	latestEntries = 200
	latestEvents  = 5
)

// hearable says which right it takes to hear of events of a kind in a programme; others,
// such as log-ins, stand in the audit alone. An owner, who sees the own processes alone,
// hears of nothing there.
var hearable = map[string]account.Permission{
	"programme": account.ReadProgramme, "iteration": account.ReadProgramme, "cadence": account.ReadProgramme, "process": account.ReadProgramme,
	"unit": account.ReadProgramme, "coaching": account.ReadProgramme, "model": account.ReadProgramme, "round": account.ReadRounds,
	"goal": account.ReadProgress, "kpi": account.ReadProgress, "quickwin": account.ReadProgress, "improvement": account.ReadProgress,
	"measurement": account.ReadProgress, "decision": account.ReadDecisions, "report": account.ReadReports,
}

// LatestEvents gives the last five things that happened in the programmes, the latest
// first, as far as the actor may hear of them. Who did it is told to those who read the
// audit. What respondents do is no event.
func (s *Service) LatestEvents(ctx context.Context, actor account.Actor, id OrganisationID) ([]Logged, error) {
	audits := actor.May(account.ReadAudit) == nil && actor.Role != account.Operator
	if _, err := s.organisation(ctx, actor, account.ReadProgramme, id); err != nil {
		return nil, err
	}
	all, err := s.store.ListLatestAudit(ctx, id, latestEntries)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e audit.Entry) bool {
		kind, _, _ := strings.Cut(e.Verb, ".")
		p, open := hearable[kind]
		return !open || actor.May(p) != nil || actor.Only(p, string(id)) != nil
	})
	events, err := s.named(ctx, actor, id, all[:min(len(all), latestEvents)])
	for i := range events {
		events[i].Address = ""
		if !audits {
			events[i].Who, events[i].Actor = "", ""
		}
	}
	return events, err
}

// named finds what the ids in entries stand for.
func (s *Service) named(ctx context.Context, actor account.Actor, id OrganisationID, all []audit.Entry) ([]Logged, error) {
	var ids []string
	for _, e := range all {
		ids = append(ids, bare(e.Actor), subjectOf(&e), e.Detail["iteration"])
	}
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(one string) bool { return one == "" })
	labels, err := s.store.ListLabels(ctx, id, ids, actor.May(account.ReadPeople) == nil)
	events := make([]Logged, len(all))
	for i, e := range all {
		events[i] = Logged{e, labels[bare(e.Actor)].Text.DE, labels[subjectOf(&e)], labels[e.Detail["iteration"]]}
	}
	return events, err
}

// bare takes away what says that an actor is a user or a token.
func bare(actor string) string {
	_, id, found := strings.Cut(actor, ":")
	if !found {
		return actor
	}
	return id
}

// subjectOf gives the id of what an entry is about: keys of lists are ids only together
// with the name of the list.
func subjectOf(e *audit.Entry) string {
	kind, _, _ := strings.Cut(e.Verb, ".")
	switch List(kind) {
	case ProcessList, RoleList, UnitList, ThemeList:
		if e.Subject != e.Organisation {
			return kind + ":" + e.Subject
		}
	}
	return e.Subject
}
