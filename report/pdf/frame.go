package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// Edges of the live area in mm.
const (
	left = 25.0
	wide = 165.0
	edge = left + wide
)

// frame draws head, foot and titles of a page and gives how far below its usual place
// the body begins.
func (d *drawer) frame(p *report.Page, number int) (shift float64) {
	d.inMargin(header, d.head)
	d.inMargin(footer, func() { d.foot(number) })
	d.as("P", func() { d.spaced(chart.Point{X: left, Y: 26}, strings.ToUpper(p.Kicker), semibold(8.5, d.brand)) })
	return d.titles(p)
}

func (d *drawer) head() {
	head := semibold(8, d.brand)
	d.write(chart.Point{X: left, Y: 14}, d.doc.Title, head)
	const gap = 4.0
	begin, note := left+d.Width(d.doc.Title, head), regular(8, chart.Ink2)
	whose := font.Clean(d.doc.Organisation)
	if d.Width(whose, note) > wide/2 {
		whose = cut(whose, note, wide/2)
	}
	about := " · " + d.doc.Programme
	if room := edge - begin - gap - d.Width(whose, note); d.Width(font.Clean(about), note) > room {
		about = cut(font.Clean(about), note, room)
	}
	d.write(chart.Point{X: begin, Y: 14}, about, note)
	d.write(chart.Point{X: edge, Y: 14}, whose, right(note))
	chart.Segment(d, chart.Point{X: left, Y: 16.6}, chart.Point{X: edge, Y: 16.6}, chart.Stroke(chart.Line, 0.2))
}

func (d *drawer) foot(number int) {
	chart.Segment(d, chart.Point{X: left, Y: 281}, chart.Point{X: edge, Y: 281}, chart.Stroke(chart.Line, 0.2))
	d.write(chart.Point{X: left, Y: 285}, d.doc.Foot, regular(8, chart.Ink2))
	page := strings.NewReplacer("{page}", strconv.Itoa(number), "{pages}", strconv.Itoa(len(d.doc.Pages))).Replace(d.doc.PageOf)
	d.write(chart.Point{X: edge, Y: 285}, page, right(regular(8, chart.Ink2)))
}

// titleLine is the height of a line of a title in mm; places of blocks are those under
// a title of two lines and a subtitle of one.
const titleLine, subtitleLine = 9.0, 5.0

// titles sets title, subtitle and, in a small round, the ribbon.
func (d *drawer) titles(p *report.Page) (shift float64) {
	y := 36.0
	heading := balanced(font.Clean(p.Title), wide)
	d.as("H1", func() {
		for _, line := range heading {
			d.write(chart.Point{X: left, Y: y}, line+" ", semibold(report.TitleSize, chart.Ink))
			y += titleLine
		}
	})
	y -= 5.6
	below := y
	d.as("P", func() {
		below = d.lines(chart.Point{X: left, Y: y}, p.Subtitle, regular(10, chart.Ink2), wide, subtitleLine)
	})
	shift = titleLine*float64(len(heading)-2) + below - y - subtitleLine
	if d.doc.Ribbon == "" {
		return shift
	}
	box := chart.Box{X: left, Y: below + 1.2, W: d.Width(d.doc.Ribbon, semibold(9, chart.Watch)) + 9, H: 5.6}
	chart.Rect(d, box, chart.Outlined(chart.Mark, chart.Watch, 0.25))
	chart.DrawStatus(d, chart.StatusWatch, chart.Point{X: box.X + 3.4, Y: box.Y + 2.8}, 3.4)
	d.as("P", func() { d.write(chart.Point{X: box.X + 6.6, Y: box.Y + 3.9}, d.doc.Ribbon, semibold(9, chart.Watch)) })
	return shift + 6
}

// balanced breaks a title into lines: behind the dash if it stands on two lines then,
// else so that the lines are about equally long.
func balanced(text string, width float64) []string {
	lines := font.Wrap(text, font.Semibold, report.TitleSize, width)
	if len(lines) != 2 {
		return lines
	}
	if head, tail, found := strings.Cut(text, " – "); found {
		head += " –"
		long := max(measure(head), measure(tail))
		if long <= width && min(measure(head), measure(tail)) > long*0.4 {
			return []string{head, tail}
		}
	}
	for narrow := width; ; narrow -= 2 {
		if again := font.Wrap(text, font.Semibold, report.TitleSize, narrow-2); len(again) > 2 {
			return font.Wrap(text, font.Semibold, report.TitleSize, narrow)
		}
	}
}

func measure(title string) float64 { return font.Width(title, font.Semibold, report.TitleSize) }

// spacing is the extra room between the letters of a kicker in mm.
const spacing = 0.35

// spaced sets a line with wide letters, as one text that can be searched.
func (d *drawer) spaced(at chart.Point, text string, t chart.Type) {
	d.RawWriteStr(fmt.Sprintf("%.3f Tc", spacing*pointsPerMM))
	d.write(at, text, t)
	d.RawWriteStr("0 Tc")
}

func (d *drawer) coverTitle(b report.CoverTitle) {
	d.as("P", func() { d.write(chart.Point{X: b.Box.X, Y: b.Box.Y}, b.Kicker, semibold(14, chart.Ink2)) })
	d.as("H1", func() { d.write(chart.Point{X: b.Box.X, Y: b.Box.Y + 17}, b.Title, semibold(30, chart.Ink)) })
	d.as("P", func() {
		d.lines(chart.Point{X: b.Box.X, Y: b.Box.Y + 23}, b.Subtitle, regular(14, chart.Ink2), b.Box.W, 7)
	})
}
