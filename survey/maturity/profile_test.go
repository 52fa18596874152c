package maturity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func at(t *testing.T, m *Model, values string) *Result {
	t.Helper()
	return rate(t, m, sheet(m, "a", "", values))
}

func TestProfileOfTheOrganisation(t *testing.T) {
	m := ISO33020(Edition2015)
	p := m.Profile([]Standing{
		{Process: "INC", Core: true, Target: 3, Now: at(t, m, "44433")}, // level 3
		{Process: "CHG", Core: true, Target: 4, Now: at(t, m, "433")},   // level 2
		{Process: "PRB", Target: 3, Now: at(t, m, "3")},                 // level 1
		{Process: "KNO", Target: 2},                                     // not assessed
		{Process: "CAT", Now: at(t, m, "1")},                            // level 0, no target
	})
	if p.AtTarget != 1 || p.WithTarget != 4 || p.Assessed != 4 {
		t.Errorf("%d of %d at target, %d assessed", p.AtTarget, p.WithTarget, p.Assessed)
	}
	if *p.Median != 1 || *p.Lowest != 0 || *p.Stage != 1 {
		t.Errorf("median %d, lowest %d, stage %d", *p.Median, *p.Lowest, *p.Stage)
	}
	if p.Widest.Process != "CHG" {
		t.Errorf("widest gap: %s", p.Widest.Process)
	}
	if gap := p.Standings[3].Gap(); gap != nil || p.Standings[3].AtTarget() {
		t.Error("a process that was not assessed has a gap or is at its target")
	}
	if gap := p.Standings[4].Gap(); gap != nil || p.Standings[4].AtTarget() {
		t.Error("a process without a target has a gap or is at it")
	}
	above := Standing{Target: 1, Now: at(t, m, "433")}
	if *above.Gap() != -1 || !above.AtTarget() {
		t.Error("above the target is at the target")
	}
}

func TestEmptyProfile(t *testing.T) {
	m := ISO33020(Edition2015)
	if p := m.Profile(nil); p.Median != nil || p.Lowest != nil || p.Stage != nil || p.Widest != nil {
		t.Errorf("profile of nothing: %+v", p)
	}
	p := m.Profile([]Standing{{Process: "INC", Target: 2}})
	if p.Median != nil || p.Stage != nil || p.WithTarget != 1 || p.AtTarget != 0 {
		t.Errorf("nothing assessed, no core process: %+v", p)
	}
	if p = m.Profile([]Standing{{Process: "INC", Core: true}}); *p.Stage != 0 {
		t.Errorf("core process not assessed: stage %d", *p.Stage)
	}
}

func TestChangeSinceThePreviousAssessment(t *testing.T) {
	m, newer := ISO33020(Edition2015), ISO33020(Edition2019)
	for _, c := range []struct {
		what          string
		before, after *Result
		want          string
		moved         []Moved
	}{
		{"up", at(t, m, "433"), at(t, m, "44433"), LevelUp, []Moved{
			{"2.1", Largely, Fully}, {"2.2", Largely, Fully}, {"3.1", NotRated, Largely}, {"3.2", NotRated, Largely}}},
		{"down", at(t, m, "433"), at(t, m, "423"), LevelDown, []Moved{{"2.1", Largely, Partially}}},
		{"moved", at(t, m, "42"), at(t, m, "43"), RatingsMoved, []Moved{{"2.1", Partially, Largely}}},
		{"same", at(t, m, "43"), at(t, m, "43"), SameRatings, nil},
		{"first", nil, at(t, m, "4"), FirstTime, nil},
		{"first that was rated", at(t, m, ""), at(t, m, "4"), FirstTime, nil},
		{"left out", at(t, m, "4"), nil, NotAssessed, nil},
		{"neither", nil, nil, NotAssessed, nil},
		{"other set", at(t, m, "4"), at(t, newer, "44"), NotComparable, nil},
	} {
		got := Compare(c.before, c.after)
		if got.Kind != c.want {
			t.Errorf("%s: %s, want %s", c.what, got.Kind, c.want)
		}
		if diff := cmp.Diff(c.moved, got.Moved); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
	if got := (Standing{Before: at(t, m, "3"), Now: at(t, m, "433")}).Change(); *got.From != 1 || *got.To != 2 {
		t.Errorf("from %d to %d", *got.From, *got.To)
	}
	for steps, moved := range map[int]Moved{2: {"", Not, Largely}, -1: {"", Fully, Largely}, 0: {"", NotRated, Fully}} {
		if got := moved.Steps(); got != steps {
			t.Errorf("%s to %s: %d steps, want %d", moved.From, moved.To, got, steps)
		}
	}
}
