package report

import (
	"strings"
	"time"
)

// TeamSheet is a whole page that is read from one and a half metres.
type TeamSheet struct {
	Kicker     string     `json:"kicker"`
	Title      string     `json:"title"`
	Lead       string     `json:"lead"` // below the title, may be empty
	Said       string     `json:"said"` // heads of the two columns
	Did        string     `json:"did"`
	Pairs      []Pair     `json:"pairs"` // at most 3
	Why        string     `json:"why"`
	Infeasible []string   `json:"infeasible"` // what cannot be done and why; empty = nothing was refused
	Next       string     `json:"next"`
	Dates      []TeamDate `json:"dates"`
	Door       string     `json:"door"`    // may be empty
	Address    string     `json:"address"` // what the code says; empty = no code
	Typed      [2]string  `json:"-"`       // the address in two lines, as people type it
}

// words counts what is read.
func (s *TeamSheet) words() int {
	parts := append([]string{s.Kicker, s.Title, s.Lead, s.Said, s.Did, s.Next, s.Door, s.Address}, s.Infeasible...)
	if len(s.Infeasible) > 0 {
		parts = append(parts, s.Why)
	}
	for _, p := range s.Pairs {
		parts = append(parts, p.Said, p.Figure, p.Did, p.Word)
	}
	for _, d := range s.Dates {
		parts = append(parts, d.Day, d.What)
	}
	return len(strings.Fields(strings.Join(parts, " ")))
}

// PairState is how far an answer is.
type PairState int

// The states.
const (
	PairOpen PairState = iota
	PairWorking
	PairDone
)

// Pair is what was said and what is done about it.
type Pair struct {
	Said   string    `json:"said"`
	Figure string    `json:"figure"` // one number, may be empty
	Did    string    `json:"did"`
	Word   string    `json:"word"` // how far it is, with its day
	State  PairState `json:"state"`
}

// TeamDate is a day to come.
type TeamDate struct {
	Day  string `json:"day"`
	What string `json:"what"`
}

func (TeamSheet) block() {}

// teamContents is the canonical data of a team sheet.
type teamContents struct {
	Format       string    `json:"format"`
	Kind         string    `json:"kind"`
	Organisation string    `json:"organisation"` // its key, as in the document id
	Name         string    `json:"name"`
	Programme    string    `json:"programme"`
	Iteration    int       `json:"iteration"`
	CountedAt    time.Time `json:"counted_at"`
	Results      teamCount `json:"results"`
	Sheet        TeamSheet `json:"sheet"`
}

// teamCount is what the sheet tells of the round.
type teamCount struct {
	Iteration string `json:"iteration"`
	Ballots   *int   `json:"ballots"`
	Invited   int    `json:"invited"`
}

func (t *team) contents(s *TeamSheet) teamContents {
	r := t.Results
	return teamContents{
		"pulscheck-team-1", "team", t.Organisation.Key, t.Organisation.Name, t.Programme, t.Iteration.Number, r.CountedAt.UTC(),
		teamCount{r.Iteration, r.Ballots, r.Invited}, *s,
	}
}

// shortened gives at most some words of what a person wrote; what is longer ends with
// an ellipsis.
func shortened(text string, words int) string {
	all := strings.Fields(text)
	if len(all) <= words {
		return strings.Join(all, " ")
	}
	return strings.TrimRight(strings.Join(all[:words], " "), ".,;:–- ") + " …"
}
