package tally

import (
	"strings"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// barriers names, for the whole round and each shown group of process and role, the
// first stage that holds people up (methods.md 9). It reads displayed values only,
// so that a reader comes to the same words.
func (c *Counter) barriers(groups []GroupResult) []BarrierResult {
	stages := map[string]bool{}
	for _, i := range c.in.Questionnaire.Items {
		stages[i.Key] = i.Kind == questionnaire.Stage
	}
	results := []BarrierResult{}
	for _, g := range groups {
		if g.State == Protected || g.Group.Unit != "" {
			continue
		}
		b := BarrierResult{Group: g.Group, Stages: []StageResult{}}
		var seen []score.Stage
		for _, i := range g.Items {
			if stages[i.Key] {
				b.Stages = append(b.Stages, StageResult{Key: i.Key, Index: i.Index, CI: i.CI})
				seen = append(seen, stage(i))
			}
		}
		if len(seen) == 0 {
			continue
		}
		at, certainty := score.Barrier(seen)
		b.Certainty = certainty
		if at >= 0 {
			b.Stage = &b.Stages[at].Key
		}
		results = append(results, b)
	}
	return results
}

// stage tells what is displayed of a stage. A band at the top is no barrier: at
// least four of five answers there are favourable, which is an index of 60 or more.
func stage(i ItemResult) score.Stage {
	switch {
	case strings.HasPrefix(i.Band, ">="):
		return score.Stage{Index: new(100.0)}
	case i.Index == nil:
		return score.Stage{Withheld: true}
	}
	s := score.Stage{Index: new(float64(*i.Index))}
	if i.CI != nil {
		s.High = &i.CI.High
	}
	return s
}
