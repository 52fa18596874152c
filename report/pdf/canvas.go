package pdf

import (
	"bytes"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// Path implements chart.Canvas.
func (d *drawer) Path(points []chart.Point, closed bool, s chart.Style) {
	style := d.style(s)
	if style == "" {
		return
	}
	d.shape()
	if closed {
		corners := make([]fpdf.PointType, len(points))
		for i, p := range points {
			corners[i] = fpdf.PointType{X: p.X, Y: p.Y}
		}
		d.Polygon(corners, style)
	} else {
		d.MoveTo(points[0].X, points[0].Y)
		for _, p := range points[1:] {
			d.LineTo(p.X, p.Y)
		}
		d.DrawPath("D")
	}
	d.solid(s)
}

// Circle implements chart.Canvas.
func (d *drawer) Circle(at chart.Point, radius float64, s chart.Style) {
	if style := d.style(s); style != "" {
		d.shape()
		d.Fpdf.Circle(at.X, at.Y, radius, style)
	}
	d.solid(s)
}

// Text implements chart.Canvas.
func (d *drawer) Text(at chart.Point, text string, t chart.Type) { d.write(at, text, t) }

// Width implements chart.Canvas.
func (d *drawer) Width(text string, t chart.Type) float64 { return font.Width(text, weight(t), t.Size) }

func weight(t chart.Type) font.Weight {
	if t.Bold {
		return font.Semibold
	}
	return font.Regular
}

// style sets colours and pen and gives fpdf's word for what is drawn.
func (d *drawer) style(s chart.Style) string {
	style := ""
	if s.Fill != nil {
		d.SetFillColor(int(s.Fill.R), int(s.Fill.G), int(s.Fill.B))
		style = "F"
	}
	if s.Stroke != nil && s.Width > 0 {
		d.SetDrawColor(int(s.Stroke.R), int(s.Stroke.G), int(s.Stroke.B))
		d.SetLineWidth(s.Width)
		if s.Dash {
			d.SetDashPattern([]float64{1.2, 0.9}, 0)
		}
		style += "D"
	}
	return style
}

func (d *drawer) solid(s chart.Style) {
	if s.Dash {
		d.SetDashPattern(nil, 0)
	}
}

// kernedSize is the size from which on the holes between letters are seen, in points.
const kernedSize = 20

// write sets one line with its base line at a point.
func (d *drawer) write(at chart.Point, text string, t chart.Type) {
	text = font.Clean(text)
	if text == "" {
		return
	}
	d.mark(d.at)
	d.SetTextColor(int(t.Color.R), int(t.Color.G), int(t.Color.B))
	switch t.Align {
	case chart.Centre:
		at.X -= d.Width(strings.TrimRight(text, " "), t) / 2
	case chart.Right:
		at.X -= d.Width(strings.TrimRight(text, " "), t)
	}
	d.note(at, text, t)
	for _, r := range font.Runs(text, weight(t)) {
		d.face(r.Weight, t.Size)
		parts := []font.Part{{Text: r.Text}}
		if t.Size >= kernedSize {
			parts = font.Kerned(r.Text, r.Weight, t.Size)
		}
		for _, p := range parts {
			d.Fpdf.Text(at.X+p.At, at.Y, p.Text)
		}
		at.X += font.Width(r.Text, r.Weight, t.Size)
	}
}

// face writes in a face from here on; it is read when it is first needed. fpdf gets a
// copy of its own: 0.12 writes into files with fewer advances than glyphs.
func (d *drawer) face(w font.Weight, size float64) {
	f := faces[w]
	if !d.loaded[w] {
		d.AddUTF8FontFromBytes(f.family, f.style, bytes.Clone(font.File(w)))
		d.loaded[w] = true
	}
	d.SetFont(f.family, f.style, size)
}

// lines sets a text in lines of a width and gives the y below the last one. at is
// the top of the first line.
func (d *drawer) lines(at chart.Point, text string, t chart.Type, width, leading float64) float64 {
	return d.behind(at, 0, text, t, width, leading)
}

// behind is lines whose first line begins used mm from the edge.
func (d *drawer) behind(at chart.Point, used float64, text string, t chart.Type, width, leading float64) float64 {
	for _, line := range font.WrapBehind(used, text, weight(t), t.Size, width) {
		d.write(chart.Point{X: at.X + used, Y: at.Y + leading*0.75}, line+" ", t) // a space, or words of two lines are read as one
		at.Y += leading
		used = 0
	}
	return at.Y
}

func regular(size float64, c chart.Color) chart.Type { return chart.Type{Size: size, Color: c} }

func semibold(size float64, c chart.Color) chart.Type {
	return chart.Type{Size: size, Bold: true, Color: c}
}

// right gives the type aligned to the right.
func right(t chart.Type) chart.Type { t.Align = chart.Right; return t }
