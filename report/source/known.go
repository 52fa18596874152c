package source

import (
	"context"
	"slices"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/maturity"
)

// known gathers what a programme knows of an iteration beside the answers. A module of
// which the programme has kept nothing until then is nil.
type known struct {
	service   *survey.Service
	iteration *survey.Iteration
	counted   time.Time         // when the round of the report was
	before    *survey.Iteration // nil = this is the first
	checked   time.Time         // when the check round of the one before was counted; zero = none was
	zone      *time.Location
	began     map[survey.RecordID]survey.RecordID // by record: the first of those that carried it on; nil = nobody asks
}

func (k *known) modules(ctx context.Context) (m report.Modules, err error) {
	p, err := k.service.Progress(ctx, account.System(), k.iteration.ID)
	if err != nil {
		return m, err
	}
	if err := k.follow(ctx, p); err != nil {
		return m, err
	}
	past := new(survey.Progress)
	if k.before != nil {
		if past, err = k.service.Progress(ctx, account.System(), k.before.ID); err != nil {
			return m, err
		}
	}
	m.Day = k.counted.In(k.zone).Format(time.DateOnly)
	if p.Uses[survey.GoalRecord] {
		m.Goals = &report.Goals{Goals: toldGoals(p.Goals)}
		if m.Goals.Before, err = k.goalsBefore(ctx, past); err != nil {
			return m, err
		}
	}
	if p.Uses[survey.QuickWinRecord] {
		m.QuickWins = &report.QuickWins{Wins: toldWins(p.QuickWins), Before: k.winsBefore(past)}
	}
	if m.Voices, err = k.voices(ctx, p); err != nil {
		return m, err
	}
	if m.Maturity, err = k.maturity(ctx); err != nil {
		return m, err
	}
	return m, nil
}

func toldGoals(goals []survey.Goal) (told []report.Goal) {
	for _, g := range goals {
		if g.Status == survey.GoalDropped {
			continue
		}
		one := report.Goal{
			ID: string(g.ID), Process: g.Process, Name: g.Name, Missing: g.Missing(), Metric: g.Metric, Unit: g.Unit, Direction: g.Direction,
			Baseline: g.Baseline, Target: g.Target, Owner: g.Owner, Due: g.Due,
		}
		if g.Last != nil {
			one.Actual, one.Measured = &g.Last.Value, g.Last.Day
		}
		if f := g.Fed; f != nil {
			one.Pulse = &report.Pulse{Withheld: f.State != survey.FedShown, Enough: f.Enough, CI: f.CI}
		}
		told = append(told, one)
	}
	return told
}

// goalsBefore is how many goals of the iteration before were on track when it was checked:
// what was measured later counts for this one.
func (k *known) goalsBefore(ctx context.Context, past *survey.Progress) (*report.Share, error) {
	if k.before == nil || k.checked.IsZero() {
		return nil, nil
	}
	day := k.day(&k.checked)
	then := slices.Clone(past.Goals)
	for n := range then {
		g := &then[n]
		if g.Last == nil || g.Last.Day <= day {
			continue
		}
		history, err := k.service.ListMeasurements(ctx, account.System(), g.KPI)
		if err != nil {
			return nil, err
		}
		g.Last = nil
		for _, m := range history { // by day
			if m.Day <= day {
				g.Last = &m
			}
		}
	}
	return report.GoalsThen(toldGoals(then), *k.before, day, k.zone), nil
}

func toldWins(wins []survey.QuickWin) (told []report.QuickWin) {
	for _, q := range wins {
		if q.Status != survey.QuickWinDropped {
			told = append(told, report.QuickWin{
				ID: string(q.ID), Process: q.Process, Name: q.Name, Status: q.Status, Due: q.Due, Reached: q.Reached,
				Told: q.Told, Channel: q.Channel, Audience: q.Audience,
			})
		}
	}
	return told
}

// winsBefore is how many of what was achieved in the iteration before was communicated.
func (k *known) winsBefore(past *survey.Progress) *report.Share {
	s := &report.Share{Iteration: k.iteration.Number - 1}
	for _, q := range past.QuickWins {
		if q.Status != survey.QuickWinDone && q.Status != survey.QuickWinConfirmed {
			continue
		}
		s.Of++
		if q.Told != "" {
			s.Part++
		}
	}
	if s.Of == 0 {
		return nil
	}
	return s
}

func (k *known) voices(ctx context.Context, p *survey.Progress) (*report.Voices, error) {
	all, err := k.service.Voices(ctx, account.System(), k.iteration.ID)
	if err != nil {
		return nil, err
	}
	if len(all.Quotes) == 0 && !p.Uses[survey.ImprovementRecord] {
		return nil, nil
	}
	v := &report.Voices{Texts: all.Texts}
	for _, q := range all.Quotes {
		v.Comments = append(v.Comments, report.Voice{Theme: q.Theme, Text: q.Text, Edited: q.Edited})
	}
	for _, m := range p.Improvements {
		v.Register = append(v.Register, report.RegisterRow{
			ID: string(m.ID), Process: m.Process, Criticism: m.Criticism, Potential: m.Potential, Status: m.Status, Reason: m.Reason,
			Received: m.Noted, Answer: m.Answer, Answered: m.Answered, Channel: m.Channel, Due: m.Due, Effect: toldEffect(&m),
		})
	}
	return v, nil
}

func toldEffect(m *survey.Improvement) *report.Effect {
	e := m.Effect
	if e == nil {
		return nil
	}
	told := &report.Effect{Item: e.Key, Percent: e.Share, Target: m.Target, Verdict: string(e.State), Change: e.Verdict, Why: string(e.Why)}
	if e.State != survey.EffectOpen {
		told.Before, told.Now = e.Before, e.After
	}
	return told
}

// maturity is nil until a process was assessed.
func (k *known) maturity(ctx context.Context) (*report.Maturity, error) {
	now, err := k.service.Maturity(ctx, account.System(), k.iteration.ID)
	if err != nil || now.Model == nil || !slices.ContainsFunc(now.Processes, func(p survey.ProcessMaturity) bool { return p.Assessment != nil || p.Before != nil }) {
		return nil, err
	}
	m := &report.Maturity{Model: now.Model.Title, Levels: now.Model.Levels}
	for _, a := range now.Model.Attributes {
		m.Attributes = append(m.Attributes, report.MaturityAttribute{ID: a.ID, Name: a.Name})
	}
	for _, p := range now.Processes {
		m.Processes = append(m.Processes, k.process(p))
	}
	if k.before != nil {
		past, err := k.service.Maturity(ctx, account.System(), k.before.ID)
		if err != nil {
			return nil, err
		}
		if past.Profile.WithTarget > 0 {
			m.Before = &report.Share{Iteration: k.iteration.Number - 1, Part: past.Profile.AtTarget, Of: past.Profile.WithTarget}
		}
	}
	return m, nil
}

func (k *known) process(p survey.ProcessMaturity) report.MaturityProcess {
	told := report.MaturityProcess{Process: p.Process, Level: p.Level(), Measured: &p.Measured}
	if p.Target > 0 {
		told.Target = &p.Target
	}
	if p.Now != nil {
		told.Provisional, told.Ratings = p.Now.Provisional, map[string]maturity.Class{}
		for _, r := range p.Now.Attributes {
			told.Ratings[r.Attribute] = r.Class
		}
	}
	if p.Before != nil {
		told.Previous, told.PreviousDay = p.Before.Result.Level, k.day(p.Before.Assessment.Done)
	}
	if p.Assessment != nil {
		told.Day = k.day(p.Assessment.Done)
	}
	if len(p.Roles) > 0 {
		told.Assessor = string(p.Roles[0]) // the report has words for it
	}
	return told
}

// day gives the day of an instant where the organisation is; empty for none.
func (k *known) day(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.In(k.zone).Format(time.DateOnly)
}

// act tells what was decided, or added to what the rules propose, and when the next
// pulse opens.
func (k *known) act(ctx context.Context, l locale.Language) (*report.Act, error) {
	decisions, err := k.service.ListDecisions(ctx, account.System(), k.iteration.ID)
	if err != nil {
		return nil, err
	}
	meeting := k.iteration.Meeting
	act := &report.Act{Met: meeting.Met, Staff: meeting.Staff, StaffTold: meeting.StaffTold}
	for _, d := range decisions {
		act.Decisions = append(act.Decisions, report.Decision{
			Number: d.Number, Since: d.Since, Rule: d.Rule, Proposal: d.In(l), Outcome: d.Outcome, Wording: d.Wording, Remark: d.Remark,
			Owner: d.Owner, Due: d.Due, Done: d.Done,
		})
		if edited := d.In(l) == d.Proposal && d.Proposal != d.Drafted.In(l); edited && (d.Rule != "" || d.Since == 0) {
			act.Actions = append(act.Actions, report.Action{Rule: d.Rule, Text: d.Proposal})
		}
	}
	next, err := k.service.NextPulse(ctx, account.System(), k.iteration.ID, k.counted)
	if err != nil || next == nil {
		return act, err
	}
	act.PulseFrom, act.PulseTo = k.day(&next.Opens), k.day(&next.Closes)
	return act, nil
}
