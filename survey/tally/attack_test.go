package tally

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

// The attacker of these tests has everything that the rounds of a programme gave out
// and that the database keeps, knows who belongs to which group and who answered
// which question, and computes with it. It shares no code with what it attacks.

const attackK = 5

// person of an attacked organisation with the answers to one round.
type person struct {
	ballot.Attributes
	answered bool
	stated   ballot.Attributes // what the ballot says
	values   map[string]int    // 0 = none
}

// attackQuestions are few: two items of one construct, one alone in its construct,
// one of yes and no.
func attackQuestions() *questionnaire.Questionnaire {
	q := questionnaire.Check()
	keep := map[string]bool{"A1": true, "A2": true, "W1": true, "QW": true}
	q.Items = slices.DeleteFunc(q.Items, func(i questionnaire.Item) bool { return !keep[i.Key] })
	for i := range q.Items {
		q.Items[i].Reverse = false
	}
	q.Constructs = slices.DeleteFunc(q.Constructs, func(c questionnaire.Construct) bool { return c.Key != "ACC" && c.Key != "LOAD" })
	return q
}

// attacked is a programme of three rounds by people who change a little in between.
type attacked struct {
	pulse  bool        // the second round is none of the headlines
	people [3][]person // by round; the same position is the same person, who may be gone
	gone   [3]map[int]bool
	out    [3]Earlier // what was given out and kept, as read from JSON
}

func attackWorld(seed uint64) *attacked {
	random := rand.New(rand.NewPCG(seed, 9))
	w := &attacked{pulse: random.IntN(2) == 0}
	processes, roles, units := 2+random.IntN(2), 1+random.IntN(2), 1+random.IntN(2)
	anywhere := func() ballot.Attributes {
		return ballot.Attributes{Process: fmt.Sprint("P", random.IntN(processes)), Role: fmt.Sprint("R", random.IntN(roles)), Unit: fmt.Sprint("U", random.IntN(units))}
	}
	for range 15 + random.IntN(30) {
		w.people[0] = append(w.people[0], person{Attributes: anywhere()})
	}
	turnout, mood := 0.6+0.4*random.Float64(), map[ballot.Attributes]int{}
	for round := range 3 {
		w.gone[round] = map[int]bool{}
		if round > 0 {
			w.people[round] = slices.Clone(w.people[round-1])
			for i := range w.gone[round-1] {
				w.gone[round][i] = true
			}
			for range random.IntN(4) {
				switch i := random.IntN(len(w.people[round])); random.IntN(3) {
				case 0:
					w.gone[round][i] = true
				case 1:
					w.people[round][i].Attributes = anywhere()
				default:
					w.people[round] = append(w.people[round], person{Attributes: anywhere()})
				}
			}
		}
		for i := range w.people[round] {
			p := &w.people[round][i]
			if _, known := mood[p.Attributes]; !known {
				mood[p.Attributes] = random.IntN(4)
			}
			p.answer(random, turnout, mood[p.Attributes])
			p.answered = p.answered && !w.gone[round][i]
		}
		w.count(round)
	}
	return w
}

// answer fills in a sheet: some groups are of one mind, some people say little.
func (p *person) answer(random *rand.Rand, turnout float64, mood int) {
	p.answered, p.stated, p.values = random.Float64() < turnout, p.Attributes, map[string]int{}
	if random.IntN(12) == 0 {
		p.stated.Role = ""
	}
	if random.IntN(12) == 0 {
		p.stated.Unit = ""
	}
	for _, key := range []string{"A1", "A2", "W1", "QW"} {
		v := 1 + random.IntN(5)
		if mood < 2 && random.IntN(10) > 0 {
			v = []int{5, 1}[mood]
		}
		if key == "QW" {
			v = 1 + v/4 // 2 = yes
		}
		if random.IntN(15) == 0 {
			v = 0
		}
		p.values[key] = v
	}
}

// count counts a round and keeps what a reader and somebody with the database get.
func (w *attacked) count(round int) {
	q := attackQuestions()
	in := Input{
		Round: fmt.Sprint("r", round), Number: round + 1, Check: round != 1 || !w.pulse, Closed: time.Unix(int64(round)*1e6, 0).UTC(), K: attackK,
		Questionnaire: q,
	}
	invited := map[ballot.Attributes]int{}
	for i, p := range w.people[round] {
		if !w.gone[round][i] {
			invited[p.Attributes]++
		}
	}
	for a, n := range invited {
		in.Invited = append(in.Invited, Invited{a.Process, a.Role, a.Unit, n})
	}
	slices.SortFunc(in.Invited, func(a, b Invited) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	for before := range round {
		e := w.out[before]
		for i, p := range w.people[round] {
			m := Move{People: 1}
			if i < len(w.people[before]) && !w.gone[before][i] {
				m.From = &w.people[before][i].Attributes
			}
			if !w.gone[round][i] {
				m.To = &p.Attributes
			}
			e.Moves = append(e.Moves, m)
		}
		in.Earlier = append(in.Earlier, e)
	}
	c := NewCounter(in)
	for _, p := range w.people[round] {
		if !p.answered {
			continue
		}
		payload := ballot.Payload{Attributes: p.stated, Answers: map[string]ballot.Answer{}}
		for key, v := range p.values {
			switch {
			case v > 0 && key == "QW":
				payload.Answers[key] = number(v - 1)
			case v > 0:
				payload.Answers[key] = number(v)
			}
		}
		c.Add(payload)
	}
	r, kept := c.Results(rand.New(rand.NewPCG(1, 1)))
	w.out[round] = Earlier{Number: in.Number, Check: in.Check, Closed: in.Closed, Questionnaire: q, Results: reread(r), Kept: reread(kept)}
}

// reread gives what is stored: nothing that JSON does not carry.
func reread[T any](v *T) *T {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	again := new(T)
	if err := json.Unmarshal(raw, again); err != nil {
		panic(err)
	}
	return again
}

// cells are the finest groups of a round: what ballots state, with how many of them
// gave a valid answer to a question ("" = to any).
func (w *attacked) cells(round int, key string) (atoms []ballot.Attributes, people []int) {
	for _, p := range w.people[round] {
		valid := p.values[key] > 0
		for _, v := range p.values {
			valid = valid || key == "" && v > 0
		}
		if !p.answered || !valid {
			continue
		}
		at := slices.Index(atoms, p.stated)
		if at < 0 {
			at = len(atoms)
			atoms, people = append(atoms, p.stated), append(people, 0)
		}
		people[at]++
	}
	return atoms, people
}

// row is the group as 0 and 1 over the atoms. "Others" stands for the withheld parts.
func (w *attacked) row(round int, g Group, atoms []ballot.Attributes) []int64 {
	parts := []Group{g}
	if g.others() {
		parts = w.out[round].Results.residual(g)
	}
	row := make([]int64, len(atoms))
	for a, atom := range atoms {
		for _, p := range parts {
			if (p.Process == "" || p.Process == atom.Process) && (p.Role == "" || p.Role == atom.Role) && (p.Unit == "" || p.Unit == atom.Unit) {
				row[a] = 1
			}
		}
	}
	return row
}
