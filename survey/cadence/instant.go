package cadence

import (
	"fmt"
	"time"
)

// Clock is a time of day on the wall, 00:00 to 23:59.
type Clock struct{ Hour, Minute int }

// ParseClock reads 09:00.
func ParseClock(text string) (Clock, error) {
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return Clock{}, fmt.Errorf("time of day %q: not of the form HH:MM", text)
	}
	return Clock{t.Hour(), t.Minute()}, nil
}

// String gives 09:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute) }

// MarshalText writes 09:00.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads 09:00.
func (c *Clock) UnmarshalText(text []byte) (err error) {
	*c, err = ParseClock(string(text))
	return err
}

func (c Clock) valid() bool {
	return c.Hour >= 0 && c.Hour < 24 && c.Minute >= 0 && c.Minute < 60
}

func (c Clock) minutes() int { return c.Hour*60 + c.Minute }

// Moment is a due instant with what was wanted. Where the clock skips the wanted time
// the zone shows another one at that instant.
type Moment struct {
	At   time.Time // UTC
	Zone string    // IANA name
	Date Date      // wanted, in Zone
	Time Clock     // wanted, in Zone
}

// Wall gives the wanted local time as it is stored: 2026-03-29T02:30.
func (m Moment) Wall() string { return m.Date.String() + "T" + m.Time.String() }

// widest is more than any zone has ever differed from UTC.
const widest = 26 * time.Hour

// Instant gives the first moment (UTC) at which clocks in a zone show this time of
// this day or, where they skip it, a later one: a time missing in spring, or a whole
// day, falls due with the first valid moment, a time that comes twice in autumn at its
// first coming (threat-model.md R6). time.Date promises neither.
func Instant(zone *time.Location, d Date, c Clock) time.Time {
	wall := d.Time().Add(time.Duration(c.minutes()) * time.Minute)
	for from := wall.Add(-widest).In(zone); ; {
		_, offset := from.Zone()
		_, until := from.ZoneBounds()
		due := wall.Add(-time.Duration(offset) * time.Second)
		if due.Before(from) { // skipped by the change at from
			due = from
		}
		if until.IsZero() || due.Before(until) {
			return due.UTC()
		}
		from = until
	}
}
