package cadence

import (
	"cmp"
	"slices"
	"time"

	"pulscheck/survey/locale"
)

// Reason says what stands against a planned day.
type Reason string

// The reasons.
const (
	OnHoliday    Reason = "holiday"  // a public holiday, named
	OnOwn        Reason = "own"      // days the organisation named
	WithPrevious Reason = "previous" // the round before is still open
	WithNext     Reason = "next"     // a week late, and the next would begin meanwhile
	WithCheck    Reason = "check"    // not over before the check round opens
)

// Collision is one thing a planned round ran into.
type Collision struct {
	Reason   Reason
	From, To Date        // both included
	Name     locale.Text // of a holiday or of own days, else empty
}

const (
	breakDays = 7           // free days in a row, weekends included, that make a break
	margin    = Date(9 * 7) // days around an iteration that are looked at, so that breaks at its ends count whole
)

// calendar knows the free days around one iteration.
type calendar struct {
	plan     Plan
	zone     *time.Location
	holidays []Collision   // by date, weekdays only
	own      []Collision   // clipped to what is looked at
	taken    map[Date]bool // every day of the two
}

func newCalendar(p Plan, do, check Date) (*calendar, error) {
	zone, err := loadZone(p.Zone)
	if err != nil {
		return nil, err
	}
	c := &calendar{plan: p, zone: zone, taken: map[Date]bool{}}
	from, to := do-margin, check+margin
	for year := from.Time().Year(); year <= to.Time().Year(); year++ {
		for _, h := range Holidays(p.Region, year) {
			if !weekend(h.Date) {
				c.holidays = append(c.holidays, Collision{OnHoliday, h.Date, h.Date, h.Name})
				c.taken[h.Date] = true
			}
		}
	}
	for _, own := range p.Own {
		for d := max(own.From, from); d <= min(own.To, to); d++ {
			c.taken[d] = true
		}
		c.own = append(c.own, Collision{OnOwn, own.From, own.To, locale.Text{DE: own.Name, EN: own.Name}})
	}
	return c, nil
}

func weekend(d Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

func (c *calendar) free(d Date) bool { return weekend(d) || c.taken[d] }

// count gives the n-th working day from d on, d included; a negative n counts
// backwards.
func (c *calendar) count(d Date, n int) Date {
	step := Date(1)
	if n < 0 {
		step, n = -1, -n
	}
	for ; ; d += step {
		if !c.free(d) {
			if n--; n == 0 {
				return d
			}
		}
	}
}

// run gives the free days in a row around d; without any, first > last.
func (c *calendar) run(d Date) (first, last Date) {
	for first = d; c.free(first - 1); first-- {
	}
	for last = d - 1; c.free(last + 1); last++ {
	}
	if last < d {
		first = d
	}
	return first, last
}

func long(first, last Date) bool { return last-first+1 >= breakDays }

// breakWithin gives the first break that begins within from..to.
func (c *calendar) breakWithin(from, to Date) (first, last Date, found bool) {
	for d := from; d <= to; d++ {
		if first, last = c.run(d); first <= last {
			if long(first, last) {
				return first, last, true
			}
			d = last
		}
	}
	return 0, 0, false
}

// reasons names what takes working days within from..to: own days, and the holidays
// that lie outside them.
func (c *calendar) reasons(from, to Date) []Collision {
	var list []Collision
	for _, own := range c.own {
		for d := max(own.From, from); d <= min(own.To, to); d++ {
			if !weekend(d) {
				list = append(list, own)
				break
			}
		}
	}
	covered := func(h Collision) bool {
		return slices.ContainsFunc(list, func(o Collision) bool { return o.From <= h.From && h.To <= o.To })
	}
	for _, h := range c.holidays {
		if h.From >= from && h.To <= to && !covered(h) {
			list = append(list, h)
		}
	}
	slices.SortStableFunc(list, func(a, b Collision) int { return cmp.Compare(a.From, b.From) })
	return list
}
