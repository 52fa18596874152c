// Package questionnaire holds items, constructs and scales, versioned by content:
// a changed wording is a new questionnaire. It knows nothing of answers
// (survey/score) or of rounds (survey). Called by survey, survey/tally and report.
package questionnaire
