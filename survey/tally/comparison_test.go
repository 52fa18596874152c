package tally

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

func (s *series) compare() *Comparison {
	var rounds []Compared
	for _, e := range s.earlier {
		rounds = append(rounds, Compared{Earlier: e, Opened: e.Closed.AddDate(0, 0, -7)})
	}
	return Compare(rounds)
}

func (c *Comparison) line(group, key string) (states []string, values []int) {
	for _, s := range c.Series {
		if s.Group.Key() == group && s.Key == key {
			for _, p := range s.Points {
				states = append(states, p.State)
				if p.Index != nil {
					values = append(values, *p.Index)
				}
			}
		}
	}
	return states, values
}

func (c *Comparison) changed(from, group, key string) Change {
	i := slices.IndexFunc(c.Changes, func(d Change) bool { return d.From == from && d.Group.Key() == group && d.Key == key })
	if i < 0 {
		return Change{}
	}
	return c.Changes[i]
}

// TestRoundsSideBySide: values are those that each round displayed, a withheld one
// leaves a gap and an open verdict, other words are another question.
func TestRoundsSideBySide(t *testing.T) {
	s := &series{invited: append(slices.Clone(both), Invited{"PRB", "staff", "it", 20})}
	counts := func(inc, prb int) func(*Counter) {
		return func(c *Counter) { level(c, 50, "INC", inc); level(c, 30, "CHG", 3); level(c, prb, "PRB", 3) }
	}
	first := s.count(1, questionnaire.Check(), counts(2, 3))
	changed := questionnaire.Check()
	changed.Items[0].Text.DE = "Anders gefragt?"
	s.count(2, changed, counts(3, 15))
	s.invited = append(s.invited, Invited{"CFG", "staff", "it", 30})
	fill := counts(4, 15)
	last := s.count(3, questionnaire.Check(), func(c *Counter) { fill(c); level(c, 20, "CFG", 2) })
	c := s.compare()

	for _, one := range []struct {
		group, key string
		want       []string
	}{
		{"total", "ACC", []string{Shown, Incomparable, Shown}},
		{"total", "A1", []string{Shown, Incomparable, Shown}},
		{"total", "MOT", []string{Shown, Shown, Shown}},
		{"process=PRB", "MOT", []string{Protected, Shown, Shown}},
		{"process=CFG", "MOT", []string{NotInvited, NotInvited, Shown}},
	} {
		if states, _ := c.line(one.group, one.key); !slices.Equal(states, one.want) {
			t.Errorf("%s %s: %v, want %v", one.group, one.key, states, one.want)
		}
	}
	_, got := c.line("total", "ACC")
	if want := []int{*first.find("total").construct("ACC").Index, *last.find("total").construct("ACC").Index}; !slices.Equal(got, want) {
		t.Errorf("acceptance %v, displayed %v", got, want)
	}
	for _, one := range []struct{ from, group, key, verdict string }{
		{"r1", "total", "ACC", score.ClearlyBetter}, // the first and the last asked the same
		{"r2", "total", "ACC", Incomparable},
		{"r2", "process=INC", "MOT", score.ClearlyBetter},
		{"r1", "process=PRB", "MOT", Open}, // withheld then
		{"r2", "process=CFG", "MOT", First},
	} {
		d := c.changed(one.from, one.group, one.key)
		if d.Verdict != one.verdict || (d.Difference != nil) != (one.verdict == score.ClearlyBetter) {
			t.Errorf("%s %s since %s: %+v, want %s", one.group, one.key, one.from, d, one.verdict)
		}
	}
	d := c.changed("r1", "total", "ACC")
	if *d.Difference != got[1]-got[0] {
		t.Errorf("difference %d of %v", *d.Difference, got)
	}
	if r := c.Rounds[1]; !slices.Equal(r.Changed, []string{questionnaire.Check().Items[0].Key}) || c.Rounds[0].Changed == nil || len(c.Rounds[0].Changed) > 0 {
		t.Errorf("changed questions %v, %v", r.Changed, c.Rounds[0].Changed)
	}
	if part := c.Of([]string{"INC"}); slices.ContainsFunc(part.Series, func(s Series) bool { return s.Group.Process != "INC" && s.Group != (Group{}) }) || len(part.Series) == 0 {
		t.Errorf("an owner sees other processes")
	}
}

// TestTwoRoundsAreComparedOnce: with two rounds the last step is all there is.
func TestTwoRoundsAreComparedOnce(t *testing.T) {
	s := &series{invited: both}
	fill := func(c *Counter) { level(c, 50, "INC", 3); level(c, 30, "CHG", 3) }
	s.count(1, questionnaire.Check(), fill)
	last := s.count(2, questionnaire.Check(), fill)
	if diff := cmp.Diff(last.Comparison, s.compare().Changes); diff != "" {
		t.Errorf("the step says something else than the round (-round +step):\n%s", diff)
	}
}

// TestComparisonKeepsWhatIsHidden: nothing of a withheld or banded group but its state,
// nothing of what is kept, and no line of what is left over, which stands for other people.
func TestComparisonKeepsWhatIsHidden(t *testing.T) {
	s := &series{invited: append(slices.Clone(both), Invited{"PRB", "staff", "it", 20}, Invited{"CFG", "staff", "it", 20})}
	for n := range 3 {
		s.count(n+1, questionnaire.Check(), func(c *Counter) {
			level(c, 50, "INC", 3)
			level(c, 4, "PRB", 3)
			level(c, 4, "CFG", 3)
			for range 30 {
				c.Add(all("CHG", "staff", "it", 5))
			}
		})
	}
	c := s.compare()
	banded := 0
	for _, one := range c.Series {
		if one.Group.others() || one.Group.Process == "PRB" {
			t.Errorf("a line of %+v", one.Group)
		}
		for _, p := range one.Points {
			if p.Band != "" {
				banded++
			}
			if hidden := p.State != Shown && p.State != Indicative || p.Band != ""; hidden && (p.Index != nil || p.CI != nil) {
				t.Errorf("%+v %s: %+v", one.Group, one.Key, p)
			}
		}
	}
	for _, d := range c.Changes {
		if d.Group.Process == "CHG" && d.Difference != nil {
			t.Errorf("a difference of a band: %+v", d)
		}
	}
	if banded == 0 {
		t.Error("nothing is banded: the test looks past")
	}
	if body, err := json.Marshal(c); err != nil || strings.Contains(string(body), "counts") {
		t.Errorf("%v, or the kept histograms go out", err)
	}
}
