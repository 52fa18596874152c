package survey

import (
	"slices"
	"time"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// Effect is what became of a question or construct that was to move: the verdict of the
// comparison that spans the day of the act, and the values displayed before and after.
// It knows nothing but released results, so it tells nothing that they do not.
type Effect struct {
	State     EffectState
	Why       EffectGap // why it is open; empty otherwise
	Key       string
	Group     tally.Group
	From, To  RoundID // the rounds compared; of an open one To is the last that asked, if any
	Iteration int     // number of that of To; 0 = none
	Before    *int    // displayed: index, or percent where Share; nil if open
	After     *int    // displayed in To
	Share     bool    // the values are percent of favourable answers
	Verdict   string  // of the comparison, empty if open
	Reached   *bool   // After is at the target or beyond; nil without target or value
}

// EffectState is whether something moved.
type EffectState string

// The states. Moved is clearly or probably better: the verdict says which. Unmoved is
// every other verdict of a test, worse included.
const (
	EffectMoved   EffectState = "moved"
	EffectUnmoved EffectState = "not_moved"
	EffectOpen    EffectState = "open"
)

// EffectGap is why an effect is open.
type EffectGap string

// The reasons. A withheld group and a banded one look the same.
const (
	EffectNotDue       EffectGap = "not-due"   // nothing was done or told yet
	EffectNotAsked     EffectGap = "not-asked" // no round since then has asked it
	EffectProtected    EffectGap = "protected"
	EffectFirst        EffectGap = "first" // nothing to compare with
	EffectIncomparable EffectGap = "incomparable"
	EffectTooFew       EffectGap = "too-few"
)

// Wish is what is to move.
type Wish struct {
	Key    string      // item or construct
	Group  tally.Group // of whom; empty = everybody
	Since  string      // YYYY-MM-DD from which it may have moved; empty = not yet
	Target *float64    // where to: index, or percent where Share
	Share  bool        // percent of favourable answers, for items only
}

// Measured is a counted round with what it released.
type Measured struct {
	Iteration int
	Round     *Round
	Results   *tally.Results
}

// MeasureEffect gives what became of a wish by the counted rounds of a programme, oldest
// first. Of the rounds that opened since the day and are compared with one that closed
// before it the last decides: the check round of an iteration comes after its pulses.
// Days are those of the zone of the organisation.
func MeasureEffect(w Wish, rounds []Measured, zone *time.Location) Effect {
	open := Effect{State: EffectOpen, Why: EffectNotAsked, Key: w.Key, Group: w.Group}
	if w.Since == "" {
		open.Why = EffectNotDue
	}
	for _, to := range slices.Backward(rounds) {
		if !asks(to.Round.Questionnaire, w.Key) {
			continue
		}
		if open.To == "" {
			open.To, open.Iteration, open.After = to.Round.ID, to.Iteration, shownValue(to, w)
			open.Share = w.percent(to)
		}
		if w.Since == "" || to.Round.Opens.In(zone).Format(time.DateOnly) < w.Since {
			break
		}
		e, spans := w.compare(to, rounds, zone)
		if spans && e.State != EffectOpen {
			return e
		}
		if spans && open.Why == EffectNotAsked {
			open.Why = e.Why
		}
	}
	return open
}

// compare gives the effect by one round, and whether it is compared with one before the
// day. A first round is compared with none.
func (w Wish) compare(to Measured, rounds []Measured, zone *time.Location) (Effect, bool) {
	e := Effect{
		State: EffectOpen, Key: w.Key, Group: w.Group, To: to.Round.ID, Iteration: to.Iteration, After: shownValue(to, w), Share: w.percent(to),
	}
	if len(to.Results.Comparison) == 0 {
		e.Why = EffectFirst
		return e, true
	}
	e.From = RoundID(to.Results.Comparison[0].From)
	at := slices.IndexFunc(rounds, func(m Measured) bool { return m.Round.ID == e.From })
	if at < 0 || rounds[at].Round.Closes.In(zone).Format(time.DateOnly) > w.Since {
		return e, false
	}
	change := slices.IndexFunc(to.Results.Comparison, func(c tally.Change) bool { return c.Group == w.Group && c.Key == w.Key })
	if change < 0 {
		e.Why = EffectProtected
		return e, true
	}
	e.Verdict, e.Before = to.Results.Comparison[change].Verdict, shownValue(rounds[at], w)
	e.State, e.Why = judgeEffect(e.Verdict)
	if e.State != EffectOpen && (e.Before == nil || e.After == nil) {
		e.State, e.Why = EffectOpen, EffectProtected
	}
	e.Reached = w.reached(e.After)
	return e, true
}

// judgeEffect reads a verdict.
func judgeEffect(verdict string) (EffectState, EffectGap) {
	switch verdict {
	case score.ClearlyBetter, score.ProbablyBetter:
		return EffectMoved, ""
	case tally.First:
		return EffectOpen, EffectFirst
	case tally.Incomparable:
		return EffectOpen, EffectIncomparable
	case score.TooFewAnswers:
		return EffectOpen, EffectTooFew
	case tally.Open:
		return EffectOpen, EffectProtected
	}
	return EffectUnmoved, ""
}

// percent says that a round's values are shares.
func (w Wish) percent(m Measured) bool { return w.Share || m.Round.Questionnaire.YesNo(w.Key) }

func (w Wish) reached(value *int) *bool {
	if w.Target == nil || value == nil {
		return nil
	}
	reached := float64(*value) >= *w.Target
	return &reached
}

// asks says that a questionnaire has an item or construct of a key.
func asks(q *questionnaire.Questionnaire, key string) bool {
	return q.Item(key) != nil || len(q.ItemsOf(key)) > 0
}

// shownValue is what a round displays of a wish; nil if it is withheld or banded.
func shownValue(m Measured, w Wish) *int {
	for i := range m.Results.Groups {
		if g := &m.Results.Groups[i]; g.Group == w.Group && g.State != tally.Protected {
			return valueIn(g, w.Key, w.percent(m))
		}
	}
	return nil
}

func valueIn(g *tally.GroupResult, key string, percent bool) *int {
	for _, c := range g.Constructs {
		if c.Key == key {
			return c.Index
		}
	}
	for _, i := range g.Items {
		if i.Key == key && percent {
			return i.Favourable
		} else if i.Key == key {
			return i.Index
		}
	}
	return nil
}
