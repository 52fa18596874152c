package report

import (
	"time"

	"pulscheck/report/chart"
	"pulscheck/survey/locale"
)

// Document is a report page by page.
type Document struct {
	Language     locale.Language
	Title        string // also of the window
	Subject      string
	Organisation string
	Programme    string // behind the title in the running head
	ID           string // e.g. NORDLICHT-I03-B1
	Hash         string // SHA-256 of the canonical data, hexadecimal
	Foot         string // left foot line
	PageOf       string // "Seite %d von %d"
	Ribbon       string // said above every title of a small round, empty otherwise
	Created      time.Time
	Software     string       // version that made it, may be empty
	Brand        *chart.Color // of the organisation, for covers and headings; nil = ours
	Pages        []Page
	Files        []File // attached
	Proposals    []Proposed
	Found        []Found // also what is left out, that last
}

// Proposed is an action that a rule proposes to the steering committee.
type Proposed struct{ Rule, Text string }

// Page answers one question.
type Page struct {
	Name     string // for references and tests, e.g. "summary"
	Cover    bool   // without running head and titles
	Kicker   string
	Title    string
	Subtitle string
	Blocks   []Block

	about []string // keys of the questions and constructs it shows, for references
}

// TitleSize is the size of a page's title in points; titles are at most two lines of
// the live width.
const TitleSize = 21.0

// Block is a part of a page at a place in mm from the top left.
type Block interface{ block() }

// Figure is a chart.
type Figure struct {
	Box   chart.Box
	Chart chart.Figure
}

// Prose is a heading with paragraphs.
type Prose struct {
	Box     chart.Box
	Heading string
	Leads   []string // bold first words of the paragraphs, may be fewer
	Text    []string
	Small   bool // a note
}

// Columns are prose parts that follow each other down two columns.
type Columns struct {
	Box   chart.Box
	Parts []Prose // boxes unused
}

// Key is a key number with its words.
type Key struct{ Value, Label string }

// Keys are key numbers side by side.
type Keys struct {
	Box  chart.Box
	Keys []Key
}

// Tile is a measure on the summary.
type Tile struct {
	Label, Value, Unit, Line string
	Change                   chart.Change // before the line
	Status                   chart.Status
	Word                     string
}

// Tiles stand side by side.
type Tiles struct {
	Box   chart.Box
	Tiles []Tile
}

// Finding is what a rule found.
type Finding struct {
	Rule     string // e.g. F1
	Status   chart.Status
	Head     string
	Evidence string
	Chart    chart.Figure // small, nil = none
	Reference
}

// Findings are numbered rows under a heading.
type Findings struct {
	Box     chart.Box
	Heading string
	Rows    []Finding
	Tight   bool // rows as low as their texts allow
}

// Facts are names with values.
type Facts struct {
	Box     chart.Box
	Heading string
	Rows    [][2]string
	Small   bool
}

// Quality is a line with a status.
type Quality struct {
	Box    chart.Box
	Status chart.Status
	Text   string
}

// CoverTitle is the large title of the first page.
type CoverTitle struct {
	Box      chart.Box
	Kicker   string
	Title    string
	Subtitle string
}

// Reference leads to the page that shows more.
type Reference struct {
	Page   string // its name
	Ref    string // "S. 4", filled in at the end
	Number int    // of that page, filled in at the end

	about string // key of the question or construct
}

// Card is a proposal with its reasons.
type Card struct {
	Rule     string // e.g. A4, empty for one that somebody added
	Status   chart.Status
	Head     string
	Evidence string
	Reference
	Facts  [4][2]string // owner, due, measure of success, effort
	Origin string       // from a rule, adjusted, added
}

// CardHeight is the height of a card in mm.
const CardHeight = 32.0

// CardGap is the room below a card in mm.
const CardGap = 3.5

// Cards stand one under the other.
type Cards struct {
	Box  chart.Box
	Rows []Card
}

// Quote is what somebody wrote.
type Quote struct{ Theme, Text, Note string }

// Quotes stand in two columns, row by row.
type Quotes struct {
	Box    chart.Box
	Quotes []Quote
}

// DecisionRow is a proposal in the box of decisions.
type DecisionRow struct{ Number, Head, Detail, Owner, Due string }

// DecisionBox is what the summary asks to decide.
type DecisionBox struct {
	Box     chart.Box
	Heading string
	Note    string // behind the heading, leads to the page
	Reference
	Heads [3]string // of proposal, owner, due
	Rows  []DecisionRow
}

func (Figure) block()      {}
func (Prose) block()       {}
func (Columns) block()     {}
func (Keys) block()        {}
func (Tiles) block()       {}
func (Findings) block()    {}
func (Facts) block()       {}
func (Quality) block()     {}
func (Table) block()       {}
func (CoverTitle) block()  {}
func (Cards) block()       {}
func (Quotes) block()      {}
func (DecisionBox) block() {}
