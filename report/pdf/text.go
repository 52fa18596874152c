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
	if b.Heading != "" {
		d.write(chart.Point{X: at.X, Y: at.Y + 4}, b.Heading, semibold(11, chart.Brand))
		at.Y += 6
	}
	t, leading := regular(10, chart.Ink), 5.0
	if b.Small {
		t, leading = regular(8, chart.Ink2), 4.0
	}
	for _, text := range b.Text {
		at.Y = d.lines(at, text, t, width, leading)
	}
	return at.Y
}

// columns fills the left column, then the right one; a part is never split.
func (d *drawer) columns(b report.Columns) {
	const gutter = 8.0
	w := (b.Box.W - gutter) / 2
	heights, total := make([]float64, len(b.Parts)), 0.0
	for i, p := range b.Parts {
		heights[i] = proseHeight(p, w)
		total += heights[i]
	}
	at := chart.Point{X: b.Box.X, Y: b.Box.Y}
	used := 0.0
	for i, p := range b.Parts {
		if used > 0 && used+heights[i]/2 > total/2 && at.X == b.Box.X {
			at = chart.Point{X: b.Box.X + w + gutter, Y: b.Box.Y}
		}
		at.Y = d.proseAt(p, at, w) + 4
		used += heights[i]
	}
}

// proseHeight is the height of a prose part in a width, with the space below it.
func proseHeight(p report.Prose, width float64) float64 {
	h := 4.0
	if p.Heading != "" {
		h += 6
	}
	for _, text := range p.Text {
		h += 5 * float64(len(font.Wrap(text, font.Regular, 10, width)))
	}
	return h
}

// keys sets key numbers side by side.
func (d *drawer) keys(b report.Keys) {
	step := b.Box.W / float64(len(b.Keys))
	for i, k := range b.Keys {
		x := b.Box.X + step*float64(i)
		chart.Segment(d, chart.Point{X: x, Y: b.Box.Y}, chart.Point{X: x + step - 4, Y: b.Box.Y}, chart.Stroke(chart.Ink, 0.9))
		d.write(chart.Point{X: x, Y: b.Box.Y + 10.5}, k.Value, semibold(22, chart.Ink))
		d.write(chart.Point{X: x, Y: b.Box.Y + 16}, k.Label, regular(9, chart.Ink2))
	}
}

// quality is a status with a sentence.
func (d *drawer) quality(b report.Quality) {
	chart.DrawStatus(d, b.Status, chart.Point{X: b.Box.X + 2.4, Y: b.Box.Y + 2.6}, 4.6)
	d.lines(chart.Point{X: b.Box.X + 7, Y: b.Box.Y}, b.Text, semibold(10, chart.Ink), b.Box.W-7, 5)
}

// facts are names with values, one under the other.
func (d *drawer) facts(b report.Facts) {
	const names = 46.0
	value := regular(10, chart.Ink)
	if b.Small {
		value.Size = 9
	}
	y := b.Box.Y
	if b.Heading != "" {
		d.write(chart.Point{X: b.Box.X, Y: y + 4}, b.Heading, semibold(11, chart.Brand))
		y += 7
	}
	for _, row := range b.Rows {
		chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Line, 0.2))
		d.write(chart.Point{X: b.Box.X, Y: y + 5}, row[0], regular(9, chart.Ink2))
		y = d.lines(chart.Point{X: b.Box.X + names, Y: y + 1.4}, row[1], value, b.Box.W-names, 5) + 1.4
	}
	chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Line, 0.2))
}

// table sets one line a row.
func (d *drawer) table(b report.Table) {
	const rowHeight = 5.6
	fixed := 0.0
	for _, c := range b.Columns {
		fixed += c.Width
	}
	place := func(i int) (x, w float64) {
		x = b.Box.X
		for j, c := range b.Columns {
			w = c.Width
			if w == 0 {
				w = b.Box.W - fixed
			}
			if j == i {
				return x, w
			}
			x += w
		}
		return x, 0
	}
	cell := func(i int, y float64, text string, t chart.Type) {
		x, w := place(i)
		t.Align = b.Columns[i].Align
		if t.Align == chart.Right {
			x += w
		}
		d.write(chart.Point{X: x, Y: y}, text, t)
	}
	for i, c := range b.Columns {
		cell(i, b.Box.Y+4, c.Head, semibold(8, chart.Ink2))
	}
	y := b.Box.Y + 6
	chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Ink, 0.3))
	for _, row := range b.Rows {
		t := regular(9, chart.Ink)
		if row.Bold {
			t = semibold(9, chart.Brand)
		}
		for i, text := range row.Cells {
			cell(i, y+4, text, t)
		}
		y += rowHeight
		chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Line, 0.2))
	}
}
