package chart

import "slices"

// Flag is something that happened, on the time axis of a trend.
type Flag struct {
	Day   float64 // as that of the points
	Label string  // at most twelve characters
}

// maxFlags is how many stand below a line, the latest; flagRow the height of each.
const (
	maxFlags = 3
	flagRow  = 3.8
)

// flags gives those that are drawn, oldest first: none without a time axis, none from
// behind the last round.
func (t Trend) flags() []Flag {
	from, to := t.days()
	if from == to {
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(t.Flags), func(f Flag) bool { return f.Day > to })
	slices.SortStableFunc(list, func(x, y Flag) int {
		switch {
		case x.Day < y.Day:
			return -1
		case x.Day > y.Day:
			return 1
		}
		return 0
	})
	return list[max(0, len(list)-maxFlags):]
}

// lane is the room that flags take above the base line.
func (t Trend) lane() float64 {
	if n := len(t.flags()); n > 0 {
		return flagRow*float64(n) + 2
	}
	return 0
}

// drawFlags plants them on the base line, each with its label in a row of its own.
func (l trendLayout) drawFlags(c Canvas, plot Box, base float64) {
	flags := l.flags()
	top := func(i int) float64 { return base - flagRow*float64(len(flags)-i) }
	for i, f := range flags {
		Segment(c, Point{l.x(f.Day), base}, Point{l.x(f.Day), top(i)}, Stroke(Ink2, 0.25))
	}
	for i, f := range flags {
		x, w, y := l.x(f.Day), c.Width(f.Label, note), top(i)
		align, from := Left, x+3
		if from+w > plot.X+plot.W+4 {
			align, from = Right, x-1.2
		}
		box := Box{from - 0.5, y - 0.2, w + 1, flagRow - 0.2}
		if align == Right {
			box.X = from - w - 0.5
		}
		Rect(c, box, Fill(White)) // poles of others do not cross it
		c.Path([]Point{{x, y}, {x + 2.2, y + 0.9}, {x, y + 1.8}}, true, Fill(Brand))
		c.Text(Point{from, y + 2.4}, f.Label, note.in(align))
	}
}
