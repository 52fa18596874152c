package chart

// Window is when a round was open.
type Window struct {
	From, To float64 // days, as those of the points
	Label    string
	Pulse    bool
}

// Tick is a mark on an axis of time.
type Tick struct {
	Day   float64
	Label string
}

// Timeline sets a line of values over the rounds and events of the same time.
type Timeline struct {
	Line    Trend // title, lines, points
	Windows []Window
	Events  []Flag
	Ticks   []Tick    // begins of months or quarters
	Names   [2]string // of the rows of rounds and events
	Words   string
}

// Measures of the figure in mm.
const (
	timelineLine   = 82.0 // height of the line with its title
	timelineRounds = 16.0
	timelineLane   = 5.4
	timelineLeft   = 8.0
	maxLanes       = 14
)

// Alt implements Figure.
func (t Timeline) Alt() string { return t.Words }

// Height of the figure in mm.
func (t Timeline) Height() float64 {
	return timelineLine + timelineRounds + 10 + timelineLane*float64(min(len(t.Events), maxLanes)) + 8
}

// days gives both ends of the axis.
func (t Timeline) days() (from, to float64) {
	first := true
	add := func(day float64) {
		if first {
			from, to, first = day, day, false
		}
		from, to = min(from, day), max(to, day)
	}
	for _, p := range t.Line.Points {
		add(p.Day)
	}
	for _, w := range t.Windows {
		add(w.From)
		add(w.To)
	}
	for _, e := range t.Events {
		add(e.Day)
	}
	if to-from < 30 {
		to = from + 30
	}
	return from, to
}

// Draw implements Figure.
func (t Timeline) Draw(c Canvas, b Box) {
	from, to := t.days()
	axis := Box{b.X + timelineLeft + 2, b.Y, b.W - timelineLeft - 14, b.H}
	x := func(day float64) float64 { return axis.X + axis.W*(day-from)/(to-from) }
	c.Text(Point{b.X, b.Y + 4}, t.Line.Title, title)
	plot := Box{b.X + timelineLeft, b.Y + 10, b.W - timelineLeft - 4, timelineLine - 22}
	l := t.Line.layout(c, Box{axis.X, plot.Y, axis.W, plot.H}, 1)
	for i, p := range t.Line.Points {
		l.at[i].X = x(p.Day)
	}
	l.labelled = t.Line.chooseLabels(c, l.at)
	l.axis(c, plot)
	l.band(c)
	l.line(c)
	for i := range t.Line.Points {
		l.point(c, i)
	}
	if !l.scale.Whole() {
		c.Text(Point{plot.X, plot.Y + plot.H + 4.4}, t.Line.Window, note)
	}
	y := b.Y + timelineLine
	t.rounds(c, b, y, x)
	t.events(c, b, y+timelineRounds, x)
}

// rounds draws when people were asked, and the marks of the axis above.
func (t Timeline) rounds(c Canvas, b Box, y float64, x func(float64) float64) {
	c.Text(Point{b.X, y}, t.Names[0], strong.colored(Brand))
	last := b.X - 100
	for _, k := range t.Ticks {
		Segment(c, Point{x(k.Day), y + 2.4}, Point{x(k.Day), y + 4}, Stroke(Edge, 0.25))
		if w := c.Width(k.Label, note); x(k.Day)-w/2 > last+2 && x(k.Day)+w/2 < b.X+b.W && y > 0 && x(k.Day)-w/2 > b.X+c.Width(t.Names[0], strong)+3 {
			c.Text(Point{x(k.Day), y + 1.4}, k.Label, note.in(Centre))
			last = x(k.Day) + w/2
		}
	}
	Segment(c, Point{b.X, y + 4}, Point{b.X + b.W, y + 4}, Stroke(Ink, 0.3))
	last = b.X - 100
	for _, w := range t.Windows {
		fill := Brand
		if w.Pulse {
			fill = Pale
		}
		box := Box{x(w.From), y + 4.8, max(1.2, x(w.To)-x(w.From)), 3.4}
		Rect(c, box, Fill(fill))
		if half := c.Width(w.Label, note) / 2; w.Label != "" && box.X+box.W/2-half > last+1 {
			c.Text(Point{box.X + box.W/2, y + 11.8}, w.Label, note.in(Centre))
			last = box.X + box.W/2 + half
		}
	}
}

// events plants flags below the rounds, each in a row of its own, oldest first.
func (t Timeline) events(c Canvas, b Box, y float64, x func(float64) float64) {
	if len(t.Events) == 0 {
		return
	}
	c.Text(Point{b.X, y + 3}, t.Names[1], strong.colored(Brand))
	y += 6
	shown := t.Events[max(0, len(t.Events)-maxLanes):]
	for i, e := range shown {
		Segment(c, Point{x(e.Day), y}, Point{x(e.Day), y + timelineLane*float64(i+1) - 1.4}, Stroke(Line, 0.3))
	}
	for i, e := range shown {
		at, base := x(e.Day), y+timelineLane*float64(i+1)-1.4
		w := c.Width(e.Label, label)
		align, text := Left, at+3.4
		if text+w > b.X+b.W {
			align, text = Right, at-1.6
		}
		paper := Box{text - 0.4, base - 3.4, w + 0.8, 4.4}
		if align == Right {
			paper.X = text - w - 0.4
		}
		Rect(c, paper, Fill(White))
		c.Path([]Point{{at, base - 2.6}, {at + 2.6, base - 1.4}, {at, base - 0.2}}, true, Fill(Brand))
		c.Text(Point{text, base}, e.Label, label.in(align))
	}
}
