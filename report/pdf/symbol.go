package pdf

import (
	"math"

	"pulscheck/report"
	"pulscheck/report/chart"
)

// symbol draws the sign of a promise in white on a disc.
func (d *drawer) symbol(s report.Symbol, at chart.Point, radius float64) {
	d.Circle(at, radius, chart.Fill(chart.Brand))
	d.SetLineCapStyle("round")
	pen := chart.Stroke(chart.White, radius*0.15)
	place := func(x, y float64) chart.Point { return chart.Point{X: at.X + x*radius, Y: at.Y + y*radius} }
	switch s {
	case report.Clock:
		d.Circle(at, radius*0.56, pen)
		d.Path([]chart.Point{place(0, -0.34), place(0, 0), place(0.24, 0.14)}, false, pen)
	case report.Lock:
		shackle := []chart.Point{place(-0.27, -0.06)}
		for i := range 13 {
			a := math.Pi * (1 + float64(i)/12)
			shackle = append(shackle, place(0.27*math.Cos(a), -0.26+0.27*math.Sin(a)))
		}
		d.Path(append(shackle, place(0.27, -0.06)), false, pen)
		chart.Rect(d, chart.Box{X: at.X - radius*0.42, Y: at.Y - radius*0.08, W: radius * 0.84, H: radius * 0.6}, chart.Outlined(chart.White, chart.White, radius*0.08))
		d.Circle(place(0, 0.2), radius*0.1, chart.Fill(chart.Brand))
	case report.Tick:
		d.Path([]chart.Point{place(0.46, 0.02), place(0.46, 0.46), place(-0.46, 0.46), place(-0.46, -0.46), place(0.16, -0.46)}, false, pen)
		d.Path([]chart.Point{place(-0.2, -0.04), place(0.04, 0.2), place(0.56, -0.46)}, false, pen)
	}
	d.SetLineCapStyle("butt")
}
