package tally

import (
	"slices"
	"testing"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

// attributes of somebody in the test organisation.
func at(process string) *ballot.Attributes {
	return &ballot.Attributes{Process: process, Role: "staff", Unit: "it"}
}

// twoRounds counts a first check and gives the counter of the second, whose rosters
// differ by moves. INC has 40, CHG 20 people; of each, left did not answer.
func twoRounds(left int, moves ...Move) *Counter {
	staff := []Invited{{"INC", "staff", "it", 40}, {"CHG", "staff", "it", 20}}
	first := counter(staff...)
	mixed(first, 40-left, "INC", "staff", "it")
	mixed(first, 20-left, "CHG", "staff", "it")
	r, kept := results(first)
	in := Input{
		Round: "r2", Iteration: "i2", Number: 2, Check: true, K: 5, Questionnaire: questionnaire.Check(), Invited: staff,
		Earlier: []Earlier{{Number: 1, Check: true, Questionnaire: questionnaire.Check(), Results: r, Kept: kept, Moves: moves}},
	}
	c := NewCounter(in)
	mixed(c, 40-left, "INC", "staff", "it")
	mixed(c, 20-left, "CHG", "staff", "it")
	return c
}

func TestRosterGuard(t *testing.T) {
	same := []Move{{at("INC"), at("INC"), 40}, {at("CHG"), at("CHG"), 20}}
	oneNew := []Move{{at("INC"), at("INC"), 40}, {at("CHG"), at("CHG"), 19}, {at("CHG"), nil, 1}, {nil, at("CHG"), 1}}
	manyNew := []Move{{at("INC"), at("INC"), 40}, {at("CHG"), at("CHG"), 17}, {at("CHG"), nil, 3}, {nil, at("CHG"), 3}}
	moved := []Move{{at("INC"), at("INC"), 39}, {at("CHG"), at("CHG"), 19}, {at("INC"), at("CHG"), 1}, {at("CHG"), at("INC"), 1}}
	for _, c := range []struct {
		name    string
		left    int
		moves   []Move
		shown   []string
		without bool
	}{
		{"nobody changed", 1, same, []string{"total", "process=INC", "process=CHG"}, false},
		{"two changed, hardly anybody to hide in", 1, oneNew, []string{"process=INC"}, false},
		{"two changed among many who did not answer", 6, oneNew, []string{"total", "process=INC", "process=CHG"}, false},
		{"enough changed", 1, manyNew, []string{"total", "process=INC", "process=CHG"}, false},
		{"two changed places", 1, moved, []string{"total"}, false},
		{"roster is gone", 1, nil, []string{"total", "process=INC", "process=CHG"}, true},
	} {
		r, kept := results(twoRounds(c.left, c.moves...))
		for _, key := range []string{"total", "process=INC", "process=CHG"} {
			g := r.find(key)
			if shown := g.State != Protected; shown != slices.Contains(c.shown, key) {
				t.Errorf("%s: %s is %s", c.name, key, g.State)
			}
		}
		if got := slices.ContainsFunc(r.Warnings, func(w Warning) bool { return w.Code == NoRosterGuard }); got != c.without {
			t.Errorf("%s: warned %v", c.name, got)
		}
		for _, g := range kept.Groups {
			if r.find(g.Group.Key()).State == Protected {
				t.Errorf("%s: %s is kept", c.name, g.Group.Key())
			}
		}
	}
}

// TestRosterGuardOfOthers: the residual is compared with what it stood for.
func TestRosterGuardOfOthers(t *testing.T) {
	staff := []Invited{{"INC", "staff", "it", 40}, {"CHG", "staff", "it", 9}, {"PRB", "staff", "it", 4}, {"CFG", "staff", "it", 4}}
	fill := func(c *Counter) {
		mixed(c, 30, "INC", "staff", "it")
		mixed(c, 9, "CHG", "staff", "it")
		mixed(c, 4, "PRB", "staff", "it")
		mixed(c, 4, "CFG", "staff", "it")
	}
	first := counter(staff...)
	fill(first)
	r, kept := results(first)
	if r.shown(Group{Process: Others}) == nil {
		t.Fatal("no residual in the first round")
	}
	stay := func(process string, n int) Move { return Move{at(process), at(process), n} }
	for _, c := range []struct {
		name  string
		moves []Move
		shown bool
	}{
		{"same people", []Move{stay("INC", 40), stay("CHG", 9), stay("PRB", 4), stay("CFG", 4)}, true},
		{"moved within", []Move{stay("INC", 40), stay("CHG", 9), stay("PRB", 3), stay("CFG", 4), {at("PRB"), at("CFG"), 1}}, true},
		{"one came from INC", []Move{stay("INC", 39), stay("CHG", 9), stay("PRB", 3), stay("CFG", 4), {at("INC"), at("PRB"), 1}, {at("PRB"), at("INC"), 1}}, false},
	} {
		second := counter(staff...)
		second.in.Number, second.in.Check = 2, true
		second.in.Earlier = []Earlier{{Number: 1, Check: true, Questionnaire: questionnaire.Check(), Results: r, Kept: kept, Moves: c.moves}}
		fill(second)
		later, _ := results(second)
		if shown := later.shown(Group{Process: Others}) != nil; shown != c.shown {
			t.Errorf("%s: residual shown %v", c.name, shown)
		}
	}
}
