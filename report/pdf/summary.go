package pdf

import (
	"strconv"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// tiles draws the measures of the summary side by side.
func (d *drawer) tiles(b report.Tiles) {
	const w, gap, most = 30.6, 3.0, 5
	step := w + gap
	if len(b.Tiles) < most { // fewer tiles grow
		step = (b.Box.W + gap) / float64(len(b.Tiles))
	}
	d.as("L", func() {
		for i, t := range b.Tiles {
			d.item(func() { d.tile(chart.Box{X: b.Box.X + step*float64(i), Y: b.Box.Y, W: step - gap, H: b.Box.H}, t) })
		}
	})
}

// item draws a part of a list.
func (d *drawer) item(draw func()) {
	d.as("LI", func() { d.as("LBody", draw) })
}

func (d *drawer) tile(b chart.Box, t report.Tile) {
	chart.Rect(d, b, chart.Stroke(chart.Line, 0.25))
	chart.Rect(d, chart.Box{X: b.X, Y: b.Y, W: b.W, H: 0.9}, chart.Fill(chart.Ink))
	x := b.X + 2.5
	d.write(chart.Point{X: x, Y: b.Y + 5.8}, t.Label+" ", semibold(9, chart.Ink))
	value := semibold(22, chart.Ink)
	d.write(chart.Point{X: x, Y: b.Y + 15.2}, t.Value+" ", value)
	d.write(chart.Point{X: x + d.Width(t.Value, value) + 1.2, Y: b.Y + 15.2}, t.Unit+" ", regular(8, chart.Ink2))
	d.changeLine(chart.Point{X: x, Y: b.Y + 21}, t)
	chart.DrawStatus(d, t.Status, chart.Point{X: x + 2.1, Y: b.Y + 28.4}, 4.2)
	d.write(chart.Point{X: x + 5.8, Y: b.Y + 29.6}, t.Word, semibold(9, t.Status.Color()))
}

// changeLine sets the line below a measure behind the sign of its change.
func (d *drawer) changeLine(at chart.Point, t report.Tile) {
	if t.Change.Glyph != chart.NoGlyph {
		chart.DrawGlyph(d, t.Change.Glyph, chart.Point{X: at.X + 1.3, Y: at.Y - 1}, 2.6)
		at.X += 3.8
	}
	if t.Change.Text != "" {
		bold := semibold(8, chart.Ink)
		d.write(at, t.Change.Text+" ", bold)
		at.X += d.Width(t.Change.Text+" ", bold)
	}
	d.write(at, t.Line+" ", regular(8, chart.Ink2))
}

// findings draws the numbered rows of the summary.
func (d *drawer) findings(b report.Findings) {
	d.as("H2", func() { d.write(chart.Point{X: b.Box.X, Y: b.Box.Y + 1}, b.Heading, semibold(11, d.brand)) })
	y := b.Box.Y + report.FindingTop
	d.within(&node{kind: "L", more: "/A <</O /List /ListNumbering /Decimal>>"}, func() {
		for i, f := range b.Rows {
			row := b.RowHeight(i)
			chart.Segment(d, chart.Point{X: left, Y: y}, chart.Point{X: edge, Y: y}, chart.Stroke(chart.Line, 0.2))
			d.as("LI", func() { d.finding(f, i+1, chart.Box{X: left, Y: y, W: wide, H: row}) })
			d.bookmark(f.Head, 1, y+d.shift)
			y += row
		}
	})
	chart.Segment(d, chart.Point{X: left, Y: y}, chart.Point{X: edge, Y: y}, chart.Stroke(chart.Line, 0.2))
}

func (d *drawer) finding(f report.Finding, number int, b chart.Box) {
	middle := b.Y + b.H/2
	chart.DrawStatus(d, f.Status, chart.Point{X: b.X + 3.2, Y: middle}, 6)
	d.as("Lbl", func() {
		d.write(chart.Point{X: b.X + 12, Y: middle + 1.9}, strconv.Itoa(number), chart.Type{Size: 15, Color: chart.Ink2, Align: chart.Centre})
	})
	d.as("LBody", func() {
		x, w := b.X+17, report.FindingText
		y := middle - (5.3*float64(len(font.Wrap(f.Head, font.Semibold, 11.5, w)))+4.3*float64(len(font.Wrap(f.Evidence, font.Regular, 9, w))))/2 - 0.3
		d.as("P", func() { y = d.lines(chart.Point{X: x, Y: y}, f.Head, semibold(11.5, chart.Ink), w, 5.3) })
		d.as("P", func() { d.lines(chart.Point{X: x, Y: y + 0.5}, f.Evidence, regular(9, chart.Ink2), w, 4.3) })
		if f.Chart != nil {
			d.figure(f.Chart, chart.Box{X: b.X + 105, Y: middle - 8, W: 47, H: 16})
		}
		d.as("P", func() { d.linked(f.Reference, chart.Point{X: edge, Y: middle - 1.1}) })
		d.as("P", func() { d.write(chart.Point{X: edge, Y: middle + 3.2}, f.Rule, right(regular(8, chart.Ink2))) })
	})
}

// linked writes a reference that ends at a point and leads to its page.
func (d *drawer) linked(r report.Reference, at chart.Point) {
	t := right(semibold(9, d.brand))
	draw := func() { d.write(at, r.Ref, t) }
	if r.Number == 0 || r.Ref == "" {
		draw()
		return
	}
	w := max(10, d.Width(r.Ref, t))
	d.lead(r, chart.Box{X: at.X - w, Y: at.Y - 4, W: w, H: 9}, r.Ref, draw)
}

// lead makes what is drawn a link to the page of a reference.
func (d *drawer) lead(r report.Reference, b chart.Box, words string, draw func()) {
	n := &node{kind: "Link"}
	d.within(n, draw)
	b.Y += d.shift
	l := &link{box: b, to: r.Number - 1, words: font.Clean(words), node: n}
	n.kids = append(n.kids, kid{link: l})
	s := &d.sheets[len(d.sheets)-1]
	s.links = append(s.links, l)
}
