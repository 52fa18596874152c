package report

import (
	"slices"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/score"
)

// delivery is V8: maturity, goals and quick wins, added up.
func (c *comparer) delivery() []Page {
	stairs, told := c.stairs()
	slope := c.maturitySlope()
	goals := c.goalsOverTime()
	if stairs == nil && slope == nil && len(goals.Rows) == 0 {
		return nil
	}
	var blocks []Block
	y := top
	if stairs != nil {
		blocks = append(blocks, Figure{chart.Box{X: left, Y: y, W: width, H: 62}, *stairs})
		y += 67
	}
	if len(goals.Rows) > 0 {
		goals.Box.Y = y + 7
		blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: c.v("V8.goals")}, goals)
		y += 7 + goals.Height() + 6
	}
	pages := []Page{c.page("V8", c.v("V8.title-plain"), c.v("V8.subtitle"), blocks...)}
	if told != "" {
		pages[0].Title = told
	}
	if slope == nil {
		return pages
	}
	const least = 48.0 // height in mm in which a slope can be read
	if room := bottom - y - 7; room >= max(least, 5*float64(len(slope.Rows))) {
		pages[0].Blocks = append(pages[0].Blocks, c.slopeAt(y, *slope, min(room, slope.Height()))...)
		return pages
	}
	more := c.page("V8", pages[0].Title, c.v("V8.subtitle"), c.slopeAt(top, *slope, slope.Height())...)
	more.Kicker = c.t("continued", "kicker", more.Kicker, "number", 2)
	return append(pages, more)
}

// slopeAt is the figure of maturity with its heading.
func (c *comparer) slopeAt(y float64, f chart.Slope, height float64) []Block {
	return []Block{
		Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: c.v("V8.maturity")},
		Figure{chart.Box{X: left, Y: y + 7, W: width, H: height}, f},
	}
}

// moment turns a day of a record into one of the axis; nothing for none.
func (c *comparer) moment(text string) []float64 {
	at, err := time.ParseInLocation(time.DateOnly, text, c.zone)
	if err != nil {
		return nil
	}
	return []float64{day(at)}
}

// momentOr is moment for a day that may not have been noted down.
func (c *comparer) momentOr(text string, otherwise time.Time) float64 {
	if days := c.moment(text); days != nil {
		return days[0]
	}
	return day(otherwise)
}

// stairs adds up the quick wins of all iterations, each once, as they stand last; nil
// without any.
func (c *comparer) stairs() (figure *chart.Stairs, title string) {
	var planned, reached, told []float64
	type step struct{ planned, reached, told bool }
	seen, kept := map[string]step{}, false
	for _, i := range c.in.Iterations {
		if i.Modules.QuickWins == nil {
			continue
		}
		kept = true
		for _, w := range i.Modules.QuickWins.Wins {
			is := seen[w.ID]
			if !is.planned {
				planned = append(planned, c.momentOr(w.Due, i.Iteration.Starts))
			}
			if w.achieved() && !is.reached {
				reached = append(reached, c.momentOr(w.Reached, i.Round.Closes))
			}
			if w.told() && !is.told {
				told = append(told, c.momentOr(w.Told, i.Round.Closes))
			}
			seen[w.ID] = step{true, is.reached || w.achieved(), is.told || w.told()}
		}
	}
	if !kept || len(planned) == 0 {
		return nil, ""
	}
	from, to := c.in.Iterations[0].Iteration.Starts, c.Round.Closes
	if from.IsZero() {
		from = c.in.Iterations[0].Round.Opens
	}
	f := &chart.Stairs{Title: c.v("V8.wins"), From: day(from), To: day(to), Ticks: c.months(from.In(c.zone), to.In(c.zone))}
	before := func(days []float64) []float64 {
		return slices.DeleteFunc(slices.Clone(days), func(d float64) bool { return d > f.To })
	}
	reached, told = before(reached), before(told)
	for _, l := range []struct {
		key  string
		days []float64
	}{{"planned", before(planned)}, {"reached", reached}, {"told", told}} {
		f.Lines = append(f.Lines, chart.Stair{Label: c.v("V8."+l.key, "n", len(l.days)), Days: l.days})
	}
	f.Words = c.v("V8.alt", "planned", len(f.Lines[0].Days), "reached", len(reached), "told", len(told))
	if n := len(reached); n > 0 && n == len(told) {
		return f, c.v("V8.title-all", "n", n)
	}
	return f, c.v("V8.title", "n", len(reached), "told", len(told))
}

// levelsTop is the highest capability level.
const levelsTop = 5

// maturitySlope joins the capability levels of the first and the last iteration that
// assessed processes; nil without two of them.
func (c *comparer) maturitySlope() *chart.Slope {
	first, last := -1, -1
	for i, one := range c.in.Iterations {
		if one.Modules.Maturity == nil {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	if first < 0 || first == last {
		return nil
	}
	f := &chart.Slope{Heads: [2]string{c.label(first), c.label(last)}, Scale: chart.Scale{Low: 0, High: levelsTop}}
	var words []string
	for _, p := range c.Organisation.Processes {
		from, to := levelOf(c.in.Iterations[first].Modules.Maturity, p.Key), levelOf(c.in.Iterations[last].Modules.Maturity, p.Key)
		if from == nil && to == nil {
			continue
		}
		name := c.p.In(p.Name)
		r := chart.SlopeRow{Label: compact(name, font.Regular, 9, 46), Short: compact(name, font.Regular, 8, 27), From: floating(from), To: floating(to), FromText: c.or(from), ToText: c.or(to)}
		if from != nil && to != nil {
			r.Change = chart.Change{Text: c.p.Signed(*to - *from)}
		}
		f.Rows = append(f.Rows, r)
		words = append(words, name+": "+c.or(from)+", "+c.or(to))
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Words = c.v("V8.levels", "values", strings.Join(words, "; "))
	return f
}

func levelOf(m *Maturity, process string) *int {
	for _, p := range m.Processes {
		if p.Process == process {
			return p.Level
		}
	}
	return nil
}

// goalsOverTime counts per iteration what became of goals and quick wins, and the
// processes at their target.
func (c *comparer) goalsOverTime() Table {
	t := Table{Box: chart.Box{X: left, W: width}, Columns: []Column{
		{Head: c.v("iteration"), Width: 26}, {c.v("V8.goals-reached"), 34, chart.Right}, {c.v("V8.unmeasured"), 30, chart.Right},
		{c.v("V8.wins-told"), 40, chart.Right}, {Head: c.v("V8.at-target"), Align: chart.Right},
	}}
	kept := false
	for i, one := range c.in.Iterations {
		cells := []string{c.label(i), "–", "–", "–", "–"}
		if g := one.Modules.Goals; g != nil {
			reached, open := goalsReached(g)
			cells[1], cells[2] = c.v("of", "a", reached, "b", len(g.Goals)), c.p.Integer(open)
			kept = true
		}
		if w := one.Modules.QuickWins; w != nil {
			n := w.count()
			cells[3] = c.v("of", "a", n.Told, "b", n.Achieved)
			kept = true
		}
		if m := one.Modules.Maturity; m != nil {
			part, of := m.atTarget()
			cells[4] = c.v("of", "a", part, "b", of)
			kept = true
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	if !kept {
		t.Rows = nil
	}
	return t
}

// goalsReached counts goals that are reached and those without a measurement.
func goalsReached(g *Goals) (reached, open int) {
	for _, one := range g.Goals {
		if one.Actual == nil || one.Target == nil {
			open++
			continue
		}
		if one.attainment().Word == score.Reached {
			reached++
		}
	}
	return reached, open
}
