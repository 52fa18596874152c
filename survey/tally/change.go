package tally

import (
	"math"
	"slices"

	"pulscheck/survey/protect"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// changes sets everything that this round shows beside an earlier one (methods.md 4;
// decisions 16 and 17), from displayed values and kept histograms only. Families:
// constructs of the total (Holm); items of all shown groups, and constructs of the
// shown groups but the total (Benjamini-Hochberg each).
func changes(earlier, later *Earlier) []Change {
	list := []Change{}
	if earlier == nil {
		return list
	}
	primary := family{adjust: score.Holm}
	items, constructs := family{adjust: score.BenjaminiHochberg}, family{adjust: score.BenjaminiHochberg}
	for _, g := range later.Results.Groups {
		if g.State == Protected {
			continue
		}
		for _, c := range later.Questionnaire.Constructs {
			if g.construct(c.Key) == nil {
				continue
			}
			f := &constructs
			if g.Group == (Group{}) {
				f = &primary
			}
			list = append(list, f.pair(earlier, later, g.Group, c.Key, true, len(list)))
		}
		for _, i := range later.Questionnaire.Items {
			list = append(list, items.pair(earlier, later, g.Group, i.Key, false, len(list)))
		}
	}
	for _, f := range []family{primary, items, constructs} {
		f.judge(list)
	}
	return list
}

// family is a set of tests whose p-values are adjusted together.
type family struct {
	adjust func([]float64) []float64
	tests  []*score.Comparison
	scales []score.Scale
	rates  [][2]float64
	at     []int // positions in the list of changes
}

// pair gives one change, without verdict if it is tested with the family.
func (f *family) pair(earlier, later *Earlier, g Group, key string, construct bool, at int) Change {
	c := Change{From: earlier.Results.Round, To: later.Results.Round, Group: g, Key: key}
	if c.Verdict = untested(earlier, later, g, key, construct); c.Verdict != "" {
		return c
	}
	before, after := earlier.Results.shown(g), later.Results.shown(g)
	x, exact1 := earlier.sample(g, key, construct)
	y, exact2 := later.sample(g, key, construct)
	v1, v2 := before.value(key, construct), after.value(key, construct)
	test := score.Compare(x, y)
	if !exact1 || !exact2 || v1 == nil || v2 == nil || test == nil {
		c.Verdict = Open
		return c
	}
	c.Difference = new(*v2 - *v1)
	f.tests = append(f.tests, test)
	f.scales = append(f.scales, scaleOf(later.Questionnaire, key, construct))
	f.rates = append(f.rates, [2]float64{before.rate(), after.rate()})
	f.at = append(f.at, at)
	return c
}

// untested gives the verdict of what was asked or shown for the first time, means
// something else or is withheld; empty if there may be something to test.
func untested(earlier, later *Earlier, g Group, key string, construct bool) string {
	asked, same := earlier.Questionnaire.Item(key) != nil, questionnaire.SameItem
	if construct {
		asked, same = len(earlier.Questionnaire.ItemsOf(key)) > 0, questionnaire.SameConstruct
	}
	switch {
	case !asked:
		return First
	case !same(earlier.Questionnaire, later.Questionnaire, key):
		return Incomparable
	case g.others():
		if earlier.Results.shown(g) == nil {
			return Open
		}
		if !slices.Equal(earlier.Results.residual(g), later.Results.residual(g)) {
			return Incomparable // other people
		}
	case !earlier.Results.has(g):
		return First
	case earlier.Results.shown(g) == nil:
		return Open
	}
	return ""
}

// judge fills in the verdicts of the family.
func (f *family) judge(list []Change) {
	for i, j := range score.Judge(f.tests, f.adjust) {
		c, test, scale := &list[f.at[i]], f.tests[i], f.scales[i]
		c.Verdict, c.TooSmall = score.Capped(j.Verdict, f.rates[i][0], f.rates[i][1]), j.TooSmall
		if j.Adjusted == nil {
			continue
		}
		c.P, c.Delta = new(pClass(*j.Adjusted)), new(protect.Mean(test.Delta))
		if test.Welch != nil {
			c.CI = points(test.Welch.CI, scale, min(test.N1, test.N2), float64(*c.Difference))
		}
		if c.Verdict == score.NoClearChange && test.Stable(scale) {
			c.Verdict = Stable
		}
	}
}

// points gives an interval on a scale in index points, ends rounded outward, so wide
// that the rounded value lies in it.
func points(ci score.Interval, s score.Scale, n int, value float64) *Interval {
	factor := 100 / float64(s.Hi-s.Lo)
	low, high := protect.OutwardDifference(ci.Low*factor, ci.High*factor, n)
	return &Interval{Low: min(low, math.Floor(value)), High: max(high, math.Ceil(value))}
}

// pClass is how a p-value is told (methods.md 4, point 8).
func pClass(p float64) string {
	switch {
	case p < 0.001:
		return "<0.001"
	case p < 0.01:
		return "<0.01"
	case p < 0.05:
		return "<0.05"
	}
	return ">=0.05"
}
