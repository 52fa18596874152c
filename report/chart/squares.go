package chart

// SquareRow is one number as squares.
type SquareRow struct {
	Label string
	Count int
	Mark  Status // colour of the squares: StatusNone = outlines, StatusOK = pale
	Bold  bool
}

// Squares shows numbers that are parts of each other as rows of squares, one for each.
type Squares struct {
	Rows  []SquareRow
	Words string
}

// Measures of the figure in mm.
const (
	squareMost = 4.6 // side
	squareGap  = 0.7
	squareMany = 60 // more stand as a bar
)

// Alt implements Figure.
func (s Squares) Alt() string { return s.Words }

// Draw implements Figure.
func (s Squares) Draw(c Canvas, b Box) {
	most, names, numbers := 1, 0.0, 0.0
	for _, r := range s.Rows {
		most = max(most, r.Count)
		names = max(names, c.Width(r.Label, r.text()))
		numbers = max(numbers, c.Width(number(float64(r.Count)), strong))
	}
	row := b.H / float64(len(s.Rows))
	room := Box{b.X + names + 2, b.Y, b.W - names - 4 - numbers, row}
	side := min(squareMost, row*0.72, room.W/float64(most)-squareGap)
	used := (side + squareGap) * float64(most)
	if most > squareMany {
		side, used = row*0.6, room.W
	}
	for i, r := range s.Rows {
		y := b.Y + row*(float64(i)+0.5)
		c.Text(Point{b.X + names, y + midline(8)}, r.Label, r.text().in(Right))
		for n := range most {
			if most > squareMany {
				break
			}
			r.square(c, Box{room.X + (side+squareGap)*float64(n), y - side/2, side, side}, n < r.Count)
		}
		if most > squareMany {
			Rect(c, Box{room.X, y - side/2, room.W * float64(r.Count) / float64(most), side}, r.style(true))
		}
		c.Text(Point{room.X + used + 1 + numbers, y + midline(9)}, number(float64(r.Count)), strong.in(Right))
	}
}

func (r SquareRow) text() Type {
	if r.Bold {
		return Type{Size: 8, Bold: true, Color: Ink}
	}
	return note
}

func (r SquareRow) square(c Canvas, b Box, full bool) { Rect(c, b.inset(0.1), r.style(full)) }

func (r SquareRow) style(full bool) Style {
	switch {
	case !full:
		return Stroke(Line, 0.25)
	case r.Mark == StatusNone:
		return Outlined(White, Edge, 0.3)
	case r.Mark == StatusOK:
		return Outlined(Pale, Edge, 0.25)
	}
	return Outlined(r.Mark.Color(), r.Mark.Color(), 0.2)
}
