package tally

import (
	"math"
	"slices"

	"pulscheck/survey/protect"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// trends draws the line of every construct, for the whole round and each shown
// process and role, over the counted rounds that asked the same (decision 17). now is
// this round.
func (c *Counter) trends(now *Earlier) []Trend {
	list := []Trend{}
	for _, g := range now.Results.Groups {
		if g.State == Protected || g.Group.Unit != "" && !c.in.Combined || g.Group.others() || g.Group.attributes() > 1 {
			continue
		}
		from := len(list)
		for _, one := range c.in.Questionnaire.Constructs {
			if g.construct(one.Key) != nil {
				list = append(list, Trend{Group: g.Group, Key: one.Key, Points: c.points(now, g.Group, one.Key)})
			}
		}
		c.direct(now, list[from:])
	}
	return list
}

// attributes is how many a group names.
func (g Group) attributes() int {
	n := 0
	for _, v := range g.parts() {
		if v != "" {
			n++
		}
	}
	return n
}

// rounds gives all counted rounds in order of closing, this one among them.
func (c *Counter) rounds(now *Earlier) []*Earlier {
	var all []*Earlier
	for i := range c.in.Earlier {
		all = append(all, &c.in.Earlier[i])
	}
	all = append(all, now)
	slices.SortStableFunc(all, func(a, b *Earlier) int { return a.Closed.Compare(b.Closed) })
	return all
}

// heads gives the headline rounds, this one among them if it is a check.
func (c *Counter) heads(now *Earlier) []*Earlier {
	heads := c.in.headlines()
	if c.in.Check {
		heads = append(heads, now)
	}
	return heads
}

// points are what the rounds displayed of a construct; those that asked something
// else under its name are left out.
func (c *Counter) points(now *Earlier, g Group, key string) []Point {
	points, heads := []Point{}, c.heads(now)
	for _, e := range c.rounds(now) {
		if !questionnaire.SameConstruct(e.Questionnaire, c.in.Questionnaire, key) {
			continue
		}
		p := Point{
			Round: e.Results.Round, Iteration: e.Results.Iteration,
			Questionnaire: e.Questionnaire.ID, Headline: slices.Contains(heads, e),
		}
		if !e.Closed.IsZero() {
			p.Closed = new(e.Closed.UTC())
		}
		if shown := e.Results.shown(g); shown != nil {
			if one := shown.construct(key); one != nil {
				p.N, p.Index, p.CI, p.Band = one.N, one.Index, one.CI, one.Band
			}
		}
		points = append(points, p)
	}
	return points
}

// line is what of a trend can be tested: headline rounds of which the scores were
// kept, with the number of the iteration as time.
type line struct {
	rounds []*Earlier
	scores []score.Histogram
	at     []float64
}

func (c *Counter) line(now *Earlier, g Group, key string) line {
	var l line
	for _, e := range c.heads(now) {
		if !questionnaire.SameConstruct(e.Questionnaire, c.in.Questionnaire, key) || e.Results.shown(g) == nil {
			continue
		}
		if h, exact := e.sample(g, key, true); exact {
			l.rounds, l.scores, l.at = append(l.rounds, e), append(l.scores, h), append(l.at, float64(e.Number))
		}
	}
	return l
}

// direct gives the trends of one group slope, p and direction (methods.md 5). The p
// are adjusted for its constructs by Holm.
func (c *Counter) direct(now *Earlier, list []Trend) {
	lines, tests, p := make([]line, len(list)), make([]*score.Trend, len(list)), make([]float64, len(list))
	for i, t := range list {
		lines[i], p[i] = c.line(now, t.Group, t.Key), math.NaN()
		if score.TrendTestable(lines[i].scores) {
			tests[i] = score.Jonckheere(lines[i].scores)
			p[i] = tests[i].P
		}
	}
	for i, adjusted := range score.Holm(p) {
		if tests[i] == nil {
			continue
		}
		t, scale := &list[i], scaleOf(c.in.Questionnaire, list[i].Key, true)
		direction := tests[i].Direction(adjusted)
		t.P, t.Direction = new(pClass(adjusted)), &direction
		t.slope(lines[i], scale)
	}
	c.setbacks(now, list, lines)
}

func (t *Trend) slope(l line, s score.Scale) {
	fitted := score.Slope(l.scores, l.at)
	if fitted == nil {
		return
	}
	least := l.scores[0].N()
	for _, h := range l.scores {
		least = min(least, h.N())
	}
	t.Slope = new(protect.Mean(fitted.Slope * 100 / float64(s.Hi-s.Lo)))
	if fitted.Test != nil {
		t.CI = points(fitted.Test.CI, s, least, *t.Slope)
	}
}

// setbacks names the headline rounds that went clearly or probably against the
// direction of a trend. In each step the constructs of the group are a family.
func (c *Counter) setbacks(now *Earlier, list []Trend, lines []line) {
	heads := c.heads(now)
	for step := 1; step < len(heads); step++ {
		var tests []*score.Comparison
		var of []int
		for i, l := range lines {
			to := slices.Index(l.rounds, heads[step])
			if list[i].Direction != nil && to > 0 && l.rounds[to-1] == heads[step-1] {
				tests, of = append(tests, score.Compare(l.scores[to-1], l.scores[to])), append(of, i)
			}
		}
		for n, j := range score.Judge(tests, score.Holm) {
			t := &list[of[n]]
			before, after := heads[step-1].Results.shown(t.Group), heads[step].Results.shown(t.Group)
			verdict := score.Capped(j.Verdict, before.rate(), after.rate())
			if len(score.Setbacks(*t.Direction, []string{verdict})) > 0 {
				t.Setbacks = append(t.Setbacks, heads[step].Results.Round)
			}
		}
	}
}
