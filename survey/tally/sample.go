package tally

import (
	"slices"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// scaleOf gives the scale of an item, or of a construct: that of its items if they
// share one, else 0..100.
func scaleOf(q *questionnaire.Questionnaire, key string, construct bool) score.Scale {
	keys := []string{key}
	if construct {
		keys = q.ItemsOf(key)
	}
	var scale score.Scale
	for i, k := range keys {
		s := q.Scales[q.Item(k).Scale]
		one := score.Scale{Lo: s.Lo, Hi: s.Hi}
		if i > 0 && one != scale {
			return score.Scale{Lo: 0, Hi: 100}
		}
		scale = one
	}
	return scale
}

// sample gives the answers of a group that were kept exactly, on the scale of the
// item or construct; false if they were not.
func (e *Earlier) sample(g Group, key string, construct bool) (score.Histogram, bool) {
	at := slices.IndexFunc(e.Kept.Groups, func(k KeptGroup) bool { return k.Group == g })
	if at < 0 {
		return score.Histogram{}, false
	}
	kept := e.Kept.Groups[at]
	if construct {
		if i := slices.IndexFunc(kept.Constructs, func(k KeptScore) bool { return k.Key == key }); i >= 0 {
			return score.Histogram{Values: kept.Constructs[i].Scores, Counts: kept.Constructs[i].Counts}, true
		}
		return score.Histogram{}, false
	}
	i := slices.IndexFunc(kept.Items, func(k KeptItem) bool { return k.Key == key })
	if i < 0 {
		return score.Histogram{}, false
	}
	h := score.Histogram{Counts: kept.Items[i].Counts}
	lo := scaleOf(e.Questionnaire, key, false).Lo
	for v := range h.Counts {
		h.Values = append(h.Values, float64(lo+v))
	}
	return h, true
}

// value gives what is displayed of an item or construct as an index: the share for
// yes/no; nil if it is banded or withheld.
func (g *GroupResult) value(key string, construct bool) *int {
	if construct {
		if c := g.construct(key); c != nil {
			return c.Index
		}
		return nil
	}
	for i := range g.Items {
		if one := &g.Items[i]; one.Key == key && one.Index == nil {
			return one.Favourable
		} else if one.Key == key {
			return one.Index
		}
	}
	return nil
}

func (g *GroupResult) construct(key string) *ConstructResult {
	for i := range g.Constructs {
		if g.Constructs[i].Key == key {
			return &g.Constructs[i]
		}
	}
	return nil
}

// rate is the share of invited people who answered, 0..1. A small group displays the
// class of its rate only: its middle stands for it. Where nobody knows who was
// invited, no verdict suffers from it.
func (g *GroupResult) rate() float64 {
	switch {
	case g.Invited == nil:
		return 1
	case g.N != nil && *g.Invited > 0:
		return float64(*g.N) / float64(*g.Invited)
	}
	return map[string]float64{"<25": 0.125, "25-49": 0.375, "50-74": 0.625, "75-89": 0.825, ">=90": 0.95}[g.RateClass]
}
