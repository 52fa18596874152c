package cadence

import (
	"testing"
	"time"

	"github.com/rickar/cal/v2"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func setServerZone(zone *time.Location) (restore func()) {
	before := cal.DefaultLoc
	cal.DefaultLoc = zone
	return func() { cal.DefaultLoc = before }
}

// threat-model.md R6: a missing time runs at the first valid moment, a repeated one once.
func TestWallTimesAroundClockChanges(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want, shows string }{
		{"Europe/Berlin", "2027-03-28", "01:59", "2027-03-28T00:59Z", "2027-03-28 01:59 CET"},
		{"Europe/Berlin", "2027-03-28", "02:00", "2027-03-28T01:00Z", "2027-03-28 03:00 CEST"},
		{"Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:00Z", "2027-03-28 03:00 CEST"},
		{"Europe/Berlin", "2027-03-28", "03:00", "2027-03-28T01:00Z", "2027-03-28 03:00 CEST"},
		{"Europe/Berlin", "2026-10-25", "01:59", "2026-10-24T23:59Z", "2026-10-25 01:59 CEST"},
		{"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30Z", "2026-10-25 02:30 CEST"},
		{"Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00Z", "2026-10-25 03:00 CET"},
		{"Europe/Berlin", "2026-07-01", "09:00", "2026-07-01T07:00Z", "2026-07-01 09:00 CEST"},
		// Midnight itself was skipped.
		{"America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00Z", "2018-11-04 01:00 -02"},
		{"America/Sao_Paulo", "2018-11-04", "00:30", "2018-11-04T03:00Z", "2018-11-04 01:00 -02"},
		{"America/Sao_Paulo", "2018-11-03", "23:59", "2018-11-04T02:59Z", "2018-11-03 23:59 -03"},
		{"America/Sao_Paulo", "2018-02-17", "23:30", "2018-02-18T01:30Z", "2018-02-17 23:30 -02"}, // came twice
		{"America/New_York", "2027-03-14", "02:30", "2027-03-14T07:00Z", "2027-03-14 03:00 EDT"},
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z", "2026-11-01 01:30 EDT"},
		{"America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00Z", "2026-11-01 02:00 EST"},
		// Half an hour only.
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z", "2026-10-04 02:30 +11"},
		{"Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03T14:45Z", "2027-04-04 01:45 +11"},
		{"Australia/Lord_Howe", "2027-04-04", "02:00", "2027-04-03T15:30Z", "2027-04-04 02:00 +1030"},
		// Samoa had no 30 December 2011.
		{"Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59Z", "2011-12-29 23:59 -10"},
		{"Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00Z", "2011-12-31 00:00 +14"},
		{"Pacific/Apia", "2011-12-31", "09:00", "2011-12-30T19:00Z", "2011-12-31 09:00 +14"},
		{"UTC", "2026-03-29", "02:30", "2026-03-29T02:30Z", "2026-03-29 02:30 UTC"},
	} {
		d, err := ParseDate(c.date)
		if err != nil {
			t.Fatal(err)
		}
		clock, err := ParseClock(c.clock)
		if err != nil {
			t.Fatal(err)
		}
		zone := zoneOf(t, c.zone)
		at := Instant(zone, d, clock)
		if got, shows := at.Format("2006-01-02T15:04Z07:00"), at.In(zone).Format("2006-01-02 15:04 MST"); got != c.want || shows != c.shows {
			t.Errorf("%s %s %s: %s (%s), want %s (%s)", c.zone, c.date, c.clock, got, shows, c.want, c.shows)
		}
	}
}

// The same rule, found by looking at the clock every minute.
func TestInstantIsTheFirstMinuteThatShowsTheTime(t *testing.T) {
	for zoneName, around := range map[string][]Date{
		"Europe/Berlin":       {DateOf(2027, 3, 28), DateOf(2026, 10, 25)},
		"America/Sao_Paulo":   {DateOf(2018, 11, 4), DateOf(2019, 2, 17)},
		"Australia/Lord_Howe": {DateOf(2026, 10, 4), DateOf(2027, 4, 4)},
		"Africa/Casablanca":   {DateOf(2026, 2, 15), DateOf(2026, 3, 22)},
		"Pacific/Apia":        {DateOf(2011, 12, 30)},
		"Pacific/Kwajalein":   {DateOf(1993, 8, 21)},
	} {
		zone := zoneOf(t, zoneName)
		for _, d := range around {
			// first[m] is the first minute at which the wall shows m minutes after d or later.
			var first [24 * 60]time.Time
			next := 0
			for at := d.Time().Add(-widest); next < len(first); at = at.Add(time.Minute) {
				_, offset := at.In(zone).Zone()
				shown := at.Add(time.Duration(offset) * time.Second).Sub(d.Time())
				for ; next < len(first) && shown >= time.Duration(next)*time.Minute; next++ {
					first[next] = at
				}
			}
			for m, want := range first {
				if got := Instant(zone, d, Clock{m / 60, m % 60}); !got.Equal(want) {
					t.Fatalf("%s %s %s: %s, want %s", zoneName, d, Clock{m / 60, m % 60}, got, want)
				}
			}
		}
	}
}

func TestTimesAndDatesReadBack(t *testing.T) {
	for _, text := range []string{"9:00", "24:00", "09:60", "", "09:00:00", "-1:00"} {
		if _, err := ParseClock(text); err == nil {
			t.Errorf("time of day %q accepted", text)
		}
	}
	for _, text := range []string{"2026-02-29", "24.12.2026", "", "2026-12-24T00:00"} {
		if _, err := ParseDate(text); err == nil {
			t.Errorf("date %q accepted", text)
		}
	}
	for d := DateOf(1899, 12, 1); d < DateOf(2101, 1, 1); d += 13 {
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%s read back as %s, %v", d, back, err)
		}
	}
	late := time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC)
	if got := DateIn(late, zoneOf(t, "Europe/Berlin")).String(); got != "2026-03-29" {
		t.Errorf("%s, want 2026-03-29", got)
	}
}
