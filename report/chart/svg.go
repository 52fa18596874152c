package chart

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// SVG draws a figure of a size in mm for a page: a picture with a sentence for those
// who do not see it, and neither style nor script. measure gives the width of a text
// in mm in the typeface of the page.
func SVG(f Figure, width, height float64, measure func(string, Type) float64) string {
	c := svg{measure: measure}
	fmt.Fprintf(&c, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" stroke-linejoin="round"><title>%s</title>`,
		width, height, escape(f.Alt()))
	f.Draw(&c, Box{0, 0, width, height})
	c.WriteString("</svg>")
	return c.String()
}

// svg is a canvas that writes SVG elements.
type svg struct {
	strings.Builder
	measure func(text string, t Type) float64
}

// Width implements Canvas.
func (c *svg) Width(text string, t Type) float64 { return c.measure(text, t) }

// Path implements Canvas.
func (c *svg) Path(points []Point, closed bool, s Style) {
	name := "polyline"
	if closed {
		name = "polygon"
	}
	fmt.Fprintf(c, `<%s points="`, name)
	for i, p := range points {
		if i > 0 {
			c.WriteString(" ")
		}
		fmt.Fprintf(c, "%.2f,%.2f", p.X, p.Y)
	}
	fmt.Fprintf(c, `"%s/>`, attributes(s))
}

// Circle implements Canvas.
func (c *svg) Circle(at Point, radius float64, s Style) {
	fmt.Fprintf(c, `<circle cx="%.2f" cy="%.2f" r="%.2f"%s/>`, at.X, at.Y, radius, attributes(s))
}

var anchors = map[Align]string{Left: "start", Centre: "middle", Right: "end"}

// family is quoted: a name with a figure in it is no CSS word.
const family = "'Source Sans 3', 'Liberation Sans', sans-serif"

// Text implements Canvas.
func (c *svg) Text(at Point, text string, t Type) {
	weight := 400
	if t.Bold {
		weight = 600
	}
	fmt.Fprintf(c, `<text x="%.2f" y="%.2f" font-family="%s" font-size="%.2f" font-weight="%d" fill="%s" text-anchor="%s">%s</text>`,
		at.X, at.Y, family, t.Size*mmPerPoint, weight, t.Color, anchors[t.Align], escape(text))
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

// escape makes a text part of XML, which knows no control characters.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s))
}
