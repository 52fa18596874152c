package cadence

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"pulscheck/survey/fault"
)

// Limits of a plan. A round lasts 1 hour to 90 days (threat-model.md section 8).
const (
	MaxEveryWeeks      = 52
	MaxOffsetDays      = 366
	MaxOpenWorkingDays = 60
	MaxCheckLead       = 60
	MaxOwn             = 200
	maxOwnName         = 200 // runes
	maxOwnDays         = 366
	minLasts           = time.Hour
	maxLasts           = 90 * day
)

// Plan is when the rounds of a programme are held, as people set it. Its zero value is
// invalid; Default is a start.
type Plan struct {
	EveryWeeks      int          // 1..52
	OffsetDays      int          // from the first day of DO, 0..366
	Weekday         time.Weekday // of the opening, Monday..Friday
	Opens           Clock        // on the opening day
	Closes          Clock        // on the last working day
	OpenWorkingDays int          // 1..60, the opening day included
	Region          string       // key of a Region, "" for no public holidays
	Own             []Own        // plant holidays, school holidays, bridge days
	CheckLead       int          // 1..60: the check round closes on that working day before CHECK
	Zone            string       // IANA, of the organisation
}

// Own is one or more days on which the organisation is not asked.
type Own struct {
	From, To Date // both included
	Name     string
}

// Default gives the plan that a new programme is offered: every eight weeks from the
// third week of DO on, Monday 9:00, ten working days, check round closed a week before
// CHECK.
func Default(zone string) Plan {
	return Plan{
		EveryWeeks: 8, OffsetDays: 14, Weekday: time.Monday, Opens: Clock{9, 0}, Closes: Clock{23, 59},
		OpenWorkingDays: 10, CheckLead: 5, Zone: zone,
	}
}

// Validate checks the plan by itself; all findings at once, as fields of a fault
// Invalid "cadence-invalid". Pointers name the fields in snake case.
func (p Plan) Validate() error {
	var v validation
	v.between("/every_weeks", p.EveryWeeks, 1, MaxEveryWeeks)
	v.between("/offset_days", p.OffsetDays, 0, MaxOffsetDays)
	v.between("/open_working_days", p.OpenWorkingDays, 1, MaxOpenWorkingDays)
	v.between("/check_lead", p.CheckLead, 1, MaxCheckLead)
	v.check(p.Weekday >= time.Monday && p.Weekday <= time.Friday, "/weekday", "weekday-invalid")
	v.check(p.Opens.valid(), "/opens", "time-invalid")
	v.check(p.Closes.valid(), "/closes", "time-invalid")
	if p.OpenWorkingDays == 1 {
		lasts := time.Duration(p.Closes.minutes()-p.Opens.minutes()) * time.Minute
		v.check(lasts >= minLasts, "/closes", "round-window-invalid")
	}
	v.check(p.OpenWorkingDays <= 5*p.EveryWeeks, "/open_working_days", "rounds-overlap")
	if p.Region != "" {
		_, known := findRegion(p.Region)
		v.check(known, "/region", "region-unknown")
	}
	_, err := loadZone(p.Zone)
	v.check(err == nil, "/zone", "zone-unknown")
	v.check(len(p.Own) <= MaxOwn, "/own_dates", "too-many-items")
	for i, own := range p.Own {
		v.own(fmt.Sprintf("/own_dates/%d", i), own)
	}
	return v.err()
}

// loadZone refuses what time.LoadLocation takes for a zone and no organisation has.
func loadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("zone %q: not an IANA name", name)
	}
	return time.LoadLocation(name)
}

type validation []fault.Field

func (v *validation) check(ok bool, pointer, code string) {
	if !ok {
		*v = append(*v, fault.Field{Pointer: pointer, Code: code})
	}
}

func (v *validation) between(pointer string, n, low, high int) {
	v.check(n >= low && n <= high, pointer, "number-out-of-range")
}

func (v *validation) own(at string, own Own) {
	v.check(own.To >= own.From, at+"/to", "dates-reversed")
	v.check(own.To-own.From < maxOwnDays, at+"/to", "period-too-long")
	*v = append(*v, fault.Length(at+"/name", utf8.RuneCountInString(own.Name), maxOwnName)...)
	for _, r := range own.Name {
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) {
			v.check(false, at+"/name", "control-character")
			break
		}
	}
}

func (v validation) err() error {
	if len(v) == 0 {
		return nil
	}
	return fault.Wrap(fault.Invalid, "cadence-invalid",
		fmt.Errorf("%d findings, the first at %s: %s", len(v), v[0].Pointer, v[0].Code)).With(v...)
}
