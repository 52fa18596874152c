package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
)

// throughput is V9: what became of criticism per iteration?
func (c *comparer) throughput() []Page {
	f := chart.Throughput{Heads: [2]string{c.v("iteration"), c.v("V9.days")}, Legend: [3]string{c.v("V9.received"), c.v("V9.answered"), c.v("V9.done")}}
	seen, kept, latest := map[string]bool{}, false, c.latestRegister()
	var all []int
	var sum chart.ThroughputRow
	var words []string
	for i, one := range c.in.Iterations {
		if one.Modules.Voices == nil {
			continue
		}
		kept = true
		row, days := c.throughputRow(one.Modules.Voices.Register, seen, latest)
		row.Label, row.Days = c.label(i), c.median(days)
		all = append(all, days...)
		sum.Received, sum.Answered, sum.Done = sum.Received+row.Received, sum.Answered+row.Answered, sum.Done+row.Done
		f.Rows = append(f.Rows, row)
		words = append(words, c.v("V9.alt", "iteration", row.Label, "received", row.Received, "answered", row.Answered, "done", row.Done))
	}
	if !kept || sum.Received == 0 {
		return nil
	}
	f.Words = strings.Join(words, "; ")
	title := c.v("V9.title", "answered", sum.Answered, "received", sum.Received)
	if len(all) > 0 {
		days := c.median(all)
		key, known := map[string]string{"0": "V9.title-same-day", "1": "V9.title-day"}[days]
		if !known {
			key = "V9.title-days"
		}
		title = c.v(key, "answered", sum.Answered, "received", sum.Received, "days", days)
	}
	parts := []part{{height: f.Height(), blocks: func(y float64) []Block {
		return []Block{Figure{chart.Box{X: left, Y: y, W: width, H: f.Height()}, f}}
	}}, c.notePart(c.v("V9.note"))}
	if open := c.unanswered(latest); len(open.Rows) > 0 {
		parts = append(parts, part{heading: c.v("V9.open"), table: open})
		if own := c.ownWords(); own != "" {
			parts = append(parts, c.notePart(strings.TrimSpace(own)))
		}
	}
	return c.flow(c.page("V9", title, c.v("V9.subtitle")), parts...)
}

// unanswered lists the criticism that nobody has answered yet, the oldest first.
func (c *comparer) unanswered(latest map[string]RegisterRow) *Table {
	t := &Table{Least: 8, Columns: []Column{
		{Head: c.t("voices.criticism")}, {Head: c.t("acceptance.process"), Width: 42}, {Head: c.v("V9.since"), Width: 24}, {Head: c.v("V9.due"), Width: 22},
	}}
	var open []RegisterRow
	for _, r := range latest {
		if !r.answered() {
			open = append(open, r)
		}
	}
	slices.SortFunc(open, func(x, y RegisterRow) int {
		return cmp.Or(cmp.Compare(x.Received, y.Received), cmp.Compare(x.ID, y.ID))
	})
	for _, r := range open {
		t.Rows = append(t.Rows, Row{Cells: []string{shortened(r.Criticism, quoteWords), c.processName(r.Process), c.onDay(r.Received), c.onDay(r.Due)}})
	}
	return t
}

// latestRegister gives points of criticism as they stand last, whichever iteration they
// were carried on into.
func (c *comparer) latestRegister() map[string]RegisterRow {
	latest := map[string]RegisterRow{}
	for _, one := range c.in.Iterations {
		if one.Modules.Voices == nil {
			continue
		}
		for _, r := range one.Modules.Voices.Register {
			latest[r.ID] = r
		}
	}
	return latest
}

// throughputRow counts points of criticism that no earlier iteration had, with the days
// until each answer.
func (c *comparer) throughputRow(register []RegisterRow, seen map[string]bool, latest map[string]RegisterRow) (row chart.ThroughputRow, days []int) {
	for _, r := range register {
		if seen[r.ID] {
			continue
		}
		seen[r.ID], r = true, latest[r.ID]
		row.Received++
		if r.answered() {
			row.Answered++
			from, to := c.moment(r.Received), c.moment(r.Answered)
			if from != nil && to != nil {
				days = append(days, int(to[0]-from[0]+0.5))
			}
		}
		if r.Status == survey.ImprovementDone {
			row.Done++
		}
	}
	return row, days
}

// median tells the middle of some numbers of days.
func (c *comparer) median(days []int) string {
	if len(days) == 0 {
		return "–"
	}
	days = slices.Sorted(slices.Values(days))
	if n := len(days); n%2 == 0 && (days[n/2-1]+days[n/2])%2 != 0 {
		return c.p.Decimal(float64(days[n/2-1]+days[n/2])/2, 1)
	}
	return fmt.Sprint((days[(len(days)-1)/2] + days[len(days)/2]) / 2)
}
