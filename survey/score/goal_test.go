package score

import (
	"encoding/json"
	"math"
	"testing"
)

func TestGoalsEqualReference(t *testing.T) {
	c := checker{t: t}
	words := 0
	for _, g := range expect[[]struct {
		Direction string   `json:"direction"`
		Baseline  *float64 `json:"baseline"`
		Target    float64  `json:"target"`
		Actual    *float64 `json:"actual"`
		Value     *float64 `json:"value"`
		Status    string   `json:"status"`
	}](t, "goals") {
		got, value := Goal{g.Direction, g.Baseline, g.Target}.Attainment(g.Actual), math.NaN()
		if got.Value != nil {
			value = *got.Value
		}
		c.same("attainment", value, g.Value)
		if words++; got.Word != g.Status {
			in, _ := json.Marshal(g)
			t.Errorf("%s: %s", in, got.Word)
		}
	}
	c.tell("11")
	if words != 12 {
		t.Errorf("%d goals compared, want 12", words)
	}
}

func TestGoalWordsAtTheirBounds(t *testing.T) {
	hair := 1e-11
	for _, c := range []struct {
		goal   Goal
		actual float64
		want   string
	}{
		{Goal{Up, new(0.0), 100}, 100, Reached},
		{Goal{Up, new(0.0), 100}, 100 - hair, Reached}, // 0.1+0.2 must not miss 0.3
		{Goal{Up, new(0.0), 100}, 99.99, Nearly},
		{Goal{Up, new(0.0), 100}, 80 - hair, Nearly},
		{Goal{Up, new(0.0), 100}, 79.99, Partly},
		{Goal{Up, new(0.0), 100}, 0.01, Partly},
		{Goal{Up, new(0.0), 100}, hair, Unchanged},
		{Goal{Up, new(0.0), 100}, -hair, Unchanged},
		{Goal{Up, new(0.0), 100}, -0.01, Worse},
		{Goal{Down, new(-5.0), -10}, -9, Nearly},
		{Goal{Up, new(0.1 + 0.2), 0.1 + 0.2}, 0.3, Reached}, // to hold
		{Goal{Up, new(80.0), 80}, 79.9, Worse},              // not held
		{Goal{Down, new(5.0), 5}, 4, Reached},               // held and better
		{Goal{Down, new(5.0), 6}, 5.5, InvalidGoal},         // points the wrong way
		{Goal{"sideways", new(5.0), 6}, 5.5, InvalidGoal},   // no direction
		{Goal{Up, new(math.NaN()), 6}, 5.5, InvalidGoal},    // no number
		{Goal{Up, nil, math.Inf(1)}, 5.5, InvalidGoal},      // never there
		{Goal{Up, new(0.0), 5e-324}, 1e300, InvalidGoal},    // not a number that could be shown
		{Goal{Up, new(0.0), 100}, math.NaN(), NoData},       // nothing measured
		{Goal{Up, nil, 0.3}, 0.1 + 0.2, Reached},            // baseline unknown
		{Goal{Down, nil, 8}, 8.01, NotReached},
	} {
		got := c.goal.Attainment(&c.actual)
		if got.Word != c.want {
			t.Errorf("%+v at %v: %s, want %s", c.goal, c.actual, got.Word, c.want)
		}
		if got.Value != nil && !finite(*got.Value) {
			t.Errorf("%+v at %v: value %v", c.goal, c.actual, *got.Value)
		}
	}
}

// A goal on a figure of the pulse is called reached only with ten answers, and with its
// doubt where the interval still holds the target.
func TestGoalsOnThePulse(t *testing.T) {
	goal, wide, narrow := Goal{Up, new(50.0), 60}, &Interval{Low: 58, High: 66}, &Interval{Low: 60.5, High: 63.5}
	for _, c := range []struct {
		actual    float64
		n         int
		interval  *Interval
		want      string
		uncertain bool
	}{
		{62, 10, narrow, Reached, false},
		{62, 10, wide, Reached, true},
		{62, 10, &Interval{Low: 60, High: 64}, Reached, true}, // an end on the target contains it
		{62, 10, nil, Reached, true},
		{62, 9, narrow, TooFewAnswers, false},
		{59, 9, wide, Nearly, false},
		{59, 200, wide, Nearly, false},
	} {
		got := goal.FromPulse(&c.actual, c.n, c.interval)
		if got.Word != c.want || got.Uncertain != c.uncertain {
			t.Errorf("%v of %d people in %v: %s, uncertain %v; want %s, %v", c.actual, c.n, c.interval, got.Word, got.Uncertain, c.want, c.uncertain)
		}
	}
	if got := goal.FromPulse(nil, 0, nil); got.Word != NoData || got.Value != nil {
		t.Errorf("withheld figure: %+v", got)
	}
}

func TestShownAttainmentIsCapped(t *testing.T) {
	for value, want := range map[float64]float64{-0.4: 0, 0: 0, 0.75: 0.75, 1.2: 1.2, 3: 1.2} {
		if got := (Attainment{Value: &value}).Shown(); *got != want {
			t.Errorf("%v shown as %v, want %v", value, *got, want)
		}
	}
	if (Attainment{Word: NoData}).Shown() != nil {
		t.Error("no measurement is shown as a number")
	}
}

func TestGoalsAreCountedByWord(t *testing.T) {
	got := CountWords([]Attainment{{Word: Reached}, {Word: NoData}, {Word: Reached}})
	if len(got) != 2 || got[Reached] != 2 || got[NoData] != 1 {
		t.Errorf("counts = %v", got)
	}
}

// Closer to the target is never a worse word, whichever way the goal points.
func FuzzGoal(f *testing.F) {
	f.Add(60.0, 75.0, 58.0, 72.0)
	f.Add(48.0, 24.0, 48.0, 20.0)
	f.Add(5.0, 5.0, 5.0, 6.0)
	order := map[string]int{Worse: 0, Unchanged: 1, Partly: 2, Nearly: 3, Reached: 4}
	f.Fuzz(func(t *testing.T, baseline, target, a, b float64) {
		g := Goal{Up, &baseline, target}
		if target < baseline {
			g.Direction = Down
		}
		x, y := g.Attainment(&a), g.Attainment(&b)
		for _, w := range []Attainment{x, y} {
			if (w.Value == nil) != (w.Word == NoData || w.Word == InvalidGoal) || w.Value != nil && !finite(*w.Value) {
				t.Fatalf("%v to %v: %+v", baseline, target, w)
			}
		}
		if x.Value == nil || y.Value == nil {
			return
		}
		if better := b > a == (g.Direction == Up) && a != b; better && order[y.Word] < order[x.Word] {
			t.Errorf("from %v to %v: %v is %s, but the better %v is %s", baseline, target, a, x.Word, b, y.Word)
		}
	})
}
