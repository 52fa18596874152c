package tally

import (
	"math"

	"pulscheck/survey/score"
)

// exactTrend is what happened to one variable over all rounds that asked it (section 5).
type exactTrend struct {
	Means       []*float64       `json:"means"`
	Jonckheere  exactJonckheere  `json:"jonckheere"`
	MannKendall exactMannKendall `json:"mann_kendall"`
	Contrast    exactContrast    `json:"contrast"`
	Adjusted    *float64         `json:"p_adj,omitempty"`     // of Jonckheere over the constructs, Holm
	Direction   string           `json:"direction,omitempty"` // of constructs
}

type exactJonckheere struct {
	J        *float64 `json:"J"`
	Expected *float64 `json:"expected"`
	Variance *float64 `json:"var"`
	Z        *float64 `json:"z"`
	P        *float64 `json:"p"`
}

type exactMannKendall struct {
	S      *int     `json:"S"`
	P      *float64 `json:"p"`
	Tau    *float64 `json:"tau"`
	Method *string  `json:"method"`
}

type exactContrast struct {
	Slope *float64 `json:"slope"` // per round, on the scale of the answers
	T     *float64 `json:"t"`
	DF    *float64 `json:"df"`
	P     *float64 `json:"p"`
	Low   *float64 `json:"lo"`
	High  *float64 `json:"hi"`
}

// trends tests constructs and items over all rounds, for the total and for every other
// set of groups.
func (e *exact) trends() {
	if len(e.samples) < score.TrendRounds {
		return
	}
	first := e.samples[0]
	for _, key := range first.groups.order {
		g := first.groups.byKey[key]
		if g.level == 0 {
			e.out["trend"] = e.trendsOf(g)
			continue
		}
		e.into("trend_" + e.by(g.Group))[label(g.Group)] = e.trendsOf(g)
	}
}

func (e *exact) trendsOf(g *group) Exact {
	constructs, items := variables(e.samples)
	all := Exact{}
	tested := make([]*score.Trend, len(constructs))
	p := make([]float64, len(constructs))
	for i, v := range constructs {
		rounds, at := e.rounds(v, g)
		tested[i], p[i] = score.Jonckheere(rounds), math.NaN()
		if tested[i] != nil && score.TrendTestable(rounds) {
			p[i] = tested[i].P
		}
		all[v.key] = trendOf(rounds, at)
	}
	for i, adjusted := range score.Holm(p) {
		t := all[constructs[i].key].(exactTrend)
		t.Adjusted, t.Direction = finite(adjusted), tested[i].Direction(adjusted)
		all[constructs[i].key] = t
	}
	for _, v := range items {
		all[v.key] = trendOf(e.rounds(v, g))
	}
	return all
}

// rounds gives the histograms of a variable in the rounds that asked it, with their
// places from 1.
func (e *exact) rounds(v variable, g *group) (list []score.Histogram, at []float64) {
	for i, s := range e.samples {
		if _, asked := s.scale(v); asked {
			list, at = append(list, s.histogram(v, s.same(g))), append(at, float64(i+1))
		}
	}
	return list, at
}

func trendOf(rounds []score.Histogram, at []float64) exactTrend {
	t := exactTrend{Means: []*float64{}}
	var means []float64
	for _, h := range rounds {
		means = append(means, h.Mean())
		t.Means = append(t.Means, finite(h.Mean()))
	}
	if j := score.Jonckheere(rounds); j != nil {
		t.Jonckheere = exactJonckheere{finite(j.J), finite(j.Expected), finite(j.Variance), finite(j.Z), finite(j.P)}
	}
	if m := score.MannKendall(means); m != nil {
		method := "normal"
		if m.Exact {
			method = "exact"
		}
		t.MannKendall = exactMannKendall{&m.S, finite(m.P), finite(m.Tau), &method}
	}
	if l := score.Slope(rounds, at); l != nil {
		t.Contrast.Slope = finite(l.Slope)
		if s := l.Test; s != nil {
			t.Contrast = exactContrast{finite(l.Slope), finite(s.T), finite(s.DF), finite(s.P), finite(s.CI.Low), finite(s.CI.High)}
		}
	}
	return t
}
