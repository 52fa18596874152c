package cadence

import (
	"fmt"
	"slices"

	"pulscheck/survey/fault"
)

// maxSpan bounds DO; rounds further ahead could not be opened anyway (threat-model.md
// section 8).
const maxSpan = 2 * 366

// Schedule gives the rounds of an iteration whose DO begins on do and whose CHECK begins
// on check, both in the plan's zone. Faults, all Invalid: "cadence-invalid" (see
// Validate), "iteration-dates-invalid" (CHECK not after DO, or more than two years),
// "cadence-check-before-do" (no room for the check round), "cadence-no-round" (no room
// for a single pulse round), "round-window-invalid" (a round of more than 90 days).
func (p Plan) Schedule(do, check Date) (*Schedule, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if check <= do || check-do > maxSpan {
		return nil, fault.New(fault.Invalid, "iteration-dates-invalid")
	}
	c, err := newCalendar(p, do, check)
	if err != nil {
		return nil, err
	}
	last := c.checkRound(check)
	if last.opens < do {
		return nil, fault.Wrap(fault.Invalid, "cadence-check-before-do", fmt.Errorf("it would open on %s, DO begins on %s", last.opens, do))
	}
	s := &Schedule{}
	slots := c.pulseRounds(do, last, s)
	if len(slots) == 0 {
		return nil, fault.New(fault.Invalid, "cadence-no-round")
	}
	for i, slot := range append(slots, last) {
		r := c.round(slot)
		r.Number = i + 1
		if i == len(slots) {
			r.Kind = Check
		}
		if lasts := r.Closes.At.Sub(r.Opens.At); lasts < minLasts || lasts > maxLasts {
			return nil, fault.Wrap(fault.Invalid, "round-window-invalid", fmt.Errorf("from %s to %s", r.Opens.Wall(), r.Closes.Wall()))
		}
		s.Rounds = append(s.Rounds, r)
	}
	return s, nil
}

// slot is a round in days.
type slot struct {
	planned, opens, closes Date
	collisions             []Collision
}

func (s *slot) add(more ...Collision) {
	for _, m := range more {
		if !slices.Contains(s.collisions, m) {
			s.collisions = append(s.collisions, m)
		}
	}
}

// before reports whether the round is over when day d begins.
func (s slot) before(d Date) bool { return s.opens < d && s.closes < d }

// late reports whether the round begins so late that it had better not push the next.
func (s slot) late() bool { return s.opens-s.planned >= breakDays }

// checkRound counts back from CHECK.
func (c *calendar) checkRound(check Date) slot {
	weekdays := &calendar{} // no day taken
	length := c.plan.OpenWorkingDays
	s := slot{planned: weekdays.count(weekdays.count(check-1, -c.plan.CheckLead), -length)}
	s.closes = c.count(check-1, -c.plan.CheckLead)
	for {
		s.opens = c.count(s.closes, -length)
		first, _, broken := c.breakWithin(s.opens, s.closes)
		if !broken {
			break
		}
		s.closes = first - 1
	}
	if s.opens != s.planned {
		s.add(c.reasons(s.opens, check-1)...)
	}
	return s
}

// pulseRounds walks the grid from DO to the check round and notes in s what is dropped.
func (c *calendar) pulseRounds(do Date, check slot, s *Schedule) (held []slot) {
	step := Date(7 * c.plan.EveryWeeks)
	var before *slot
	for planned := (do + Date(c.plan.OffsetDays)).onOrAfter(c.plan.Weekday); planned < check.opens; planned += step {
		round := c.place(planned, before, check.opens)
		switch next := planned + step; {
		case !round.before(check.opens):
			round.add(Collision{Reason: WithCheck, From: check.opens, To: check.closes})
		case round.late() && !round.before(next) && c.place(next, before, check.opens).before(check.opens):
			round.add(Collision{Reason: WithNext, From: next, To: next})
		default:
			held, before = append(held, round), &round
			continue
		}
		s.Dropped = append(s.Dropped, Dropped{planned, round.collisions})
	}
	return held
}

// place finds the first days from planned on where a round can be held, or some after
// limit.
func (c *calendar) place(planned Date, before *slot, limit Date) slot {
	s := slot{planned: planned, opens: planned}
	for s.opens < limit {
		if before != nil && s.opens <= before.closes {
			s.add(Collision{Reason: WithPrevious, From: before.opens, To: before.closes})
			s.opens = before.closes + 1
			continue
		}
		if first, last := c.run(s.opens); c.free(s.opens) {
			s.add(c.reasons(s.opens, last)...)
			s.opens = c.after(first, last)
			continue
		}
		s.closes = c.count(s.opens, c.plan.OpenWorkingDays)
		first, last, broken := c.breakWithin(s.opens, s.closes)
		if !broken {
			return s
		}
		s.add(c.reasons(first, last)...)
		s.opens = c.after(first, last)
	}
	return s
}

// after gives the day proposed after free days: the next one, after a break the next
// planned weekday.
func (c *calendar) after(first, last Date) Date {
	if long(first, last) {
		return (last + 1).onOrAfter(c.plan.Weekday)
	}
	return last + 1
}

func (c *calendar) round(s slot) Round {
	return Round{
		Kind: Pulse, Planned: s.planned, Opens: c.moment(s.opens, c.plan.Opens), Closes: c.moment(s.closes, c.plan.Closes),
		Reminders: c.reminders(s), Collisions: s.collisions, Within: c.reasons(s.opens, s.closes),
	}
}

// Working days that a round must have for one reminder, and for two.
const (
	daysForOne = 4
	daysForTwo = 8
)

// reminders gives the morning of the day in the middle and that of the last but one: a
// short round has one, a very short one none.
func (c *calendar) reminders(s slot) (list []Moment) {
	days := c.plan.OpenWorkingDays
	if days >= daysForOne {
		list = append(list, c.moment(c.count(s.opens, days/2+1), c.plan.Opens))
	}
	if days >= daysForTwo {
		list = append(list, c.moment(c.count(s.opens, days-1), c.plan.Opens))
	}
	return list
}

func (c *calendar) moment(d Date, t Clock) Moment {
	return Moment{At: Instant(c.zone, d, t), Zone: c.plan.Zone, Date: d, Time: t}
}
