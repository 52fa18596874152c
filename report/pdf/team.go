package pdf

import (
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// Places on a team sheet in mm.
const (
	teamSize   = 15.0 // points of what is read from one and a half metres
	teamLeast  = 12.0 // of what is longer than it should be
	pairGutter = 10.0 // with the arrow
	pairWide   = (wide - pairGutter) / 2
	pairsTop   = 64.0
	whyTop     = 190.0
	nextTop    = 229.0
	codeX      = 150.0
	codeY      = 231.0
	teamCode   = 34.0
)

// teamSheet draws a whole sheet for the notice board.
func (d *drawer) teamSheet(s report.TeamSheet) {
	d.set("P", chart.Point{X: left, Y: 16}, line(s.Kicker, semibold(12, chart.Brand), 8, wide))
	y := d.set("H1", chart.Point{X: left, Y: 22}, atDash(s.Title, semibold(34, chart.Ink), 22, wide, 31))
	if s.Lead != "" {
		d.set("P", chart.Point{X: left, Y: y + 1}, line(s.Lead, regular(teamSize, chart.Ink2), 11, wide))
	}
	bottom := whyTop - 4
	if len(s.Infeasible) == 0 {
		bottom = nextTop - 8
	}
	d.pairs(s, bottom)
	if len(s.Infeasible) > 0 {
		d.infeasible(s)
	}
	d.next(s)
}

// atDash is fit for a heading, which breaks behind its dash where both parts stand on
// a line.
func atDash(text string, t chart.Type, least, width, height float64) fitted {
	f := fit(text, t, least, width, height)
	head, tail, found := strings.Cut(font.Clean(text), " – ")
	if found && len(f.lines) == 2 {
		head += " –"
		a, b := font.Width(head, weight(f.t), f.t.Size), font.Width(tail, weight(f.t), f.t.Size)
		if max(a, b) <= width && a > 0.4*b {
			f.lines = []string{head, tail}
		}
	}
	return f
}

// pairs draws what was said beside what is done about it. Few of them are larger.
func (d *drawer) pairs(s report.TeamSheet, bottom float64) {
	const head, gap, most = 9.0, 3.0, 54.0
	right := left + pairWide + pairGutter
	size := []float64{22, 22, 18, teamSize}[min(len(s.Pairs), 3)]
	d.as("Table", func() {
		d.as("TR", func() {
			for i, text := range []string{s.Said, s.Did} {
				d.within(headCell("Column"), func() {
					d.set("P", chart.Point{X: left + (right-left)*float64(i), Y: pairsTop}, line(text, semibold(18, chart.Brand), 13, pairWide))
				})
			}
		})
		tall := min(most, (bottom-pairsTop-head+gap)/float64(max(2, len(s.Pairs)))-gap)
		for i, p := range s.Pairs {
			y := pairsTop + head + (tall+gap)*float64(i)
			d.as("TR", func() { d.pair(p, chart.Box{X: left, Y: y, W: pairWide, H: tall}, right, size) })
		}
	})
}

func (d *drawer) pair(p report.Pair, b chart.Box, right, size float64) {
	const pad, number, state = 3.6, 7.5, 7.5
	chart.Rect(d, b, chart.Fill(chart.Surface))
	chart.Rect(d, chart.Box{X: right, Y: b.Y, W: b.W, H: b.H}, chart.Fill(chart.Tint))
	chart.Rect(d, chart.Box{X: right, Y: b.Y, W: 1.4, H: b.H}, chart.Fill(chart.Brand))
	d.arrow(chart.Point{X: b.X + b.W + pairGutter/2, Y: b.Y + b.H/2})
	d.as("TD", func() {
		room := b.H - 2*pad
		if p.Figure != "" {
			room -= number
		}
		y := d.set("P", chart.Point{X: b.X + pad, Y: b.Y + pad - 1}, fit(p.Said, semibold(size, chart.Ink), teamLeast, b.W-2*pad, room))
		if p.Figure != "" {
			d.set("P", chart.Point{X: b.X + pad, Y: y + 0.8}, line(p.Figure, regular(13, chart.Ink2), 10, b.W-2*pad))
		}
	})
	d.as("TD", func() {
		x, w := right+1.4+pad, b.W-1.4-2*pad
		d.set("P", chart.Point{X: x, Y: b.Y + pad - 1}, fit(p.Did, regular(size, chart.Ink), teamLeast, w, b.H-2*pad-state+1))
		y := b.Y + b.H - pad - 5
		d.square(p.State, chart.Box{X: x, Y: y, W: 5, H: 5})
		d.set("P", chart.Point{X: x + 7.5, Y: y - 0.2}, line(p.Word, semibold(12, chart.Brand), 9, w-7.5))
	})
}

// arrow leads from what was said to what is done.
func (d *drawer) arrow(at chart.Point) {
	pen := chart.Stroke(chart.Brand, 0.9)
	chart.Segment(d, chart.Point{X: at.X - 3, Y: at.Y}, chart.Point{X: at.X + 3, Y: at.Y}, pen)
	d.Path([]chart.Point{{X: at.X + 0.8, Y: at.Y - 2.2}, {X: at.X + 3, Y: at.Y}, {X: at.X + 0.8, Y: at.Y + 2.2}}, false, pen)
}

// square tells by its filling how far an answer is: empty, half, full with a tick.
func (d *drawer) square(s report.PairState, b chart.Box) {
	chart.Rect(d, b, chart.Outlined(chart.White, chart.Brand, 0.5))
	switch s {
	case report.PairWorking:
		chart.Rect(d, chart.Box{X: b.X, Y: b.Y + b.H/2, W: b.W, H: b.H / 2}, chart.Fill(chart.Brand))
	case report.PairDone:
		chart.Rect(d, b, chart.Outlined(chart.Brand, chart.Brand, 0.5))
		d.Path([]chart.Point{{X: b.X + 1, Y: b.Y + 2.7}, {X: b.X + 2.1, Y: b.Y + 3.9}, {X: b.X + 4.1, Y: b.Y + 1.2}}, false, chart.Stroke(chart.White, 0.7))
	}
}

// infeasible draws what was refused, with the reason.
func (d *drawer) infeasible(s report.TeamSheet) {
	y := d.set("H2", chart.Point{X: left, Y: whyTop}, line(s.Why, semibold(18, chart.Brand), 13, wide))
	y = d.set("P", chart.Point{X: left, Y: y + 0.5}, fit(s.Infeasible[0], semibold(teamSize, chart.Ink), teamLeast, wide, 14))
	d.set("P", chart.Point{X: left, Y: y}, fit(s.Infeasible[1], regular(teamSize, chart.Ink), teamLeast, wide, nextTop-4-y))
}

// next draws dates, open door and the code.
func (d *drawer) next(s report.TeamSheet) {
	const day = 34.0
	room := wide
	if s.Address != "" {
		room = codeX - left - 6
	}
	chart.Segment(d, chart.Point{X: left, Y: nextTop - 2}, chart.Point{X: edge, Y: nextTop - 2}, chart.Stroke(chart.Line, 0.3))
	y := d.set("H2", chart.Point{X: left, Y: nextTop}, line(s.Next, semibold(18, chart.Brand), 13, room)) + 0.5
	d.as("L", func() {
		for _, date := range s.Dates {
			d.item(func() {
				d.set("P", chart.Point{X: left, Y: y}, line(date.Day, semibold(teamSize, chart.Ink), 11, day-2))
				y = d.set("P", chart.Point{X: left + day, Y: y}, line(date.What, regular(teamSize, chart.Ink), 11, room-day))
			})
		}
	})
	if s.Door != "" {
		d.set("P", chart.Point{X: left, Y: y + 1.5}, fit(s.Door, regular(teamSize, chart.Ink), 11, room, 277-y-1.5))
	}
	if s.Address == "" {
		return
	}
	quiet := d.code(s.Address, chart.Box{X: codeX, Y: codeY, W: teamCode, H: teamCode}, 1)
	y = codeY + teamCode + quiet - 1
	for _, part := range s.Typed {
		y = d.address(chart.Point{X: codeX, Y: y}, part, 8, 5.5, edge-codeX)
	}
}
