package maturity

import (
	"math"
	"slices"
	"strings"
)

// Class is how far an attribute is achieved: N, P, L or F, where one percentage is
// known also refined. The zero value means that it was not rated, which is not N.
type Class string

// The classes of ISO/IEC 33020, and their refinement.
const (
	NotRated  Class = ""
	Not       Class = "N" // 0 to 15 %
	Partially Class = "P" // over 15 to 50 %
	Largely   Class = "L" // over 50 to 85 %
	Fully     Class = "F" // over 85 %

	PartiallyMinus Class = "P-" // over 15 to 32.5 %
	PartiallyPlus  Class = "P+" // over 32.5 to 50 %
	LargelyMinus   Class = "L-" // over 50 to 67.5 %
	LargelyPlus    Class = "L+" // over 67.5 to 85 %
)

// tolerance: bounds are inclusive, and computed means may miss them by a hair.
const tolerance = 1e-9

// classes by their upper bounds in percent, inclusive (methods.md 10.1).
var classes = []struct {
	upTo    float64
	refined Class
}{{15, Not}, {32.5, PartiallyMinus}, {50, PartiallyPlus}, {67.5, LargelyMinus}, {85, LargelyPlus}, {100, Fully}}

// Refined gives the refined class of a percentage 0..100; NotRated for anything else.
// The percentage is not rounded before.
func Refined(percent float64) Class {
	if math.IsNaN(percent) || percent < -tolerance {
		return NotRated
	}
	for _, c := range classes {
		if percent <= c.upTo+tolerance {
			return c.refined
		}
	}
	return NotRated
}

// ClassOf gives the class N, P, L or F of a percentage 0..100.
func ClassOf(percent float64) Class { return Refined(percent).Coarse() }

// Coarse gives N, P, L or F of a refined class.
func (c Class) Coarse() Class {
	if c == NotRated {
		return NotRated
	}
	return c[:1]
}

// Known says whether c is N, P, L or F, refined or not.
func (c Class) Known() bool {
	return slices.Contains([]Class{Not, PartiallyMinus, Partially, PartiallyPlus, LargelyMinus, Largely, LargelyPlus, Fully}, c)
}

// rank is 0..3 for N..F and -1 for not rated.
func (c Class) rank() int {
	if c == NotRated {
		return -1
	}
	return strings.Index("NPLF", string(c.Coarse()))
}

// AtLeast says whether c is as good as other or better, refinement aside. What was not
// rated fulfils nothing.
func (c Class) AtLeast(other Class) bool { return c != NotRated && c.rank() >= other.rank() }

// aggregate gives the lower median of the rated ones, the lowest, and how many classes
// lie between the lowest and the highest (methods.md 10.2).
func aggregate(rated []Class) (middle, lowest Class, spread int) {
	var known []Class
	for _, c := range rated {
		if c != NotRated {
			known = append(known, c.Coarse())
		}
	}
	if len(known) == 0 {
		return NotRated, NotRated, 0
	}
	slices.SortFunc(known, func(a, b Class) int { return a.rank() - b.rank() })
	last := len(known) - 1
	return known[last/2], known[0], known[last].rank() - known[0].rank()
}
