package pdf

import (
	"fmt"
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/locale"
)

// Measures of a sheet of paper tickets in mm.
const (
	cardColumns = 2
	cardRows    = report.TicketsPerSheet / cardColumns
	cardWidth   = 95.0
	cardHeight  = 53.0
	sheetLeft   = (210 - cardColumns*cardWidth) / 2
	sheetTop    = (297 - cardRows*cardHeight) / 2
	cardPadding = 4.5
	cardCode    = 32.0 // side of the code without its quiet zone
)

// DrawTickets gives the PDF of paper tickets, ten to a page of A4.
func DrawTickets(t *report.TicketSheets) ([]byte, error) {
	d := begin(&t.About, A4)
	for _, s := range t.Sheets {
		d.turn(strings.Split(s.Head, "\n")[0])
		d.beside(locale.German, 5.6, s.Head)
		d.cuts(len(s.Tickets))
		for i, ticket := range s.Tickets {
			d.as("Sect", func() { d.ticket(&t.Card, ticket, cardBox(i)) })
		}
		d.beside(locale.English, sheetTop+cardRows*cardHeight+4.2, s.Foot)
		d.unmark()
	}
	body, err := d.end()
	if err != nil {
		return nil, fmt.Errorf("draw paper tickets: %w", err)
	}
	return body, nil
}

// cardBox is where ticket i of a sheet stands.
func cardBox(i int) chart.Box {
	return chart.Box{
		X: sheetLeft + cardWidth*float64(i%cardColumns), Y: sheetTop + cardHeight*float64(i/cardColumns), W: cardWidth, H: cardHeight,
	}
}

// beside writes two lines beside the tickets for who cuts them.
func (d *drawer) beside(l locale.Language, y float64, text string) {
	d.speaking(l, func() {
		for _, words := range strings.Split(text, "\n") {
			y = d.set("P", chart.Point{X: sheetLeft, Y: y}, line(words, regular(7, chart.Ink2), 6, cardColumns*cardWidth))
		}
	})
}

// speaking draws what is read in a language of its own.
func (d *drawer) speaking(l locale.Language, draw func()) {
	d.within(&node{kind: "Div", more: "/Lang (" + string(l) + ")"}, draw)
}

// cuts draws where to cut: lines in the margins and crosses where they meet, around the
// rows that have tickets.
func (d *drawer) cuts(tickets int) {
	const away, out, arm = 0.8, 2.8, 2.0 // of the lines in the margins, of the crosses
	rows := (tickets + cardColumns - 1) / cardColumns
	right, bottom := sheetLeft+cardColumns*cardWidth, sheetTop+cardHeight*float64(rows)
	line := func(x1, y1, x2, y2 float64) {
		chart.Segment(d, chart.Point{X: x1, Y: y1}, chart.Point{X: x2, Y: y2}, chart.Stroke(chart.Edge, 0.15))
	}
	for column := range cardColumns + 1 {
		x := sheetLeft + cardWidth*float64(column)
		line(x, sheetTop-away-out, x, sheetTop-away)
		line(x, bottom+away, x, bottom+away+out)
	}
	for row := range rows + 1 {
		y := sheetTop + cardHeight*float64(row)
		line(sheetLeft-away-out, y, sheetLeft-away, y)
		line(right+away, y, right+away+out, y)
		for column := 1; column < cardColumns && row > 0 && row < rows; column++ {
			x := sheetLeft + cardWidth*float64(column)
			line(x-arm, y, x+arm, y)
			line(x, y-arm, x, y+arm)
		}
	}
}

// ticket draws one card: words on the left, the code on the right, the link to be typed
// below.
func (d *drawer) ticket(c *report.TicketCard, t report.Ticket, b chart.Box) {
	x, y, wide := b.X+cardPadding, b.Y+cardPadding, b.W-2*cardPadding
	quiet := d.code(t.Link, chart.Box{X: b.X + b.W - cardPadding - cardCode, Y: y, W: cardCode, H: cardCode}, 1)
	d.words(c, chart.Point{X: x, Y: y - 0.8}, wide-cardCode-quiet-0.5)

	y = d.set("P", chart.Point{X: x, Y: y + cardCode + 0.8}, line(c.Type, regular(6, chart.Ink2), 5, wide))
	y = d.address(chart.Point{X: x, Y: y}, c.Address, 6.5, 5, wide)
	d.as("P", func() {
		for _, groups := range t.Typed {
			d.groups(chart.Point{X: x, Y: y + 2.9}, groups)
			y += 3.5
		}
	})
}

// words draws what every ticket of the round says.
func (d *drawer) words(c *report.TicketCard, at chart.Point, wide float64) {
	put := func(l locale.Language, kind string, f fitted) {
		d.speaking(l, func() { at.Y = d.set(kind, at, f) })
	}
	languages := [2]locale.Language{locale.German, locale.English}
	at.Y = d.set("P", at, line(c.Organisation, regular(7.5, chart.Ink2), 5.5, wide))
	put(locale.German, "H1", fit(c.Titles[0], semibold(11, chart.Ink), 7, wide, 6.4))
	if c.Titles[1] != "" {
		put(locale.English, "P", line(c.Titles[1], regular(8.5, chart.Ink), 6, wide))
	}
	for i, l := range languages {
		put(l, "P", line(c.Dates[i], regular(7.5, chart.Brand), 6, wide))
	}
	at.Y += 1
	for i, l := range languages {
		put(l, "P", fit(c.Promises[i], regular(7, chart.Ink2), 6, wide, 6.4))
		at.Y += 0.6
	}
}

// groups sets the parts of a link on a base line with room between them.
func (d *drawer) groups(at chart.Point, groups []string) {
	const points, between = 8.5, 2.2
	for _, g := range groups {
		d.typed(at, g, points)
		at.X += font.Width(g, font.Mono, points) + between
	}
}
