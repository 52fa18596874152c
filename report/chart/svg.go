package chart

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// SVG draws a figure of a size in mm for a page: a picture with a sentence for those
// who do not see it, and neither style nor script. measure gives the width of a text
// in mm in the typeface of the page. Colours are those of the page's tokens, which may
// differ in the dark; a page without tokens gets the light ones.
func SVG(f Figure, width, height float64, measure func(string, Type) float64) string {
	c := svg{measure: measure}
	fmt.Fprintf(&c, `<svg xmlns="http://www.w3.org/2000/svg" width="%.1fem" viewBox="0 0 %g %g" role="img" aria-label="%s" stroke-linejoin="round">`,
		width*emPerMM, width, height, escape(f.Alt()))
	f.Draw(&c, Box{0, 0, width, height})
	c.WriteString("</svg>")
	return c.String()
}

// emPerMM makes texts of eight points a little smaller than those of the page around; the
// page may make a picture narrower.
const emPerMM = 0.32

// Icon draws a symbol of a size in mm around its centre. words say what it means;
// without words it only repeats a text beside it and is hidden from those who listen.
func Icon(size float64, words string, draw func(c Canvas, at Point)) string {
	c := svg{}
	about := `aria-hidden="true"`
	if words != "" {
		about = `role="img" aria-label="` + escape(words) + `"`
	}
	fmt.Fprintf(&c, `<svg xmlns="http://www.w3.org/2000/svg" class="icon" height="1em" viewBox="0 0 %g %g" %s stroke-linejoin="round">`, size*1.1, size*1.1, about)
	draw(&c, Point{size * 0.55, size * 0.55})
	c.WriteString("</svg>")
	return c.String()
}

// tokens are the names of the colours on pages. White is the paper: what is drawn in
// white on a solid colour has the colour of the paper in the dark too.
var tokens = map[Color]string{
	White: "bg", Ink: "ink", Ink2: "ink-2", Line: "line", Edge: "edge", Brand: "brand", Tint: "tint", Surface: "surface",
	OK: "ok", Watch: "watch", Act: "act", None: "none", Mark: "mark",
	Neg2: "l-neg2", Neg1: "l-neg1", Neutral: "l-neu", Pos1: "l-pos1", Pos2: "l-pos2", Prev: "prev", Pale: "pale", Band: "band",
	Heat(0): "h1", Heat(40): "h2", Heat(50): "h3", Heat(65): "h4", Heat(75): "h5",
}

// paint gives a colour as a value of an attribute.
func paint(c Color) string {
	if name, known := tokens[c]; known {
		return "var(--" + name + "," + c.String() + ")"
	}
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
const family = "'Source Sans 3', system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"

// Text implements Canvas.
func (c *svg) Text(at Point, text string, t Type) {
	weight := 400
	if t.Bold {
		weight = 600
	}
	fmt.Fprintf(c, `<text x="%.2f" y="%.2f" font-family="%s" font-size="%.2f" font-weight="%d" fill="%s" text-anchor="%s">%s</text>`,
		at.X, at.Y, family, t.Size*mmPerPoint, weight, paint(t.Color), anchors[t.Align], escape(text))
}

func attributes(s Style) string {
	a := ` fill="none"`
	if s.Fill != nil {
		a = fmt.Sprintf(` fill="%s"`, paint(*s.Fill))
	}
	if s.Stroke != nil {
		a += fmt.Sprintf(` stroke="%s" stroke-width="%.2f"`, paint(*s.Stroke), s.Width)
	}
	if s.Dash {
		a += ` stroke-dasharray="1.2 0.9"`
	}
	return a
}

// escape makes a text part of XML, which knows no control characters, without turns of
// the direction of writing.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s))
}
