package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
)

// item of the page of decisions: a proposal, or a free row.
type decisionItem struct {
	number             int
	text, note         string
	outcome            survey.Outcome
	owner, due, remark string
	settled            bool // by an earlier iteration
}

// name is how people call it.
func (i decisionItem) name() string { return fmt.Sprintf("E%d", i.number) }

// freeRows is how many empty rows the page has where nothing is proposed.
const freeRows = 3

// decisionItems are the proposals and what was decided beside them, by their numbers.
func (b *builder) decisionItems() []decisionItem {
	var items []decisionItem
	last := 0
	used := map[*Decision]bool{}
	add := func(i decisionItem) {
		if i.number == 0 {
			i.number = last + 1
		}
		last = max(last, i.number)
		items = append(items, i)
	}
	for _, p := range b.proposals {
		i := decisionItem{number: p.number, text: p.text, note: p.evidence, owner: p.owner, due: p.due}
		if d := p.decision; d != nil {
			used[d] = true
			i.take(b, d)
		}
		add(i)
	}
	if act := b.Modules.Act; act != nil {
		for j := range act.Decisions {
			if d := &act.Decisions[j]; !used[d] && d.Proposal != "" {
				i := decisionItem{number: d.Number, text: b.words(d.Proposal, actionWords, b.t("decisions.kicker"))}
				i.take(b, d)
				add(i)
			}
		}
	}
	for n := len(items); n < freeRows && len(b.proposals) == 0; n++ {
		add(decisionItem{})
	}
	slices.SortStableFunc(items, func(x, y decisionItem) int { return cmp.Compare(x.number, y.number) })
	return items
}

// take fills in what was decided.
func (i *decisionItem) take(b *builder, d *Decision) {
	i.outcome, i.settled = d.Outcome, d.settled()
	switch {
	case d.settled() && d.Done != "":
		i.note = b.t("decisions.done", "number", d.Since, "day", b.onDay(d.Done))
	case d.settled():
		i.note = b.t("decisions.since", "number", d.Since)
	case d.Since > 0:
		i.note = b.t("decisions.again", "number", d.Since)
	}
	if d.Wording != "" {
		wording := b.t("decisions.wording", "text", b.words(d.Wording, actionWords, i.text))
		if d.Since > 0 {
			wording += " · " + i.note
		}
		i.note = wording
	}
	if d.Owner != "" {
		i.owner = b.words(d.Owner, ownerWords, i.text)
	}
	if d.Due != "" {
		i.due = b.onDay(d.Due)
	}
	if d.Remark != "" {
		i.remark = b.words(d.Remark, actionWords, i.text)
	}
}

// blankRoom is the room on a line to write on in mm.
const blankRoom = 45.0

// outcomes in the order of their boxes.
var outcomes = []survey.Outcome{survey.Accepted, survey.Changed, survey.Postponed, survey.Declined}

// decisions is P13: what is decided today?
func (b *builder) decisions() []Page {
	items := b.decisionItems()
	decided, asked := 0, 0
	for _, i := range items {
		switch {
		case i.settled || i.text == "":
		case i.outcome != "":
			decided++
			asked++
		default:
			asked++
		}
	}
	title := b.t("decisions.title", "n", asked)
	switch {
	case asked == 0:
		title = b.t("decisions.title-none")
	case decided > 0:
		title = b.t("decisions.title-done", "a", decided, "n", asked)
	}
	t := b.decisionTable(items)
	facts := b.decisionFacts()
	return b.flow(Page{
		Name: "decisions", Kicker: b.t("decisions.kicker"), Title: title, Subtitle: b.t("decisions.subtitle", "number", b.Iteration.Number),
	}, part{table: t}, part{height: facts.Box.H, blocks: func(y float64) []Block {
		facts.Box.Y = y
		return []Block{facts}
	}})
}

func (b *builder) decisionTable(items []decisionItem) *Table {
	t := &Table{Least: 24, Columns: []Column{
		{Head: b.t("decisions.number"), Width: 9}, {Head: b.t("summary.decide-proposal"), Width: 58}, {Width: 3},
		{Head: b.t("decisions.decision"), Width: 26}, {Head: b.t("decisions.how")},
	}}
	for _, i := range items {
		choices := chart.Choices{Words: i.name() + ": " + b.t("decisions.open")}
		for n, o := range outcomes {
			choices.Labels = append(choices.Labels, b.t("decisions."+string(o)))
			if o == i.outcome {
				choices.Chosen, choices.Words = n+1, i.name()+": "+b.t("decisions."+string(o))
			}
		}
		blanks := chart.Blanks{Rows: [][2]string{
			{b.t("action.owner"), b.inside(i.owner, font.Regular, 9, blankRoom, 1, i.name())}, {b.t("action.due"), i.due},
			{b.t("decisions.remark"), b.inside(i.remark, font.Regular, 9, blankRoom, 1, i.name())},
		}}
		blanks.Words = fmt.Sprintf("%s: %s, %s: %s", b.t("action.owner"), cmp.Or(i.owner, "–"), b.t("action.due"), cmp.Or(i.due, "–"))
		t.Rows = append(t.Rows, Row{
			Cells: []string{i.name(), i.text, "", "", ""}, Notes: []string{"", i.note},
			Marks: []Mark{{}, {}, {}, {Chart: choices, Height: choices.Height()}, {Chart: blanks, Height: choices.Height()}},
		})
	}
	return t
}

// decisionFacts stand below the table: when it was decided, what follows, and what
// staff hear of it.
func (b *builder) decisionFacts() Facts {
	act := b.Modules.Act
	if act == nil {
		act = &Act{}
	}
	met := ""
	if act.Met != "" {
		met = b.onDay(act.Met)
	}
	staff, told := b.t("action.open"), b.t("action.open")
	if act.Staff != "" {
		staff = b.words(act.Staff, quoteWords, b.t("decisions.staff"))
	}
	if act.StaffTold != "" {
		told = b.words(act.StaffTold, quoteWords, b.t("decisions.staff-told"))
	}
	f := Facts{Small: true, Box: chart.Box{X: left, W: width}, Rows: [][2]string{
		{b.t("decisions.met"), met}, {b.t("decisions.minutes"), ""}, {b.t("decisions.next"), b.pulseWindow()},
		{b.t("decisions.staff"), staff}, {b.t("decisions.staff-told"), told},
	}}
	f.Box.H = f.Height()
	return f
}

// pulseWindow tells when the next pulse opens.
func (b *builder) pulseWindow() string {
	if act := b.Modules.Act; act != nil {
		from, err := time.Parse(time.DateOnly, act.PulseFrom)
		to, missing := time.Parse(time.DateOnly, act.PulseTo)
		switch {
		case err == nil && missing == nil:
			return b.p.Period(from, to)
		case err == nil:
			return b.p.Date(from)
		}
	}
	return b.t("action.open")
}

func (b *builder) nextPulse() string { return b.t("actions.next", "window", b.pulseWindow()) }

// maxDecided is how many proposals stand on the summary.
const maxDecided = 3

// decisionGap is the room above the box of decisions in mm.
const decisionGap = 6.5

// decisionsFit says that all proposals of the summary have room below y with their
// details.
func (b *builder) decisionsFit(y float64) bool {
	box := b.proposedBox(y)
	return y+box.Height() <= bottom
}

// decisionBox is what the summary asks to decide; nothing where nothing is proposed or
// no proposal has room between y and the foot of the page.
func (b *builder) decisionBox(y float64) []Block {
	box := b.proposedBox(y)
	if y+box.Height() > bottom {
		for i := range box.Rows {
			box.Rows[i].Detail = ""
		}
	}
	for len(box.Rows) > 0 && y+box.Height() > bottom {
		box.Rows = box.Rows[:len(box.Rows)-1]
	}
	if len(box.Rows) == 0 {
		return nil
	}
	box.Box.H = box.Height()
	return []Block{box}
}

// proposedBox is the box of decisions with everything in it.
func (b *builder) proposedBox(y float64) DecisionBox {
	box := DecisionBox{
		Box: chart.Box{X: left, Y: y, W: width}, Heading: b.t("summary.decide"), Reference: at("decisions"),
		Heads: [3]string{b.t("summary.decide-proposal"), b.t("action.owner"), b.t("action.due")},
	}
	for _, p := range b.toDecide() {
		row := DecisionRow{Number: fmt.Sprintf("E%d", p.number), Head: capital(p.head), Detail: capital(strings.TrimPrefix(p.text, capital(p.head)+": ")), Due: cmp.Or(p.due, b.t("action.open"))}
		if d := p.decision; d != nil && d.Outcome != "" {
			box.Heading = b.t("summary.decided")
			row.Due = b.t("decisions." + string(d.Outcome))
		}
		if row.Head == "" {
			row.Head, row.Detail = row.Detail, ""
		}
		row.Head = b.inside(row.Head, font.Semibold, 9.5, DecisionText, 2, row.Number)
		row.Detail = b.inside(row.Detail, font.Regular, 9, DecisionText, 2, row.Number)
		row.Owner = b.inside(p.owner, font.Regular, 9, DecisionOwner, 3, row.Number)
		box.Rows = append(box.Rows, row)
	}
	return box
}

// toDecide are the first proposals that no earlier iteration decided, by their numbers.
func (b *builder) toDecide() []proposal {
	open := slices.DeleteFunc(slices.Clone(b.proposals), func(p proposal) bool { return p.decision.settled() })
	open = open[:min(len(open), maxDecided)]
	slices.SortStableFunc(open, func(x, y proposal) int { return cmp.Compare(x.number, y.number) })
	return open
}

// capital begins a text with a capital letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
