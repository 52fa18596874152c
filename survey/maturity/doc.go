// Package maturity rates how far processes are: what assessors see on each indicator
// becomes a percentage and a class N, P, L or F per attribute, these a capability
// level per process (ISO/IEC 33020), and the levels a profile of the organisation with
// targets, stages and what changed since the last assessment. An attribute list is
// data (Model): ISO33020 has the 2015 and the 2019 set, Load reads own frameworks.
//
// It is pure: no storage, no HTTP, no clock, no texts but those of the models. It knows
// nothing of people's answers in surveys: staff's view stands beside an assessment and
// is never mixed into it. Levels are ordinal, so nothing here is averaged but the
// indicators of one assessor within one attribute.
//
// Called by survey for its assessments and by report for pages about maturity. Where to
// go next: model.go and builtin.go for what is asked, assessment.go for what assessors
// hand in, rate.go for one process, profile.go and change.go for many.
package maturity
