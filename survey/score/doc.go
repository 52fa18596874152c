// Package score turns answers into numbers: scored values and indices, histograms,
// means and shares with their intervals, construct scores, reliability, drivers,
// barriers, what changed between two rounds and over many, and how far goals are. It
// knows neither people nor protection: what may be shown is decided in survey/protect,
// and survey/tally asks both. Every function says the source of its formula; methods.md
// of the specification holds the expected values.
//
// Where to go next: scale.go and interval.go for one group, compare.go and verdict.go
// for two rounds, trend.go for more, reliability.go and quality.go for constructs,
// correlation.go and driver.go for what goes together with an outcome, goal.go for
// key figures and their targets.
package score
