package tally

import (
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// Input is what counting needs beside the ballots.
type Input struct {
	Round         string
	Iteration     string
	Number        int  // of the iteration within the programme, from 1
	Check         bool // a check round: the last of an iteration gives its headline values (decision 5)
	Closed        time.Time
	K             int
	Questionnaire *questionnaire.Questionnaire
	Invited       []Invited
	Earlier       []Earlier // counted rounds of the programme in order of closing

	Restored bool // the database was restored from a backup while people answered

	// Answers collected elsewhere (the command analyze) differ in two ways: every
	// combination of the attributes is a group, and nobody may know who was invited.
	Combined bool
	// Counts of another tool, by question: what goes together in one answer is unknown.
	Aggregated     bool
	InvitedUnknown bool // then Invited is empty, and a group counts as large as its answers
}

// Invited is the number of people invited with these attributes.
type Invited struct {
	Process, Role, Unit string
	People              int
}

// Values of an answer that are none.
const (
	NotAnswered = -1
	CannotSay   = -2
)

// Counter collects the ballots of one round. It is not safe for concurrent use.
type Counter struct {
	in      Input
	items   []item
	scores  []construct
	invalid int
	atoms   []ballot.Attributes // the finest cells that answered
	index   map[ballot.Attributes]int
	atomOf  []int32 // by ballot
	answers []int8  // by ballot and item, in scored direction
	texts   []Comment
}

// item is a closed question with the scale its answers are scored on.
type item struct {
	key     string
	scale   score.Scale
	reverse bool
	yesno   bool // shown as shares only
}

// construct is what several items measure, on their scale if they share one, else on 0..100.
type construct struct {
	key    string
	items  []int
	scale  score.Scale
	shared bool
}

// NewCounter prepares the counting of a round.
func NewCounter(in Input) *Counter {
	c := &Counter{in: in, index: map[ballot.Attributes]int{}}
	position := map[string]int{}
	for i, q := range in.Questionnaire.Items {
		s := in.Questionnaire.Scales[q.Scale]
		position[q.Key] = i
		c.items = append(c.items, item{
			key: q.Key, scale: score.Scale{Lo: s.Lo, Hi: s.Hi}, reverse: q.Reverse, yesno: s.Hi-s.Lo == 1,
		})
	}
	if in.Aggregated {
		return c // no scores of people
	}
	for _, q := range in.Questionnaire.Constructs {
		keys := in.Questionnaire.ItemsOf(q.Key)
		if len(keys) == 0 {
			continue
		}
		var items []int
		for _, key := range keys {
			items = append(items, position[key])
		}
		c.scores = append(c.scores, c.construct(q.Key, items))
	}
	return c
}

// construct is what some items, at least one, measure.
func (c *Counter) construct(key string, items []int) construct {
	one := construct{key: key, items: items, shared: true, scale: c.items[items[0]].scale}
	for _, i := range items {
		one.shared = one.shared && c.items[i].scale == one.scale
	}
	if !one.shared {
		one.scale = score.Scale{Lo: 0, Hi: 100}
	}
	return one
}

// Add counts one opened ballot that was checked against the manifest.
func (c *Counter) Add(p ballot.Payload) {
	c.place(p.Attributes)
	for _, i := range c.items {
		answer, answered := p.Answers[i.key]
		value := NotAnswered
		switch {
		case answered && answer.CannotSay:
			value = CannotSay
		case answered:
			value = i.scale.Score(answer.Value, i.reverse) - i.scale.Lo
		}
		c.answers = append(c.answers, int8(value)) // scales have at most 11 values
	}
	if p.Text != "" {
		c.texts = append(c.texts, Comment{Text: p.Text, Kind: p.TextKind})
	}
}

// AddRow counts the answers of one person by item: steps above the lowest answer of
// its scale as it was given, NotAnswered or CannotSay.
func (c *Counter) AddRow(a ballot.Attributes, steps []int8) {
	c.place(a)
	for i, step := range steps {
		if step >= 0 && c.items[i].reverse {
			step = int8(c.items[i].scale.Hi-c.items[i].scale.Lo) - step
		}
		c.answers = append(c.answers, step)
	}
}

// place notes the attributes of one more person.
func (c *Counter) place(a ballot.Attributes) {
	atom, known := c.index[a]
	if !known {
		atom = len(c.atoms)
		c.index[a] = atom
		c.atoms = append(c.atoms, a)
	}
	c.atomOf = append(c.atomOf, int32(atom)) // as many as processes, roles and units allow
}

// Invalid counts one ballot that could not be opened or is no answer to the
// questions of the round.
func (c *Counter) Invalid() { c.invalid++ }

// row gives the answers of ballot b by item: steps above the lowest value of the
// scale in scored direction, NotAnswered or CannotSay.
func (c *Counter) row(b int) []int8 { return c.answers[b*len(c.items) : (b+1)*len(c.items)] }
