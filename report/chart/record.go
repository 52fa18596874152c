package chart

import (
	"fmt"
	"html"
	"strings"
)

// Recorder writes down what is drawn on it, one call a line, for tests.
type Recorder struct{ strings.Builder }

// Path implements Canvas.
func (r *Recorder) Path(points []Point, closed bool, s Style) {
	fmt.Fprintf(r, "path")
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
	return float64(len([]rune(text))) * t.Size * 25.4 / 72 / 2
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

// svg is a canvas that writes SVG elements.
type svg struct {
	strings.Builder
	measure func(text string, t Type) float64
}

func (c *svg) Width(text string, t Type) float64 { return c.measure(text, t) }

// SVG draws a figure of a size in mm for a page: a picture with a sentence for those
// who do not see it, and neither style nor script. measure gives the width of a text
// in mm in the typeface of the page.
func SVG(f Figure, width, height float64, measure func(string, Type) float64) string {
	c := svg{measure: measure}
	fmt.Fprintf(&c, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img"><title>%s</title>`,
		width, height, html.EscapeString(f.Alt()))
	f.Draw(&c, Box{0, 0, width, height})
	c.WriteString("</svg>")
	return c.String()
}

func (c *svg) Path(points []Point, closed bool, s Style) {
	name := "polyline"
	if closed {
		name = "polygon"
	}
	fmt.Fprintf(c, `<%s points="`, name)
	for _, p := range points {
		fmt.Fprintf(c, "%.2f,%.2f ", p.X, p.Y)
	}
	fmt.Fprintf(c, `"%s/>`, attributes(s))
}

func (c *svg) Circle(at Point, radius float64, s Style) {
	fmt.Fprintf(c, `<circle cx="%.2f" cy="%.2f" r="%.2f"%s/>`, at.X, at.Y, radius, attributes(s))
}

var anchors = map[Align]string{Left: "start", Centre: "middle", Right: "end"}

func (c *svg) Text(at Point, text string, t Type) {
	weight := 400
	if t.Bold {
		weight = 600
	}
	fmt.Fprintf(c, `<text x="%.2f" y="%.2f" font-family="Source Sans 3, sans-serif" font-size="%.2f" font-weight="%d" fill="%s" text-anchor="%s">%s</text>`,
		at.X, at.Y, t.Size*25.4/72, weight, t.Color, anchors[t.Align], html.EscapeString(text))
}

func attributes(s Style) string {
	a := ` fill="none"`
	if s.Fill != nil {
		a = fmt.Sprintf(` fill="%s"`, s.Fill)
	}
	if s.Stroke != nil {
		a += fmt.Sprintf(` stroke="%s" stroke-width="%.2f"`, s.Stroke, s.Width)
	}
	if s.Dash {
		a += ` stroke-dasharray="1.2 0.9"`
	}
	return a
}
