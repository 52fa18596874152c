package pdf

import (
	"fmt"
	"math"

	"pulscheck/report"
	"pulscheck/report/chart"
)

// Measures of half a poster in mm on A4.
const (
	halfHeight  = 148.5
	bandHeight  = 31.0
	posterLeft  = 16.0
	posterRight = 192.0 // of the code; its quiet zone reaches into the margin
	codeSize    = 70.0  // without its quiet zone
	codeTop     = 39.0
	promiseWide = 90.0 // of the column beside the code
	footTop     = 131.5
)

// DrawPoster gives the PDF of a poster. That on A3 is that on A4 in everything √2 times
// as large.
func DrawPoster(p *report.Poster, paper Paper) ([]byte, error) {
	d, zoom := begin(&p.About, paper), 1.0
	if paper == A3 {
		zoom = math.Sqrt2
	}
	d.turn(p.About.Title)
	d.TransformBegin()
	d.TransformScale(100*zoom, 100*zoom, 0, 0)
	for i := range p.Halves {
		h := &p.Halves[i]
		d.within(&node{kind: "Sect", more: "/Lang (" + string(h.Language) + ")"}, func() { d.half(h, p.Address, halfHeight*float64(i), zoom) })
	}
	d.unmark()
	d.TransformEnd()
	body, err := d.end()
	if err != nil {
		return nil, fmt.Errorf("draw poster: %w", err)
	}
	return body, nil
}

// half draws one language below a y.
func (d *drawer) half(h *report.PosterHalf, address string, top, zoom float64) {
	const wide = posterRight - posterLeft
	chart.Rect(d, chart.Box{X: 0, Y: top, W: 210, H: bandHeight}, chart.Fill(chart.Brand))
	d.set("P", chart.Point{X: posterLeft, Y: top + 6.4}, line(h.Kicker, semibold(12, chart.Tint), 7, wide))
	d.set("H1", chart.Point{X: posterLeft, Y: top + 13}, line(h.Headline, semibold(31, chart.White), 16, wide))

	quiet := d.code(address, chart.Box{X: posterRight - codeSize, Y: top + codeTop, W: codeSize, H: codeSize}, zoom)
	d.promises(h, top)
	d.below(h, top+codeTop+codeSize+quiet)
	d.bottom(h, top)
}

// promises draws the column beside the code: the round, what is promised, where one's
// own link is.
func (d *drawer) promises(h *report.PosterHalf, top float64) {
	const disc, indent, between = 5.4, 15.0, 4.8
	y := d.set("P", chart.Point{X: posterLeft, Y: top + codeTop - 1.2}, fit(h.Title, semibold(15, chart.Ink), 9, promiseWide, 12))
	y = d.set("P", chart.Point{X: posterLeft, Y: y + 0.6}, line(h.Dates, regular(13, chart.Brand), 9, promiseWide)) + 5.5
	for _, p := range h.Promises {
		d.symbol(p.Symbol, chart.Point{X: posterLeft + disc, Y: y + disc}, disc)
		below := d.set("H2", chart.Point{X: posterLeft + indent, Y: y - 0.8}, line(p.Head, semibold(15, chart.Ink), 10, promiseWide-indent))
		below = d.set("P", chart.Point{X: posterLeft + indent, Y: below}, fit(p.Text, regular(10.5, chart.Ink2), 8, promiseWide-indent, 14))
		y = max(below, y+2*disc) + between
	}
	d.set("P", chart.Point{X: posterLeft, Y: y}, fit(h.Link, semibold(10.5, chart.Brand), 8, promiseWide, 9.5))
}

// below draws what stands below the code.
func (d *drawer) below(h *report.PosterHalf, y float64) {
	const x = posterRight - codeSize
	y = d.set("P", chart.Point{X: x, Y: y}, line(h.Scan, regular(9, chart.Ink2), 7, codeSize)) + 0.4
	for _, part := range h.Typed {
		y = d.address(chart.Point{X: x, Y: y}, part, 10.5, 5.5, codeSize)
	}
}

// bottom draws fingerprint and open door side by side.
func (d *drawer) bottom(h *report.PosterHalf, top float64) {
	const right = posterRight - codeSize
	y := top + footTop
	chart.Segment(d, chart.Point{X: posterLeft, Y: y}, chart.Point{X: posterRight, Y: y}, chart.Stroke(chart.Line, 0.25))
	y += 1.8
	below := d.set("P", chart.Point{X: posterLeft, Y: y}, line(h.Fingerprint, semibold(9.5, chart.Ink), 8, promiseWide))
	d.set("P", chart.Point{X: posterLeft, Y: below}, fit(h.Compare, regular(8, chart.Ink2), 7, promiseWide, 7.2))
	if h.Door != "" {
		y = d.set("P", chart.Point{X: right, Y: y}, line(h.Ask, semibold(9.5, chart.Brand), 7, codeSize))
		d.set("P", chart.Point{X: right, Y: y}, fit(h.Door, regular(9.5, chart.Ink), 7, codeSize, 8.4))
	}
}
