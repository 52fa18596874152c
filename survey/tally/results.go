package tally

import "time"

// Results is what a counted round releases: displayed values only, rounded and
// banded as methods.md 8.4 says. It is the object that database, API, CSV, PDF and
// pages share, so that none of them can show more than another. nil stands for
// withheld or undefined; NaN never occurs.
type Results struct {
	Round         string          `json:"round"`
	Iteration     string          `json:"iteration"`
	Invited       int             `json:"invited"`
	Ballots       *int            `json:"ballots"` // valid ballots; nil if fewer than k
	Invalid       int             `json:"invalid_ballots"`
	ResponseRate  *float64        `json:"response_rate"` // people with a valid answer / invited, 0..1
	K             int             `json:"k"`
	Questionnaire string          `json:"questionnaire_hash"`
	Groups        []GroupResult   `json:"groups"`     // total first, then the order of the release decision
	Comparison    []struct{}      `json:"comparison"` // filled from step 4 on
	Trend         []struct{}      `json:"trend"`
	Drivers       []struct{}      `json:"drivers"`
	Barriers      []BarrierResult `json:"barriers"`
	Warnings      []Warning       `json:"warnings"`
	Texts         []Comment       `json:"-"` // released to the moderation queue, never part of results
	CountedAt     time.Time       `json:"-"`
}

// Group names a set of people by what they have in common; empty = everybody.
// Others is the residual of withheld parts of a partition.
type Group struct {
	Process string `json:"process,omitempty"`
	Role    string `json:"role,omitempty"`
	Unit    string `json:"unit,omitempty"`
}

// Others is the key of the residual group of a partition (decision 18).
const Others = "_others"

// State of a group.
const (
	Shown      = "shown"      // n >= 10
	Indicative = "indicative" // k <= n < 10
	Protected  = "protected"
)

// GroupResult is one candidate of the release decision.
type GroupResult struct {
	Group      Group             `json:"group"`
	Invited    *int              `json:"invited"` // nil for withheld groups
	N          *int              `json:"n"`       // nil for withheld groups and below 20 invited (decision 20)
	RateClass  string            `json:"rate_class,omitempty"`
	State      string            `json:"state"`
	Items      []ItemResult      `json:"items"`
	Constructs []ConstructResult `json:"constructs"`
}

// Interval is a 95 % interval of an index (0..100), ends rounded outward.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// ItemResult is one question in one group. Shares are percentages 0..100,
// already rounded to the step of methods.md 8.4.
type ItemResult struct {
	Key          string    `json:"key"`
	N            *int      `json:"n"`
	CannotSay    *int      `json:"cs"`
	None         *int      `json:"none"`
	Mean         *float64  `json:"mean"`
	Index        *int      `json:"index"`
	Favourable   *int      `json:"favourable"`
	Neutral      *int      `json:"neutral"`
	Unfavourable *int      `json:"unfavourable"`
	Distribution []int     `json:"distribution"` // lowest category first in scored direction; total from 30 answers on, else nil
	CI           *Interval `json:"ci"`
	Band         string    `json:"band,omitempty"` // ">=90" or "<=10": then everything but n is nil
}

// ConstructResult is one construct in one group.
type ConstructResult struct {
	Key        string    `json:"key"`
	N          *int      `json:"n"`
	Mean       *float64  `json:"mean"`
	Index      *int      `json:"index"`
	Favourable *int      `json:"favourable"`
	CI         *Interval `json:"ci"`
	Alpha      *float64  `json:"alpha"` // two decimals, total only
	Band       string    `json:"band,omitempty"`
}

// BarrierResult is the first stage below 60 of a group (methods.md 9).
type BarrierResult struct {
	Group     Group         `json:"group"`
	Stage     *string       `json:"stage"`     // item key B1..B5; nil = none or not shown
	Certainty string        `json:"certainty"` // clear, likely, none, not_shown
	Stages    []StageResult `json:"stages"`
}

// StageResult is one of the five stages.
type StageResult struct {
	Key   string    `json:"key"`
	Index *int      `json:"index"`
	CI    *Interval `json:"ci"`
}

// Warning is something a reader must know beside the numbers.
type Warning struct {
	Code  string `json:"code"` // e.g. many-cannot-judge, many-blank, over-represented, more-ballots-than-invited
	Key   string `json:"key,omitempty"`
	Group *Group `json:"group,omitempty"`
}

// Comment is one released free text (decision 21).
type Comment struct {
	Text string
	Kind string // praise, obstacle, idea or empty
}

// Kept is what the database keeps of a counted round beside Results, so that later
// rounds can be compared without answers (decisions 9 and 19): exact histograms of
// shown groups only.
type Kept struct {
	Groups []KeptGroup `json:"groups"`
}

// KeptGroup holds the histograms of one shown group.
type KeptGroup struct {
	Group      Group       `json:"group"`
	Items      []KeptItem  `json:"items"`
	Constructs []KeptScore `json:"constructs"`
}

// KeptItem is the exact distribution of an item, lowest category first in scored direction.
type KeptItem struct {
	Key    string `json:"key"`
	Counts []int  `json:"counts"`
}

// KeptScore is the exact distribution of a construct's scores.
type KeptScore struct {
	Key    string    `json:"key"`
	Scores []float64 `json:"scores"` // ascending, on the scale of the items
	Counts []int     `json:"counts"`
}
