package survey_test

import (
	"fmt"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/score"
	"pulscheck/survey/store/storetest"
)

func (o *office) kpi(t testing.TB, id survey.IterationID, in survey.KPIInput) *survey.KPI {
	t.Helper()
	in.Name = ptr("Lösungszeit")
	k, err := o.CreateKPI(ctx, o.consultant(), id, in)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestMeasurementsNeverChange: another value under the same key is refused, under
// another key it is the latest one of the day.
func TestMeasurementsNeverChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		k := o.kpi(t, i.ID, survey.KPIInput{Direction: ptr(survey.Down), Baseline: survey.Say(ptr(48.0)), Target: survey.Say(ptr(24.0))})
		g := o.goal(t, i.ID, survey.GoalInput{KPI: ptr(string(k.ID)), Target: survey.Say(ptr(60.0))})
		if k.Attainment().Word != score.NoData || g.Attainment().Word != score.NoData {
			t.Errorf("%+v, %+v: nothing was measured", k.Attainment(), g.Attainment())
		}
		for n, c := range []struct {
			in   survey.MeasurementInput
			code string
			word string // of the KPI afterwards
		}{
			{survey.MeasurementInput{Day: "2026-03-10", Value: 30, Note: "nach der Schulung"}, "", score.Partly},
			{survey.MeasurementInput{Day: "2026-03-10", Value: 30, Note: "nach der Schulung"}, "", score.Partly},
			{survey.MeasurementInput{Day: "2026-03-10", Value: 31, Note: "nach der Schulung"}, "measurement-differs", score.Partly},
			{survey.MeasurementInput{Day: "2026-03-10", Value: 20, Key: "desk-2"}, "", score.Reached},
			{survey.MeasurementInput{Day: "2026-02-01", Value: 48}, "", score.Reached},
			{survey.MeasurementInput{Day: "2026-04-01", Value: 48}, "", score.Unchanged},
			{survey.MeasurementInput{Day: "10.03.2026", Value: 1}, "date-invalid", score.Unchanged},
			{survey.MeasurementInput{Value: 1}, "date-invalid", score.Unchanged},
			{survey.MeasurementInput{Day: "2026-03-10", Key: "ä", Value: 1e16}, "key-invalid", score.Unchanged},
		} {
			o.now = o.now.Add(time.Second)
			_, err := o.AddMeasurement(ctx, o.lead(), k.ID, c.in)
			if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
				t.Errorf("%d: %v, want %q", n, err, c.code)
			}
			shown, err := o.ShowKPI(ctx, o.auditor(), k.ID)
			if err != nil || shown.Attainment().Word != c.word {
				t.Errorf("%d: %+v, %v, want %s", n, shown.Attainment(), err, c.word)
			}
		}
		all, err := o.ListGoals(ctx, o.lead(), i.ID)
		if err != nil || all[0].Last == nil || all[0].Last.Value != 48 || all[0].Attainment().Word != score.NotReached {
			t.Errorf("%+v, %v", all[0].Attainment(), err)
		}
		list, err := o.ListMeasurements(ctx, o.lead(), k.ID)
		got := ""
		for _, m := range list {
			got += fmt.Sprintf("%s %s %g; ", m.Day, m.Key, m.Value)
		}
		if want := "2026-02-01 manual 48; 2026-03-10 manual 30; 2026-03-10 desk-2 20; 2026-04-01 manual 48; "; err != nil || got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

// TestGoalsPointAtKPIsOfTheirProgramme: not at those of others, nor at what is none.
func TestGoalsPointAtKPIsOfTheirProgramme(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, one := o.programme(t)
	_, two := o.programme(t)
	k := o.kpi(t, two.ID, survey.KPIInput{Process: ptr("INC")})
	g := o.goal(t, one.ID, survey.GoalInput{})
	for _, id := range []string{string(k.ID), string(g.ID), "-"} {
		if _, err := o.UpdateGoal(ctx, o.lead(), g.ID, g.Version, survey.GoalInput{KPI: &id}); !fault.Is(err, "kpi-unknown") {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := o.CreateGoal(ctx, o.owner(), two.ID, survey.GoalInput{Name: ptr("Ziel"), Process: ptr("CHG"), KPI: ptr(string(k.ID))}); !fault.Is(err, "kpi-unknown") {
		t.Errorf("an owner points at a KPI of others: %v", err)
	}
	if _, err := o.AddMeasurement(ctx, o.owner(), k.ID, survey.MeasurementInput{Day: "2026-03-10", Value: 1}); !fault.Is(err, "not-found") {
		t.Errorf("an owner measured a KPI of others: %v", err)
	}
	if _, err := o.AddMeasurement(ctx, o.auditor(), k.ID, survey.MeasurementInput{Day: "2026-03-10", Value: 1}); !fault.Is(err, "forbidden") {
		t.Errorf("an auditor measured: %v", err)
	}
	if got, err := o.UpdateGoal(ctx, o.lead(), g.ID, g.Version, survey.GoalInput{KPI: ptr("")}); err != nil || got.KPI != "" {
		t.Errorf("%+v, %v", got, err)
	}
}
