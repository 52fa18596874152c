package tally

import (
	"slices"
	"time"

	"pulscheck/survey/questionnaire"
)

// Comparison is headline rounds of a programme side by side, oldest first: what each
// displayed, and what became of it from the first to the last and in the last step. It
// holds displayed values and tests of kept histograms only; what one of two rounds
// withholds is open, never computed from others.
type Comparison struct {
	Rounds  []ComparedRound `json:"rounds"`
	Series  []Series        `json:"series"`  // by group in the order of the last round, constructs before questions
	Changes []Change        `json:"changes"` // from the first round to the last, then from the one before the last
}

// ComparedRound is what is told of a round as a whole.
type ComparedRound struct {
	Round         string     `json:"round"`
	Iteration     string     `json:"iteration"`
	Number        int        `json:"number"` // of the iteration
	Opened        *time.Time `json:"opened"` // nil for answers collected elsewhere, as Closed
	Closed        *time.Time `json:"closed"`
	Questionnaire string     `json:"questionnaire_hash"`
	K             int        `json:"k"`
	Invited       int        `json:"invited"`
	Paper         int        `json:"paper_tickets"`
	Ballots       *int       `json:"ballots"`
	ResponseRate  *float64   `json:"response_rate"`
	Imported      bool       `json:"imported,omitempty"` // what another tool counted
	Changed       []string   `json:"changed"`            // questions of the last round asked otherwise here, or not at all
	Dropped       []string   `json:"dropped"`            // questions of this round that the last one does not ask
	Barrier       *string    `json:"barrier"`            // first stage below 60 of the whole round; nil = none or not shown
	Certainty     string     `json:"barrier_certainty"`
}

// Series is a construct or question of a group over the rounds.
type Series struct {
	Group  Group         `json:"group"`
	Key    string        `json:"key"`
	Points []SeriesPoint `json:"points"` // one for each round
}

// SeriesPoint is what a round displayed; index is the share of yes for yes/no.
type SeriesPoint struct {
	State string    `json:"state"`
	N     *int      `json:"n"`
	Index *int      `json:"index"`
	CI    *Interval `json:"ci"`
	Band  string    `json:"band,omitempty"`
}

// States of a point besides Shown, Indicative, Protected and Incomparable.
const (
	NotAsked   = "not_asked"   // neither asked nor under another wording
	NotInvited = "not_invited" // nobody of the group was invited
)

// Compared is a counted round with what it takes to set it beside others.
type Compared struct {
	Earlier
	Opened time.Time
	Paper  int
}

// Compare sets two rounds or more beside each other, oldest first. All are measured by
// the last one: only what was asked there in the same words stands on one line.
func Compare(rounds []Compared) *Comparison {
	last := &rounds[len(rounds)-1].Earlier
	c := &Comparison{Rounds: []ComparedRound{}, Series: []Series{}}
	for i := range rounds {
		c.Rounds = append(c.Rounds, rounds[i].told(last))
	}
	for _, g := range groupsOf(rounds) {
		for _, one := range last.Questionnaire.Constructs {
			if len(last.Questionnaire.ItemsOf(one.Key)) > 0 {
				c.add(rounds, g, one.Key, true)
			}
		}
		for _, one := range last.Questionnaire.Items {
			c.add(rounds, g, one.Key, false)
		}
	}
	c.Changes = changes(&rounds[0].Earlier, last)
	if len(rounds) > 2 {
		c.Changes = append(c.Changes, changes(&rounds[len(rounds)-2].Earlier, last)...)
	}
	return c
}

// told is what is said of a round as a whole.
func (r *Compared) told(last *Earlier) ComparedRound {
	q := r.Questionnaire
	one := ComparedRound{
		Round: r.Results.Round, Iteration: r.Results.Iteration, Number: r.Number, Questionnaire: r.Results.Questionnaire, K: r.Results.K,
		Invited: r.Results.Invited, Paper: r.Paper, Ballots: r.Results.Ballots, ResponseRate: r.Results.ResponseRate,
		Changed: []string{}, Dropped: []string{},
	}
	if !r.Closed.IsZero() {
		one.Opened, one.Closed = new(r.Opened.UTC()), new(r.Closed.UTC())
	}
	for _, i := range last.Questionnaire.Items {
		if !questionnaire.SameItem(q, last.Questionnaire, i.Key) {
			one.Changed = append(one.Changed, i.Key)
		}
	}
	for _, i := range q.Items {
		if last.Questionnaire.Item(i.Key) == nil {
			one.Dropped = append(one.Dropped, i.Key)
		}
	}
	for _, b := range r.Results.Barriers {
		if b.Group == (Group{}) {
			one.Barrier, one.Certainty = b.Stage, b.Certainty
		}
	}
	return one
}

// groupsOf gives every group that a round shows, those of the last round first. What is
// left over of a partition stands for other people in each round and is left out.
func groupsOf(rounds []Compared) []Group {
	var groups []Group
	for i := range slices.Backward(rounds) {
		for _, g := range rounds[i].Results.Groups {
			if g.State != Protected && !g.Group.others() && !slices.Contains(groups, g.Group) {
				groups = append(groups, g.Group)
			}
		}
	}
	return groups
}

// add appends a line if a round shows anything on it.
func (c *Comparison) add(rounds []Compared, g Group, key string, construct bool) {
	s, last, shown := Series{Group: g, Key: key}, &rounds[len(rounds)-1].Earlier, false
	for i := range rounds {
		p := rounds[i].point(last, g, key, construct)
		shown = shown || p.Index != nil || p.Band != ""
		s.Points = append(s.Points, p)
	}
	if shown {
		c.Series = append(c.Series, s)
	}
}

// point is what a round displayed of a construct or question, measured by the last one.
func (r *Compared) point(last *Earlier, g Group, key string, construct bool) SeriesPoint {
	asked, same := r.Questionnaire.Item(key) != nil, questionnaire.SameItem
	if construct {
		asked, same = len(r.Questionnaire.ItemsOf(key)) > 0, questionnaire.SameConstruct
	}
	switch {
	case !asked:
		return SeriesPoint{State: NotAsked}
	case !same(r.Questionnaire, last.Questionnaire, key):
		return SeriesPoint{State: Incomparable}
	case !r.Results.has(g):
		return SeriesPoint{State: NotInvited}
	}
	result := r.Results.shown(g)
	p := SeriesPoint{State: Protected}
	if result == nil {
		return p
	}
	p.Index = result.value(key, construct)
	if construct {
		if one := result.construct(key); one != nil {
			p.N, p.CI, p.Band = one.N, one.CI, one.Band
		}
	} else {
		for _, one := range result.Items {
			if one.Key == key {
				p.N, p.CI, p.Band = one.N, one.CI, one.Band
			}
		}
	}
	if p.Index != nil || p.Band != "" {
		p.State = result.State
	} else {
		p.N, p.CI = nil, nil
	}
	return p
}

// Of gives the part that concerns some processes: the total and the groups of these
// processes. Nothing is computed anew.
func (c *Comparison) Of(processes []string) *Comparison {
	foreign := func(g Group) bool { return g != (Group{}) && !slices.Contains(processes, g.Process) }
	return &Comparison{
		Rounds:  c.Rounds,
		Series:  slices.DeleteFunc(slices.Clone(c.Series), func(s Series) bool { return foreign(s.Group) }),
		Changes: slices.DeleteFunc(slices.Clone(c.Changes), func(d Change) bool { return foreign(d.Group) }),
	}
}
