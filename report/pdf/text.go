package pdf

import (
	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// prose sets a heading with paragraphs.
func (d *drawer) prose(b report.Prose) { d.proseAt(b, chart.Point{X: b.Box.X, Y: b.Box.Y}, b.Box.W) }

// proseAt gives the y below the text.
func (d *drawer) proseAt(b report.Prose, at chart.Point, width float64) float64 {
	at.Y = d.heading(b.Heading, at)
	t, leading := regular(10, chart.Ink), 5.0
	if b.Small {
		t, leading = regular(8, chart.Ink2), 4.0
	}
	for i, text := range b.Text {
		d.as("P", func() {
			if i < len(b.Leads) {
				at.Y = d.led(at, b.Leads[i], text, t, width, leading)
			} else {
				at.Y = d.lines(at, text, t, width, leading)
			}
		})
	}
	return at.Y
}

// heading sets the heading of a part of a page, if it has one, and gives the y below.
func (d *drawer) heading(text string, at chart.Point) float64 {
	if text == "" {
		return at.Y
	}
	d.as("H2", func() { d.write(chart.Point{X: at.X, Y: at.Y + 4}, text, semibold(11, chart.Brand)) })
	return at.Y + 6
}

// led sets a text behind bold first words.
func (d *drawer) led(at chart.Point, lead, text string, t chart.Type, width, leading float64) float64 {
	bold := semibold(t.Size, chart.Ink)
	d.write(chart.Point{X: at.X, Y: at.Y + leading*0.75}, lead+" ", bold)
	used := d.Width(lead+" ", bold)
	for i, line := range font.WrapBehind(used, text, weight(t), t.Size, width) {
		x := at.X
		if i == 0 {
			x += used
		}
		d.write(chart.Point{X: x, Y: at.Y + leading*0.75}, line+" ", t)
		at.Y += leading
	}
	return at.Y
}

// columns fills the left column, then the right one; a part is never split.
func (d *drawer) columns(b report.Columns) {
	const gutter, gap = 8.0, 4.0
	w := (b.Box.W - gutter) / 2
	at := chart.Point{X: b.Box.X, Y: b.Box.Y}
	turn := turning(b.Parts, w)
	for i, p := range b.Parts {
		if i == turn {
			at = chart.Point{X: b.Box.X + w + gutter, Y: b.Box.Y}
		}
		at.Y = d.proseAt(p, at, w) + gap
	}
}

// turning gives the part that begins the right column so that the longer column is as
// short as can be.
func turning(parts []report.Prose, width float64) int {
	total := 0.0
	for _, p := range parts {
		total += proseHeight(p, width)
	}
	best, turn, used := total, len(parts), 0.0
	for i, p := range parts {
		if longer := max(used, total-used); longer < best {
			best, turn = longer, i
		}
		used += proseHeight(p, width)
	}
	return turn
}

// proseHeight is the height of a prose part in a width, with the space below it.
func proseHeight(p report.Prose, width float64) float64 {
	h := 4.0
	if p.Heading != "" {
		h += 6
	}
	for i, text := range p.Text {
		if i < len(p.Leads) {
			text = p.Leads[i] + " " + text
		}
		h += 5 * float64(len(font.Wrap(text, font.Regular, 10, width)))
	}
	return h
}

// keys sets key numbers side by side.
func (d *drawer) keys(b report.Keys) {
	step := b.Box.W / float64(len(b.Keys))
	d.as("L", func() {
		for i, k := range b.Keys {
			x := b.Box.X + step*float64(i)
			chart.Segment(d, chart.Point{X: x, Y: b.Box.Y}, chart.Point{X: x + step - 4, Y: b.Box.Y}, chart.Stroke(chart.Ink, 0.9))
			d.item(func() {
				d.write(chart.Point{X: x, Y: b.Box.Y + 10.5}, k.Value+" ", semibold(22, chart.Ink))
				d.write(chart.Point{X: x, Y: b.Box.Y + 16}, k.Label, regular(9, chart.Ink2))
			})
		}
	})
}

// quality is a status with a sentence.
func (d *drawer) quality(b report.Quality) {
	chart.DrawStatus(d, b.Status, chart.Point{X: b.Box.X + 2.4, Y: b.Box.Y + 2.6}, 4.6)
	d.as("P", func() {
		d.lines(chart.Point{X: b.Box.X + 7, Y: b.Box.Y}, b.Text, semibold(10, chart.Ink), b.Box.W-7, 5)
	})
}

// facts are names with values, one under the other.
func (d *drawer) facts(b report.Facts) {
	const names = report.FactNames
	value := regular(10, chart.Ink)
	if b.Small {
		value.Size = 9
	}
	y := d.heading(b.Heading, chart.Point{X: b.Box.X, Y: b.Box.Y})
	if b.Heading != "" {
		y++
	}
	d.as("Table", func() {
		for _, row := range b.Rows {
			d.rule(b.Box, y, chart.Stroke(chart.Line, 0.2))
			below := y
			d.as("TR", func() {
				d.within(headCell("Row"), func() {
					below = d.lines(chart.Point{X: b.Box.X, Y: y + 1.3}, row[0], regular(9, chart.Ink2), names-3, 5)
				})
				d.as("TD", func() {
					below = max(below, d.lines(chart.Point{X: b.Box.X + names, Y: y + 1.3}, row[1], value, b.Box.W-names, 5))
				})
			})
			y = below + 1.4
		}
	})
	d.rule(b.Box, y, chart.Stroke(chart.Line, 0.2))
}

// rule draws a line across a box.
func (d *drawer) rule(b chart.Box, y float64, s chart.Style) {
	chart.Segment(d, chart.Point{X: b.X, Y: y}, chart.Point{X: b.X + b.W, Y: y}, s)
}

// headCell is a cell that names its Row or Column.
func headCell(scope string) *node {
	return &node{kind: "TH", more: "/A <</O /Table /Scope /" + scope + ">>"}
}
