package report

import (
	"cmp"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/maturity"
	"pulscheck/survey/tally"
)

// gap is how many levels are missing to the target, 0 without one or a level.
func (p MaturityProcess) gap() int {
	if p.Level == nil || p.Target == nil {
		return 0
	}
	return max(0, *p.Target-*p.Level)
}

// atTarget counts processes at their target of those that have one; one that was not
// assessed is not at it.
func (m *Maturity) atTarget() (part, of int) {
	for _, p := range m.Processes {
		if p.Target == nil {
			continue
		}
		of++
		if p.Level != nil && *p.Level >= *p.Target {
			part++
		}
	}
	return part, of
}

// byGap gives the assessed processes, those furthest below their target first.
func (m *Maturity) byGap() []MaturityProcess {
	assessed := slices.DeleteFunc(slices.Clone(m.Processes), func(p MaturityProcess) bool { return p.Level == nil })
	slices.SortStableFunc(assessed, func(x, y MaturityProcess) int { return cmp.Compare(y.gap(), x.gap()) })
	return assessed
}

// ends gives the lowest and the highest level.
func (m *Maturity) ends() (lowest, highest int) {
	if len(m.Levels) == 0 {
		return 0, 5
	}
	return m.Levels[0].Level, m.Levels[len(m.Levels)-1].Level
}

func (b *builder) levelName(m *Maturity, level int) string {
	for _, l := range m.Levels {
		if l.Level == level {
			return b.p.In(l.Name)
		}
	}
	return b.p.Integer(level)
}

// maxLadders is how many processes stand on a page of P8.
const maxLadders = 14

// maturity is P8: how far is each process?
func (b *builder) maturity() []Page {
	m := b.Modules.Maturity
	if m == nil {
		return nil
	}
	parts := []part{{table: b.ladders(m), most: maxLadders}, b.notePart(b.t("maturity.note"))}
	if len(m.Attributes) > 0 {
		parts = append(parts, part{heading: b.t("maturity.attributes"), table: b.attributes(m)}, b.notePart(b.t("maturity.attribute-note")), b.notePart(b.attributeNames(m)))
	}
	return b.flow(Page{
		Name: "maturity", Kicker: b.t("maturity.kicker"), Title: b.maturityTitle(m),
		Subtitle: capital(strings.TrimPrefix(b.p.In(m.Model)+" · ", " · ") + b.t("maturity.subtitle", "number", b.Iteration.Number)),
	}, parts...)
}

func (b *builder) maturityTitle(m *Maturity) string {
	part, of := m.atTarget()
	all := m.byGap()
	switch {
	case of == 0:
		return b.t("maturity.title-no-target", "n", len(all))
	case part == of:
		return b.t("maturity.title-all", "n", of)
	case len(all) == 0 || all[0].gap() == 0:
		return b.t("maturity.title-brief", "a", part, "n", of)
	}
	return fit(b.t("maturity.title", "a", part, "n", of, "process", b.processName(all[0].Process)),
		b.t("maturity.title-brief", "a", part, "n", of))
}

// ladders is the table of levels.
func (b *builder) ladders(m *Maturity) *Table {
	head := chart.LadderHead{}
	var words []string
	head.Lowest, _ = m.ends()
	for _, l := range m.Levels {
		head.Names = append(head.Names, b.p.In(l.Name))
		words = append(words, b.p.Integer(l.Level)+" "+b.p.In(l.Name))
	}
	head.Words = b.t("maturity.levels", "levels", strings.Join(words, ", "))
	t := &Table{Least: 12.5, Middle: true, Heads: []Mark{{}, {Chart: head, Height: chart.LadderHeadHeight}}, Columns: []Column{
		{Head: b.t("acceptance.process"), Width: 42}, {Width: 62},
		{Head: b.t("maturity.gap"), Width: 15, Align: chart.Right}, {Width: 3}, {Head: b.t("maturity.assessed")},
		{Head: b.t("maturity.measured"), Width: 14},
	}}
	for _, p := range m.Processes {
		measured := "–"
		if p.Measured != nil {
			measured = b.t(map[bool]string{true: "yes", false: "no"}[*p.Measured])
		}
		assessor, day := b.words(b.assessor(p.Assessor), 4, b.processName(p.Process)), b.onDay(p.Day)
		if p.Level == nil {
			assessor, day = "–", ""
			if p.Previous != nil {
				assessor, day = b.t("maturity.not-this-time"), b.t("maturity.last", "day", b.onDay(p.PreviousDay))
			}
		}
		t.Rows = append(t.Rows, Row{
			Cells: []string{b.processName(p.Process), "", b.gapWords(p), "", breakable(assessor, font.Regular, TableSize, 28), measured},
			Notes: []string{"", "", b.provisional(p), "", day},
			Marks: []Mark{{}, {Chart: b.ladder(m, p)}},
		})
	}
	return t
}

// assessor names who rated: a role to log in with, or whatever people call it.
func (b *builder) assessor(role string) string {
	if key := "report.maturity.role." + role; b.p.Has(key) {
		return b.p.T(key)
	}
	return cmp.Or(role, "–")
}

func (b *builder) provisional(p MaturityProcess) string {
	if p.Provisional && p.Level != nil {
		return b.t("maturity.provisional")
	}
	return ""
}

// gapWords tells how far the target is.
func (b *builder) gapWords(p MaturityProcess) string {
	switch gap := p.gap(); {
	case p.Level == nil || p.Target == nil:
		return "–"
	case gap == 0:
		return b.t("maturity.reached")
	default:
		return b.t("maturity.missing", "n", gap)
	}
}

// ladder draws one process.
func (b *builder) ladder(m *Maturity, p MaturityProcess) chart.Ladder {
	l := chart.Ladder{Level: p.Level, Previous: p.Previous, Target: p.Target, Empty: b.t("status.none")}
	l.Lowest, l.Highest = m.ends()
	words := []string{b.processName(p.Process)}
	switch {
	case p.Level != nil:
		words = append(words, b.t("maturity.alt-level", "x", *p.Level))
	default:
		words = append(words, b.t("maturity.alt-open"))
	}
	if p.Previous != nil {
		words = append(words, b.t("maturity.alt-before", "x", *p.Previous))
	}
	if p.Target != nil {
		words = append(words, b.t("maturity.alt-target", "x", *p.Target))
	}
	l.Words = strings.Join(words, ", ")
	return l
}

// thirds is how far a square of an attribute is filled.
var thirds = map[maturity.Class]int{maturity.Not: 0, maturity.Partially: 1, maturity.Largely: 2, maturity.Fully: 3}

// staffItems are the stages that tell what staff themselves say about a process.
var staffItems = [2]string{"B4", "B5"}

// attributes is the table of ratings, beside them what staff say.
func (b *builder) attributes(m *Maturity) *Table {
	const name, staff = 44.0, 19.0
	t := &Table{Least: 7, Middle: true, Columns: []Column{{Head: b.t("acceptance.process"), Width: name}}}
	each := (width - name - 2*staff - 4) / float64(len(m.Attributes))
	for _, a := range m.Attributes {
		t.Columns = append(t.Columns, Column{Head: a.ID, Width: each, Align: chart.Centre})
	}
	t.Columns = append(t.Columns, Column{Width: 4})
	for _, key := range staffItems {
		t.Columns = append(t.Columns, Column{Head: b.staffHead(key), Width: staff, Align: chart.Right})
	}
	for _, p := range m.Processes {
		row := Row{Cells: []string{b.processName(p.Process)}, Marks: []Mark{{}}}
		for _, a := range m.Attributes {
			row.Cells = append(row.Cells, "")
			row.Marks = append(row.Marks, Mark{Chart: b.rating(p, a)})
		}
		row.Cells = append(row.Cells, "")
		for _, key := range staffItems {
			row.Cells = append(row.Cells, b.staffView(p.Process, key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *builder) staffHead(key string) string {
	if b.Round.Questionnaire.Item(key) == nil {
		return ""
	}
	return b.short(key)
}

// rating is the square of an attribute.
func (b *builder) rating(p MaturityProcess, a MaturityAttribute) chart.Filled {
	class := p.Ratings[a.ID].Coarse()
	if class == maturity.NotRated || p.Level == nil {
		return chart.Filled{Empty: true, Words: b.t("maturity.rating", "attribute", a.ID, "class", b.t("maturity.class.none"))}
	}
	return chart.Filled{Thirds: thirds[class], Words: b.t("maturity.rating", "attribute", a.ID, "class", b.t("maturity.class."+string(class)))}
}

// staffView gives the index that staff of a process give it, as far as it is displayed.
func (b *builder) staffView(process, key string) string {
	if b.Round.Questionnaire.Item(key) == nil {
		return ""
	}
	g := b.group(tally.Group{Process: process})
	r := item(g, key)
	text := b.indexOrBand(r.Index, r.Band)
	if g != nil && g.State == tally.Indicative && r.Index != nil {
		text = "(" + text + ")"
	}
	return text
}

func (b *builder) attributeNames(m *Maturity) string {
	var names []string
	for _, a := range m.Attributes {
		names = append(names, a.ID+"\u00a0"+b.p.In(a.Name))
	}
	return strings.Join(names, " · ")
}
