package pdf

import (
	"strconv"
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// Edges of the live area in mm.
const (
	left  = 25.0
	wide  = 165.0
	edge  = left + wide
	title = 21.0 // points
)

// frame draws head, foot and titles of a page and gives the lines of its title.
func (d *drawer) frame(p *report.Page, number int) (lines int) {
	head := semibold(8, chart.Brand)
	d.write(chart.Point{X: left, Y: 14}, d.doc.Title, head)
	d.write(chart.Point{X: left + d.Width(d.doc.Title, head), Y: 14}, " · "+d.doc.Programme, regular(8, chart.Ink2))
	d.write(chart.Point{X: edge, Y: 14}, d.doc.Organisation, right(regular(8, chart.Ink2)))
	chart.Segment(d, chart.Point{X: left, Y: 16.6}, chart.Point{X: edge, Y: 16.6}, chart.Stroke(chart.Line, 0.2))

	chart.Segment(d, chart.Point{X: left, Y: 281}, chart.Point{X: edge, Y: 281}, chart.Stroke(chart.Line, 0.2))
	d.write(chart.Point{X: left, Y: 285}, d.doc.Foot, regular(8, chart.Ink2))
	page := strings.NewReplacer("{page}", strconv.Itoa(number), "{pages}", strconv.Itoa(len(d.doc.Pages))).Replace(d.doc.PageOf)
	d.write(chart.Point{X: edge, Y: 285}, page, right(regular(8, chart.Ink2)))

	d.spaced(chart.Point{X: left, Y: 26}, strings.ToUpper(p.Kicker), semibold(8.5, chart.Brand))
	heading := font.Wrap(font.Clean(p.Title), font.Semibold, title, wide)
	y := 36.0
	for _, line := range heading {
		d.write(chart.Point{X: left, Y: y}, line, semibold(title, chart.Ink))
		y += 9
	}
	subtitle := p.Subtitle
	if d.doc.Ribbon != "" {
		subtitle = d.doc.Ribbon + " · " + subtitle
	}
	d.lines(chart.Point{X: left, Y: y - 5.6}, subtitle, regular(10, chart.Ink2), wide, 5)
	return len(heading)
}

// spaced sets a line with wide letters.
func (d *drawer) spaced(at chart.Point, text string, t chart.Type) {
	for _, r := range text {
		d.write(at, string(r), t)
		at.X += d.Width(string(r), t) + 0.35
	}
}

func (d *drawer) coverTitle(b report.CoverTitle) {
	d.write(chart.Point{X: b.Box.X, Y: b.Box.Y}, b.Kicker, semibold(14, chart.Ink2))
	d.write(chart.Point{X: b.Box.X, Y: b.Box.Y + 17}, b.Title, semibold(30, chart.Ink))
	d.lines(chart.Point{X: b.Box.X, Y: b.Box.Y + 23}, b.Subtitle, regular(14, chart.Ink2), b.Box.W, 7)
}
