package report_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
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

// TestCouncilReadsOfRestores: the works council reads of a round whether its answers went
// through a restore, or its results went with one.
func TestCouncilReadsOfRestores(t *testing.T) {
	in := told(t, locale.German)
	if len(in.Rounds) < 2 {
		t.Fatalf("%d rounds", len(in.Rounds))
	}
	at := in.Rounds[0].Opens.Add(time.Hour)
	in.Rounds[0].State, in.Rounds[0].Restored = survey.Open, &at
	in.Rounds[1].State, in.Rounds[1].Restored, in.Rounds[1].CountedAt = survey.Done, &at, nil
	got := text(council(t, in))
	for _, want := range []string{"aus einer Sicherung wiederhergestellt, während sie lief", "Ergebnisse mit der Datenbank verloren"} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q stands there %d times", want, strings.Count(got, want))
		}
	}
}
