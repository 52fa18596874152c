package main

import (
	"math/rand/v2"
	"slices"

	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// counting counts collected answers as rounds are counted.
type counting struct {
	items   *instrument
	invited *invitedFile // nil = unknown
	answers []*collected // by iteration in order of time
}

// iteration is one iteration with its answers and what may be shown of them.
type iteration struct {
	counter *tally.Counter
	results *tally.Results
	asked   *questionnaire.Questionnaire
}

// rounds counts the iterations from..to-1, each in the light of those before. only, if
// not nil, says which items count.
func (c counting) rounds(from, to int, only []bool) []iteration {
	var list []iteration
	var earlier []tally.Earlier
	for i := from; i < to; i++ {
		in, asked := c.answers[i], only
		if asked == nil {
			asked = in.asked
		}
		input := tally.Input{
			Round: in.name, Iteration: in.name, Number: i + 1, Check: true, K: survey.FloorK, Questionnaire: c.items.questionnaire(asked),
			Earlier: earlier, Combined: true, InvitedUnknown: c.invited == nil,
		}
		if c.invited != nil {
			input.Invited = c.invited.of(in.name)
		}
		counter := in.counter(input, asked)
		r, kept := counter.Results(rand.New(rand.NewPCG(0, 0))) // there are no texts to shuffle
		earlier = append(earlier, tally.Earlier{Number: input.Number, Check: true, Questionnaire: input.Questionnaire, Results: r, Kept: kept})
		list = append(list, iteration{counter, r, input.Questionnaire})
	}
	return list
}

// counter counts the answers to some of the items.
func (in *collected) counter(input tally.Input, asked []bool) *tally.Counter {
	c := tally.NewCounter(input)
	row := make([]int8, 0, len(asked))
	for b, atom := range in.atomOf {
		row = row[:0]
		for i, step := range in.steps[b*len(asked) : (b+1)*len(asked)] {
			if asked[i] {
				row = append(row, step)
			}
		}
		c.AddRow(in.atoms[atom], row)
	}
	return c
}

// common compares iteration i with others that asked something else by the items that
// they have in common (methods.md section 0; decision 17): such a construct is counted
// again with these items only, under the same protection.
func (c counting) common(list []iteration, i int) {
	if i == 0 {
		return
	}
	r := list[i].results
	if both, differ := c.inCommon(i-1, i+1); differ {
		pair := c.rounds(i-1, i+1, both)[1].results
		for j, change := range r.Comparison {
			same := func(o tally.Change) bool { return o.Group == change.Group && o.Key == change.Key }
			if at := slices.IndexFunc(pair.Comparison, same); at >= 0 {
				r.Comparison[j] = pair.Comparison[at]
			}
		}
	}
	if all, differ := c.inCommon(0, i+1); differ {
		line := c.rounds(0, i+1, all)[i].results
		for j, trend := range r.Trend {
			same := func(o tally.Trend) bool { return o.Group == trend.Group && o.Key == trend.Key }
			if at := slices.IndexFunc(line.Trend, same); at >= 0 {
				r.Trend[j] = line.Trend[at]
			}
		}
	}
}

// inCommon gives the items that all iterations from..to-1 asked, and whether one of
// them asked more.
func (c counting) inCommon(from, to int) (common []bool, differ bool) {
	common = slices.Clone(c.answers[from].asked)
	for _, in := range c.answers[from+1 : to] {
		for item, asked := range in.asked {
			differ = differ || asked != common[item]
			common[item] = common[item] && asked
		}
	}
	return common, differ
}
