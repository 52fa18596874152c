package pdf

import (
	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// decisionBox is what the summary asks to decide, on a tinted ground.
func (d *drawer) decisionBox(b report.DecisionBox) {
	const inner = 5.0
	high := b.Height()
	chart.Rect(d, chart.Box{X: b.Box.X, Y: b.Box.Y, W: b.Box.W, H: high}, chart.Fill(chart.Tint))
	chart.Rect(d, chart.Box{X: b.Box.X, Y: b.Box.Y, W: 1.2, H: high}, chart.Fill(d.brand))
	x, head := b.Box.X+inner, semibold(11, d.brand)
	d.as("H2", func() { d.write(chart.Point{X: x, Y: b.Box.Y + 6.4}, b.Heading, head) })
	if b.Number > 0 {
		at := chart.Point{X: x + d.Width(b.Heading, head), Y: b.Box.Y + 6.4}
		t := regular(9, chart.Ink2)
		d.as("P", func() {
			d.lead(b.Reference, chart.Box{X: at.X, Y: at.Y - 4, W: d.Width(b.Note, t), H: 6}, b.Note, func() { d.write(at, b.Note, t) })
		})
	}
	columns := [4]float64{x, x + 9, x + 9 + report.DecisionText + 4, b.Box.X + b.Box.W - 27}
	d.as("Table", func() {
		d.as("TR", func() {
			d.within(headCell("Column"), func() {})
			for i, name := range b.Heads {
				d.within(headCell("Column"), func() {
					d.write(chart.Point{X: columns[i+1], Y: b.Box.Y + 13.4}, name, regular(8, chart.Ink2))
				})
			}
		})
		y := b.Box.Y + report.DecisionHead - 1.4
		for i, row := range b.Rows {
			chart.Segment(d, chart.Point{X: x, Y: y}, chart.Point{X: b.Box.X + b.Box.W - inner, Y: y}, chart.Stroke(chart.Line, 0.25))
			d.as("TR", func() { d.decision(row, columns, y) })
			y += b.RowHeight(i)
		}
	})
}

func (d *drawer) decision(r report.DecisionRow, columns [4]float64, y float64) {
	d.within(headCell("Row"), func() { d.write(chart.Point{X: columns[0], Y: y + 4.4}, r.Number, semibold(9.5, d.brand)) })
	d.as("TD", func() {
		at := chart.Point{X: columns[1], Y: y + 1}
		at.Y = d.lines(at, r.Head, semibold(9.5, chart.Ink), report.DecisionText, report.DecisionLine)
		d.lines(at, r.Detail, regular(9, chart.Ink), report.DecisionText, report.DecisionLine)
	})
	for i, text := range []string{r.Owner, r.Due} {
		room := report.DecisionOwner
		if i == 1 {
			room = edge - columns[3]
		}
		d.as("TD", func() {
			d.lines(chart.Point{X: columns[2+i], Y: y + 1}, text, regular(9, chart.Ink), room, report.DecisionLine)
		})
	}
}

// cards are proposals with their reasons.
func (d *drawer) cards(b report.Cards) {
	y := b.Box.Y
	d.as("L", func() {
		for _, c := range b.Rows {
			box := chart.Box{X: b.Box.X, Y: y, W: b.Box.W, H: report.CardHeight}
			d.item(func() { d.card(box, c) })
			y += report.CardHeight + report.CardGap
		}
	})
}

func (d *drawer) card(b chart.Box, c report.Card) {
	chart.Rect(d, b, chart.Stroke(chart.Line, 0.25))
	chart.Rect(d, chart.Box{X: b.X, Y: b.Y, W: 1.2, H: b.H}, chart.Fill(c.Status.Color()))
	chart.DrawStatus(d, c.Status, chart.Point{X: b.X + 7, Y: b.Y + 7.6}, 6)
	d.as("P", func() {
		d.write(chart.Point{X: b.X + 7, Y: b.Y + 15.4}, c.Rule, chart.Type{Size: 8, Color: chart.Ink2, Align: chart.Centre})
	})
	x, w := b.X+14, b.W-14-30.0
	y := b.Y + 2.4
	d.as("P", func() { y = d.lines(chart.Point{X: x, Y: y}, c.Head, semibold(11.5, chart.Ink), w, 5.3) })
	d.as("P", func() { d.lines(chart.Point{X: x, Y: y}, c.Evidence, regular(9, chart.Ink2), w, 4.3) })
	d.as("P", func() { d.write(chart.Point{X: b.X + b.W - 3, Y: b.Y + 6.4}, c.Origin, right(regular(8, chart.Ink2))) })
	d.as("P", func() { d.linked(c.Reference, chart.Point{X: b.X + b.W - 3, Y: b.Y + 11}) })
	d.cardFacts(chart.Box{X: x, Y: b.Y + b.H - 10.6, W: b.W - 14 - 3, H: 9}, c.Facts)
}

// cardFacts sets owner, due, measure and effort side by side.
func (d *drawer) cardFacts(b chart.Box, facts [4][2]string) {
	widths := [4]float64{0.34, 0.18, 0.34, 0.14}
	chart.Segment(d, chart.Point{X: b.X, Y: b.Y}, chart.Point{X: b.X + b.W, Y: b.Y}, chart.Stroke(chart.Line, 0.2))
	x := b.X
	for i, f := range facts {
		d.as("P", func() {
			d.write(chart.Point{X: x, Y: b.Y + 4}, f[0]+" ", regular(8, chart.Ink2))
			t := semibold(9, chart.Ink)
			lines := font.Wrap(f[1], font.Semibold, 9, b.W*widths[i]-2)
			if len(lines) > 0 {
				d.write(chart.Point{X: x, Y: b.Y + 8.4}, lines[0], t)
			}
		})
		x += b.W * widths[i]
	}
}

// quotes set what people wrote in two columns.
func (d *drawer) quotes(b report.Quotes) {
	y := b.Box.Y
	for i := 0; i < len(b.Quotes); i += 2 {
		d.quote(b.Quotes[i], chart.Point{X: b.Box.X, Y: y})
		if i+1 < len(b.Quotes) {
			d.quote(b.Quotes[i+1], chart.Point{X: b.Box.X + report.QuoteWidth + report.QuoteGutter, Y: y})
		}
		y += b.RowHeight(i)
	}
}

func (d *drawer) quote(q report.Quote, at chart.Point) {
	chart.Rect(d, chart.Box{X: at.X, Y: at.Y + 0.4, W: 0.7, H: report.QuoteHeight(q) - 3.2}, chart.Fill(chart.Pale))
	at.X += 3
	if q.Theme != "" {
		d.as("P", func() { at.Y = d.lines(at, q.Theme, semibold(8, d.brand), report.QuoteWidth-3, report.QuoteLine) })
	}
	d.as("BlockQuote", func() {
		d.as("P", func() { at.Y = d.lines(at, q.Text, regular(9, chart.Ink), report.QuoteWidth-3, report.QuoteLine) })
	})
	if q.Note != "" {
		d.as("P", func() { d.lines(at, q.Note, regular(8, chart.Ink2), report.QuoteWidth-3, report.NoteLeading) })
	}
}
