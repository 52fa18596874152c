package chart

import "math"

// Scale is the part of 0..100 that an axis shows. The zero value is no choice.
type Scale struct{ Low, High float64 }

// Whole says that nothing is cut off.
func (s Scale) Whole() bool { return s == Scale{0, 100} }

// at gives the y of a value within a plot.
func (s Scale) at(plot Box, v float64) float64 {
	return plot.Y + plot.H*(s.High-v)/(s.High-s.Low)
}

// scaleWindow is how much a part of the scale shows, on steps of scaleStep.
const scaleWindow, scaleStep = 30.0, 5.0

// scaleOf gives a window of 30 points around all values and intervals, or the whole
// scale if they do not fit into one.
func scaleOf(lines ...Trend) Scale {
	low, high := 100.0, 0.0
	for _, t := range lines {
		values := []*float64{t.Target}
		for _, p := range t.Points {
			values = append(values, p.Value)
			if !p.Pulse { // whose intervals are not drawn
				values = append(values, p.Low, p.High)
			}
		}
		for _, v := range values {
			if v != nil {
				low, high = min(low, *v), max(high, *v)
			}
		}
	}
	whole := Scale{0, 100}
	if high < low {
		return whole
	}
	from := math.Floor(((low+high)/2-scaleWindow/2)/scaleStep) * scaleStep
	if from+scaleWindow < high {
		from += scaleStep
	}
	from = min(max(0, from), 100-scaleWindow)
	if from > low || from+scaleWindow < high {
		return whole
	}
	return Scale{from, from + scaleWindow}
}

// SameScale gives panels that stand side by side one scale, so that equal heights are
// equal values.
func SameScale(panels ...*Trend) {
	lines := make([]Trend, len(panels))
	for i, t := range panels {
		lines[i] = *t
	}
	s := scaleOf(lines...)
	for _, t := range panels {
		t.Scale = s
	}
}
