package survey_test

import (
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestT14FieldNumber: while a round is open its number moves once a day, in steps of
// five, from ten on, and the one of the day before is gone.
func TestT14FieldNumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 40)
		morning := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
		if _, err := h.FieldNumber(ctx, account.System(), h.round.ID); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("before the first morning: %v", err)
		}
		var links []string
		for _, l := range h.links {
			links = append(links, l)
		}
		answered := 0
		for _, step := range []struct {
			at      time.Time
			answers int
			want    survey.FieldNumber
		}{
			{morning, 9, survey.FieldNumber{Day: "2026-03-02", Answers: 0}},
			{morning.Add(time.Hour), 14, survey.FieldNumber{Day: "2026-03-02", Answers: 0}},
			{morning.Add(20*time.Hour + 59*time.Minute), 14, survey.FieldNumber{Day: "2026-03-02", Answers: 0}}, // 05:59 in Berlin
			{morning.Add(21 * time.Hour), 14, survey.FieldNumber{Day: "2026-03-03", Answers: 10}},
			{morning.Add(22 * time.Hour), 23, survey.FieldNumber{Day: "2026-03-03", Answers: 10}},
			{morning.Add(20 * time.Hour), 23, survey.FieldNumber{Day: "2026-03-03", Answers: 10}}, // a clock set back
		} {
			for ; answered < step.answers; answered++ {
				h.now = morning
				h.answer(t, links[answered], 3)
			}
			h.now = step.at
			if err := h.StoreFieldNumber(ctx, h.round.ID); err != nil {
				t.Fatal(err)
			}
			if got, err := h.FieldNumber(ctx, account.System(), h.round.ID); got != step.want || err != nil {
				t.Errorf("%v with %d answers: %+v %v, want %+v", step.at, answered, got, err, step.want)
			}
			if rows := storetest.ReadAll(t, url)["field_numbers"]; len(rows) != 1 {
				t.Errorf("%d numbers are kept", len(rows))
			}
		}
		h.now = h.round.Closes
		if err := h.FinishRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.StoreFieldNumber(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		if rows := storetest.ReadAll(t, url)["field_numbers"]; len(rows) != 0 {
			t.Errorf("%v after counting", rows)
		}
	})
}

// TestNextFieldNumber: six in the morning where the organisation is, also on the days
// on which the clocks change.
func TestNextFieldNumber(t *testing.T) {
	for _, c := range []struct{ zone, after, want string }{
		{"Europe/Berlin", "2026-03-02T04:59:59Z", "2026-03-02T05:00:00Z"},
		{"Europe/Berlin", "2026-03-02T05:00:00Z", "2026-03-03T05:00:00Z"},
		{"Europe/Berlin", "2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z"},
		{"Europe/Berlin", "2026-10-24T04:00:00Z", "2026-10-25T05:00:00Z"},
		{"America/New_York", "2026-12-31T11:00:00Z", "2027-01-01T11:00:00Z"},
	} {
		after, err := time.Parse(time.RFC3339, c.after)
		if err != nil {
			t.Fatal(err)
		}
		if got := survey.NextFieldNumber(&survey.Organisation{Zone: c.zone}, after).Format(time.RFC3339); got != c.want {
			t.Errorf("%s after %s: %s, want %s", c.zone, c.after, got, c.want)
		}
	}
}
