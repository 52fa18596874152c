package v1

import (
	"time"

	"pulscheck/survey/tally"
)

// Model is a maturity framework.
type Model struct {
	ID         string           `json:"id" example:"iso33020-2015"`
	Title      Text             `json:"title"`
	BuiltIn    bool             `json:"built_in"`
	Levels     []ModelLevel     `json:"levels" doc:"lowest first; everybody stands on the first" nullable:"false"`
	Attributes []ModelAttribute `json:"attributes" nullable:"false"`
}

// ModelLevel is a step with its name.
type ModelLevel struct {
	Level int  `json:"level"`
	Name  Text `json:"name"`
}

// ModelAttribute is one thing that is rated.
type ModelAttribute struct {
	ID    string `json:"id" example:"2.1"`
	Level int    `json:"level" doc:"that it belongs to"`
	Name  Text   `json:"name"`
}

// ModelNew is a framework of one's own.
type ModelNew struct {
	File string `json:"file" doc:"the framework as YAML, at most 64 kB"`
}

// AssessmentNew is what is said of a new assessment.
type AssessmentNew struct {
	Process   string   `json:"process,omitempty" example:"CHG" doc:"empty: the organisation as one"`
	Model     string   `json:"model,omitempty" default:"iso33020-2015" doc:"id of a framework"`
	Target    *int     `json:"target,omitempty" example:"3" doc:"level that is to be reached; 0: none"`
	Core      *bool    `json:"core,omitempty" doc:"a core process in the staged view"`
	Assessors *int     `json:"assessors,omitempty" minimum:"1" maximum:"20" default:"1" doc:"how many people rate"`
	Teams     []string `json:"teams,omitempty" maxItems:"20" doc:"teams or instances that are rated one by one" nullable:"false"`
}

// AssessmentChange is what is to change about an assessment; what is left out stays.
type AssessmentChange struct {
	Target    *int      `json:"target,omitempty" example:"3"`
	Core      *bool     `json:"core,omitempty"`
	Assessors *int      `json:"assessors,omitempty" minimum:"1" maximum:"20"`
	Teams     *[]string `json:"teams,omitempty" maxItems:"20" doc:"only until somebody has begun"`
}

// Assessment is the maturity check of one process in one iteration.
type Assessment struct {
	ID        string       `json:"id"`
	Iteration string       `json:"iteration"`
	Process   string       `json:"process" doc:"empty: the organisation as one"`
	Model     string       `json:"model"`
	Target    int          `json:"target" doc:"0: none"`
	Core      bool         `json:"core"`
	Assessors int          `json:"assessors" doc:"how many are to rate"`
	Begun     int          `json:"begun" doc:"how many have a sheet"`
	Finished  int          `json:"finished" doc:"how many are done"`
	Teams     []string     `json:"teams" nullable:"false"`
	State     string       `json:"state" enum:"rating,done" doc:"rating: everybody sees the own sheet only"`
	Done      *time.Time   `json:"done"`
	Rating    *Rating      `json:"rating" doc:"null while people still rate alone"`
	Settled   []Settlement `json:"settled" nullable:"false"`
	Sheets    []Sheet      `json:"sheets" doc:"the own ones, of everybody once it is done" nullable:"false"`
	Version   int          `json:"version" doc:"the number in the ETag"`
}

// Rating is how far a process is.
type Rating struct {
	Level       *int              `json:"level" doc:"null if no attribute was rated"`
	LowestTeam  *int              `json:"lowest_team" doc:"level by the lowest rating of any team"`
	Provisional bool              `json:"provisional" doc:"a consensus meeting is needed"`
	Attributes  []AttributeRating `json:"attributes" nullable:"false"`
}

// AttributeRating is how far one attribute is.
type AttributeRating struct {
	Attribute string       `json:"attribute" example:"2.1"`
	Class     string       `json:"class" enum:",N,P,L,F" doc:"empty: not rated"`
	Refined   string       `json:"refined" enum:",N,P-,P+,L-,L+,F" doc:"where one percentage is known"`
	Percent   *float64     `json:"percent"`
	Consensus string       `json:"consensus" enum:",one_assessor,agreed,settled,close,meeting_needed"`
	Spread    int          `json:"spread" doc:"classes between the assessors of a team"`
	Lowest    string       `json:"lowest" doc:"class of the lowest team"`
	Between   int          `json:"between" doc:"classes between the teams"`
	Teams     []TeamRating `json:"teams" nullable:"false"`
	Open      int          `json:"open" doc:"answers that sheets still owe"`
}

// TeamRating is what the assessors of one team say together.
type TeamRating struct {
	Team      string `json:"team"`
	Class     string `json:"class"`
	Consensus string `json:"consensus"`
	Spread    int    `json:"spread"`
}

// Settlement is what a consensus meeting agreed on.
type Settlement struct {
	Team      string `json:"team,omitempty"`
	Attribute string `json:"attribute" example:"2.1"`
	Class     string `json:"class" enum:"N,P,L,F"`
	Reason    string `json:"reason" minLength:"1" maxLength:"500"`
}

// Settlements are all that a meeting agreed on.
type Settlements struct {
	Settled []Settlement `json:"settled" doc:"in place of what was settled before" nullable:"false"`
}

// Sheet is what one assessor found, alone.
type Sheet struct {
	Assessor int       `json:"assessor" doc:"1, 2, 3 … within the assessment"`
	Role     string    `json:"role"`
	Mine     bool      `json:"mine"`
	Team     string    `json:"team"`
	Finished bool      `json:"finished" doc:"otherwise a draft, which does not count"`
	Saved    time.Time `json:"saved"`
	Answers  []Answer  `json:"answers" nullable:"false"`
	Version  int       `json:"version" doc:"the number in the ETag"`
}

// Answer is how much of an indicator an assessor saw.
type Answer struct {
	Indicator     string     `json:"indicator" example:"2.1.a"`
	Value         *int       `json:"value" doc:"0 nothing to 4 throughout; null if not applicable"`
	NotApplicable bool       `json:"not_applicable"`
	Evidence      []Evidence `json:"evidence" nullable:"false"`
	Note          string     `json:"note"`
	Unproven      bool       `json:"unproven" doc:"counts 50 % for want of evidence"`
}

// Evidence is what an assessor can show for an answer.
type Evidence struct {
	Kind      string `json:"kind" enum:"document,record,observation,interview"`
	Reference string `json:"reference" minLength:"1" maxLength:"500" example:"https://wiki.example/cab"`
}

// SheetSaid is what an assessor found; it replaces the sheet that the assessor had.
type SheetSaid struct {
	Team     string       `json:"team,omitempty" doc:"one of the teams of the assessment"`
	Answers  []AnswerSaid `json:"answers" nullable:"false"`
	Finished bool         `json:"finished,omitempty" doc:"otherwise it is kept as a draft"`
}

// AnswerSaid is an answer to one indicator: a value, or not applicable, or what was
// found in the last iteration.
type AnswerSaid struct {
	Indicator     string     `json:"indicator" example:"2.1.a"`
	Value         *int       `json:"value,omitempty" minimum:"0" maximum:"4" doc:"3 and 4 need evidence, otherwise they count 50 %"`
	NotApplicable bool       `json:"not_applicable,omitempty"`
	Last          bool       `json:"last,omitempty" doc:"take over value and evidence of the last iteration"`
	Evidence      []Evidence `json:"evidence,omitempty" maxItems:"20" nullable:"false"`
	Note          string     `json:"note,omitempty" maxLength:"500"`
}

// SheetForm is everything that a form needs for one assessor.
type SheetForm struct {
	Assessment Assessment      `json:"assessment"`
	Ladder     []Text          `json:"ladder" doc:"what the values 0 to 4 mean" nullable:"false"`
	Levels     []ModelLevel    `json:"levels" nullable:"false"`
	Attributes []FormAttribute `json:"attributes" nullable:"false"`
	Team       string          `json:"team"`
	Finished   bool            `json:"finished"`
	Version    int             `json:"version" doc:"the number in the ETag; 0: there is no sheet yet"`
}

// FormAttribute is an attribute with its indicators.
type FormAttribute struct {
	ModelAttribute
	Indicators []FormIndicator `json:"indicators" nullable:"false"`
}

// FormIndicator is what an assessor looks at.
type FormIndicator struct {
	Key    string  `json:"key"`
	Text   Text    `json:"text" doc:"may hold {process}"`
	Answer *Answer `json:"answer" doc:"the own one so far"`
	Last   *Answer `json:"last" doc:"of the last iteration that assessed the process by the same indicators"`
}

// Maturity is how far the processes of an iteration are.
type Maturity struct {
	Model        *string           `json:"model" doc:"null if processes are assessed by several frameworks"`
	Processes    []ProcessMaturity `json:"processes" nullable:"false"`
	Organisation *ProcessMaturity  `json:"organisation" doc:"the organisation as one, if it was assessed so"`
	Profile      Profile           `json:"profile"`
}

// Profile is the organisation as a whole: never one number for all.
type Profile struct {
	Assessed    int     `json:"assessed" doc:"processes with a level"`
	WithTarget  int     `json:"with_target"`
	AtTarget    int     `json:"at_target"`
	Provisional int     `json:"provisional"`
	Median      *int    `json:"median" doc:"lower median of the levels"`
	Lowest      *int    `json:"lowest"`
	Stage       *int    `json:"stage" doc:"staged view; null without a core process"`
	Widest      *Widest `json:"widest" doc:"furthest below its target"`
}

// Widest is the process furthest below its target.
type Widest struct {
	Process string `json:"process"`
	Gap     int    `json:"gap"`
}

// ProcessMaturity is how far one process is.
type ProcessMaturity struct {
	Process    string           `json:"process"`
	Assessment *Assessment      `json:"assessment" doc:"null: not assessed in this iteration; without sheets"`
	Level      *int             `json:"level"`
	Target     int              `json:"target" doc:"0: none"`
	Gap        *int             `json:"gap" doc:"levels missing to the target"`
	AtTarget   bool             `json:"at_target"`
	Core       bool             `json:"core"`
	Roles      []string         `json:"roles" doc:"who rated" nullable:"false"`
	Measured   bool             `json:"measured" doc:"a KPI of the process has a baseline"`
	Before     *EarlierMaturity `json:"before" doc:"the latest assessment of an earlier iteration"`
	Change     MaturityChange   `json:"change"`
	Staff      *StaffView       `json:"staff" doc:"what people in the process say; null before a check round is counted"`
}

// EarlierMaturity is an assessment of an earlier iteration.
type EarlierMaturity struct {
	Iteration int       `json:"iteration" doc:"its number"`
	Model     string    `json:"model"`
	Done      time.Time `json:"done"`
	Level     *int      `json:"level"`
}

// MaturityChange is what became of a process since then.
type MaturityChange struct {
	Kind  string           `json:"kind" enum:"level_up,level_down,same_ratings,ratings_moved,first_time,not_assessed,not_comparable"`
	From  *int             `json:"from"`
	To    *int             `json:"to"`
	Moved []MovedAttribute `json:"moved" nullable:"false"`
}

// MovedAttribute is an attribute that got another class.
type MovedAttribute struct {
	Attribute string `json:"attribute"`
	From      string `json:"from"`
	To        string `json:"to"`
}

// StaffView is what the people in a process say of it, displayed values only. It stands
// beside an assessment and is never mixed into it.
type StaffView struct {
	Round string      `json:"round"`
	State string      `json:"state" enum:"shown,indicative,protected"`
	N     *int        `json:"n"`
	Items []StaffItem `json:"items" nullable:"false"`
}

// StaffItem is what they say to one question.
type StaffItem struct {
	Key        string          `json:"key" enum:"B4,B5"`
	N          *int            `json:"n"`
	Index      *int            `json:"index"`
	Favourable *int            `json:"favourable"`
	CI         *tally.Interval `json:"ci"`
	Band       string          `json:"band,omitempty"`
}
