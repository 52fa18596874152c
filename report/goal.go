package report

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/score"
)

// GoalCount counts goals by what became of them.
type GoalCount struct {
	Of          int `json:"of"`
	OnTrack     int `json:"on_track"`
	Behind      int `json:"behind"` // too far off the plan, but there is time
	Missed      int `json:"missed"` // the same, and its day is over
	NotMeasured int `json:"not_measured"`
}

// goalStates are the words of a goal's status in the data.
var goalStates = map[chart.Status]string{
	chart.StatusOK: "reached", chart.StatusWatch: "on_track", chart.StatusAct: "missed", chart.StatusNone: "not_measured",
}

// goalState is the word of a goal in the data.
func (b *builder) goalState(g Goal) string {
	s := b.judge(g)
	if s == chart.StatusAct && b.hasTime(g) {
		return "behind"
	}
	return goalStates[s]
}

// hasTime says whether the day of a goal is still to come.
func (b *builder) hasTime(g Goal) bool { return g.Due != "" && g.Due >= b.day }

// late is the word for the goals that are not on track although they are measured.
func (b *builder) late(n GoalCount) string {
	switch {
	case n.Behind == 0:
		return b.t("goals.missed")
	case n.Missed == 0:
		return b.t("goals.behind")
	}
	return b.t("goals.late")
}

// behindPlan is how far behind a steady way to the due day a goal may be.
const behindPlan = 0.15

// attainment says how far a goal is.
func (g Goal) attainment() score.Attainment {
	if g.Target == nil {
		return score.Attainment{Word: score.NoData}
	}
	goal := score.Goal{Direction: g.Direction, Baseline: g.Baseline, Target: *g.Target}
	if g.Pulse == nil {
		return goal.Attainment(g.Actual)
	}
	n, interval := 0, (*score.Interval)(nil)
	if g.Pulse.Enough {
		n = score.EnoughAnswers
	}
	if ci := g.Pulse.CI; ci != nil {
		interval = &score.Interval{Low: ci.Low, High: ci.High}
	}
	return goal.FromPulse(g.Actual, n, interval)
}

// judge gives the status of a goal: reached; on the way that a steady progress to its
// day would have come, less 15 points; else to act on. Without measurement or a sound
// target, or by too few answers, there is none.
func (b *builder) judge(g Goal) chart.Status {
	a := g.attainment()
	switch {
	case a.Word == score.NoData || a.Word == score.InvalidGoal || a.Word == score.TooFewAnswers:
		return chart.StatusNone
	case a.Word == score.Reached:
		return chart.StatusOK
	case a.Value != nil && *a.Value >= b.expected(g)-behindPlan-1e-9:
		return chart.StatusWatch
	case a.Value == nil && g.Due > b.day: // reached or not is all that can be said, and there is time
		return chart.StatusWatch
	}
	return chart.StatusAct
}

// GoalsThen counts the goals of an iteration that started and was checked on these days
// and were on track then: what Goals.Before tells of it. It is nil without goals.
func GoalsThen(goals []Goal, i survey.Iteration, day string, zone *time.Location) *Share {
	if len(goals) == 0 {
		return nil
	}
	b := &builder{Input: Input{Iteration: i, Modules: Modules{Goals: &Goals{Goals: goals}}}, zone: zone, day: day}
	return &Share{Iteration: i.Number, Part: b.goalCount().OnTrack, Of: len(goals)}
}

// expected is the share of its way that a goal would have come by the day it was
// measured, at a steady pace from the start of the iteration; 1 without these days.
func (b *builder) expected(g Goal) float64 {
	if b.Iteration.Starts.IsZero() {
		return 1
	}
	starts := b.Iteration.Starts.In(b.zone).Format(time.DateOnly)
	whole, known := daysBetween(starts, g.Due)
	gone, measured := daysBetween(starts, cmp.Or(g.Measured, b.day))
	if !known || !measured || whole <= 0 {
		return 1
	}
	return min(1, max(0, float64(gone)/float64(whole)))
}

func (b *builder) goalCount() GoalCount {
	n := GoalCount{Of: len(b.Modules.Goals.Goals)}
	for _, g := range b.Modules.Goals.Goals {
		switch b.judge(g) {
		case chart.StatusNone:
			n.NotMeasured++
		case chart.StatusAct:
			if b.hasTime(g) {
				n.Behind++
			} else {
				n.Missed++
			}
		default:
			n.OnTrack++
		}
	}
	return n
}

// failing names the goals that are behind or missed, then those without measurement.
func (b *builder) failing() []string {
	var missed, open []string
	for _, g := range b.Modules.Goals.Goals {
		switch b.judge(g) {
		case chart.StatusAct:
			missed = append(missed, g.Name)
		case chart.StatusNone:
			open = append(open, g.Name)
		}
	}
	return append(missed, open...)
}

// maxGoals is how many goals stand on a page of P9.
const maxGoals = 12

// goals is P9: do we deliver what we promised?
func (b *builder) goals() []Page {
	if b.Modules.Goals == nil {
		return nil
	}
	n := b.goalCount()
	title := b.t("goals.title-all", "n", n.Of)
	if n.OnTrack < n.Of {
		title = b.t("goals.title", "a", n.OnTrack, "n", n.Of, "c", n.Behind+n.Missed, "late", b.late(n), "d", n.NotMeasured)
	}
	return b.flow(Page{
		Name: "goals", Kicker: b.t("goals.kicker"), Title: title, Subtitle: b.t("goals.subtitle", "number", b.Iteration.Number),
	}, part{table: b.goalTable(), most: maxGoals}, b.notePart(b.t("goals.note")+b.ownWords()))
}

func (b *builder) goalTable() *Table {
	room := 12.0 // of a number
	for _, g := range b.Modules.Goals.Goals {
		for _, v := range []*float64{g.Baseline, g.Actual, g.Target} {
			room = max(room, font.Width(b.figure(g, v), font.Regular, TableSize)+2.5)
		}
	}
	number := func(key string) Column { return Column{Head: b.t("goals." + key), Width: room, Align: chart.Right} }
	t := &Table{Least: 15, Middle: true, Columns: []Column{
		{Head: b.t("goals.goal"), Width: 42}, {Head: b.t("goals.track"), Width: max(24, 76-3*room)},
		number("baseline"), number("actual"), number("target"), {Width: 3}, {Head: b.t("goals.due")}, {Head: b.t("goals.status"), Width: 19},
	}}
	for _, g := range b.Modules.Goals.Goals {
		status := b.judge(g)
		name := b.words(g.Name, 15, b.t("goals.goal"))
		metric := strings.Trim(b.words(g.Metric, 6, name)+", "+g.Unit, ", ")
		if note := b.pulseNote(g); note != "" {
			metric = strings.TrimPrefix(metric+" · "+note, " · ")
		}
		t.Rows = append(t.Rows, Row{
			Cells: []string{name, "", b.figure(g, g.Baseline), b.figure(g, g.Actual), b.figure(g, g.Target), "", b.onDay(g.Due), ""},
			Notes: []string{metric, "", "", "", "", "", breakable(b.words(g.Owner, 4, name), font.Regular, NoteSize, 23)},
			Marks: []Mark{{letters(b, g), lettersHeight, true}, {Chart: b.track(g)}, {}, {}, {}, {}, {}, {Chart: chart.Sign{Status: status, Word: b.goalWord(g, status)}}},
		})
	}
	return t
}

// lettersHeight is the room for the marks of a goal in mm.
const lettersHeight = 4.6

// letters are the marks of a goal: SMART, light where one is missing.
func letters(b *builder, g Goal) chart.Letters {
	words := b.t("goals.smart")
	if g.Missing != "" {
		words = b.t("goals.smart-missing", "letters", strings.Join(strings.Split(g.Missing, ""), ", "))
	}
	return chart.Letters{Word: "SMART", Missing: g.Missing, Words: words}
}

// goalWord is the word beside the status of a goal.
func (b *builder) goalWord(g Goal, s chart.Status) string {
	switch {
	case s == chart.StatusOK:
		return b.t("goals.reached")
	case s == chart.StatusWatch:
		return b.t("goals.on-track")
	case s == chart.StatusAct && b.hasTime(g):
		return b.t("goals.behind")
	case s == chart.StatusAct:
		return b.t("goals.missed")
	case g.attainment().Word == score.TooFewAnswers, g.Pulse != nil && g.Pulse.Withheld:
		return b.t("goals.open")
	case g.Actual != nil:
		return b.t("goals.unclear")
	}
	return b.t("goals.not-measured")
}

// pulseNote says how sure a figure from the surveys is, or why there is none.
func (b *builder) pulseNote(g Goal) string {
	a := g.attainment()
	switch {
	case g.Pulse == nil:
		return ""
	case g.Pulse.Withheld:
		return b.t("goals.withheld")
	case a.Word == score.TooFewAnswers:
		return b.t("goals.too-few")
	case a.Uncertain:
		return b.t("goals.uncertain")
	}
	return ""
}

// track draws the way of a goal.
func (b *builder) track(g Goal) chart.Track {
	words := []string{
		b.t("goals.baseline") + " " + b.figure(g, g.Baseline), b.t("goals.actual") + " " + b.figure(g, g.Actual), b.t("goals.target") + " " + b.figure(g, g.Target),
	}
	return chart.Track{
		Baseline: g.Baseline, Actual: g.Actual, Target: g.Target, Down: g.Direction == survey.Down,
		Empty: b.goalWord(g, chart.StatusNone), Words: strings.Join(words, ", "),
	}
}

// figure prints a value of a goal with as many decimals as its target has, and one if
// another value has some.
func (b *builder) figure(g Goal, v *float64) string {
	if v == nil {
		return "–"
	}
	places := decimals(g.Target)
	if places == 0 && decimals(g.Baseline)+decimals(g.Actual) > 0 {
		places = 1
	}
	return b.p.Decimal(*v, places)
}

// decimals counts those of a number, four at most.
func decimals(v *float64) int {
	const most = 4
	if v == nil {
		return 0
	}
	_, after, _ := strings.Cut(strconv.FormatFloat(*v, 'f', -1, 64), ".")
	return min(most, len(after))
}
