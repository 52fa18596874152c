package tally

import (
	"math/rand/v2"
	"slices"
)

// textsFrom is the number of texts from which they are released (methods.md 8.7).
const textsFrom = 10

// releaseTexts gives the texts of the whole round in random order, none if there are
// too few. What kind they are stays only if every kind that occurs has at least k of
// them (decision 21).
func releaseTexts(texts []Comment, k int, random *rand.Rand) []Comment {
	if len(texts) < max(textsFrom, 2*k) {
		return nil
	}
	released := slices.Clone(texts)
	kinds := map[string]int{}
	for _, t := range released {
		kinds[t.Kind]++
	}
	for _, n := range kinds {
		if n < k {
			for i := range released {
				released[i].Kind = ""
			}
			break
		}
	}
	slices.SortFunc(released, func(a, b Comment) int { // no trace of the order in which they were counted
		if a.Text != b.Text {
			if a.Text < b.Text {
				return -1
			}
			return 1
		}
		return 0
	})
	random.Shuffle(len(released), func(i, j int) { released[i], released[j] = released[j], released[i] })
	return released
}
