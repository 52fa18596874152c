package tally

import (
	"math"

	"pulscheck/survey/score"
)

// fewComplete is the number of complete answers below which reliability is noted as
// uncertain (methods.md 6).
const fewComplete = 100

// quality is what is known of the items of a construct in the whole round.
type quality struct {
	construct construct
	complete  [][]float64
	alpha     *score.Reliability
	items     []score.ItemQuality
}

// qualities gives one entry for each construct of which thirty people answered every
// item; where nothing is defined, alpha is nil.
func (c *Counter) qualities(t *table) []quality {
	list := make([]quality, len(c.scores))
	for s := range c.scores {
		list[s].construct = c.scores[s]
		if rows := t.complete[s]; len(rows) >= fullDistribution && len(c.scores[s].items) > 1 {
			list[s].complete, list[s].alpha, list[s].items = rows, score.Alpha(rows), score.ItemQualities(rows)
		}
	}
	return list
}

// kept gives the results, never the tables they come from (decision 19).
func (q quality) kept() KeptReliability {
	k := KeptReliability{
		Key: q.construct.key, N: q.alpha.N, Alpha: hundredths(q.alpha.Alpha),
		CI:            Interval{Low: hundredths(q.alpha.CI.Low), High: hundredths(q.alpha.CI.High)},
		SpearmanBrown: rounded(q.alpha.SpearmanBrown), Omega: rounded(score.Omega(q.complete)),
	}
	for _, i := range q.items {
		k.Rest = append(k.Rest, rounded(i.Rest))
	}
	return k
}

func rounded(v *float64) *float64 {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return nil
	}
	return new(hundredths(*v))
}

// warnings lists what limits the use of a construct and its items.
func (q quality) warnings(items []item) []Warning {
	if q.alpha == nil {
		return nil
	}
	var list []Warning
	about := func(code, key string, holds bool) {
		if holds {
			list = append(list, Warning{Code: code, Key: key})
		}
	}
	key := q.construct.key
	about(Unreliable, key, !q.alpha.Reportable())
	about(UseWithCare, key, q.alpha.WithCare())
	about(Redundant, key, q.alpha.Redundant())
	about(FewComplete, key, q.alpha.N < fewComplete)
	for i, one := range q.items {
		at := items[q.construct.items[i]].key
		about(CheckCoding, at, one.Reversed())
		about(WeakItem, at, one.Weak() && !one.Reversed())
	}
	return list
}
