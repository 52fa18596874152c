package chart

import (
	"fmt"
	"strings"
)

// Recorder writes down what is drawn on it, one call a line, for tests.
type Recorder struct{ strings.Builder }

// Path implements Canvas.
func (r *Recorder) Path(points []Point, closed bool, s Style) {
	r.WriteString("path")
	for _, p := range points {
		fmt.Fprintf(r, " %.2f,%.2f", p.X, p.Y)
	}
	if closed {
		r.WriteString(" closed")
	}
	r.WriteString(describe(s))
}

// Circle implements Canvas.
func (r *Recorder) Circle(at Point, radius float64, s Style) {
	fmt.Fprintf(r, "circle %.2f,%.2f %.2f%s", at.X, at.Y, radius, describe(s))
}

// Text implements Canvas.
func (r *Recorder) Text(at Point, text string, t Type) {
	fmt.Fprintf(r, "text %.2f,%.2f %q %.1f %t %s %d\n", at.X, at.Y, text, t.Size, t.Bold, t.Color, t.Align)
}

// Width implements Canvas: half the size for every letter.
func (r *Recorder) Width(text string, t Type) float64 {
	return float64(len([]rune(text))) * t.Size * mmPerPoint / 2
}

func describe(s Style) string {
	d := ""
	if s.Fill != nil {
		d += " fill " + s.Fill.String()
	}
	if s.Stroke != nil {
		d += fmt.Sprintf(" stroke %s %.2f", s.Stroke, s.Width)
	}
	if s.Dash {
		d += " dashed"
	}
	return d + "\n"
}
