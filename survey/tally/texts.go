package tally

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"pulscheck/survey/protect"
)

// releaseTexts gives the texts of the whole round in random order, none if protect
// says that there are too few, without their kind if that would tell too much.
func releaseTexts(texts []Comment, k int, random *rand.Rand) []Comment {
	kinds := map[string]int{}
	for _, t := range texts {
		kinds[t.Kind]++
	}
	release, withKind := protect.Texts(k, kinds)
	if !release {
		return nil
	}
	released := slices.Clone(texts)
	for i := range released {
		if !withKind {
			released[i].Kind = ""
		}
	}
	slices.SortFunc(released, func(a, b Comment) int { // no trace of the order in which they were counted
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Kind, b.Kind))
	})
	random.Shuffle(len(released), func(i, j int) { released[i], released[j] = released[j], released[i] })
	return released
}
