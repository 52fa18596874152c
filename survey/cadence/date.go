package cadence

import (
	"fmt"
	"time"
)

// Date is a day of the calendar without zone or time of day, in days since
// 1970-01-01: d+1 is the day after d, and days compare as numbers.
type Date int

const (
	day      = 24 * time.Hour
	dateForm = "2006-01-02"
)

// DateOf gives the day of the Gregorian calendar; 31 April is 1 May.
func DateOf(year int, month time.Month, d int) Date {
	return Date(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second))
}

// DateIn gives the day on which t falls in a zone.
func DateIn(t time.Time, zone *time.Location) Date {
	return DateOf(t.In(zone).Date())
}

// ParseDate reads 2026-12-24.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(dateForm, text)
	if err != nil {
		return 0, fmt.Errorf("date %q: not of the form YYYY-MM-DD", text)
	}
	return DateOf(t.Date()), nil
}

// Time gives the day as midnight UTC, for printing with survey/locale.
func (d Date) Time() time.Time { return time.Unix(int64(d)*int64(day/time.Second), 0).UTC() }

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// String gives 2026-12-24.
func (d Date) String() string { return d.Time().Format(dateForm) }

// MarshalText writes 2026-12-24.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2026-12-24.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// onOrAfter gives the first day from d on that is a weekday.
func (d Date) onOrAfter(weekday time.Weekday) Date {
	return d + Date((weekday-d.Weekday()+7)%7)
}
