// Package protect decides which numbers of a round may be shown so that no
// published number, and no combination of them, stands for fewer than k people or
// proves a group to be of one mind (methods.md section 8). It looks at counts only,
// knows neither questions nor names, and keeps nothing. In doubt it withholds.
//
// Four layers, each on the result of the one before: the smallest group and the
// release ledger (Ledger), bands and rounding (BandOf, Share, Index), the reader
// guard (Reader). survey/tally calls them.
package protect
