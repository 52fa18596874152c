package protect

// Turnout is how many people a group had in a round and how many of them answered.
// Where the number of answers is not known, Answered is the most it can be.
type Turnout struct{ Invited, Answered int }

// RosterSafe says whether a group may be shown in the later of two rounds (methods.md
// 8.6): somebody may assume that colleagues repeated their answers, so the difference
// of both rounds must not stand for fewer than k people. changed is the number of
// people invited in exactly one of both rosters. At least k people who did not answer,
// nobody knows who, are enough to hide in.
func RosterSafe(changed, k int, earlier, later Turnout) bool {
	return changed == 0 || changed >= k || max(earlier.Invited-earlier.Answered, later.Invited-later.Answered) >= k
}

// MostAnswered is the largest number of answers that a class of RateClass leaves open
// for this many invited people; all of them if there is no such class.
func MostAnswered(class string, invited int) int {
	for n := invited; n >= 0; n-- {
		if RateClass(n, invited) == class {
			return n
		}
	}
	return invited
}
