package v1

import "time"

// Cadence is when the rounds of a programme are held.
type Cadence struct {
	EveryWeeks      int      `json:"every_weeks" minimum:"1" maximum:"52" example:"8"`
	OffsetDays      int      `json:"offset_days" minimum:"0" maximum:"366" doc:"from the first day of DO" example:"14"`
	Weekday         string   `json:"weekday" enum:"monday,tuesday,wednesday,thursday,friday" doc:"of the opening"`
	Opens           string   `json:"opens" doc:"time of day in the zone" example:"09:00"`
	Closes          string   `json:"closes" doc:"time of day on the last working day" example:"23:59"`
	OpenWorkingDays int      `json:"open_working_days" minimum:"1" maximum:"60" example:"10"`
	Region          string   `json:"region,omitempty" doc:"of the public holidays; none = no public holidays" example:"DE-BE"`
	OwnDates        []Period `json:"own_dates,omitempty" maxItems:"200" nullable:"false" doc:"days on which nobody is asked"`
	CheckLead       int      `json:"check_lead" minimum:"1" maximum:"60" doc:"working days before CHECK on which the check round closes" example:"5"`
}

// Period is one or more days, both included.
type Period struct {
	From string `json:"from" format:"date" example:"2026-12-24"`
	To   string `json:"to" format:"date" example:"2026-12-31"`
	Name string `json:"name" minLength:"1" maxLength:"200" example:"Betriebsferien"`
}

// CadenceSet is a cadence with what stands about it.
type CadenceSet struct {
	Cadence Cadence `json:"cadence"`
	Zone    string  `json:"zone" doc:"of the organisation" example:"Europe/Berlin"`
	Set     bool    `json:"set" doc:"false: a proposal; nothing is set yet"`
	Version int     `json:"version" doc:"the number in the ETag, 0 if nothing is set"`
}

// CadencePreview says which cadence to try.
type CadencePreview struct {
	Cadence *Cadence `json:"cadence,omitempty" doc:"by default the one that is set"`
}

// Schedule is the rounds that a cadence gives an iteration.
type Schedule struct {
	Rounds  []PlannedRound `json:"rounds" nullable:"false"`
	Dropped []DroppedRound `json:"dropped" nullable:"false"`
}

// PlannedRound is one of them.
type PlannedRound struct {
	Number     int         `json:"number"`
	Kind       string      `json:"kind" enum:"check,pulse"`
	Planned    string      `json:"planned" format:"date" doc:"where it would open if no day were free"`
	Opens      time.Time   `json:"opens"`
	Closes     time.Time   `json:"closes"`
	OpensWall  string      `json:"opens_wall" example:"2026-03-02T09:00"`
	ClosesWall string      `json:"closes_wall"`
	Moved      bool        `json:"moved" doc:"opens on a proposed day instead of the planned one"`
	Collisions []Collision `json:"collisions" doc:"why" nullable:"false"`
	Within     []Collision `json:"within" doc:"free working days while it is open" nullable:"false"`
}

// DroppedRound is a planned round that is not held.
type DroppedRound struct {
	Planned    string      `json:"planned" format:"date"`
	Collisions []Collision `json:"collisions" nullable:"false"`
}

// Collision is something that a planned round ran into.
type Collision struct {
	Reason string `json:"reason"`
	From   string `json:"from" format:"date"`
	To     string `json:"to" format:"date"`
	Name   *Text  `json:"name"`
}
