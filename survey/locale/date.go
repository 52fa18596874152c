package locale

import (
	"fmt"
	"time"
)

var germanMonths = [...]string{
	"Januar", "Februar", "März", "April", "Mai", "Juni",
	"Juli", "August", "September", "Oktober", "November", "Dezember",
}

var germanWeekdays = [...]string{
	"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag",
}

// Date gives the day of t in t's own zone: 14.11.2025 and 14 Nov 2025.
func (p *Printer) Date(t time.Time) string {
	if p.language == English {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02.01.2006")
}

// ShortDate is Date without the year, for axes and subjects: 14.11. and 14 Nov.
func (p *Printer) ShortDate(t time.Time) string {
	if p.language == English {
		return t.Format("2 Jan")
	}
	return t.Format("02.01.")
}

// LongDate gives the month in full: 14. November 2025 and 14 November 2025.
func (p *Printer) LongDate(t time.Time) string {
	return fmt.Sprintf("%s %s", p.dayMonth(t), t.Format("2006"))
}

// Weekday gives the day of the week in full.
func (p *Printer) Weekday(t time.Time) string {
	if p.language == English {
		return t.Weekday().String()
	}
	return germanWeekdays[t.Weekday()]
}

// Month gives month and year: November 2025.
func (p *Printer) Month(t time.Time) string {
	return p.MonthName(t) + " " + t.Format("2006")
}

// Clock gives the time of day in t's own zone: 9:00 Uhr and 9:00.
func (p *Printer) Clock(t time.Time) string {
	clock := fmt.Sprintf("%d:%02d", t.Hour(), t.Minute())
	if p.language == English {
		return clock
	}
	return clock + nbsp + "Uhr"
}

// DateTime gives day and time of day in a zone, which must be the organisation's:
// 14.11.2025, 9:00 Uhr and 14 Nov 2025, 9:00.
func (p *Printer) DateTime(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return p.Date(t) + ", " + p.Clock(t)
}

// Instant gives day of the week, day and time of day in a zone, for deadlines:
// Freitag, 14. November 2025, 9:00 Uhr and Friday, 14 November 2025, 9:00.
func (p *Printer) Instant(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return p.Weekday(t) + ", " + p.LongDate(t) + ", " + p.Clock(t)
}

// Period gives the days from..to without repeating what they share:
// 3.–14. November 2025, 28. Oktober – 14. November 2025, 3–14 November 2025.
func (p *Printer) Period(from, to time.Time) string {
	switch {
	case from.Year() != to.Year():
		return p.LongDate(from) + " – " + p.LongDate(to)
	case from.Month() != to.Month():
		return p.dayMonth(from) + " – " + p.LongDate(to)
	case from.Day() != to.Day():
		return p.day(from) + "–" + p.LongDate(to)
	}
	return p.LongDate(to)
}

func (p *Printer) dayMonth(t time.Time) string { return p.day(t) + nbsp + p.MonthName(t) }

func (p *Printer) day(t time.Time) string {
	if p.language == English {
		return fmt.Sprintf("%d", t.Day())
	}
	return fmt.Sprintf("%d.", t.Day())
}

// MonthName gives the name of a month: November.
func (p *Printer) MonthName(t time.Time) string {
	if p.language == English {
		return t.Month().String()
	}
	return germanMonths[t.Month()-1]
}
