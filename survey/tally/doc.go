// Package tally counts a round: it opens all ballots in memory, asks survey/score
// and survey/protect, and gives what may be released, once. It does not store and
// does not draw. Called by survey; its Results are read by report and api.
package tally
