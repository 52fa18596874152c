package tally

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// series counts rounds of a programme one after the other.
type series struct {
	earlier []Earlier
	invited []Invited
}

// count counts one more round, a check or a pulse of an iteration, whose answers fill adds.
func (s *series) count(number int, q *questionnaire.Questionnaire, fill func(c *Counter)) *Results {
	n := len(s.earlier)
	in := Input{
		Round: fmt.Sprint("r", n+1), Iteration: fmt.Sprint("i", number), Number: number, Check: q.ID != "pulse", K: 5, Questionnaire: q,
		Closed: time.Date(2026, 1, 1+10*n, 0, 0, 0, 0, time.UTC), Invited: s.invited, Earlier: slices.Clone(s.earlier),
	}
	c := NewCounter(in)
	fill(c)
	r, kept := results(c)
	s.earlier = append(s.earlier, *in.current(r, kept))
	return r
}

// levels are answers of ten people, spread so that nothing is banded.
var levels = map[int][]int{
	2: {1, 1, 1, 1, 2, 2, 2, 3, 5, 5}, 3: {1, 2, 2, 3, 3, 3, 4, 5, 5, 5},
	4: {2, 3, 3, 4, 5, 5, 5, 5, 5, 5}, 5: {3, 3, 4, 5, 5, 5, 5, 5, 5, 5},
}

// level adds n ballots of a process whose answers lie around a mean of 2..5: people
// differ, and a little the items too.
func level(c *Counter, n int, process string, mean int) {
	for i := range n {
		p := all(process, "staff", "it", 3)
		p.Answers = map[string]ballot.Answer{}
		for j, q := range c.in.Questionnaire.Items {
			v := levels[mean][i%10]
			if (i+3*j)%7 == 0 && v > 1 {
				v--
			}
			switch {
			case q.Scale == "yesno":
				v = i % 2
			case q.Reverse:
				v = 6 - v
			}
			p.Answers[q.Key] = number(v)
		}
		c.Add(p)
	}
}

func (r *Results) change(key, item string) Change {
	i := slices.IndexFunc(r.Comparison, func(c Change) bool { return c.Group.Key() == key && c.Key == item })
	if i < 0 {
		return Change{}
	}
	return r.Comparison[i]
}

var both = []Invited{{"INC", "staff", "it", 60}, {"CHG", "staff", "it", 40}}

func TestVerdictsAgainstThePreviousHeadline(t *testing.T) {
	s := &series{invited: both}
	low := func(c *Counter) { level(c, 50, "INC", 2); level(c, 30, "CHG", 3) }
	high := func(c *Counter) { level(c, 50, "INC", 4); level(c, 30, "CHG", 3) }
	if r := s.count(1, questionnaire.Check(), low); len(r.Comparison) != 0 {
		t.Errorf("the first round is compared with %+v", r.Comparison[0])
	}
	s.count(2, questionnaire.Check(), low)            // not the headline: another check follows
	second := s.count(2, questionnaire.Check(), high) // headline of iteration 2
	pulse := s.count(3, questionnaire.Pulse(), high)  // beside the round before it
	third := s.count(3, questionnaire.Check(), high)  // beside the headline, not the pulse
	wrong := func(name string, got, want any) { t.Helper(); t.Errorf("%s: %+v, want %+v", name, got, want) }
	for _, c := range []struct {
		name             string
		r                *Results
		group, key       string
		from, verdict    string
		difference, some bool
	}{
		{"up", second, "process=INC", "ACC", "r1", score.ClearlyBetter, true, true},
		{"total up", second, "total", "ACC", "r1", score.ClearlyBetter, true, true},
		{"same", second, "process=CHG", "ACC", "r1", score.NoClearChange, true, true},
		{"pulse beside check", pulse, "total", "ACC", "r3", score.NoClearChange, true, true},
		{"single item in pulse", pulse, "total", "S2", "r3", score.NoClearChange, true, true},
		{"check beside check", third, "total", "ACC", "r3", score.NoClearChange, true, true},
	} {
		got := c.r.change(c.group, c.key)
		if got.From != c.from || got.Verdict != c.verdict || (got.Difference != nil) != c.difference || (got.CI != nil && got.P != nil && got.Delta != nil) != c.some {
			wrong(c.name, got, c)
		}
	}
	if g := second.change("total", "ACC"); *g.P != "<0.001" || float64(*g.Difference) < g.CI.Low || float64(*g.Difference) > g.CI.High {
		wrong("numbers", g, "a difference within its interval")
	}
}

func TestVerdictsWithoutTest(t *testing.T) {
	s := &series{invited: append(slices.Clone(both), Invited{"PRB", "staff", "it", 40})}
	s.count(1, questionnaire.Check(), func(c *Counter) {
		level(c, 50, "INC", 3)
		level(c, 30, "PRB", 3)
		for range 30 {
			c.Add(all("CHG", "staff", "it", 5))
		}
	})
	s.invited = append(s.invited, Invited{"CFG", "staff", "it", 30})
	changed := questionnaire.Check()
	changed.Items[0].Text.DE = "Anders gefragt?"
	changed.Items[5].Key = "M9"
	r := s.count(2, changed, func(c *Counter) {
		level(c, 50, "INC", 3)
		level(c, 30, "PRB", 3)
		level(c, 30, "CHG", 3)
		level(c, 20, "CFG", 2)
	})
	for _, c := range []struct{ group, key, verdict string }{
		{"total", "A1", Incomparable}, // other words
		{"total", "ACC", Incomparable},
		{"process=INC", "A2", score.NoClearChange},
		{"total", "M9", First},
		{"process=CHG", "A2", Open}, // banded then
		{"process=PRB", "A2", Open}, // not kept, because CHG would follow
		{"process=CFG", "A2", First},
	} {
		got := r.change(c.group, c.key)
		tested := got.Verdict == score.NoClearChange
		if got.Verdict != c.verdict || (got.P != nil) != tested || (got.CI != nil) != tested {
			t.Errorf("%s %s: %+v, want %s", c.group, c.key, got, c.verdict)
		}
	}
}

func TestTooFewAnswers(t *testing.T) {
	s := &series{invited: append(slices.Clone(both), Invited{"PRB", "staff", "it", 12})}
	fill := func(c *Counter) { level(c, 50, "INC", 3); level(c, 30, "CHG", 3); level(c, 8, "PRB", 3) }
	s.count(1, questionnaire.Check(), fill)
	got := s.count(2, questionnaire.Check(), fill).change("process=PRB", "A2")
	if got.Verdict != score.TooFewAnswers || got.Difference == nil || *got.Difference != 0 || got.CI != nil || got.P != nil || got.Delta != nil {
		t.Errorf("%+v", got)
	}
}

// TestStableNeedsManyAnswers: only a narrow interval lets "no clear change" be told
// as stable.
func TestStableNeedsManyAnswers(t *testing.T) {
	s := &series{invited: []Invited{{"INC", "staff", "it", 2000}}}
	fill := func(c *Counter) { level(c, 1500, "INC", 4) }
	s.count(1, questionnaire.Check(), fill)
	if got := s.count(2, questionnaire.Check(), fill).change("total", "ACC"); got.Verdict != Stable || got.CI.High > 5 {
		t.Errorf("%+v", got)
	}
}

// TestLowTurnoutIsNeverClear: with few answers of many invited people a clear change is
// told as probable.
func TestLowTurnoutIsNeverClear(t *testing.T) {
	s := &series{invited: []Invited{{"INC", "staff", "it", 300}}}
	s.count(1, questionnaire.Check(), func(c *Counter) { level(c, 60, "INC", 2) })
	if got := s.count(2, questionnaire.Check(), func(c *Counter) { level(c, 80, "INC", 4) }).change("total", "ACC"); got.Verdict != score.ProbablyBetter {
		t.Errorf("%+v", got)
	}
}

// TestResidualOfOtherPeople: "others" of two rounds are compared only if they stand
// for the same groups.
func TestResidualOfOtherPeople(t *testing.T) {
	for _, c := range []struct {
		later   int // ballots of PRB in the second round
		verdict string
	}{{4, score.NoClearChange}, {12, Incomparable}} {
		s := &series{invited: []Invited{{"INC", "staff", "it", 60}, {"REQ", "staff", "it", 20}, {"PRB", "staff", "it", 20}, {"CFG", "staff", "it", 6}, {"SLM", "staff", "it", 20}}}
		fill := func(prb int) func(*Counter) {
			return func(c *Counter) {
				level(c, 50, "INC", 3)
				level(c, 4, "REQ", 5)
				level(c, prb, "PRB", 5)
				level(c, 4, "CFG", 5)
				level(c, 4, "SLM", 5)
			}
		}
		s.count(1, questionnaire.Check(), fill(4))
		if got := s.count(2, questionnaire.Check(), fill(c.later)).change("process=_others", "A2"); got.Verdict != c.verdict {
			t.Errorf("%d answers: %+v, want %s", c.later, got, c.verdict)
		}
	}
}

func (r *Results) trend(key, construct string) *Trend {
	for i := range r.Trend {
		if r.Trend[i].Group.Key() == key && r.Trend[i].Key == construct {
			return &r.Trend[i]
		}
	}
	return nil
}

func TestTrendFromHeadlinesOnly(t *testing.T) {
	s := &series{invited: both}
	at := func(inc int) func(*Counter) {
		return func(c *Counter) { level(c, 50, "INC", inc); level(c, 30, "CHG", 3) }
	}
	s.count(1, questionnaire.Check(), at(2))
	s.count(2, questionnaire.Pulse(), at(5))
	two := s.count(2, questionnaire.Check(), at(3))
	if got := two.trend("total", "ACC"); got.Direction != nil || got.Slope != nil || len(got.Points) != 3 {
		t.Errorf("two headlines: %+v", got)
	}
	three := s.count(3, questionnaire.Check(), at(4))
	total := three.trend("total", "ACC")
	if total.Direction == nil || *total.Direction != score.Up || *total.P != "<0.001" || total.Slope == nil || *total.Slope <= 0 || total.CI.Low > *total.Slope {
		t.Errorf("three headlines that rise: %+v", total)
	}
	var headlines []bool
	for _, p := range total.Points {
		headlines = append(headlines, p.Headline)
	}
	if !slices.Equal(headlines, []bool{true, false, true, true}) || total.Points[1].Questionnaire != "pulse" || total.Points[3].Round != "r4" {
		t.Errorf("points %+v", total.Points)
	}
	if got := three.trend("process=CHG", "ACC"); got.Direction == nil || *got.Direction != score.NoTrend {
		t.Errorf("a process without change: %+v", got)
	}
	if got := three.trend("total", "SUP"); len(got.Points) != 3 {
		t.Errorf("support, which a pulse does not ask: %+v", got.Points)
	}
	four := s.count(4, questionnaire.Check(), at(5))
	dip := s.count(5, questionnaire.Check(), at(3))
	if got := dip.trend("process=INC", "ACC"); *got.Direction != score.Up || !slices.Equal(got.Setbacks, []string{"r6"}) || four.trend("process=INC", "ACC").Setbacks != nil {
		t.Errorf("a step down at the end: %+v", got)
	}
}

// TestOldRowsStayReadable: what earlier versions stored has empty lists and no
// reliability.
func TestOldRowsStayReadable(t *testing.T) {
	const results = `{"round":"r","iteration":"i","invited":40,"ballots":30,"invalid_ballots":0,"response_rate":0.75,"k":5,"questionnaire_hash":"h",
		"groups":[{"group":{},"invited":40,"n":30,"state":"shown","items":[{"key":"A1","n":30,"cs":0,"none":0,"mean":3,"index":50,"favourable":40,
		"neutral":20,"unfavourable":40,"distribution":[20,20,20,20,20],"ci":{"low":40,"high":60}}],"constructs":[]}],
		"comparison":[],"trend":[],"drivers":[],"barriers":[],"warnings":[]}`
	const kept = `{"groups":[{"group":{},"items":[{"key":"A1","counts":[6,6,6,6,6]}],"constructs":[]}]}`
	e := Earlier{Number: 1, Check: true, Questionnaire: questionnaire.Check(), Results: new(Results), Kept: new(Kept)}
	if err := json.Unmarshal([]byte(results), e.Results); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(kept), e.Kept); err != nil {
		t.Fatal(err)
	}
	s := &series{invited: both, earlier: []Earlier{e}}
	r := s.count(2, questionnaire.Check(), func(c *Counter) { level(c, 50, "INC", 5); level(c, 30, "CHG", 4) })
	if got := r.change("total", "A1"); got.Verdict != score.ClearlyBetter {
		t.Errorf("%+v", got)
	}
	if got := r.change("total", "A2"); got.Verdict != Open {
		t.Errorf("not kept: %+v", got)
	}
}
