// Package chart holds the geometry of every figure of reports and pages. A figure
// draws itself into a box on a small Canvas: report/pdf gives one on paper, SVG in
// this package one for the browser, Recorder one for tests. It knows neither results
// nor languages: labels arrive ready to print. Lengths are millimetres from the top
// left, text sizes points.
package chart

import "fmt"

// Canvas is what figures draw on.
type Canvas interface {
	// Path draws a polygon or a line.
	Path(points []Point, closed bool, s Style)
	// Circle draws around a centre.
	Circle(centre Point, radius float64, s Style)
	// Text writes one line with its base line at a point.
	Text(at Point, text string, t Type)
	// Width of a text in mm.
	Width(text string, t Type) float64
}

// Figure draws itself into a box.
type Figure interface {
	Draw(c Canvas, b Box)
	// Alt says in a sentence what the figure shows, for those who do not see it.
	Alt() string
}

// Point in mm.
type Point struct{ X, Y float64 }

// Box in mm.
type Box struct{ X, Y, W, H float64 }

// inset gives the box smaller by d on each side.
func (b Box) inset(d float64) Box { return Box{b.X + d, b.Y + d, b.W - 2*d, b.H - 2*d} }

// Color is red, green, blue.
type Color struct{ R, G, B uint8 }

// String gives #RRGGBB.
func (c Color) String() string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// Style of a shape: nil = not filled, not outlined.
type Style struct {
	Fill   *Color
	Stroke *Color
	Width  float64 // of the outline, mm
	Dash   bool
}

// mmPerPoint is the size of a typographic point.
const mmPerPoint = 25.4 / 72

// Align of a text relative to its point.
type Align int

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// Type of a text.
type Type struct {
	Size  float64 // points
	Bold  bool    // 600, else 400
	Color Color
	Align Align
}

// Colours of reports and pages: the light column of the token sheet.
var (
	Ink     = Color{0x17, 0x21, 0x2E}
	Ink2    = Color{0x4B, 0x57, 0x68}
	Line    = Color{0xD6, 0xDC, 0xE3}
	Edge    = Color{0x77, 0x82, 0x8F}
	Brand   = Color{0x0F, 0x5A, 0x75}
	Tint    = Color{0xE8, 0xF2, 0xF6}
	Surface = Color{0xF5, 0xF7, 0xF9}
	OK      = Color{0x1D, 0x76, 0x44}
	Watch   = Color{0x8F, 0x53, 0x00}
	Act     = Color{0xB3, 0x26, 0x1E}
	None    = Color{0x5A, 0x66, 0x76}
	Mark    = Color{0xFD, 0xF4, 0xEA}
	Neg2    = Color{0xA8, 0x43, 0x00}
	Neg1    = Color{0xEF, 0xB2, 0x7E}
	Neutral = Color{0xC3, 0xCA, 0xD3}
	Pos1    = Color{0x8C, 0xC4, 0xD8}
	Pos2    = Color{0x14, 0x67, 0x8A}
	Prev    = Color{0xA9, 0xB4, 0xC0}
	Pale    = Color{0x9D, 0xB8, 0xC4} // columns that are not the point
	White   = Color{0xFF, 0xFF, 0xFF}
	Band    = Color{0xE0, 0xEA, 0xED} // 13 % of Brand on white
)

// heat are the five absolute classes of an index.
var heat = []struct {
	below float64
	color Color
}{
	{40, Color{0xF0, 0xBE, 0x93}}, {50, Color{0xF9, 0xE0, 0xC9}}, {65, Color{0xED, 0xF0, 0xF3}},
	{75, Color{0xC9, 0xE2, 0xEC}}, {1000, Color{0x9C, 0xCB, 0xDD}},
}

// Heat gives the colour of an index 0..100; it means the same in every report.
func Heat(index float64) Color {
	for _, h := range heat {
		if index < h.below {
			return h.color
		}
	}
	return heat[len(heat)-1].color
}

// Fill and Stroke are the two plain styles.
func Fill(c Color) Style { return Style{Fill: &c} }

// Stroke gives a line of a width in mm.
func Stroke(c Color, width float64) Style { return Style{Stroke: &c, Width: width} }

// Outlined gives a filled shape with a key line.
func Outlined(fill, line Color, width float64) Style {
	return Style{Fill: &fill, Stroke: &line, Width: width}
}

// Dashed gives an empty box.
func Dashed(c Color) Style { return Style{Stroke: &c, Width: 0.25, Dash: true} }

// Rect draws a rectangle.
func Rect(c Canvas, b Box, s Style) {
	c.Path([]Point{{b.X, b.Y}, {b.X + b.W, b.Y}, {b.X + b.W, b.Y + b.H}, {b.X, b.Y + b.H}}, true, s)
}

// Segment draws a straight line.
func Segment(c Canvas, from, to Point, s Style) { c.Path([]Point{from, to}, false, s) }
