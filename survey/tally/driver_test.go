package tally

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

// planted adds n ballots in which M1 goes with acceptance, S1 a little, and the other
// questions by chance. edit may change an answer sheet.
func planted(c *Counter, n int, edit func(i int, answers map[string]ballot.Answer)) {
	random := rand.New(rand.NewPCG(5, 5))
	for i := range n {
		p := all("INC", "staff", "it", 3)
		for _, q := range c.in.Questionnaire.Items {
			if q.Scale != "yesno" {
				p.Answers[q.Key] = number(1 + random.IntN(5))
			}
		}
		mood := 1 + random.IntN(5)
		around := func(wide int) ballot.Answer { return number(min(5, max(1, mood+random.IntN(2*wide+1)-wide))) }
		p.Answers["A1"], p.Answers["A2"], p.Answers["A3"] = around(1), around(1), around(1)
		p.Answers["A4"] = number(6 - around(1).Value)
		p.Answers["M1"], p.Answers["S1"] = around(1), around(3)
		if edit != nil {
			edit(i, p.Answers)
		}
		c.Add(p)
	}
}

func (r *Results) driver(key string) *DriverResult {
	i := slices.IndexFunc(r.Drivers, func(d DriverResult) bool { return d.Key == key })
	if i < 0 {
		return nil
	}
	return &r.Drivers[i]
}

func driven(n int, edit func(int, map[string]ballot.Answer)) *Results {
	c := counter(Invited{"INC", "staff", "it", 2 * n})
	planted(c, n, edit)
	r, _ := results(c)
	return r
}

func TestDriversFindWhatWasPlanted(t *testing.T) {
	r := driven(300, nil)
	sum, most := 0, ""
	for _, d := range r.Drivers {
		if d.Share == nil || d.Strength == nil || d.P == nil || d.Index == nil {
			t.Fatalf("300 people: %+v", d)
		}
		if sum += *d.Share; most == "" || *d.Share > *r.driver(most).Share {
			most = d.Key
		}
	}
	if most != "M1" || sum < 97 || sum > 103 || *r.driver("M1").Strength < 0.6 || *r.driver("M1").P != "<0.001" || *r.driver("M1").Share < 60 {
		t.Errorf("most %s, %d %% in all, %+v", most, sum, r.driver("M1"))
	}
	for _, key := range []string{"A1", "B1", "QW"} {
		if r.driver(key) != nil {
			t.Errorf("%s is no question outside acceptance", key)
		}
	}
	if r := driven(60, nil); r.driver("M1").Share != nil || *r.driver("M1").Strength < 0.5 {
		t.Errorf("60 people: %+v, want no weight", r.driver("M1"))
	}
	if r := driven(25, nil); len(r.Drivers) == 0 || r.driver("M1") == nil || r.driver("M1").Strength != nil || r.driver("M1").P != nil {
		t.Errorf("25 people: %+v, want no strength", r.Drivers)
	}
}

// TestDriversKeepQuietAboutTheFew: where nearly all give one answer, the question has
// a band and no part in the drivers.
func TestDriversKeepQuietAboutTheFew(t *testing.T) {
	r := driven(200, func(i int, answers map[string]ballot.Answer) {
		if i > 3 {
			answers["M1"] = number(5)
		}
	})
	if r.shown(Group{}).Items[4].Band == "" || r.driver("M1") != nil || r.driver("M2").Share == nil {
		t.Errorf("%+v", r.Drivers)
	}
}

func TestSimilarQuestionsHaveNoWeights(t *testing.T) {
	r := driven(300, func(i int, answers map[string]ballot.Answer) {
		answers["M2"] = answers["M1"]
		if i%40 == 0 {
			answers["M2"] = number(3)
		}
	})
	if !slices.ContainsFunc(r.Warnings, func(w Warning) bool { return w.Code == SimilarItems }) || r.driver("M1").Share != nil || r.driver("M1").Strength == nil {
		t.Errorf("%+v, %+v", r.Warnings, r.driver("M1"))
	}
}

func TestQualityWarnings(t *testing.T) {
	has := func(r *Results, code, key string) bool {
		return slices.Contains(r.Warnings, Warning{Code: code, Key: key})
	}
	for _, c := range []struct {
		name      string
		n         int
		edit      func(int, map[string]ballot.Answer)
		code, key string
		want      bool
	}{
		{"random motivation", 300, nil, Unreliable, "MOT", true},
		{"planted acceptance", 300, nil, Unreliable, "ACC", false},
		{"300 people", 300, nil, FewComplete, "ACC", false},
		{"80 people", 80, nil, FewComplete, "ACC", true},
		{"25 people", 25, nil, FewComplete, "ACC", false},
		{"turned round", 300, func(_ int, a map[string]ballot.Answer) { a["A4"] = number(6 - a["A4"].Value) }, CheckCoding, "A4", true},
		{"four times the same", 300, func(i int, a map[string]ballot.Answer) {
			a["A2"], a["A3"], a["A4"] = a["A1"], a["A1"], number(6-a["A1"].Value)
			if i%50 == 0 {
				a["A4"] = number(3)
			}
		}, Redundant, "ACC", true},
		{"planted acceptance", 300, nil, Redundant, "ACC", false},
	} {
		if r := driven(c.n, c.edit); has(r, c.code, c.key) != c.want {
			t.Errorf("%s: %s %s, want %v: %+v", c.name, c.code, c.key, c.want, r.Warnings)
		}
	}
}

// TestReliabilityIsKeptAsResults: numbers, rounded, and no table of two questions.
func TestReliabilityIsKeptAsResults(t *testing.T) {
	c := counter(Invited{"INC", "staff", "it", 600})
	planted(c, 300, nil)
	r, kept := results(c)
	at := slices.IndexFunc(kept.Reliability, func(k KeptReliability) bool { return k.Key == "ACC" })
	if at < 0 {
		t.Fatal("nothing kept")
	}
	k := kept.Reliability[at]
	if k.N != 300 || k.Alpha != *r.shown(Group{}).construct("ACC").Alpha || k.Omega == nil || len(k.Rest) != 4 || k.SpearmanBrown != nil || k.CI.Low >= k.Alpha || k.CI.High <= k.Alpha {
		t.Errorf("%+v", k)
	}
}

func TestTurnoutWarnings(t *testing.T) {
	for invited, want := range map[int]string{100: "", 150: LowTurnout, 300: PoorTurnout} {
		c := counter(Invited{"INC", "staff", "it", invited})
		mixed(c, 70, "INC", "staff", "it")
		r, _ := c.Results(rand.New(rand.NewPCG(1, 2)))
		got := ""
		for _, w := range r.Warnings {
			if w.Code == LowTurnout || w.Code == PoorTurnout {
				got = w.Code
			}
		}
		if got != want {
			t.Errorf("70 of %d: %q, want %q", invited, got, want)
		}
	}
}

// TestOwnQuestionsWithoutAcceptance have no drivers.
func TestOwnQuestionsWithoutAcceptance(t *testing.T) {
	q := questionnaire.Check()
	for i := range q.Items {
		if q.Items[i].Construct == "ACC" {
			q.Items[i].Construct = "USE"
		}
	}
	for i := range q.Constructs {
		if q.Constructs[i].Key == "ACC" {
			q.Constructs[i].Key = "USE"
		}
	}
	c := NewCounter(Input{Round: "r", K: 5, Questionnaire: q, Invited: []Invited{{"INC", "staff", "it", 600}}})
	planted(c, 300, nil)
	if r, _ := results(c); len(r.Drivers) != 0 || r.shown(Group{}).construct("USE").Index == nil {
		t.Errorf("%+v", r.Drivers)
	}
}
