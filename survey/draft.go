package survey

import (
	"context"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// RoundInput is what is said of a draft; nil stays, or is the default of a new one.
type RoundInput struct {
	Seen          int
	Kind          Kind // of a new round
	Title         *locale.Text
	Opens         *time.Time
	Closes        *time.Time
	Questionnaire *questionnaire.Questionnaire // nil = the built-in one of the kind
	Reminders     *[]time.Time                 // at most two, between opening and closing
}

func (in RoundInput) apply(r *Round, now time.Time) error {
	var c checks
	if in.Questionnaire != nil {
		r.Questionnaire = in.Questionnaire
	}
	if in.Title != nil {
		r.Title = *in.Title
		c.text("/title/de", &r.Title.DE, maxTitle)
		c.text("/title/en", &r.Title.EN, maxTitle)
	}
	if in.Opens != nil {
		r.Opens = in.Opens.UTC().Truncate(time.Second)
	}
	if in.Closes != nil {
		r.Closes = in.Closes.UTC().Truncate(time.Second)
	}
	if in.Reminders != nil {
		r.Reminders = nil
		for _, at := range *in.Reminders {
			r.Reminders = append(r.Reminders, at.UTC().Truncate(time.Second))
		}
	}
	if len(r.Reminders) > maxReminders {
		c.wrong("/reminders", "too-many-items")
	}
	if r.Closes.Before(r.Opens) {
		c.wrong("/closes", "dates-reversed")
		return c.err()
	}
	for i, at := range r.Reminders {
		if !at.After(r.Opens) || !at.Before(r.Closes) {
			c.wrong("/reminders/"+strconv.Itoa(i), "date-order")
		}
	}
	if checkWindow(r, now) != nil {
		c.wrong("/closes", "round-window-invalid")
	}
	return c.err()
}

// maxReminders is the most reminders of a round (threat-model.md 4.5).
const maxReminders = 2

// CreateRound drafts a round of an iteration by hand.
func (s *Service) CreateRound(ctx context.Context, actor account.Actor, id IterationID, in RoundInput) (*Round, error) {
	i, programme, err := s.iteration(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return nil, err
	}
	if i.Phase == Finished {
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	q := in.Questionnaire
	if q == nil {
		q = questionnaire.BuiltIn(string(in.Kind))
	}
	if in.Kind != CheckRound && in.Kind != PulseRound || q == nil {
		return nil, fault.New(fault.Invalid, "round-kind-unknown").With(fault.Field{Pointer: "/kind", Code: "round-kind-unknown"})
	}
	r := &Round{
		ID: RoundID(s.newID()), Organisation: o.ID, Iteration: id, Kind: in.Kind, Title: q.Title, State: Draft, K: o.K, Questionnaire: q,
	}
	if err := in.apply(r, s.now()); err != nil {
		return nil, err
	}
	if err := r.setWall(o.Zone); err != nil {
		return nil, err
	}
	told := s.tell(actor, o.ID, "round.create", string(r.ID), map[string]string{"kind": string(r.Kind)})
	return r, s.store.CreateRound(ctx, r, Also{Told: []audit.Entry{told}})
}

// setWall notes the local times that the round was planned for.
func (r *Round) setWall(zone string) error {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return err
	}
	r.Zone, r.OpensWall, r.ClosesWall = zone, r.Opens.In(location).Format(WallTime), r.Closes.In(location).Format(WallTime)
	return nil
}

// ListRounds gives the rounds of an iteration in order of closing.
func (s *Service) ListRounds(ctx context.Context, actor account.Actor, id IterationID) ([]Round, error) {
	if _, _, err := s.iteration(ctx, actor, account.ReadRounds, id); err != nil {
		return nil, err
	}
	return s.store.ListRoundsOf(ctx, id)
}

// ShowRound gives a round in any state.
func (s *Service) ShowRound(ctx context.Context, actor account.Actor, id RoundID) (*Round, error) {
	return s.round(ctx, actor, account.ReadRounds, id)
}

// UpdateRound changes a draft; a round that is frozen is fault Conflict "round-open".
// The cadence leaves a round alone that was changed by hand; it still opens by itself.
func (s *Service) UpdateRound(ctx context.Context, actor account.Actor, id RoundID, in RoundInput) (*Round, error) {
	r, err := s.round(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return nil, err
	}
	if r.State != Draft {
		return nil, fault.New(fault.Conflict, "round-open")
	}
	if r.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if err := in.apply(r, s.now()); err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, r.Organisation)
	if err != nil {
		return nil, err
	}
	if err := r.setWall(o.Zone); err != nil {
		return nil, err
	}
	r.Pinned, r.Asking = r.FromCadence, nil // who asked meant what it was before
	also := Also{Told: []audit.Entry{s.tell(actor, r.Organisation, "round.update", string(id), nil)}, Then: r.Jobs()}
	if err := s.store.UpdateRound(ctx, r, also); err != nil {
		return nil, err
	}
	r.Version++
	return r, nil
}

// DeleteRound removes the draft that the caller saw, or a round that another tool counted.
// Faults Conflict "round-open" for a round that is frozen; of an imported one
// "past-reported" once a report that may tell of it was issued, "past-compared" once later
// results refer to it.
func (s *Service) DeleteRound(ctx context.Context, actor account.Actor, id RoundID, seen int) error {
	r, err := s.round(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return err
	}
	if r.Imported {
		return s.withdrawPast(ctx, actor, r, seen)
	}
	return s.store.DeleteRound(ctx, id, seen, s.tell(actor, r.Organisation, "round.delete", string(id), nil))
}

// ShowResults gives what a counted round released; an owner sees the groups of the own
// processes. Fault NotFound before counting.
func (s *Service) ShowResults(ctx context.Context, actor account.Actor, id RoundID) (*tally.Results, error) {
	r, err := s.round(ctx, actor, account.ReadResults, id)
	if err != nil {
		return nil, err
	}
	results, _, err := s.store.FindResults(ctx, id)
	if err != nil {
		return nil, err
	}
	if only := actor.Only(account.ReadResults, string(r.Organisation)); only != nil {
		results = results.Of(only)
	}
	return results, nil
}
