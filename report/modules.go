package report

import (
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/maturity"
	"pulscheck/survey/tally"
)

// Modules are what a programme knows beside the answers of its people, entered by
// consultants and owners. A nil module is not kept for the iteration: its page is left
// out and named on P3. A module that is there but empty says so on its page.
// Days are YYYY-MM-DD in the organisation's zone, empty = not said. Texts arrive as
// they were typed; names of people do not belong into them.
type Modules struct {
	Day       string     `json:"day,omitempty"` // from which lateness is judged; empty = that of counting
	Maturity  *Maturity  `json:"maturity,omitempty"`
	Goals     *Goals     `json:"goals,omitempty"`
	QuickWins *QuickWins `json:"quick_wins,omitempty"`
	Voices    *Voices    `json:"voices,omitempty"`
	Act       *Act       `json:"act,omitempty"`
	Edits     []Edit     `json:"edits,omitempty"`
}

// Share is "part of whole" of an iteration, for the change since then.
type Share struct {
	Iteration int `json:"iteration"`
	Part      int `json:"part"`
	Of        int `json:"of"`
}

// Maturity is the capability of the processes in scope (methods.md 10).
type Maturity struct {
	Model      locale.Text         `json:"model"`      // its title
	Levels     []maturity.Level    `json:"levels"`     // lowest first
	Attributes []MaturityAttribute `json:"attributes"` // in the order of the model
	Processes  []MaturityProcess   `json:"processes"`
	Before     *Share              `json:"before,omitempty"` // processes at target in the iteration before
}

// MaturityAttribute is one thing that is rated.
type MaturityAttribute struct {
	ID   string      `json:"id"` // e.g. 2.1
	Name locale.Text `json:"name"`
}

// MaturityProcess is where one process stands.
type MaturityProcess struct {
	Process     string                    `json:"process"`            // key
	Level       *int                      `json:"level,omitempty"`    // nil = not assessed this time
	Provisional bool                      `json:"provisional"`        // the assessors still have to meet
	Previous    *int                      `json:"previous,omitempty"` // of the assessment before; nil = none
	PreviousDay string                    `json:"previous_day,omitempty"`
	Target      *int                      `json:"target,omitempty"`   // nil = none set
	Assessor    string                    `json:"assessor,omitempty"` // role, not person: a role of account, or a name
	Day         string                    `json:"day,omitempty"`
	Measured    *bool                     `json:"measured,omitempty"` // a KPI since the start; nil = nobody said
	Ratings     map[string]maturity.Class `json:"ratings,omitempty"`  // by attribute
}

// Goals are what the iteration wants to reach (methods.md 11).
type Goals struct {
	Goals  []Goal `json:"goals"`            // without those that were dropped
	Before *Share `json:"before,omitempty"` // goals on track in the iteration before
}

// Goal is one of them with the latest measurement of its KPI.
type Goal struct {
	ID        string   `json:"id"`
	Process   string   `json:"process,omitempty"` // key
	Name      string   `json:"name"`
	Missing   string   `json:"missing,omitempty"` // letters of SMART that it lacks
	Metric    string   `json:"metric,omitempty"`
	Unit      string   `json:"unit,omitempty"`
	Direction string   `json:"direction"` // survey.Up or survey.Down
	Baseline  *float64 `json:"baseline,omitempty"`
	Target    *float64 `json:"target,omitempty"`
	Actual    *float64 `json:"actual,omitempty"`
	Measured  string   `json:"measured,omitempty"` // the day of Actual
	Owner     string   `json:"owner,omitempty"`    // role
	Due       string   `json:"due,omitempty"`
	Pulse     *Pulse   `json:"pulse,omitempty"` // of a figure from the surveys
}

// Pulse is what the latest round says of a figure from the surveys.
type Pulse struct {
	Withheld bool            `json:"withheld,omitempty"` // the value is banded or protected: there is none
	Enough   bool            `json:"enough,omitempty"`   // it rests on ten answers or more
	CI       *tally.Interval `json:"ci,omitempty"`
}

// QuickWins are what people are to notice within weeks.
type QuickWins struct {
	Wins   []QuickWin `json:"wins"`             // without those that were dropped
	Before *Share     `json:"before,omitempty"` // communicated of achieved in the iteration before
}

// QuickWin is one of them.
type QuickWin struct {
	ID       string                `json:"id"`
	Process  string                `json:"process,omitempty"` // key
	Name     string                `json:"name"`
	Status   survey.QuickWinStatus `json:"status"`
	Due      string                `json:"due,omitempty"`     // planned
	Reached  string                `json:"reached,omitempty"` // achieved
	Told     string                `json:"told,omitempty"`    // communicated
	Channel  string                `json:"channel,omitempty"`
	Audience string                `json:"audience,omitempty"`
}

// Voices are what people wrote and what became of criticism. Comments are those that
// were released and approved for the report; Build decides which are shown.
type Voices struct {
	Texts    int           `json:"texts,omitempty"` // comments that the round released; below 2k no quote and no theme
	Comments []Voice       `json:"comments,omitempty"`
	Themes   []ThemeCount  `json:"themes,omitempty"` // counted by Build
	Register []RegisterRow `json:"register"`
}

// Voice is a released comment.
type Voice struct {
	Theme  locale.Text `json:"theme"` // zero = none
	Text   string      `json:"text"`
	Edited bool        `json:"edited,omitempty"` // wording smoothed
}

// RegisterRow is one criticism and what became of it.
type RegisterRow struct {
	ID        string                   `json:"id"`
	Process   string                   `json:"process,omitempty"` // key
	Criticism string                   `json:"criticism"`
	Potential string                   `json:"potential,omitempty"`
	Status    survey.ImprovementStatus `json:"status"`
	Reason    string                   `json:"reason,omitempty"` // why it is infeasible
	Received  string                   `json:"received,omitempty"`
	Answer    string                   `json:"answer,omitempty"`
	Answered  string                   `json:"answered,omitempty"`
	Channel   string                   `json:"channel,omitempty"` // how it was answered
	Due       string                   `json:"due,omitempty"`
	Effect    *Effect                  `json:"effect,omitempty"`
}

// Effect is what became of the question that an improvement was to move, in its process
// or the whole round, as far as it is displayed.
type Effect struct {
	Item    string   `json:"item"` // key of the question or construct
	Before  *int     `json:"before,omitempty"`
	Now     *int     `json:"now,omitempty"`
	Percent bool     `json:"percent,omitempty"` // Before, Now and Target are shares
	Target  *float64 `json:"target,omitempty"`
	Verdict string   `json:"verdict"`          // Moved, NotMoved or tally.Open
	Change  string   `json:"change,omitempty"` // the verdict of the comparison; empty = open
	Why     string   `json:"why,omitempty"`    // why it is open, see survey.EffectGap
}

// Verdicts of effects besides tally.Open.
const (
	Moved    = "moved"
	NotMoved = "not_moved"
)

// Act is what people said to the proposals of the report.
type Act struct {
	Actions   []Action   `json:"actions,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"`
	Met       string     `json:"met,omitempty"`        // the day of the decisions
	PulseFrom string     `json:"pulse_from,omitempty"` // when the next pulse opens
	PulseTo   string     `json:"pulse_to,omitempty"`
	Staff     string     `json:"staff,omitempty"`      // what changes for staff
	StaffTold string     `json:"staff_told,omitempty"` // when they hear about it
}

// Action says more about the proposal of a rule, or is one of its own (Rule empty).
type Action struct {
	Rule    string `json:"rule,omitempty"` // A1 to A13
	Text    string `json:"text,omitempty"` // empty = that of the rule
	Dropped bool   `json:"dropped,omitempty"`
	Owner   string `json:"owner,omitempty"` // role; empty = that of the rule
	Due     string `json:"due,omitempty"`
	Effort  string `json:"effort,omitempty"`  // S, M or L; empty = that of the rule
	Measure string `json:"measure,omitempty"` // of success; empty = that of the rule
}

// Decision is what the steering committee said to a proposal.
type Decision struct {
	Number   int            `json:"number,omitempty"` // 1 is printed as E1; 0 = in order
	Since    int            `json:"since,omitempty"`  // number of the iteration that it was carried on from first; 0 = it is of this one
	Rule     string         `json:"rule,omitempty"`   // of the action; empty = found by its text
	Proposal string         `json:"proposal,omitempty"`
	Outcome  survey.Outcome `json:"outcome,omitempty"`
	Wording  string         `json:"wording,omitempty"` // what was decided instead
	Remark   string         `json:"remark,omitempty"`
	Owner    string         `json:"owner,omitempty"`
	Due      string         `json:"due,omitempty"`
	Done     string         `json:"done,omitempty"` // the day on which it was done
}

// settled says that an earlier iteration decided it: there is nothing to decide any more.
func (d *Decision) settled() bool { return d != nil && d.Since > 0 && d.Outcome != "" }
