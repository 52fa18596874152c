package chart

import "math"

// Status is the level of a measure.
type Status int

// The statuses; each is drawn as a shape of its own, so that colour only repeats it.
const (
	StatusNone Status = iota
	StatusOK
	StatusWatch
	StatusAct
)

// Color of a status and its word.
func (s Status) Color() Color {
	switch s {
	case StatusOK:
		return OK
	case StatusWatch:
		return Watch
	case StatusAct:
		return Act
	}
	return None
}

// DrawStatus draws the symbol of a status with a diameter in mm around a centre.
func DrawStatus(c Canvas, s Status, at Point, size float64) {
	r, white := size/2, Stroke(White, size*0.11)
	switch s {
	case StatusOK:
		c.Circle(at, r, Fill(OK))
		c.Path([]Point{{at.X - r*0.45, at.Y + r*0.02}, {at.X - r*0.1, at.Y + r*0.38}, {at.X + r*0.48, at.Y - r*0.35}}, false, white)
	case StatusWatch:
		c.Path([]Point{{at.X, at.Y - r}, {at.X + r*1.08, at.Y + r*0.88}, {at.X - r*1.08, at.Y + r*0.88}}, true, Outlined(Watch, Watch, size*0.06))
		Segment(c, Point{at.X, at.Y - r*0.38}, Point{at.X, at.Y + r*0.28}, white)
		c.Circle(Point{at.X, at.Y + r*0.58}, size*0.06, Fill(White))
	case StatusAct:
		var octagon []Point
		for i := range 8 {
			a := math.Pi/8 + float64(i)*math.Pi/4
			octagon = append(octagon, Point{at.X + r*1.04*math.Cos(a), at.Y + r*1.04*math.Sin(a)})
		}
		c.Path(octagon, true, Fill(Act))
		d := r * 0.38
		Segment(c, Point{at.X - d, at.Y - d}, Point{at.X + d, at.Y + d}, white)
		Segment(c, Point{at.X - d, at.Y + d}, Point{at.X + d, at.Y - d}, white)
	default:
		line := None
		c.Circle(at, r*0.92, Style{Stroke: &line, Width: size * 0.07, Dash: true})
		Segment(c, Point{at.X - r*0.4, at.Y}, Point{at.X + r*0.4, at.Y}, Stroke(None, size*0.09))
	}
}
