package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
)

// RegisterCount counts criticism by what became of it.
type RegisterCount struct {
	Of       int `json:"of"`
	Answered int `json:"answered"`
	Done     int `json:"implemented"`
	Longest  int `json:"longest_open_days"` // of those without an answer
}

func (r RegisterRow) answered() bool { return r.Answered != "" || r.Answer != "" }

func (b *builder) registerCount() RegisterCount {
	var n RegisterCount
	for _, r := range b.Modules.Voices.Register {
		n.Of++
		if r.Status == survey.ImprovementDone {
			n.Done++
		}
		if r.answered() {
			n.Answered++
			continue
		}
		if days, ok := daysBetween(r.Received, b.day); ok {
			n.Longest = max(n.Longest, days)
		}
	}
	return n
}

// maxRegister is how many rows of the register stand on a page.
const maxRegister = 12

// Words of a row of the register at most.
const criticismWords, answerWords = 16, 14

// steps are how far a criticism came, of four.
var steps = map[survey.ImprovementStatus]int{
	survey.ImprovementNew: 1, survey.ImprovementExamined: 2, survey.ImprovementPlanned: 3, survey.ImprovementDone: 4,
}

// registerTable lists criticism: what has no answer first, the oldest at the top.
func (b *builder) registerTable() *Table {
	t := &Table{Least: 11, Columns: []Column{
		{Head: b.t("voices.criticism"), Width: 39}, {Head: b.t("voices.potential"), Width: 35}, {Head: b.t("voices.status"), Width: 25},
		{Head: b.t("voices.answer")}, {Head: b.t("voices.effect"), Width: 32},
	}}
	rows := slices.Clone(b.Modules.Voices.Register)
	slices.SortStableFunc(rows, func(x, y RegisterRow) int {
		return cmp.Or(before(!x.answered(), !y.answered()), cmp.Compare(cmp.Or(x.Received, "9"), cmp.Or(y.Received, "9")))
	})
	for _, r := range rows {
		about := shortened(r.Criticism, 6)
		status, note := b.t("voices.state."+string(r.Status)), ""
		switch {
		case r.Status == survey.ImprovementInfeasible:
			note = b.words(r.Reason, answerWords, about)
		case r.Due != "" && r.Status != survey.ImprovementDone:
			note = b.t("voices.due", "day", b.onDay(r.Due))
		}
		answer, how := b.t("voices.unanswered"), ""
		if r.answered() {
			answer, how = b.onDay(r.Answered), b.words(strings.Trim(r.Channel+": "+r.Answer, ": "), answerWords, about)
		}
		effect, verdict := b.effect(r.Effect)
		where := ""
		if r.Process != "" {
			where = b.processName(r.Process)
		}
		t.Rows = append(t.Rows, Row{
			Cells: []string{b.words(r.Criticism, criticismWords, b.t("voices.criticism")), b.words(cmp.Or(r.Potential, "–"), criticismWords, about), status, answer, effect},
			Notes: []string{where, "", note, how, verdict},
			Marks: []Mark{{}, {}, {Chart: b.steps(r, status), Height: chart.StepsHeight + 1}},
			Tint:  !r.answered(),
		})
	}
	return t
}

func (b *builder) steps(r RegisterRow, word string) chart.Steps {
	return chart.Steps{Of: len(steps), Done: steps[r.Status], Refused: r.Status == survey.ImprovementInfeasible, Words: b.t("voices.step-alt", "status", word)}
}

// effect tells what became of the question that was to move, how far that is confirmed,
// or why nothing can be said.
func (b *builder) effect(e *Effect) (text, verdict string) {
	if e == nil {
		return "–", ""
	}
	verdict = b.t("voices.verdict." + e.Verdict)
	switch {
	case e.Change != "":
		verdict += " (" + b.certainty(e.Change) + ")"
	case e.Why != "":
		verdict += " (" + b.t("voices.why."+e.Why) + ")"
	}
	if name := b.movedName(e.Item); name != "" {
		verdict += ": " + name
	}
	if e.Before == nil || e.Now == nil {
		return "–", verdict
	}
	text = b.t("voices.moved", "before", b.effectValue(e, *e.Before), "now", b.effectValue(e, *e.Now))
	if e.Target != nil {
		text += b.t("voices.target", "target", b.effectValue(e, int(math.Round(*e.Target))))
	}
	return text, verdict
}

func (b *builder) effectValue(e *Effect, value int) string {
	if e.Percent {
		return b.p.Percent(value)
	}
	return b.p.Integer(value)
}

// movedName names a question or a construct.
func (b *builder) movedName(key string) string {
	if b.Round.Questionnaire.Item(key) != nil {
		return b.short(key)
	}
	return b.constructName(key)
}
