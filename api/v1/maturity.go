package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
)

// ShowMaturity gives levels, profile, change and the staff's view of an iteration.
func (a *API) ShowMaturity(ctx context.Context, actor account.Actor, in *ByIteration) (*struct{ Body Maturity }, error) {
	m, err := a.service.Maturity(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	out := Maturity{Processes: []ProcessMaturity{}, Profile: newProfile(m.Profile)}
	if m.Model != nil {
		out.Model = &m.Model.ID
	}
	for n := range m.Processes {
		out.Processes = append(out.Processes, newProcessMaturity(&m.Processes[n], actor))
	}
	if m.Organisation != nil {
		whole := newProcessMaturity(m.Organisation, actor)
		out.Organisation = &whole
	}
	return &struct{ Body Maturity }{out}, nil
}

func newProfile(p maturity.Profile) Profile {
	out := Profile{
		Assessed: p.Assessed, WithTarget: p.WithTarget, AtTarget: p.AtTarget, Provisional: p.Provisional,
		Median: p.Median, Lowest: p.Lowest, Stage: p.Stage,
	}
	if p.Widest != nil {
		out.Widest = &Widest{p.Widest.Process, *p.Widest.Gap()}
	}
	return out
}

func newProcessMaturity(p *survey.ProcessMaturity, actor account.Actor) ProcessMaturity {
	out := ProcessMaturity{
		Process: p.Process, Level: p.Level(), Target: p.Target, Gap: p.Gap(), AtTarget: p.AtTarget(), Core: p.Core,
		Roles: []string{}, Measured: p.Measured, Change: newChange(p.Change()), Staff: newStaffView(p.Staff),
	}
	if p.Assessment != nil {
		assessed := newAssessment(p.Assessment, actor)
		assessed.Sheets = []Sheet{}
		out.Assessment = &assessed
	}
	for _, r := range p.Roles {
		out.Roles = append(out.Roles, string(r))
	}
	if b := p.Before; b != nil {
		out.Before = &EarlierMaturity{b.Number, b.Assessment.Model, b.Assessment.Done.UTC(), b.Result.Level}
	}
	return out
}

func newChange(c maturity.Change) MaturityChange {
	out := MaturityChange{c.Kind, c.From, c.To, []MovedAttribute{}}
	for _, m := range c.Moved {
		out.Moved = append(out.Moved, MovedAttribute{m.Attribute, string(m.From), string(m.To)})
	}
	return out
}

func newStaffView(v *survey.StaffView) *StaffView {
	if v == nil {
		return nil
	}
	out := &StaffView{string(v.Round), v.State, v.N, []StaffItem{}}
	for _, i := range v.Items {
		out.Items = append(out.Items, StaffItem{i.Key, i.N, i.Index, i.Favourable, i.CI, i.Band})
	}
	return out
}
