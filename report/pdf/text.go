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
	at.Y = d.heading(b.Heading, at)
	for i, text := range b.Text {
		d.as("P", func() {
			switch {
			case b.Small:
				used := 0.0
				if i < len(b.Leads) {
					lead := semibold(8, chart.Ink)
					d.write(chart.Point{X: at.X, Y: at.Y + 3}, b.Leads[i]+" ", lead)
					used = d.Width(b.Leads[i]+" ", lead)
				}
				at.Y = d.behind(at, used, text, regular(8, chart.Ink2), width, 4)
			case i < len(b.Leads):
				at.Y = d.body(at, b.Leads[i]+" ", text, width)
			default:
				at.Y = d.body(at, "", text, width)
			}
		})
	}
	return at.Y
}

// justifiedWidth is how wide a column must be for a text in it to be justified, in mm.
const justifiedWidth = 120

// body sets running text behind bold first words, justified where the column is wide
// enough.
func (d *drawer) body(at chart.Point, lead, text string, width float64) float64 {
	const leading = report.BodyLeading
	t, bold := regular(report.BodySize, chart.Ink), semibold(report.BodySize, chart.Ink)
	used := 0.0
	if lead != "" {
		d.write(chart.Point{X: at.X, Y: at.Y + leading*0.75}, lead, bold)
		used = d.Width(lead, bold)
	}
	var lines []font.Line
	if width >= justifiedWidth {
		lines = font.Justify(used, text, weight(t), t.Size, width)
	} else {
		for _, l := range font.WrapBehind(used, text, weight(t), t.Size, width) {
			lines = append(lines, font.Line{Text: l})
		}
	}
	for _, line := range lines {
		d.spread(chart.Point{X: at.X + used, Y: at.Y + leading*0.75}, line, t)
		at.Y += leading
		used = 0
	}
	return at.Y
}

// spread writes a line with wider spaces, word by word.
func (d *drawer) spread(at chart.Point, line font.Line, t chart.Type) {
	if line.Extra == 0 {
		d.write(at, line.Text+" ", t)
		return
	}
	for _, word := range strings.Split(line.Text, " ") {
		d.write(at, word+" ", t)
		at.X += d.Width(word+" ", t) + line.Extra
	}
}

// heading sets the heading of a part of a page, if it has one, and gives the y below.
func (d *drawer) heading(text string, at chart.Point) float64 {
	if text == "" {
		return at.Y
	}
	d.as("H2", func() { d.write(chart.Point{X: at.X, Y: at.Y + 4}, text, semibold(11, d.brand)) })
	return at.Y + 6
}

// columns fills the left column, then the right one; a part is never split.
func (d *drawer) columns(b report.Columns) {
	w, x, right := b.Column()
	turn, _ := b.Turn()
	y := b.Box.Y
	for i, p := range b.Parts {
		if i == turn {
			x, y = right, b.Box.Y
		}
		y = d.proseAt(p, chart.Point{X: x, Y: y}, w) + b.Gap()
	}
}

// keys sets key numbers side by side.
func (d *drawer) keys(b report.Keys) {
	const gap = 4.0
	step := (b.Box.W + gap) / float64(len(b.Keys))
	d.as("L", func() {
		for i, k := range b.Keys {
			x := b.Box.X + step*float64(i)
			chart.Segment(d, chart.Point{X: x, Y: b.Box.Y}, chart.Point{X: x + step - gap, Y: b.Box.Y}, chart.Stroke(chart.Ink, 0.9))
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
