package cadence

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// easter is the published date of Easter Sunday, not computed as the library does.
var easter = map[int]Date{
	2024: DateOf(2024, time.March, 31), 2025: DateOf(2025, time.April, 20), 2026: DateOf(2026, time.April, 5),
	2027: DateOf(2027, time.March, 28), 2028: DateOf(2028, time.April, 16), 2029: DateOf(2029, time.April, 1),
	2030: DateOf(2030, time.April, 21),
}

// german law: what every state keeps, and which states keep what else.
func expected(state string, year int) []Date {
	e, on := easter[year], func(m time.Month, d int) Date { return DateOf(year, m, d) }
	days := []Date{
		on(time.January, 1), e - 2, e + 1, on(time.May, 1), e + 39, e + 50, on(time.October, 3),
		on(time.December, 25), on(time.December, 26),
	}
	for _, extra := range []struct {
		day    Date
		states string
	}{
		{on(time.January, 6), "BW BY BY-MH ST"},
		{on(time.March, 8), "BE MV"},
		{e + 60, "BW BY BY-MH HE NW RP SL"},
		{on(time.August, 15), "BY-MH SL"},
		{on(time.September, 20), "TH"},
		{on(time.October, 31), "BB HB HH MV NI SN ST SH TH"},
		{on(time.November, 1), "BW BY BY-MH NW RP SL"},
		// The Wednesday before 23 November.
		{on(time.November, 22) - Date((on(time.November, 22).Weekday()-time.Wednesday+7)%7), "SN"},
	} {
		if slices.Contains(strings.Fields(extra.states), state) {
			days = append(days, extra.day)
		}
	}
	if state == "BE" && year == 2025 {
		days = append(days, on(time.May, 8))
	}
	if state == "BE" && year == 2028 {
		days = append(days, on(time.June, 17))
	}
	slices.Sort(days)
	return days
}

func TestGermanHolidaysAreThoseOfTheLaw(t *testing.T) {
	states := 0
	for _, r := range Regions() {
		state, isGerman := strings.CutPrefix(r.Key, "DE-")
		if !isGerman {
			continue
		}
		states++
		for year := range easter {
			if diff := cmp.Diff(expected(state, year), days(r.Key, year)); diff != "" {
				t.Errorf("%s %d (-law +ours):\n%s", r.Key, year, diff)
			}
		}
	}
	if states != 17 {
		t.Errorf("%d, want 16 states and one variant", states)
	}
}

func days(region string, year int) (list []Date) {
	for _, h := range Holidays(region, year) {
		list = append(list, h.Date)
	}
	return list
}

// Days as published by the Office of Personnel Management, kept on the weekday before
// or after a weekend; New Year 2028 is kept in 2027.
func TestFederalHolidaysAreKeptOnWeekdays(t *testing.T) {
	for year, want := range map[int]string{
		2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
		2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
		2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
	} {
		var got []string
		for _, d := range days("US", year) {
			got = append(got, d.String()[5:])
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%d:\n%s, want\n%s", year, got, want)
		}
	}
}

func TestAustrianHolidays(t *testing.T) {
	for year, e := range easter {
		var want []Date
		for _, text := range strings.Fields("01-01 01-06 05-01 08-15 10-26 11-01 12-08 12-25 12-26") {
			d, err := ParseDate(fmt.Sprintf("%d-%s", year, text))
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, d)
		}
		want = append(want, e+1, e+39, e+50, e+60)
		slices.Sort(want)
		if diff := cmp.Diff(want, days("AT", year)); diff != "" {
			t.Errorf("%d (-law +ours):\n%s", year, diff)
		}
	}
}

func TestEveryHolidayHasANameInBothLanguages(t *testing.T) {
	for _, r := range regions {
		for _, h := range slices.Concat(r.holidays, r.more) {
			if _, ok := holidayNames[h.Name]; !ok {
				t.Errorf("%s: %q has no line in holidayNames", r.Key, h.Name)
			}
		}
	}
	for library, name := range holidayNames {
		if name.DE == "" || name.EN == "" || strings.ContainsAny(name.EN, "äöüß'") {
			t.Errorf("%q: %+v", library, name)
		}
	}
}

// A server whose own zone skips the midnight of a holiday (Paraguay on 3 October 2021)
// must not see it a day early.
func TestHolidaysDoNotDependOnTheServersZone(t *testing.T) {
	defer setServerZone(time.UTC)()
	want := map[string][]Date{}
	for _, r := range Regions() {
		want[r.Key] = days(r.Key, 2021)
	}
	for _, name := range []string{"America/Asuncion", "Pacific/Kiritimati", "Pacific/Pago_Pago"} {
		setServerZone(zoneOf(t, name))
		for _, r := range Regions() {
			if diff := cmp.Diff(want[r.Key], days(r.Key, 2021)); diff != "" {
				t.Errorf("%s on a server in %s:\n%s", r.Key, name, diff)
			}
		}
	}
}
