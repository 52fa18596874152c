package v1

import (
	"context"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// plan reads a cadence; what cannot be read is told like what cannot be held.
func (c *Cadence) plan() (cadence.Plan, error) {
	p := cadence.Plan{
		EveryWeeks: c.EveryWeeks, OffsetDays: c.OffsetDays, OpenWorkingDays: c.OpenWorkingDays, Region: c.Region, CheckLead: c.CheckLead,
	}
	var wrong []fault.Field
	note := func(pointer, code string, err error) {
		if err != nil {
			wrong = append(wrong, fault.Field{Pointer: pointer, Code: code})
		}
	}
	for day := time.Monday; day <= time.Friday; day++ {
		if strings.ToLower(day.String()) == c.Weekday {
			p.Weekday = day
		}
	}
	var err error
	p.Opens, err = cadence.ParseClock(c.Opens)
	note("/opens", "time-invalid", err)
	p.Closes, err = cadence.ParseClock(c.Closes)
	note("/closes", "time-invalid", err)
	for i, own := range c.OwnDates {
		at := "/own_dates/" + strconv.Itoa(i)
		from, err := cadence.ParseDate(own.From)
		note(at+"/from", "date-invalid", err)
		to, err := cadence.ParseDate(own.To)
		note(at+"/to", "date-invalid", err)
		p.Own = append(p.Own, cadence.Own{From: from, To: to, Name: own.Name})
	}
	if len(wrong) > 0 {
		return p, fault.New(fault.Invalid, "cadence-invalid").With(wrong...)
	}
	return p, nil
}

func newCadence(c *survey.Cadence) *One[CadenceSet] {
	p := c.Plan
	out := Cadence{
		EveryWeeks: p.EveryWeeks, OffsetDays: p.OffsetDays, Weekday: strings.ToLower(p.Weekday.String()), Opens: p.Opens.String(),
		Closes: p.Closes.String(), OpenWorkingDays: p.OpenWorkingDays, Region: p.Region, CheckLead: p.CheckLead,
	}
	for _, own := range p.Own {
		out.OwnDates = append(out.OwnDates, Period{own.From.String(), own.To.String(), own.Name})
	}
	return &One[CadenceSet]{etag(c.Version), CadenceSet{out, p.Zone, c.Version > 0, c.Version}}
}

// ShowCadence gives the cadence of a programme, or a proposal.
func (a *API) ShowCadence(ctx context.Context, actor account.Actor, in *ByProgramme) (*One[CadenceSet], error) {
	c, err := a.service.ShowCadence(ctx, actor, survey.ProgrammeID(in.Programme))
	if err != nil {
		return nil, err
	}
	return newCadence(c), nil
}

// PutCadence sets the cadence of a programme.
func (a *API) PutCadence(ctx context.Context, actor account.Actor, in *struct {
	ByProgramme
	Seen
	Body Cadence
}) (*One[CadenceSet], error) {
	if err := actor.May(account.ChangeProgramme); err != nil { // before the cadence is read
		return nil, err
	}
	plan, err := in.Body.plan()
	if err != nil {
		return nil, err
	}
	c, err := a.service.PutCadence(ctx, actor, survey.ProgrammeID(in.Programme), seen(in.IfMatch), plan)
	if err != nil {
		return nil, err
	}
	return newCadence(c), nil
}

// PreviewCadence gives the rounds that a cadence would give an iteration.
func (a *API) PreviewCadence(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Body *CadencePreview
}) (*struct{ Body Schedule }, error) {
	var plan *cadence.Plan
	if in.Body != nil && in.Body.Cadence != nil {
		if err := actor.May(account.ReadProgramme); err != nil {
			return nil, err
		}
		read, err := in.Body.Cadence.plan()
		if err != nil {
			return nil, err
		}
		plan = &read
	}
	s, err := a.service.PreviewCadence(ctx, actor, survey.IterationID(in.Iteration), plan)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Schedule }{newSchedule(s)}, nil
}

func newSchedule(s *cadence.Schedule) Schedule {
	out := Schedule{Rounds: []PlannedRound{}, Dropped: []DroppedRound{}}
	for _, r := range s.Rounds {
		out.Rounds = append(out.Rounds, PlannedRound{
			Number: r.Number, Kind: string(r.Kind), Planned: r.Planned.String(), Opens: r.Opens.At.UTC(), Closes: r.Closes.At.UTC(),
			OpensWall: r.Opens.Wall(), ClosesWall: r.Closes.Wall(), Moved: r.Moved(), Collisions: collisions(r.Collisions), Within: collisions(r.Within),
		})
	}
	for _, d := range s.Dropped {
		out.Dropped = append(out.Dropped, DroppedRound{d.Planned.String(), collisions(d.Collisions)})
	}
	return out
}

func collisions(in []cadence.Collision) []Collision {
	out := []Collision{}
	for _, c := range in {
		one := Collision{Reason: string(c.Reason), From: c.From.String(), To: c.To.String()}
		if c.Name != (locale.Text{}) {
			text := newText(c.Name)
			one.Name = &text
		}
		out = append(out, one)
	}
	return out
}
