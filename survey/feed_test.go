package survey_test

import (
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/score"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// acceptance of changes as a round displays it.
func acceptance(state string, index, n *int, band string, ci *tally.Interval) tally.GroupResult {
	return tally.GroupResult{
		Group: tally.Group{Process: "CHG"}, State: state, Constructs: []tally.ConstructResult{{Key: "ACC", Index: index, N: n, Band: band, CI: ci}},
	}
}

// TestFiguresFromThePulse: a construct of a process is a KPI; what is not displayed gives
// no value, few answers reach nothing, and an interval around the target is not certain.
func TestFiguresFromThePulse(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	p, i := o.programme(t)
	k := o.kpi(t, i.ID, survey.KPIInput{Process: ptr("CHG"), Pulse: ptr("ACC"), Target: survey.Say(ptr(60.0)), Baseline: survey.Say(ptr(50.0))})
	g := o.goal(t, i.ID, survey.GoalInput{Process: ptr("CHG"), KPI: ptr(string(k.ID)), Target: survey.Say(ptr(60.0)), Baseline: survey.Say(ptr(50.0))})
	if k.Fed != nil || k.Attainment().Word != score.NoData || g.Attainment().Word != score.NoData {
		t.Errorf("before a round was counted: %+v, %+v", k, g)
	}
	measured := 0
	for n, c := range []struct {
		group     tally.GroupResult
		state     survey.FedState
		word      string
		uncertain bool
	}{
		{acceptance(tally.Shown, ptr(55), ptr(40), "", &tally.Interval{Low: 50, High: 60}), survey.FedShown, score.Partly, false},
		{acceptance(tally.Shown, ptr(64), ptr(40), "", &tally.Interval{Low: 59, High: 69}), survey.FedShown, score.Reached, true},
		{acceptance(tally.Shown, ptr(66), ptr(40), "", &tally.Interval{Low: 61, High: 71}), survey.FedShown, score.Reached, false},
		{acceptance(tally.Shown, nil, ptr(40), ">=90", nil), survey.FedBanded, score.NoData, false},
		{acceptance(tally.Indicative, ptr(66), ptr(8), "", nil), survey.FedShown, score.TooFewAnswers, false},
		{acceptance(tally.Shown, ptr(66), nil, "", &tally.Interval{Low: 61, High: 71}), survey.FedShown, score.Reached, false},
		{acceptance(tally.Indicative, ptr(66), nil, "", nil), survey.FedShown, score.TooFewAnswers, false},
		{tally.GroupResult{Group: tally.Group{Process: "CHG"}, State: tally.Protected}, survey.FedProtected, score.NoData, false},
		{tally.GroupResult{Group: tally.Group{Process: "INC"}, State: tally.Shown}, survey.FedProtected, score.NoData, false},
	} {
		id := o.countedRound(t, i.ID, survey.PulseRound, c.group)
		if c.state == survey.FedShown {
			measured++
		}
		k, err := o.ShowKPI(ctx, o.owner(), k.ID)
		if err != nil || k.Fed == nil || k.Fed.Round != id || k.Fed.State != c.state || k.Attainment().Word != c.word || k.Attainment().Uncertain != c.uncertain || (k.Last != nil) != (c.state == survey.FedShown) {
			t.Errorf("%d: %+v, %+v, %v, want %s %s", n, k, k.Attainment(), err, c.state, c.word)
		}
		all, err := o.ListGoals(ctx, o.auditor(), i.ID)
		if err != nil || all[0].Attainment().Word != c.word || all[0].Attainment().Uncertain != c.uncertain {
			t.Errorf("%d: the goal is %+v, %v", n, all[0].Attainment(), err)
		}
	}
	history, err := o.ListMeasurements(ctx, o.auditor(), k.ID)
	if err != nil || len(history) != measured || history[0].Value != 55 || history[0].Day != "2026-03-03" {
		t.Errorf("%+v, %v, want %d", history, err, measured)
	}
	o.onlyFromThePulse(t, p, k)
}

// onlyFromThePulse: nothing else is mixed in, and rounds of the next iteration count for
// goals of the next one alone.
func (o *office) onlyFromThePulse(t *testing.T, p *survey.Programme, k *survey.KPI) {
	t.Helper()
	if _, err := o.AddMeasurement(ctx, o.lead(), k.ID, survey.MeasurementInput{Day: "2026-03-10", Value: 99}); !fault.Is(err, "kpi-from-pulse") {
		t.Errorf("measured by hand: %v", err)
	}
	if _, err := o.UpdateKPI(ctx, o.lead(), k.ID, k.Version, survey.KPIInput{Pulse: ptr("XYZ")}); !fault.Is(err, "unknown-question") {
		t.Errorf("a construct that there is not: %v", err)
	}
	next, err := o.CreateIteration(ctx, o.lead(), p.ID, survey.IterationInput{
		Starts: at("2026-07-06 07:00"), Checks: at("2026-09-01 07:00"), Ends: at("2026-10-05 07:00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	g := o.goal(t, next.ID, survey.GoalInput{Process: ptr("CHG"), KPI: ptr(string(k.ID)), Target: survey.Say(ptr(60.0))})
	if g.Fed == nil || g.Last != nil {
		t.Errorf("before the next round the last one stands: %+v", g)
	}
	o.countedRound(t, next.ID, survey.CheckRound, acceptance(tally.Shown, ptr(70), ptr(40), "", &tally.Interval{Low: 61, High: 79}))
	g, err = o.ShowGoal(ctx, o.lead(), g.ID)
	if err != nil || g.Attainment().Word != score.Reached || g.Last.Value != 70 {
		t.Errorf("%+v, %v", g, err)
	}
	if k, err := o.ShowKPI(ctx, o.lead(), k.ID); err != nil || k.Last != nil || k.Fed.State != survey.FedProtected {
		t.Errorf("the next iteration changes what was told of this one: %+v, %v", k, err)
	}
}
