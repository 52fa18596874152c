package questionnaire

import "pulscheck/survey/locale"

// CannotSay is the answer "I cannot say" of scales that offer it.
const CannotSay = "CS"

// TextMax is the most characters (runes) of the open question.
const TextMax = 500

// Questionnaire is one versioned set of questions. Its version is Hash; a
// changed wording or scale is a new questionnaire.
type Questionnaire struct {
	ID         string           `json:"id" yaml:"id"`
	Title      locale.Text      `json:"title" yaml:"title"`
	Items      []Item           `json:"items" yaml:"items"`
	Scales     map[string]Scale `json:"scales" yaml:"scales"`
	Constructs []Construct      `json:"constructs" yaml:"constructs"`
	Comment    *locale.Text     `json:"comment,omitempty" yaml:"comment"` // the open question; nil = none
}

// Item is one closed question. Text may hold {process}.
type Item struct {
	Key       string      `json:"key" yaml:"key"`
	Construct string      `json:"construct,omitempty" yaml:"construct"` // key of a Construct; empty = stands alone
	Scale     string      `json:"scale" yaml:"scale"`
	Reverse   bool        `json:"reverse" yaml:"reverse"`
	Kind      string      `json:"kind" yaml:"kind"` // core, rotating, extra, stage
	Text      locale.Text `json:"text" yaml:"text"`
	Short     locale.Text `json:"short" yaml:"short"` // label for titles and figures, at most 40 runes
}

// Scale is an answer scale with whole values lo..hi.
type Scale struct {
	Lo     int                    `json:"lo" yaml:"lo"`
	Hi     int                    `json:"hi" yaml:"hi"`
	Labels map[string]locale.Text `json:"labels" yaml:"labels"` // by value as text; "CS" where it may be answered
}

// Construct groups items that measure one thing.
type Construct struct {
	Key   string      `json:"key" yaml:"key"`
	Name  locale.Text `json:"name" yaml:"name"`
	Short locale.Text `json:"short" yaml:"short"`
}

// Kinds of items.
const (
	Core     = "core"
	Rotating = "rotating"
	Extra    = "extra"
	Stage    = "stage"
)
