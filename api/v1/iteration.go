package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

func newIteration(i *survey.Iteration) Iteration {
	out := Iteration{
		ID: string(i.ID), Programme: string(i.Programme), Number: i.Number, Phase: string(i.Phase), Starts: i.Starts.UTC(), Ends: i.Ends.UTC(),
		Scope: list(i.Scope), Events: []Event{}, NoGoals: i.NoGoals,
		Met: i.Meeting.Met, Staff: i.Meeting.Staff, StaffTold: i.Meeting.StaffTold, Version: i.Version,
	}
	if !i.Checks.IsZero() {
		out.Checks = utc(&i.Checks)
	}
	for _, e := range i.Events {
		out.Events = append(out.Events, Event(e))
	}
	return out
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	at := t.UTC()
	return &at
}

func events(in []Event) *[]survey.Event {
	out := make([]survey.Event, len(in))
	for i, e := range in {
		out[i] = survey.Event(e)
	}
	return &out
}

// ListIterations gives the iterations of a programme.
func (a *API) ListIterations(ctx context.Context, actor account.Actor, in *struct {
	ByProgramme
	Paging
}) (*List[Iteration], error) {
	all, err := a.service.ListIterations(ctx, actor, survey.ProgrammeID(in.Programme))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Programme+"/iterations", all, func(i *survey.Iteration) string { return string(i.ID) }, newIteration)
}

// CreateIteration plans the next iteration.
func (a *API) CreateIteration(ctx context.Context, actor account.Actor, in *struct {
	ByProgramme
	Body IterationNew
}) (*Made[Iteration], error) {
	b := in.Body
	i, err := a.service.CreateIteration(ctx, actor, survey.ProgrammeID(in.Programme), survey.IterationInput{
		Starts: &b.Starts, Checks: &b.Checks, Ends: &b.Ends, Scope: &b.Scope, Events: events(b.Events), NoGoals: b.NoGoals,
	})
	if err != nil {
		return nil, err
	}
	return &Made[Iteration]{Prefix + "/iterations/" + string(i.ID), etag(i.Version), newIteration(i)}, nil
}

// ShowIteration gives an iteration.
func (a *API) ShowIteration(ctx context.Context, actor account.Actor, in *ByIteration) (*One[Iteration], error) {
	return oneIteration(a.service.ShowIteration(ctx, actor, survey.IterationID(in.Iteration)))
}

func oneIteration(i *survey.Iteration, err error) (*One[Iteration], error) {
	if err != nil {
		return nil, err
	}
	return &One[Iteration]{etag(i.Version), newIteration(i)}, nil
}

// UpdateIteration changes an iteration.
func (a *API) UpdateIteration(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Seen
	Body IterationChange
}) (*One[Iteration], error) {
	b := in.Body
	change := survey.IterationInput{
		Seen: seen(in.IfMatch), Starts: b.Starts, Checks: b.Checks, Ends: b.Ends, Scope: b.Scope, NoGoals: b.NoGoals,
		Met: b.Met, Staff: b.Staff, StaffTold: b.StaffTold,
	}
	if b.Events != nil {
		change.Events = events(*b.Events)
	}
	return oneIteration(a.service.UpdateIteration(ctx, actor, survey.IterationID(in.Iteration), change))
}

// AdvanceIteration takes an iteration to its next phase.
func (a *API) AdvanceIteration(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Seen
}) (*One[Iteration], error) {
	return oneIteration(a.service.AdvanceIteration(ctx, actor, survey.IterationID(in.Iteration), seen(in.IfMatch)))
}
