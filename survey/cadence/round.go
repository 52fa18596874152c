package cadence

import "time"

// Kind of a round, with the words of survey.Kind (decision 5).
type Kind string

// The kinds.
const (
	Pulse Kind = "pulse"
	Check Kind = "check"
)

// Round is one round of an iteration on the days it is to be held, collisions solved.
type Round struct {
	Number     int // from 1, in order of opening; the check round has the last one
	Kind       Kind
	Planned    Date // where it would open if no day were free; stays the same when free days change
	Opens      Moment
	Closes     Moment
	Reminders  []Moment    // when those who have not answered are asked again, at most two
	Collisions []Collision // why Opens is not on Planned; empty if it is
	Within     []Collision // free working days while it is open, which do not count
}

// Moved reports whether the round opens on a proposed day instead of the planned one.
func (r Round) Moved() bool { return r.Opens.Date != r.Planned }

// Dropped is a planned round that is not held.
type Dropped struct {
	Planned    Date
	Collisions []Collision // the last is WithNext or WithCheck
}

// Schedule is the rounds of one iteration.
type Schedule struct {
	Rounds  []Round // in order, the check round last
	Dropped []Dropped
}

// Next gives at most n rounds that open after a moment.
func (s *Schedule) Next(after time.Time, n int) []Round {
	for i, r := range s.Rounds {
		if r.Opens.At.After(after) {
			return s.Rounds[i:min(i+n, len(s.Rounds))]
		}
	}
	return nil
}
