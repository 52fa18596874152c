package tally

import (
	"math"

	"pulscheck/survey/protect"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// outcomeKey is the construct that drivers go with (methods.md 7).
const outcomeKey = "ACC"

// drivers tells how the questions outside acceptance go together with it: of the
// whole round only. Barrier stages and extra questions are left out, which are
// acceptance in other words or no matter of degree; so is a question that the total
// does not show as an index: where nearly all agree, a correlation would tell how the
// few others think of the rest. similar says that the questions are too much alike to
// be weighed.
func (c *Counter) drivers(total *GroupResult) (list []DriverResult, similar bool) {
	list = []DriverResult{}
	outcome := c.outcome(total)
	if outcome == nil {
		return list, false
	}
	var predictors [][]float64
	for i, q := range c.in.Questionnaire.Items {
		shown := &total.Items[i]
		if q.Construct == outcomeKey || q.Kind == questionnaire.Stage || q.Kind == questionnaire.Extra || shown.Index == nil {
			continue
		}
		x := c.column(i)
		d := DriverResult{Key: q.Key, Index: shown.Index, CI: shown.CI}
		if s := score.Spearman(x, outcome); s.Enough() {
			d.Strength, d.P = new(hundredths(s.R)), new(pClass(s.P))
		}
		list, predictors = append(list, d), append(predictors, x)
	}
	weights := score.RelativeWeights(predictors, outcome)
	if !weights.Enough() {
		return list, false
	}
	if weights.Unstable() {
		return list, true
	}
	for i := range list {
		list[i].Share = new(protect.Index(weights.Share[i]))
	}
	return list, false
}

// outcome gives the acceptance score of every ballot, NaN without one; nil if it is
// not asked or the total does not show it as an index.
func (c *Counter) outcome(total *GroupResult) []float64 {
	if total == nil || total.State == Protected {
		return nil
	}
	if shown := total.construct(outcomeKey); shown == nil || shown.Index == nil {
		return nil
	}
	for _, con := range c.scores {
		if con.key != outcomeKey {
			continue
		}
		values, scores := make([]float64, len(con.items)), make([]float64, len(c.atomOf))
		for b := range scores {
			scores[b] = math.NaN()
			for j, i := range con.items {
				values[j] = c.value(i, c.row(b)[i])
				if !con.shared {
					values[j] = c.items[i].scale.Index(values[j])
				}
			}
			if v, ok := score.Construct(values); ok {
				scores[b] = v
			}
		}
		return scores
	}
	return nil
}

// column gives the scored answers to item i by ballot, NaN without one.
func (c *Counter) column(i int) []float64 {
	values := make([]float64, len(c.atomOf))
	for b := range values {
		values[b] = c.value(i, c.row(b)[i])
	}
	return values
}

// value is a stored answer on the scale of its item, NaN if it is none.
func (c *Counter) value(i int, v int8) float64 {
	if v < 0 {
		return math.NaN()
	}
	return float64(c.items[i].scale.Lo + int(v))
}

// hundredths rounds half up to two decimals.
func hundredths(v float64) float64 { return math.Floor(v*100+0.5) / 100 }
