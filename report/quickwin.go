package report

import (
	"cmp"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// WinCount counts quick wins: those planned at all, of these achieved, of these
// communicated.
type WinCount struct {
	Planned  int `json:"planned"`
	Achieved int `json:"achieved"`
	Told     int `json:"communicated"`
}

// Questions about quick wins: whether people hear of successes, and feel one.
const awareItem, feltItem = "C2", "QW"

func (q QuickWin) achieved() bool {
	return q.Status == survey.QuickWinDone || q.Status == survey.QuickWinConfirmed
}

func (q QuickWin) told() bool { return q.achieved() && q.Told != "" }

func (q *QuickWins) count() WinCount {
	n := WinCount{Planned: len(q.Wins)}
	for _, w := range q.Wins {
		if w.achieved() {
			n.Achieved++
		}
		if w.told() {
			n.Told++
		}
	}
	return n
}

// untold names the quick wins that were achieved and not communicated.
func (b *builder) untold() []string {
	var names []string
	for _, w := range b.Modules.QuickWins.Wins {
		if w.achieved() && !w.told() {
			names = append(names, w.Name)
		}
	}
	return names
}

// winSquares are the three numbers as rows of squares.
func (b *builder) winSquares(n WinCount) chart.Squares {
	status := b.shareStatus(n.Told, n.Achieved)
	return chart.Squares{
		Words: b.t("quickwins.alt", "planned", n.Planned, "achieved", n.Achieved, "told", n.Told),
		Rows: []chart.SquareRow{
			{Label: b.t("quickwins.planned"), Count: n.Planned}, {Label: b.t("quickwins.achieved"), Count: n.Achieved, Mark: chart.StatusOK},
			{Label: b.t("quickwins.told"), Count: n.Told, Mark: squareMark(status), Bold: true},
		},
	}
}

// squareMark is the colour of squares of a status: what is fine needs none of its own.
func squareMark(s chart.Status) chart.Status {
	if s == chart.StatusAct || s == chart.StatusWatch {
		return s
	}
	return chart.StatusOK
}

// quickWins is P10: do people see the success?
func (b *builder) quickWins() []Page {
	q := b.Modules.QuickWins
	if q == nil {
		return nil
	}
	page := Page{Name: "quickwins", Kicker: b.t("quickwins.kicker"), Subtitle: b.t("quickwins.subtitle", "number", b.Iteration.Number)}
	n := q.count()
	if n.Planned == 0 {
		page.Title = b.t("quickwins.title-none")
		return b.flow(page, b.textPart(b.t("quickwins.none")), b.aware())
	}
	switch n.Achieved {
	case 0:
		page.Title = b.t("quickwins.title-planned", "n", n.Planned)
	case n.Told:
		page.Title = b.t("quickwins.title-told")
	default:
		page.Title = b.t("quickwins.title", "a", n.Achieved, "c", n.Told, "n", n.Achieved-n.Told)
	}
	const high = 20.0
	squares := part{height: high, blocks: func(y float64) []Block {
		return []Block{Figure{chart.Box{X: left, Y: y, W: width, H: high}, b.winSquares(n)}}
	}}
	return b.flow(page, squares, part{table: b.winTable()}, b.notePart(b.t("quickwins.note")+b.ownWords()), b.aware())
}

// winTable lists them: what is achieved and untold first, then what is overdue, what
// is told, and what has time.
func (b *builder) winTable() *Table {
	t := &Table{Least: 11, Middle: true, Columns: []Column{
		{Head: b.t("quickwins.name"), Width: 45}, {Head: b.t("acceptance.process"), Width: 42.5},
		{Head: capital(b.t("quickwins.planned")), Width: 20}, {Head: capital(b.t("quickwins.achieved")), Width: 20},
		{Head: capital(b.t("quickwins.told"))}, {Head: b.t("quickwins.lag"), Width: 10, Align: chart.Right},
	}}
	for _, w := range b.sortedWins() {
		name := b.words(w.Name, 12, b.t("quickwins.name"))
		told, how := "–", ""
		if w.told() {
			told, how = b.onDay(w.Told), b.words(strings.Trim(w.Channel+", "+w.Audience, " ,"), 8, name)
		} else if w.achieved() {
			told = b.t("quickwins.untold")
		}
		lag := ""
		if days, ok := daysBetween(w.Reached, w.Told); ok && w.told() && !b.firstIteration() {
			lag = b.p.Integer(days)
		}
		planned, late := b.onDay(w.Due), ""
		if b.overdue(w) {
			late = b.t("quickwins.overdue")
		}
		reached := "–"
		if w.achieved() {
			reached = b.onDay(w.Reached)
		}
		t.Rows = append(t.Rows, Row{
			Cells: []string{name, b.processName(w.Process), planned, reached, told, lag}, Notes: []string{"", "", late, "", how},
			Tint: w.achieved() && !w.told(),
		})
	}
	return t
}

func (b *builder) overdue(w QuickWin) bool { return !w.achieved() && w.Due != "" && w.Due < b.day }

func (b *builder) sortedWins() []QuickWin {
	place := func(w QuickWin) int {
		switch {
		case w.achieved() && !w.told():
			return 0
		case b.overdue(w):
			return 1
		case w.told():
			return 2
		}
		return 3
	}
	wins := slices.Clone(b.Modules.QuickWins.Wins)
	slices.SortStableFunc(wins, func(x, y QuickWin) int {
		return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(cmp.Or(x.Reached, x.Due), cmp.Or(y.Reached, y.Due)))
	})
	return wins
}

// aware tells whether people hear of successes and feel one.
func (b *builder) aware() part {
	f := Facts{Heading: b.t("quickwins.aware"), Small: true}
	for _, key := range []string{awareItem, feltItem} {
		if b.Round.Questionnaire.Item(key) == nil {
			continue
		}
		value := b.valueOf(b.total, key)
		if value != "–" && !b.yesNo(key) && item(b.total, key).Band == "" {
			value += " " + b.t("index-of")
		} else if b.yesNo(key) && value != "–" {
			value = b.t("quickwins.felt", "share", value)
		}
		if c := b.change(tally.Group{}, key); c != nil {
			value += " · " + b.t("quickwins.change", "number", b.before.Iteration, "change", b.toldChange(c))
		}
		f.Rows = append(f.Rows, [2]string{b.short(key), value})
	}
	if len(f.Rows) == 0 {
		return part{blocks: func(float64) []Block { return nil }}
	}
	f.Box = chart.Box{X: left, W: width}
	f.Box.H = f.Height()
	return part{height: f.Box.H, blocks: func(y float64) []Block {
		f.Box.Y = y
		return []Block{f}
	}}
}

// textPart is a paragraph.
func (b *builder) textPart(text ...string) part {
	p := Prose{Box: chart.Box{X: left, W: width, H: 12 * float64(len(text))}, Text: text}
	return part{height: p.Box.H, blocks: func(y float64) []Block {
		p.Box.Y = y
		return []Block{p}
	}}
}
