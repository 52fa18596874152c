package tally

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

func number(v int) ballot.Answer { return ballot.Answer{Value: v} }

// all answers every question of the check with v, yes/no with v >= 3.
func all(process, role, unit string, v int) ballot.Payload {
	p := ballot.Payload{Attributes: ballot.Attributes{Process: process, Role: role, Unit: unit}, Answers: map[string]ballot.Answer{}}
	for _, i := range questionnaire.Check().Items {
		p.Answers[i.Key] = number(v)
		if i.Scale == "yesno" {
			p.Answers[i.Key] = number(v / 3)
		}
	}
	return p
}

func counter(invited ...Invited) *Counter {
	return NewCounter(Input{Round: "r", Iteration: "i", K: 5, Questionnaire: questionnaire.Check(), Invited: invited})
}

func results(c *Counter) (*Results, *Kept) { return c.Results(rand.New(rand.NewPCG(1, 2))) }

func (r *Results) find(key string) *GroupResult {
	for i := range r.Groups {
		if r.Groups[i].Group.Key() == key {
			return &r.Groups[i]
		}
	}
	return nil
}

func (g *GroupResult) item(key string) ItemResult {
	return g.Items[slices.IndexFunc(g.Items, func(i ItemResult) bool { return i.Key == key })]
}

// mixed adds n ballots whose answers go round 1..5.
func mixed(c *Counter, n int, process, role, unit string) {
	for i := range n {
		c.Add(all(process, role, unit, 1+i%5))
	}
}

func TestNobodyAnswered(t *testing.T) {
	r, kept := results(counter(Invited{"INC", "staff", "it", 12}))
	if r.Ballots != nil || r.ResponseRate != nil || len(kept.Groups) != 0 || r.Invited != 12 {
		t.Errorf("%+v", r)
	}
	nothingShown(t, r)
}

func TestBelowKNothingIsShown(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 12})
	mixed(c, 4, "INC", "staff", "it")
	c.Invalid()
	r, kept := results(c)
	if r.Ballots != nil || len(kept.Groups) != 0 || r.Invalid != 1 {
		t.Errorf("%+v", r)
	}
	nothingShown(t, r)
}

func nothingShown(t *testing.T, r *Results) {
	t.Helper()
	for _, g := range r.Groups {
		if g.State != Protected || g.N != nil || g.Invited != nil || len(g.Items)+len(g.Constructs) > 0 {
			t.Errorf("%s shows %+v", g.Group.Key(), g)
		}
	}
}

func TestSmallRemainderIsWithheld(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 40}, Invited{"CHG", "staff", "it", 20}, Invited{"CFG", "staff", "it", 6})
	mixed(c, 30, "INC", "staff", "it")
	mixed(c, 12, "CHG", "staff", "it")
	mixed(c, 3, "CFG", "staff", "it")
	r, _ := results(c)
	// The total and INC are shown; CHG too would leave the three of CFG over.
	for key, want := range map[string]string{
		"total": Shown, "process=INC": Shown, "process=CHG": Protected, "process=CFG": Protected, "process=_others": Shown,
	} {
		if g := r.find(key); g == nil || g.State != want {
			t.Errorf("%s: %+v, want %s", key, g, want)
		}
	}
}

func TestUnanimousGroupIsBanded(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 60}, Invited{"CHG", "staff", "it", 40})
	mixed(c, 50, "INC", "staff", "it")
	for range 30 {
		c.Add(all("CHG", "staff", "it", 5))
	}
	r, kept := results(c)
	item := r.find("process=CHG").item("A1")
	if item.Band != ">=90" || item.Mean != nil || item.Index != nil || item.Favourable != nil || item.CI != nil || item.Distribution != nil {
		t.Errorf("unanimous group: %+v", item)
	}
	for _, g := range kept.Groups {
		if g.Group.Process == "CHG" && len(g.Items) > 0 {
			t.Errorf("histograms of the unanimous group are kept: %+v", g.Items[0])
		}
	}
}

func TestMoreBallotsThanInvited(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 60}, Invited{"CHG", "staff", "it", 10})
	mixed(c, 40, "INC", "staff", "it")
	mixed(c, 12, "CHG", "staff", "it")
	r, _ := results(c)
	if g := r.find("process=CHG"); g.State != Protected {
		t.Errorf("group with 12 ballots of 10 invited: %+v", g)
	}
	if !slices.ContainsFunc(r.Warnings, func(w Warning) bool { return w.Code == Overfull && w.Group.Process == "CHG" }) {
		t.Errorf("warnings %+v name no overfull group", r.Warnings)
	}
}

func TestNotStatedIsNeverShown(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 40}, Invited{"INC", "staff", "hr", 40})
	mixed(c, 25, "INC", "staff", "it")
	mixed(c, 10, "INC", "", "")
	r, kept := results(c)
	text, _ := json.Marshal(struct {
		R *Results
		K *Kept
	}{r, kept})
	if strings.Contains(string(text), notStated) {
		t.Error("the group of those who did not say is named")
	}
	if g := r.find("role=staff"); g.State != Shown {
		t.Errorf("role=staff: %+v", g)
	}
}

func TestSmallGroupsHideNumbers(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 60}, Invited{"CHG", "staff", "it", 30}, Invited{"PRB", "staff", "it", 15})
	mixed(c, 40, "INC", "staff", "it")
	mixed(c, 20, "CHG", "staff", "it")
	mixed(c, 11, "PRB", "staff", "it")
	r, _ := results(c)
	if g := r.find("process=PRB"); g.N != nil || g.RateClass != "50-74" || *g.Invited != 15 || g.item("A1").N != nil {
		t.Errorf("small group: %+v", g)
	}
	// PRB alone would follow from the others: CHG, the next fewest, hides its number too.
	if g := r.find("process=CHG"); g.N != nil || g.RateClass == "" {
		t.Errorf("next smallest group: %+v", g)
	}
	if g := r.find("process=INC"); g.N == nil || *g.N != 40 {
		t.Errorf("large group: %+v", g)
	}
}

func TestTexts(t *testing.T) {
	texts := func(n, ideas int) []Comment {
		var list []Comment
		for i := range n {
			kind := "praise"
			if i < ideas {
				kind = "idea"
			}
			list = append(list, Comment{fmt.Sprint("text ", i), kind})
		}
		return list
	}
	random := rand.New(rand.NewPCG(1, 1))
	if got := releaseTexts(texts(9, 0), 5, random); got != nil {
		t.Errorf("nine texts: %v", got)
	}
	if got := releaseTexts(texts(12, 4), 5, random); len(got) != 12 || got[0].Kind != "" || got[11].Kind != "" {
		t.Errorf("four ideas of twelve: %v, want no kinds", got)
	}
	got := releaseTexts(texts(40, 20), 5, random)
	same := 0
	for i, c := range got {
		if c.Kind == "" {
			t.Errorf("kind of %v dropped", c)
		}
		if c.Text == fmt.Sprint("text ", i) {
			same++
		}
	}
	if len(got) != 40 || same > 10 {
		t.Errorf("%d texts, %d in their place: not shuffled", len(got), same)
	}
}

// TestNeverNaN: whatever is answered, the results are valid JSON.
func TestNeverNaN(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 40 {
		c := counter(Invited{"INC", "staff", "it", 30}, Invited{"CHG", "owner", "hr", 30})
		for range random.IntN(60) {
			p := all([]string{"INC", "CHG"}[random.IntN(2)], []string{"staff", "owner", ""}[random.IntN(3)], "it", 1)
			for _, i := range questionnaire.Check().Items {
				switch x := random.IntN(8); {
				case x > 5:
					delete(p.Answers, i.Key)
				case x == 5 && i.Scale != "yesno":
					p.Answers[i.Key] = ballot.Answer{CannotSay: true}
				case i.Scale != "yesno":
					p.Answers[i.Key] = number(1 + random.IntN(5))
				}
			}
			c.Add(p)
		}
		r, kept := results(c)
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(kept); err != nil {
			t.Fatal(err)
		}
	}
}
