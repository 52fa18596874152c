package score

import "math"

// Words about a goal; an undefined attainment has a word of its own (methods.md 11).
const (
	Reached     = "reached"
	Nearly      = "nearly"      // 80 % of the way or more
	Partly      = "partly"      // some of the way
	Unchanged   = "unchanged"   // where it began
	Worse       = "worse"       // than at the start
	NotReached  = "not_reached" // the baseline is unknown
	NoData      = "no_data"     // nothing was measured
	InvalidGoal = "invalid_goal"
)

// Bounds of attainment.
const (
	nearlyFrom   = 0.8
	attainedMost = 1.2 // shown; the table has the raw value
)

// EnoughAnswers is the fewest on which a figure from the pulse is called reached.
const EnoughAnswers = comparable

// Goal is what a key figure has to become; how well it is written (SMART) survey checks.
type Goal struct {
	Direction string   // Up: more is better; Down: less is
	Baseline  *float64 // nil = unknown: the goal is reached or not
	Target    float64
}

// Attainment is how far a goal is.
type Attainment struct {
	// Value is the share of the way from baseline to target, 1 = there; nil where it is
	// not defined. It is never averaged over goals: their words are counted.
	Value *float64
	Word  string
	// Uncertain is told as "not yet certain" beside Reached: the interval of a figure
	// from the pulse still contains the target, or is not defined.
	Uncertain bool
}

// Valid says whether the goal can be judged: the target lies where the direction
// points, or on the baseline (a goal to hold).
func (g Goal) Valid() bool {
	if (g.Direction != Up && g.Direction != Down) || !finite(g.Target) {
		return false
	}
	if g.Baseline == nil {
		return true
	}
	return finite(*g.Baseline) && (g.Target == *g.Baseline || (g.Target > *g.Baseline) == (g.Direction == Up))
}

// Attainment judges what was measured; nil = nothing was (methods.md 11).
func (g Goal) Attainment(actual *float64) Attainment {
	switch {
	case actual == nil || !finite(*actual):
		return Attainment{Word: NoData}
	case !g.Valid():
		return Attainment{Word: InvalidGoal}
	case g.Baseline == nil:
		return Attainment{Word: either(g.good(*actual), Reached, NotReached)}
	case g.Target == *g.Baseline:
		value, good := 0.0, g.good(*actual)
		if good {
			value = 1
		}
		return Attainment{Value: &value, Word: either(good, Reached, Worse)}
	}
	value := (*actual - *g.Baseline) / (g.Target - *g.Baseline)
	if !finite(value) { // figures beyond what floating point can tell apart
		return Attainment{Word: InvalidGoal}
	}
	return Attainment{Value: &value, Word: attained(value)}
}

// FromPulse judges a figure taken from answers: mean or index with the number of
// answers and its interval. With fewer than ten answers a goal is not called reached
// but TooFewAnswers.
func (g Goal) FromPulse(actual *float64, n int, interval *Interval) Attainment {
	a := g.Attainment(actual)
	if a.Word != Reached {
		return a
	}
	if n < EnoughAnswers {
		a.Word = TooFewAnswers
		return a
	}
	a.Uncertain = interval == nil || (interval.Low <= g.Target+tolerance && g.Target-tolerance <= interval.High)
	return a
}

// good says whether a figure is on the good side of the target or on it.
func (g Goal) good(actual float64) bool {
	if g.Direction == Up {
		return actual >= g.Target-tolerance
	}
	return actual <= g.Target+tolerance
}

func attained(value float64) string {
	switch {
	case value >= 1-tolerance:
		return Reached
	case value >= nearlyFrom-tolerance:
		return Nearly
	case value > tolerance:
		return Partly
	case value >= -tolerance:
		return Unchanged
	}
	return Worse
}

// Shown is the share as figures show it, 0 to 1.2; nil where it is not defined.
func (a Attainment) Shown() *float64 {
	if a.Value == nil {
		return nil
	}
	shown := min(max(*a.Value, 0), attainedMost)
	return &shown
}

// CountWords counts how many goals have which word.
func CountWords(goals []Attainment) map[string]int {
	counts := map[string]int{}
	for _, g := range goals {
		counts[g.Word]++
	}
	return counts
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func either(yes bool, then, otherwise string) string {
	if yes {
		return then
	}
	return otherwise
}
