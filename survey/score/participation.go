package score

import "math"

// Words of participation (methods.md section 3).
const (
	Good   = "good"   // 70 % and more
	Usable = "usable" // 50 % and more
	Weak   = "weak"   // 30 % and more: read with care
	Poor   = "poor"   // no statement about the whole group
)

// Participation gives the word for a rate 0..1.
func Participation(rate float64) string {
	switch {
	case rate >= 0.70:
		return Good
	case rate >= 0.50:
		return Usable
	case rate >= 0.30:
		return Weak
	}
	return Poor
}

// ManyCannotSay says that more than a quarter of the people could not judge.
func ManyCannotSay(cannotSay, people int) bool { return 4*cannotSay > people }

// ManyBlank says that more than a fifth of the people left the question open.
func ManyBlank(none, people int) bool { return 5*none > people }

// Composition says that a segment's share of the answers differs from its share of
// the invited by more than ten points.
func Composition(answered, answers, invited, all int) bool {
	if answers == 0 || all == 0 {
		return false
	}
	difference := float64(answered)/float64(answers) - float64(invited)/float64(all)
	return math.Abs(difference) > 0.10+tolerance
}
