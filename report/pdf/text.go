package pdf

import (
	"strings"

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
	for i, text := range b.Text {
		if i < len(b.Leads) {
			at.Y = d.led(at, b.Leads[i], text, t, width, leading)
			continue
		}
		at.Y = d.lines(at, text, t, width, leading)
	}
	return at.Y
}

// led sets a text behind bold first words.
func (d *drawer) led(at chart.Point, lead, text string, t chart.Type, width, leading float64) float64 {
	bold := semibold(t.Size, chart.Ink)
	d.write(chart.Point{X: at.X, Y: at.Y + leading*0.75}, lead, bold)
	used := d.Width(lead+" ", bold)
	first := font.Wrap(font.Clean(text), weight(t), t.Size, width-used)[0]
	d.write(chart.Point{X: at.X + used, Y: at.Y + leading*0.75}, first, t)
	rest := strings.TrimPrefix(strings.TrimPrefix(font.Clean(text), first), " ")
	return d.lines(chart.Point{X: at.X, Y: at.Y + leading}, rest, t, width, leading)
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
		name := d.lines(chart.Point{X: b.Box.X, Y: y + 1.3}, row[0], regular(9, chart.Ink2), names-3, 5)
		y = max(name, d.lines(chart.Point{X: b.Box.X + names, Y: y + 1.3}, row[1], value, b.Box.W-names, 5)) + 1.4
	}
	chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Line, 0.2))
}

// table sets rows of one or more lines.
func (d *drawer) table(b report.Table) {
	for i, c := range b.Columns {
		d.cell(b, i, b.Box.Y+4, c.Head, semibold(8, chart.Ink2))
	}
	y := b.Box.Y + report.TableHead
	chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Ink, 0.3))
	for _, row := range b.Rows {
		t := regular(report.TableSize, chart.Ink)
		if row.Bold {
			t = semibold(report.TableSize, chart.Brand)
		}
		for i, lines := range b.Lines(row) {
			for n, line := range lines {
				d.cell(b, i, y+4+report.TableLeading*float64(n), line, t)
			}
		}
		y += b.RowHeight(row)
		chart.Segment(d, chart.Point{X: b.Box.X, Y: y}, chart.Point{X: b.Box.X + b.Box.W, Y: y}, chart.Stroke(chart.Line, 0.2))
	}
}

// cell sets one line in a column.
func (d *drawer) cell(b report.Table, column int, y float64, text string, t chart.Type) {
	x, w := b.ColumnBox(column)
	t.Align = b.Columns[column].Align
	switch t.Align {
	case chart.Right:
		x += w
	case chart.Centre:
		x += w / 2
	}
	d.write(chart.Point{X: x, Y: y}, text, t)
}
