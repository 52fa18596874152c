package protect

import (
	"fmt"
	"math"
)

// Band is how a nearly unanimous group is shown: only that the favourable share is at
// least or at most Percent, a multiple of 5.
type Band struct {
	Kind    BandKind
	Percent int
}

// BandKind is no band, or one at the top or bottom.
type BandKind int

// The kinds.
const (
	NoBand BandKind = iota
	Top
	Bottom
)

// String gives ">=90", "<=10" or nothing.
func (b Band) String() string {
	switch b.Kind {
	case Top:
		return fmt.Sprintf(">=%d", b.Percent)
	case Bottom:
		return fmt.Sprintf("<=%d", b.Percent)
	}
	return ""
}

const rounding = 1e-9

// width is how many people a band leaves in doubt.
func width(n, k int) int { return min(k-1, max(1, (n+9)/10)) }

// BandOf gives the band of a cell of n people, of whom some are favourable. A cell
// with a band shows neither index nor mean, distribution, interval or comparison.
func BandOf(n, favourable, k int) Band {
	b := width(n, k)
	switch {
	case n == 0:
		return Band{}
	case favourable >= n-b:
		return Band{Top, 5 * int(math.Floor(100*float64(n-b)/float64(n)/5+rounding))}
	case favourable <= b:
		return Band{Bottom, 5 * int(math.Ceil(100*float64(b)/float64(n)/5-rounding))}
	}
	return Band{}
}

// step is the rounding of shares: 5 points below 100 people, 1 from then on.
func step(n int) int {
	if n < 100 {
		return 5
	}
	return 1
}

// Share gives x of n people in percent, rounded half up to the step.
func Share(x, n int) int {
	s := step(n)
	return s * int(math.Floor(100*float64(x)/float64(n)/float64(s)+0.5))
}

// Index gives an index 0..100 as a whole number.
func Index(v float64) int { return int(math.Floor(v + 0.5)) }

// Mean gives a mean with one decimal.
func Mean(v float64) float64 { return math.Floor(v*10+0.5) / 10 }

// Outward rounds the ends of an interval of an index outward to the step of n people,
// within 0..100.
func Outward(low, high float64, n int) (float64, float64) {
	low, high = OutwardDifference(low, high, n)
	return max(0, low), min(100, high)
}

// OutwardDifference does the same for the difference of two indices, of which the
// smaller group has n people, within -100..100.
func OutwardDifference(low, high float64, n int) (float64, float64) {
	s := float64(step(n))
	low, high = s*math.Floor(low/s+rounding), s*math.Ceil(high/s-rounding)
	return max(-100, low) + 0, min(100, high) + 0 // + 0: no negative zero
}

// smallGroup is the number of invited people from which a group shows how many of
// them answered (decision 20).
const smallGroup = 20

// SmallGroup says that a group shows the class of its rate only.
func SmallGroup(invited int) bool { return invited < smallGroup }

// RateClass gives the class of a response rate: <25, 25-49, 50-74, 75-89 or >=90.
func RateClass(answered, invited int) string {
	switch rate := 100 * answered; {
	case rate < 25*invited:
		return "<25"
	case rate < 50*invited:
		return "25-49"
	case rate < 75*invited:
		return "50-74"
	case rate < 90*invited:
		return "75-89"
	}
	return ">=90"
}
