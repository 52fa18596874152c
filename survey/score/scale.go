package score

import "math"

// Scale is an answer scale with whole values Lo..Hi.
type Scale struct{ Lo, Hi int }

// Score gives a raw answer in scored direction: high is good.
func (s Scale) Score(raw int, reverse bool) int {
	if reverse {
		return s.Lo + s.Hi - raw
	}
	return raw
}

// Index gives a scored value as 0..100.
func (s Scale) Index(scored float64) float64 {
	return 100 * (scored - float64(s.Lo)) / float64(s.Hi-s.Lo)
}

// Bounds of the classes of an index, the same for every scale.
const (
	favourableFrom   = 75
	unfavourableUpTo = 25
	tolerance        = 1e-9
)

// Favourable says whether an index counts as agreement: 75 or more.
func Favourable(index float64) bool { return index >= favourableFrom-tolerance }

// Unfavourable says whether an index counts as disagreement: 25 or less.
func Unfavourable(index float64) bool { return index <= unfavourableUpTo+tolerance }

// Construct gives the score of one person: the mean of the answered items (NaN =
// not answered) if at least 60 % of them are answered, rounded to 12 decimals so
// that equal scores stay equal. Items on different scales are handed in as indices.
func Construct(values []float64) (score float64, ok bool) {
	sum, answered := 0.0, 0
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += v
			answered++
		}
	}
	if answered == 0 || answered < (3*len(values)+4)/5 {
		return 0, false
	}
	const decimals = 1e12
	return math.Round(sum/float64(answered)*decimals) / decimals, true
}

// Recommendation scores an answer 0..10 as +100 (9-10), 0 (7-8) or -100 (0-6).
func Recommendation(raw int) float64 {
	switch {
	case raw >= 9:
		return 100
	case raw >= 7:
		return 0
	}
	return -100
}
