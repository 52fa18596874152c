package tally

import (
	"math"

	"pulscheck/survey/ballot"
)

// Imported warns that another tool counted the answers: nobody knows which of them
// belong together.
const Imported = "imported"

// Counts are the answers to one question of the people with the same attributes, as
// another tool counted them.
type Counts struct {
	Values          []int // by answer, the lowest first, as it was given
	CannotSay, None int
}

// AddCounts adds people with the same attributes of whom only counts by question are
// known. They go through the same decision as ballots: as many answered as gave a valid
// answer to the question that most did. Input.Aggregated must be set.
func (c *Counter) AddCounts(a ballot.Attributes, items []Counts) {
	columns, people := make([][]int8, len(items)), 0
	for i, counts := range items {
		for step, n := range counts.Values {
			columns[i] = append(columns[i], repeated(int8(step), n)...) // scales have at most 11 values
		}
		columns[i] = append(columns[i], repeated(CannotSay, counts.CannotSay)...)
		columns[i] = append(columns[i], repeated(NotAnswered, counts.None)...)
		people = max(people, len(columns[i]))
	}
	row := make([]int8, len(items))
	for p := range people {
		for i, column := range columns {
			row[i] = NotAnswered
			if p < len(column) {
				row[i] = column[p]
			}
		}
		c.AddRow(a, row)
	}
}

func repeated(v int8, n int) []int8 {
	list := make([]int8, n)
	for i := range list {
		list[i] = v
	}
	return list
}

// pastConstructs gives the constructs of counts: the mean of the displayed indices of
// their questions, so that it tells nothing that they do not. Without answer sheets there
// is neither interval nor reliability.
func (c *Counter) pastConstructs(r *Results) {
	for g := range r.Groups {
		index := map[string]*int{}
		for _, i := range r.Groups[g].Items {
			index[i.Key] = i.Index
		}
		for _, construct := range c.in.Questionnaire.Constructs {
			keys, sum, shown := c.in.Questionnaire.ItemsOf(construct.Key), 0, 0
			for _, key := range keys {
				if index[key] != nil {
					sum += *index[key]
					shown++
				}
			}
			if len(keys) == 0 || r.Groups[g].State == Protected {
				continue
			}
			one := ConstructResult{Key: construct.Key}
			if shown == len(keys) {
				one.Index = new(int(math.Floor(float64(sum)/float64(shown) + 0.5)))
			}
			r.Groups[g].Constructs = append(r.Groups[g].Constructs, one)
		}
	}
}
