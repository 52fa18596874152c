package survey_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// must gives what was made.
func must[T any](t testing.TB) func(*T, error) *T {
	return func(made *T, err error) *T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
}

// promised is an iteration in ACT with records that are done and others that are not; it
// gives the ids of what is to be carried on, in order.
func (o *office) promised(t *testing.T, i *survey.Iteration) (open []survey.RecordID) {
	t.Helper()
	goal, quickWin, improvement := must[survey.Goal](t), must[survey.QuickWin](t), must[survey.Improvement](t)
	measured := o.kpi(t, i.ID, survey.KPIInput{Process: ptr("CHG")})
	if _, err := o.AddMeasurement(ctx, o.lead(), measured.ID, survey.MeasurementInput{Day: "2026-05-04", Value: 60}); err != nil {
		t.Fatal(err)
	}
	for _, in := range []survey.GoalInput{
		{Name: ptr("erreicht"), KPI: ptr(string(measured.ID)), Target: survey.Say(ptr(60.0))},
		{Name: ptr("verfehlt"), KPI: ptr(string(measured.ID)), Target: survey.Say(ptr(80.0)), Due: ptr("2026-06-01")},
		{Name: ptr("später"), Due: ptr("2026-12-01")},
		{Name: ptr("verworfen"), Status: ptr("dropped")},
		{Name: ptr("beendet"), Status: ptr("closed")},
	} {
		if g := goal(o.CreateGoal(ctx, o.lead(), i.ID, in)); *in.Name == "verfehlt" || *in.Name == "später" {
			open = append(open, g.ID)
		}
	}
	told := quickWin(o.CreateQuickWin(ctx, o.lead(), i.ID, survey.QuickWinInput{Name: ptr("Formular"), Process: ptr("CHG")}))
	for _, status := range []string{"doing", "done"} {
		told = quickWin(o.UpdateQuickWin(ctx, o.lead(), told.ID, told.Version, survey.QuickWinInput{Status: &status, Reached: ptr("2026-04-01")}))
	}
	untold := quickWin(o.CreateQuickWin(ctx, o.lead(), i.ID, survey.QuickWinInput{Name: ptr("Wissensbasis")}))
	dropped := quickWin(o.CreateQuickWin(ctx, o.lead(), i.ID, survey.QuickWinInput{Name: ptr("Aushang")}))
	quickWin(o.UpdateQuickWin(ctx, o.lead(), dropped.ID, dropped.Version, survey.QuickWinInput{Status: ptr("dropped")}))
	quickWin(o.UpdateQuickWin(ctx, o.lead(), told.ID, told.Version, survey.QuickWinInput{Told: ptr("2026-04-07"), Channel: ptr("Intranet"), Audience: ptr("alle")}))
	for _, in := range []survey.ImprovementInput{
		{Criticism: ptr("dauert"), Due: ptr("2026-05-01")},
		{Criticism: ptr("teuer"), Status: ptr("infeasible"), Reason: ptr("Der Vertrag läuft noch bis 2028.")},
		{Criticism: ptr("unklar"), Process: ptr("INC"), Due: ptr("2026-04-01")},
	} {
		if m := improvement(o.CreateImprovement(ctx, o.lead(), i.ID, in)); m.Reason == "" {
			open = append(open, m.ID)
		}
	}
	return append(open, untold.ID)
}

// TestWhatIsNotDoneIsCarriedOn into the next iteration, once however many people end this
// one at the same time, and says where it comes from.
func TestWhatIsNotDoneIsCarriedOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		p, i := o.programme(t)
		open := o.promised(t, i)
		i.Phase = survey.Act
		if err := o.store.UpdateIteration(ctx, i, nil, nil); err != nil {
			t.Fatal(err)
		}
		var ended, refused int
		var wg sync.WaitGroup
		var mu sync.Mutex
		for range 8 {
			wg.Go(func() {
				_, err := o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version+1)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					ended++
				case fault.Is(err, "version-conflict"), fault.Is(err, "key-taken"):
					refused++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if ended != 1 || refused != 7 {
			t.Errorf("%d ended the iteration, %d were refused", ended, refused)
		}
		all, err := o.ListIterations(ctx, o.lead(), p.ID)
		if err != nil || len(all) != 2 {
			t.Fatalf("%+v, %v", all, err)
		}
		told, origins := o.told(t, all[1].ID)
		want := []string{
			"Z1 verfehlt , KPI true", "Z2 später 2026-12-01, KPI false", "V2 unklar INC late", "V1 dauert  late", "Q1 Wissensbasis planned",
		}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("carried on:\n%s", diff)
		}
		if diff := cmp.Diff([]survey.RecordID{open[0], open[1], open[3], open[2], open[4]}, origins); diff != "" {
			t.Errorf("from:\n%s", diff)
		}
		if before, _ := o.told(t, i.ID); len(before) != 5+3+3 {
			t.Errorf("the iteration before has %v", before)
		}
	})
}

// told is what stands in an iteration, with where it comes from.
func (o *office) told(t *testing.T, id survey.IterationID) (told []string, origins []survey.RecordID) {
	t.Helper()
	goals, err := o.ListGoals(ctx, o.auditor(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range goals {
		told, origins = append(told, fmt.Sprintf("Z%d %s %s, KPI %v", g.Number, g.Name, g.Due, g.Last != nil)), append(origins, g.Origin)
	}
	o.now = *at("2026-08-01 08:00")
	improvements, err := o.ListImprovements(ctx, o.auditor(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range improvements {
		late := ""
		if m.Overdue {
			late = "late"
		}
		told, origins = append(told, fmt.Sprintf("V%d %s %s %s", m.Number, m.Criticism, m.Process, late)), append(origins, m.Origin)
	}
	quickWins, err := o.ListQuickWins(ctx, o.auditor(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range quickWins {
		told, origins = append(told, fmt.Sprintf("Q%d %s %s", q.Number, q.Name, q.Status)), append(origins, q.Origin)
	}
	return told, origins
}

// TestWhatIsCarriedOnChangesInOnePlace: the record of the iteration that is over says where
// it goes on and stays as it was, so that nobody tells one of two; what was not carried
// on may still change.
func TestWhatIsCarriedOnChangesInOnePlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		p, i := o.programme(t)
		o.promised(t, i)
		i.Phase = survey.Act
		if err := o.store.UpdateIteration(ctx, i, nil, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version+1); err != nil {
			t.Fatal(err)
		}
		iterations, err := o.ListIterations(ctx, o.lead(), p.ID)
		if err != nil || len(iterations) != 2 {
			t.Fatalf("%d iterations, %v", len(iterations), err)
		}
		next := iterations[1]
		before, err := o.ListQuickWins(ctx, o.lead(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		after, err := o.ListQuickWins(ctx, o.lead(), next.ID)
		if err != nil || len(after) != 1 {
			t.Fatalf("%+v, %v", after, err)
		}
		for _, q := range before {
			want := (*survey.Next)(nil)
			if q.Name == "Wissensbasis" {
				want = &survey.Next{ID: after[0].ID, Number: 2}
			}
			if diff := cmp.Diff(want, q.Next); diff != "" {
				t.Errorf("%s goes on:\n%s", q.Name, diff)
			}
			_, err := o.UpdateQuickWin(ctx, o.lead(), q.ID, q.Version, survey.QuickWinInput{Owner: ptr("Betrieb")})
			if want != nil != fault.Is(err, "record-carried") || want == nil && err != nil {
				t.Errorf("changing %s: %v", q.Name, err)
			}
		}
		one := after[0]
		for _, in := range []survey.QuickWinInput{
			{Status: ptr("doing")}, {Status: ptr("done"), Reached: ptr("2026-07-01")}, {Told: ptr("2026-07-02"), Channel: ptr("Intranet"), Audience: ptr("alle")},
		} {
			one = *must[survey.QuickWin](t)(o.UpdateQuickWin(ctx, o.lead(), one.ID, one.Version, in))
		}
		if one.Told != "2026-07-02" || one.Next != nil {
			t.Errorf("%+v", one)
		}
		criticism, err := o.ListImprovements(ctx, o.lead(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range criticism {
			_, err := o.UpdateImprovement(ctx, o.lead(), m.ID, m.Version, survey.ImprovementInput{Owner: ptr("Betrieb")})
			if carried := m.Reason == ""; carried != fault.Is(err, "record-carried") || carried != (m.Next != nil) {
				t.Errorf("%s, going on in %+v: %v", m.Criticism, m.Next, err)
			}
		}
	})
}
