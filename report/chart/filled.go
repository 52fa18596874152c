package chart

// Filled is a square that is filled as far as something is achieved.
type Filled struct {
	Thirds int  // 0 to 3
	Empty  bool // not rated: a dashed box
	Words  string
}

// filledSize is the side of the square in mm.
const filledSize = 4.4

// Alt implements Figure.
func (f Filled) Alt() string { return f.Words }

// Draw implements Figure: in the middle of the box.
func (f Filled) Draw(c Canvas, b Box) {
	square := Box{b.X + (b.W-filledSize)/2, b.Y + (b.H-filledSize)/2, filledSize, filledSize}
	if f.Empty {
		Rect(c, square, Dashed(Edge))
		return
	}
	if f.Thirds > 0 {
		part := square
		part.H = filledSize * float64(min(f.Thirds, 3)) / 3
		part.Y += filledSize - part.H
		Rect(c, part, Fill(Brand))
	}
	Rect(c, square, Stroke(Edge, 0.25))
}

// Letters are the marks of a word, those that are missing light and struck out.
type Letters struct {
	Word    string
	Missing string // of its letters
	Words   string
}

// Alt implements Figure.
func (l Letters) Alt() string { return l.Words }

// Draw implements Figure.
func (l Letters) Draw(c Canvas, b Box) {
	const step = 3.3
	y := b.Y + b.H/2 + midline(9)
	for i, r := range l.Word {
		at := Point{b.X + step*(float64(i)+0.5), y}
		if !contains(l.Missing, r) {
			c.Text(at, string(r), strong.in(Centre))
			continue
		}
		c.Text(at, string(r), label.colored(Edge).in(Centre))
		Segment(c, Point{at.X - 1.4, y - 1.1}, Point{at.X + 1.4, y - 1.1}, Stroke(Edge, 0.2))
	}
}

func contains(s string, r rune) bool {
	for _, one := range s {
		if one == r {
			return true
		}
	}
	return false
}

// Steps are the states that something passes through, filled as far as it came. What
// was refused is empty and struck out.
type Steps struct {
	Of, Done int
	Refused  bool
	Words    string
}

// StepsHeight is the height of the squares in mm.
const StepsHeight = 3.4

// Alt implements Figure.
func (s Steps) Alt() string { return s.Words }

// Draw implements Figure.
func (s Steps) Draw(c Canvas, b Box) {
	for i := range s.Of {
		square := Box{b.X + (StepsHeight+0.9)*float64(i), b.Y, StepsHeight, StepsHeight}
		if i < s.Done && !s.Refused {
			Rect(c, square, Fill(Brand))
		}
		Rect(c, square.inset(0.12), Stroke(Edge, 0.25))
		if s.Refused {
			Segment(c, Point{square.X + 0.7, square.Y + 2.7}, Point{square.X + 2.7, square.Y + 0.7}, Stroke(Edge, 0.3))
		}
	}
}

// Sign is a status with its word.
type Sign struct {
	Status Status
	Word   string
}

// Alt implements Figure.
func (s Sign) Alt() string { return s.Word }

// Draw implements Figure.
func (s Sign) Draw(c Canvas, b Box) {
	y := b.Y + b.H/2
	DrawStatus(c, s.Status, Point{b.X + 2, y}, 3.6)
	bold := Type{Size: 8, Bold: true, Color: s.Status.Color()}
	lines := twoLines(c, s.Word, bold, b.W-4.8)
	for i, line := range lines {
		c.Text(Point{b.X + 4.8, y + midline(8) + 3.4*(float64(i)-float64(len(lines)-1)/2)}, line, bold)
	}
}
