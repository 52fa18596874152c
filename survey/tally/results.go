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
	Comparison    []Change        `json:"comparison"` // with one earlier round; empty in the first
	Trend         []Trend         `json:"trend"`
	Drivers       []DriverResult  `json:"drivers"`
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

// Change is one question or construct of a shown group beside an earlier round
// (methods.md 4). Numbers are in index points; nil where the verdict needs none.
type Change struct {
	From       string    `json:"from"` // ids of the rounds
	To         string    `json:"to"`
	Group      Group     `json:"group"`
	Key        string    `json:"key"`
	Difference *int      `json:"d"`          // of the two displayed indices; of the shares for yes/no
	CI         *Interval `json:"ci"`         // of the difference, -100..100
	P          *string   `json:"p_adjusted"` // <0.001, <0.01, <0.05 or >=0.05
	Delta      *float64  `json:"delta"`      // Cliff, one decimal
	Verdict    string    `json:"verdict"`
	TooSmall   bool      `json:"too_small,omitempty"` // measurable, but too small to matter
}

// Verdicts that need no test; the others are those of score.
const (
	Stable       = "stable"       // no clear change, and the whole interval lies within five points
	Open         = "open"         // one of the values is withheld, banded or kept rounded only
	First        = "first"        // asked or invited for the first time
	Incomparable = "incomparable" // another wording, scale, set of questions or set of people
)

// Trend is a construct of a group over the rounds that asked the same (methods.md 5).
// Slope, p and direction are of the headline rounds, nil with fewer than three that
// can be tested.
type Trend struct {
	Group     Group     `json:"group"`
	Key       string    `json:"key"`
	Points    []Point   `json:"points"` // in order of closing, this round last
	Slope     *float64  `json:"slope"`  // index points an iteration, one decimal
	CI        *Interval `json:"ci"`     // of the slope
	P         *string   `json:"p"`      // of the direction, adjusted for the constructs of the group
	Direction *string   `json:"direction"`
	Setbacks  []string  `json:"setbacks,omitempty"` // headline rounds that went clearly or probably against the direction
}

// Point is what a counted round displayed.
type Point struct {
	Round         string     `json:"round"`
	Iteration     string     `json:"iteration"`
	Closed        *time.Time `json:"closed"`        // nil for answers collected elsewhere
	Questionnaire string     `json:"questionnaire"` // its id
	Headline      bool       `json:"headline"`      // gives the value of its iteration; else a light point
	N             *int       `json:"n"`
	Index         *int       `json:"index"`
	CI            *Interval  `json:"ci"`
	Band          string     `json:"band,omitempty"`
}

// DriverResult tells how a question goes together with acceptance in the whole round;
// it need not cause it (methods.md 7).
type DriverResult struct {
	Key      string    `json:"key"`
	Index    *int      `json:"index"`
	CI       *Interval `json:"ci"`
	Strength *float64  `json:"strength"` // Spearman, two decimals; from 30 people on
	P        *string   `json:"p"`        // of Strength
	Share    *int      `json:"share"`    // percent of what goes together (Johnson); nil with too few people or too similar questions
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
	Groups      []KeptGroup       `json:"groups"`
	Reliability []KeptReliability `json:"reliability,omitempty"` // of the whole round
}

// KeptReliability is what is known of a construct whose items 30 people answered all
// of, rounded to two decimals (methods.md 6).
type KeptReliability struct {
	Key           string     `json:"key"`
	N             int        `json:"n"`
	Alpha         float64    `json:"alpha"`
	CI            Interval   `json:"ci"`
	SpearmanBrown *float64   `json:"spearman_brown"` // two items only
	Omega         *float64   `json:"omega"`
	Rest          []*float64 `json:"item_rest"` // each item with the sum of the others
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
