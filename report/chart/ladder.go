package chart

// Ladder shows the level of one process on a scale of levels, with the level before
// and the target. It is one row of a table; LadderHead is the head of its column.
type Ladder struct {
	Lowest, Highest         int
	Level, Previous, Target *int   // nil = none; without a level the previous one is hollow
	Empty                   string // said where there is neither, e.g. "offen"
	Words                   string
}

// ladderEdge is the room beside the lowest and the highest level in mm.
const ladderEdge = 7.0

// Alt implements Figure.
func (l Ladder) Alt() string { return l.Words }

// Draw implements Figure.
func (l Ladder) Draw(c Canvas, b Box) {
	x, y := ladderScale(b, l.Lowest, l.Highest), b.Y+b.H/2
	Segment(c, Point{x(l.Lowest), y}, Point{x(l.Highest), y}, Stroke(Line, 0.3))
	for level := l.Lowest; level <= l.Highest; level++ {
		Segment(c, Point{x(level), y - 1.4}, Point{x(level), y + 1.4}, Stroke(Line, 0.3))
	}
	if l.Target != nil {
		Segment(c, Point{x(*l.Target), y - 3.2}, Point{x(*l.Target), y + 3.2}, Stroke(Ink, 0.9))
	}
	switch {
	case l.Level != nil:
		l.marks(c, x, y)
	case l.Previous != nil:
		c.Circle(Point{x(*l.Previous), y}, 1.8, Outlined(White, Brand, 0.5))
	default:
		at, w := Point{(x(l.Lowest) + x(l.Highest)) / 2, y}, c.Width(l.Empty, note)+6
		if l.Target != nil { // beside it
			if at.X = x(*l.Target) + 3 + w/2; at.X+w/2 > b.X+b.W {
				at.X = x(*l.Target) - 3 - w/2
			}
		}
		Rect(c, Box{at.X - w/2, y - 1.9, w, 3.8}, Fill(White))
		DrawStatus(c, StatusNone, Point{at.X - w/2 + 2.4, y}, 3.2)
		c.Text(Point{at.X - w/2 + 4.8, y + midline(8)}, l.Empty, note)
	}
}

// marks draws the previous level, the way from it, and the level.
func (l Ladder) marks(c Canvas, x func(int) float64, y float64) {
	now := Point{x(*l.Level), y}
	if l.Previous == nil && l.Target != nil && *l.Target > *l.Level { // the way that is left
		left := Stroke(Edge, 0.5)
		left.Dash = true
		Segment(c, now, Point{x(*l.Target), y}, left)
	}
	if l.Previous != nil {
		before := Point{x(*l.Previous), y}
		Segment(c, before, now, Stroke(Edge, 0.5))
		radius := 1.5
		if *l.Previous == *l.Level {
			radius = 2.4 // a ring around what did not move
		}
		c.Circle(before, radius, Outlined(Prev, Edge, 0.2))
	}
	c.Circle(now, 1.8, Fill(Brand))
}

// ladderScale places a level.
func ladderScale(b Box, lowest, highest int) func(level int) float64 {
	step := (b.W - 2*ladderEdge) / float64(max(1, highest-lowest))
	return func(level int) float64 {
		return b.X + ladderEdge + step*float64(min(max(level, lowest), highest)-lowest)
	}
}

// LadderHead names the levels above their ticks, in turn on two lines.
type LadderHead struct {
	Lowest int
	Names  []string
	Words  string
}

// LadderHeadHeight is the height of the head in mm.
const LadderHeadHeight = 13.0

// Alt implements Figure.
func (l LadderHead) Alt() string { return l.Words }

// Draw implements Figure.
func (l LadderHead) Draw(c Canvas, b Box) {
	highest := l.Lowest + len(l.Names) - 1
	x := ladderScale(b, l.Lowest, highest)
	digit := Type{Size: 8, Bold: true, Color: Ink2, Align: Centre}
	room := 2*(b.W-2*ladderEdge)/float64(max(1, len(l.Names)-1)) - 1
	for i, name := range l.Names {
		at := x(l.Lowest + i)
		y := b.Y + b.H - 9.4
		if i%2 == 1 {
			y += 3.6
		}
		name = shorten(c, name, note, room)
		half := c.Width(name, note) / 2
		c.Text(Point{min(max(at, b.X+half), b.X+b.W-half), y}, name, note.in(Centre))
		c.Text(Point{at, b.Y + b.H - 2}, number(float64(l.Lowest+i)), digit)
	}
}
