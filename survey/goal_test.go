package survey_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// ptr gives the address of a value.
func ptr[T any](v T) *T { return &v }

// owner answers for changes.
func (o *office) owner() account.Actor {
	return account.Actor{ID: "owner", Role: account.Owner, Organisations: []string{string(o.org.ID)}, Processes: map[string][]string{string(o.org.ID): {"CHG"}}}
}

// goal sets a goal.
func (o *office) goal(t testing.TB, id survey.IterationID, in survey.GoalInput) *survey.Goal {
	t.Helper()
	if in.Name == nil {
		in.Name = ptr("Störungen schneller lösen")
	}
	g, err := o.CreateGoal(ctx, o.consultant(), id, in)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestGoalsAreChecked: what SMART lacks is named, and everything that is said is kept.
func TestGoalsAreChecked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		g := o.goal(t, i.ID, survey.GoalInput{Process: ptr("INC")})
		if g.Number != 1 || g.Version != 1 || g.Missing() != "SMART" || g.Status != survey.GoalOpen {
			t.Errorf("%+v lacks %s", g, g.Missing())
		}
		all := survey.GoalInput{
			Specific: ptr("Störungen sind binnen eines Tages gelöst"), Metric: ptr("Lösungszeit"), Unit: ptr("h"), Source: ptr("Service Desk"),
			Direction: ptr(survey.Down), Baseline: survey.Say(ptr(48.0)), Target: survey.Say(ptr(0.0)), Owner: ptr("Frau Groß"), Agreed: ptr(true),
			Relevance: ptr("Dienste laufen"), Due: ptr("2026-06-01"),
		}
		changed, err := o.UpdateGoal(ctx, o.lead(), g.ID, 1, all)
		if err != nil || changed.Missing() != "" || changed.Version != 2 {
			t.Fatalf("%+v, %v", changed, err)
		}
		shown, err := o.ShowGoal(ctx, o.auditor(), g.ID)
		if diff := cmp.Diff(changed, shown); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		if _, err := o.UpdateGoal(ctx, o.lead(), g.ID, 1, all); !fault.Is(err, "version-conflict") {
			t.Errorf("changed unseen: %v", err)
		}
		less, err := o.UpdateGoal(ctx, o.lead(), g.ID, 2, survey.GoalInput{Agreed: ptr(false), Due: ptr(""), Unit: ptr(" ")})
		if err != nil || less.Missing() != "MAT" || less.Target == nil {
			t.Errorf("%+v lacks %s, %v", less, less.Missing(), err)
		}
		less, err = o.UpdateGoal(ctx, o.lead(), g.ID, 3, survey.GoalInput{Baseline: survey.Say(nil), Target: survey.Say(nil)})
		if err != nil || less.Baseline != nil || less.Target != nil || less.Attainment().Word != "" {
			t.Errorf("%+v, %v: emptied", less, err)
		}
		_, err = o.CreateGoal(ctx, o.lead(), i.ID, survey.GoalInput{
			Process: ptr("XXX"), Specific: ptr(strings.Repeat("ä", 501)), Due: ptr("31.12.2026"), Target: survey.Say(ptr(1e300)), Direction: ptr("left"), Status: ptr("done"),
		})
		want := []string{"process-unknown", "text-length", "text-length", "date-invalid", "number-out-of-range", "direction-unknown", "status-unknown"}
		if diff := cmp.Diff(want, codes(err)); diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		entries, err := o.store.ListAudit(ctx, o.org.ID)
		if last := entries[len(entries)-1]; err != nil || audit.Verify(entries) != nil || last.Verb != "goal.update" || last.Subject != string(g.ID) {
			t.Errorf("audit: %+v, %v, %v", last, err, audit.Verify(entries))
		}
	})
}

// TestOwnersKeepToTheirProcess: an owner neither sees nor changes what concerns others,
// and cannot push something of their own over to them.
func TestOwnersKeepToTheirProcess(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	other, whole := o.goal(t, i.ID, survey.GoalInput{Process: ptr("INC")}), o.goal(t, i.ID, survey.GoalInput{})
	mine, err := o.CreateGoal(ctx, o.owner(), i.ID, survey.GoalInput{Name: ptr("Weniger Fehlschläge"), Process: ptr("CHG")})
	if err != nil || mine.Number != 3 {
		t.Fatalf("%+v, %v", mine, err)
	}
	seen, err := o.ListGoals(ctx, o.owner(), i.ID)
	if err != nil || len(seen) != 1 || seen[0].ID != mine.ID {
		t.Errorf("%+v, %v", seen, err)
	}
	for _, g := range []*survey.Goal{other, whole} {
		if _, err := o.ShowGoal(ctx, o.owner(), g.ID); !fault.Is(err, "not-found") {
			t.Errorf("an owner sees %q: %v", g.Process, err)
		}
		if _, err := o.UpdateGoal(ctx, o.owner(), g.ID, 1, survey.GoalInput{}); !fault.Is(err, "not-found") {
			t.Errorf("an owner changed %q: %v", g.Process, err)
		}
	}
	for _, process := range []string{"INC", ""} {
		if _, err := o.UpdateGoal(ctx, o.owner(), mine.ID, 1, survey.GoalInput{Process: &process}); !fault.Is(err, "process-unknown") {
			t.Errorf("an owner moved a goal to %q: %v", process, err)
		}
	}
	if _, err := o.CreateGoal(ctx, o.owner(), i.ID, survey.GoalInput{Name: ptr("Alles")}); !fault.Is(err, "process-unknown") {
		t.Errorf("an owner set a goal of the whole scope: %v", err)
	}
}

// TestDroppedGoalsOpenNoGate: a goal that was dropped is none; a reason is
// one way out.
func TestDroppedGoalsOpenNoGate(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	g := o.goal(t, i.ID, survey.GoalInput{})
	missing := func(want bool) {
		t.Helper()
		_, err := o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version)
		if got := slices.Contains(codes(err), "gate-goals"); got != want {
			t.Errorf("a goal is missing: %v, want %v", got, want)
		}
	}
	missing(false)
	if _, err := o.UpdateGoal(ctx, o.lead(), g.ID, 1, survey.GoalInput{Status: ptr("dropped")}); err != nil {
		t.Fatal(err)
	}
	missing(true)
	i, err := o.UpdateIteration(ctx, o.lead(), i.ID, survey.IterationInput{Seen: i.Version, NoGoals: ptr("Erst messen, dann Ziele setzen.")})
	if err != nil {
		t.Fatal(err)
	}
	missing(false)
	if i, err = o.UpdateIteration(ctx, o.lead(), i.ID, survey.IterationInput{Seen: i.Version, NoGoals: ptr(" ")}); err != nil {
		t.Fatal(err)
	}
	missing(true)
}

// TestNumbersOfRecords: whoever files at once gets numbers without a gap or a double.
func TestNumbersOfRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, err := o.CreateGoal(ctx, o.lead(), i.ID, survey.GoalInput{Name: ptr("Ziel")}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all, err := o.ListGoals(ctx, o.lead(), i.ID)
		if err != nil || len(all) != 4 {
			t.Fatalf("%d, %v", len(all), err)
		}
		for n, g := range all {
			if g.Number != n+1 {
				t.Errorf("place %d has number %d", n+1, g.Number)
			}
		}
	})
}
