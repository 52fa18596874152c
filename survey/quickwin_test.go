package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/store/storetest"
)

// TestQuickWinsTakeOneStepAtATime: what a step needs is asked for, and how long nobody
// was told is counted.
func TestQuickWinsTakeOneStepAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		q, err := o.CreateQuickWin(ctx, o.owner(), i.ID, survey.QuickWinInput{Name: ptr("Passwort ohne Ticket"), Process: ptr("CHG")})
		if err != nil || q.Status != survey.QuickWinPlanned || q.Lag() != nil {
			t.Fatalf("%+v, %v", q, err)
		}
		for n, c := range []struct {
			in     survey.QuickWinInput
			codes  []string
			status survey.QuickWinStatus
			lag    int // -1 = not told
		}{
			{survey.QuickWinInput{Status: ptr("done"), Reached: ptr("2026-03-20")}, []string{"status-order"}, "planned", -1},
			{survey.QuickWinInput{Status: ptr("doing")}, nil, "doing", -1},
			{survey.QuickWinInput{Told: ptr("2026-03-20")}, []string{"text-length", "text-length", "date-order"}, "doing", -1},
			{survey.QuickWinInput{Status: ptr("done")}, []string{"date-invalid"}, "doing", -1},
			{survey.QuickWinInput{Status: ptr("done"), Reached: ptr("2026-03-27")}, nil, "done", -1},
			{survey.QuickWinInput{Status: ptr("confirmed")}, []string{"text-length"}, "done", -1},
			{survey.QuickWinInput{Told: ptr("2026-03-26"), Channel: ptr("Intranet"), Audience: ptr("alle")}, []string{"date-order"}, "done", -1},
			{survey.QuickWinInput{Told: ptr("2026-04-03"), Channel: ptr("Intranet"), Audience: ptr("alle")}, nil, "done", 7}, // clocks change between them
			{survey.QuickWinInput{Status: ptr("confirmed"), Evidence: ptr("QW in Runde 2")}, nil, "confirmed", 7},
			{survey.QuickWinInput{Status: ptr("dropped")}, []string{"status-order"}, "confirmed", 7},
			{survey.QuickWinInput{Status: ptr("over")}, []string{"status-unknown", "status-order"}, "confirmed", 7},
		} {
			_, err := o.UpdateQuickWin(ctx, o.owner(), q.ID, q.Version, c.in)
			if diff := cmp.Diff(c.codes, codes(err)); diff != "" || (err == nil) != (c.codes == nil) {
				t.Errorf("%d: %v\n%s", n, err, diff)
			}
			if q, err = o.ShowQuickWin(ctx, o.auditor(), q.ID); err != nil {
				t.Fatal(err)
			}
			lag := -1
			if q.Lag() != nil {
				lag = *q.Lag()
			}
			if q.Status != c.status || lag != c.lag {
				t.Errorf("%d: %s, told after %d days, want %s, %d", n, q.Status, lag, c.status, c.lag)
			}
		}
	})
}
