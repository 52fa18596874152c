package pdf

import (
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// fitted is a text in lines of a type that is as large as the room allows.
type fitted struct {
	lines []string
	t     chart.Type
}

// leading is the height of a line in mm.
func leading(points float64) float64 { return points * 0.44 }

// fit sets a text into a width and height in mm, one line at least: in the size of t if
// that does, else in smaller ones down to least points, and at last cut with an
// ellipsis. A word is broken only in the smallest size.
func fit(text string, t chart.Type, least, width, height float64) fitted {
	text = font.Clean(text)
	for ; ; t.Size -= 0.5 {
		most := max(1, int(height/leading(t.Size)+0.01))
		lines, last := font.Wrap(text, weight(t), t.Size, width), t.Size-0.5 < least
		if len(lines) <= most && (last || !broken(text, t, width)) {
			return fitted{lines, t}
		}
		if last {
			return fitted{append(lines[:most-1], cut(lines[most-1], t, width)), t}
		}
	}
}

// line is fit for a single line.
func line(text string, t chart.Type, least, width float64) fitted {
	return fit(text, t, least, width, 0)
}

// broken says whether a word is wider than a line.
func broken(text string, t chart.Type, width float64) bool {
	for _, word := range strings.Fields(text) {
		if font.Width(word, weight(t), t.Size) > width {
			return true
		}
	}
	return false
}

// cut ends a line with an ellipsis.
func cut(line string, t chart.Type, width float64) string {
	runes := []rune(strings.TrimSuffix(line, "-"))
	for len(runes) > 1 && font.Width(string(runes)+"…", weight(t), t.Size) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// set writes fitted lines as an element of a kind below a point, which is the top of the
// first one, and gives the y below the last one.
func (d *drawer) set(kind string, at chart.Point, f fitted) float64 {
	d.as(kind, func() {
		for i, line := range f.lines {
			if i+1 < len(f.lines) {
				line += " " // or words of two lines are read as one
			}
			d.write(chart.Point{X: at.X, Y: at.Y + leading(f.t.Size)*0.78}, line, f.t)
			at.Y += leading(f.t.Size)
		}
	})
	return at.Y
}

// address writes a link or address, which is never cut: in a size of points or smaller
// on one line, but not below least, where it continues on further lines. at is the top of
// the first line. It gives the y below the last one. Addresses are ASCII.
func (d *drawer) address(at chart.Point, text string, points, least, width float64) float64 {
	points = max(least, min(points, points*width/font.Width(text, font.Mono, points)))
	perLine := max(1, int(width/font.Width("m", font.Mono, points)+0.01))
	d.as("P", func() {
		for text != "" {
			n := min(perLine, len(text))
			d.typed(chart.Point{X: at.X, Y: at.Y + leading(points)*0.78}, text[:n], points)
			text = text[n:]
			at.Y += leading(points)
		}
	})
	return at.Y
}

// typed writes letters that people type with the base line at a point.
func (d *drawer) typed(at chart.Point, text string, points float64) {
	d.mark(d.at)
	d.face(font.Mono, points)
	d.SetTextColor(int(chart.Ink.R), int(chart.Ink.G), int(chart.Ink.B))
	d.Fpdf.Text(at.X, at.Y, text)
}
