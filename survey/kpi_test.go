package survey_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
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

// TestMeasurementsSentAtOnceAreStoredOnce: a program pushes a thousand times at once,
// every measurement four times.
func TestMeasurementsSentAtOnceAreStoredOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const days, repeats = 250, 4
		o := newOffice(t, url)
		_, i := o.programme(t)
		k := o.kpi(t, i.ID, survey.KPIInput{Process: ptr("CHG")})
		_, text, err := o.CreateToken(ctx, o.lead(), survey.TokenInput{Role: account.Owner, Organisation: o.org.ID, Name: "Service Desk", Processes: []string{"CHG"}})
		if err != nil {
			t.Fatal(err)
		}
		program, err := o.Authenticate(ctx, text)
		if err != nil {
			t.Fatal(err)
		}
		before, err := o.store.ListAudit(ctx, o.org.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]survey.Measurement, days)
		first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		var wg sync.WaitGroup
		for n := range days * repeats {
			day := n % days
			m := survey.Measurement{
				KPI: k.ID, Day: first.AddDate(0, 0, day).Format(time.DateOnly), Key: "desk-1", Value: 0.1 * float64(day), Recorded: o.now,
			}
			want[day] = m
			wg.Go(func() {
				got, err := o.AddMeasurement(ctx, program, k.ID, survey.MeasurementInput{Day: m.Day, Key: m.Key, Value: m.Value})
				if err != nil || *got != m {
					t.Errorf("%+v, %v", got, err)
				}
			})
		}
		wg.Wait()
		got, err := o.ListMeasurements(ctx, program, k.ID)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		after, err := o.store.ListAudit(ctx, o.org.ID)
		if err != nil || len(after)-len(before) != days || audit.Verify(after) != nil {
			t.Errorf("%d entries in the audit, want %d; %v, %v", len(after)-len(before), days, err, audit.Verify(after))
		}
	})
}

// TestMeasurementsNeverChange: another value under the same key is refused, under
// another key it is the latest one of the day.
func TestMeasurementsNeverChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		k := o.kpi(t, i.ID, survey.KPIInput{Direction: ptr(survey.Down), Baseline: ptr(48.0), Target: ptr(24.0)})
		g := o.goal(t, i.ID, survey.GoalInput{KPI: ptr(string(k.ID)), Target: ptr(60.0)})
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

// TestGoalsPointAtKPIsOfTheirIteration: not at those of others, nor at what is none.
func TestGoalsPointAtKPIsOfTheirIteration(t *testing.T) {
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
