package score

// Stage is one of the stages of change in order.
type Stage struct {
	Index    *float64 // 0..100
	High     *float64 // upper end of its interval, nil if undefined
	Withheld bool
}

// barrierBelow is the index below which a stage holds people up.
const barrierBelow = 60

// Certainties of a barrier.
const (
	ClearBarrier  = "clear"  // the whole interval lies below 60
	LikelyBarrier = "likely" // only the value does
	NoBarrier     = "none"
	NotShown      = "not_shown" // a withheld stage comes first
)

// Barrier gives the first stage below 60 (0-based, -1 for none) and how certain that
// is (methods.md section 9).
func Barrier(stages []Stage) (at int, certainty string) {
	for i, s := range stages {
		switch {
		case s.Withheld || s.Index == nil:
			return -1, NotShown
		case *s.Index >= barrierBelow:
			continue
		case s.High != nil && *s.High < barrierBelow:
			return i, ClearBarrier
		}
		return i, LikelyBarrier
	}
	return -1, NoBarrier
}
