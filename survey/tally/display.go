package tally

import (
	"math"

	"pulscheck/survey/protect"
	"pulscheck/survey/score"
)

// Numbers of answers from which more is shown.
const (
	fullGroup        = 10 // below: indicative only
	fullDistribution = 30 // five categories of the whole round (decision 9)
)

// displayed is what 8.4 leaves of one cell: the common part of items and constructs.
type displayed struct {
	band                             string
	mean                             *float64
	index                            *int
	favourable, neutral, unfavorable *int
	ci                               *Interval
}

// display rounds and bands one cell. invited is the size of the group, 0 = unknown; shares says
// that only shares are shown, as for yes/no.
func (c *Counter) display(x cell, s score.Scale, invited int, shares bool) displayed {
	h := x.indexed(s)
	n, f := h.N(), favourable(h)
	if band := protect.BandOf(n, f, c.in.K).String(); band != "" {
		return displayed{band: band}
	}
	d := displayed{favourable: new(protect.Share(f, n))}
	if n >= 2*c.in.K {
		u := countIf(h, score.Unfavourable)
		d.unfavorable = new(protect.Share(u, n))
		if !shares {
			d.neutral = new(protect.Share(n-f-u, n))
		}
	}
	if shares {
		return d
	}
	d.mean = new(protect.Mean(x.histogram().Mean()))
	d.index = new(protect.Index(h.Mean()))
	if i := h.Interval(invited); i != nil {
		low, high := protect.Outward(i.Low, i.High, n)
		d.ci = &Interval{Low: low, High: high}
	}
	return d
}

// distribution gives the five categories of the whole round, in percent.
func distribution(x cell, s score.Scale) []int {
	n := x.n()
	if n < fullDistribution {
		return nil
	}
	var shares []int
	for v := s.Lo; v <= s.Hi; v++ {
		shares = append(shares, protect.Share(x.counts[float64(v)], n))
	}
	return shares
}

// itemResult is one question in one group. counts says whether numbers of people may
// be shown (decision 20).
func (c *Counter) itemResult(i int, g *group, v values, counts bool) ItemResult {
	it := c.items[i]
	r := ItemResult{Key: it.key}
	if !v.shown[g.key] {
		return r
	}
	x := v.cells[g.key]
	if counts {
		r.N, r.CannotSay, r.None = new(x.n()), new(x.cannotSay), new(x.none)
	}
	d := c.display(x, it.scale, c.population(g), it.yesno)
	r.Band, r.Mean, r.Index, r.CI = d.band, d.mean, d.index, d.ci
	r.Favourable, r.Neutral, r.Unfavourable = d.favourable, d.neutral, d.unfavorable
	if g.level == 0 && d.band == "" {
		r.Distribution = distribution(x, it.scale)
	}
	return r
}

// constructResult is one construct in one group; reliable says that its items
// measure one thing (methods.md 6).
func (c *Counter) constructResult(s int, g *group, v values, counts bool, rel *score.Reliability) ConstructResult {
	r := ConstructResult{Key: c.scores[s].key}
	if rel != nil && g.level == 0 {
		r.Alpha = new(math.Floor(rel.Alpha*100+0.5) / 100)
	}
	if !v.shown[g.key] || rel != nil && !rel.Reportable() {
		return r
	}
	x := v.cells[g.key]
	if counts {
		r.N = new(x.n())
	}
	d := c.display(x, c.scores[s].scale, c.population(g), false)
	r.Band, r.Mean, r.Index, r.CI, r.Favourable = d.band, d.mean, d.index, d.ci, d.favourable
	if !c.scores[s].shared {
		r.Mean = nil // a mean of indices says nothing beside the index
	}
	return r
}
