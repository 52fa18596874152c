package report_test

import (
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// restored is a sample whose database came out of a backup while people answered.
func restored(in report.Input) report.Input {
	results := *in.Results
	results.Warnings = append(slices.Clone(results.Warnings), tally.Warning{Code: tally.Restored})
	in.Results = &results
	return in
}

// TestRestoredRoundSaysSo: the report says what a restore can have done to the answers, and
// nothing of it otherwise.
func TestRestoredRoundSaysSo(t *testing.T) {
	for l, want := range map[locale.Language]string{locale.German: "aus einer Sicherung wiederhergestellt", locale.English: "restored from a backup"} {
		in := whole(t)
		in.Language = l
		if strings.Contains(text(build(t, in)), want) {
			t.Errorf("%s: every report says it", l)
		}
		if !strings.Contains(text(build(t, restored(in))), want) {
			t.Errorf("%s: the report does not say it", l)
		}
	}
}
