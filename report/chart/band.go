package chart

// End says which end of a scale a band touches. A band stands where a group is too
// unanimous for a value: "mind. 90 %".
type End int

// The ends.
const (
	NoEnd   End = iota // not said
	LowEnd             // "höchst. 10 %"
	HighEnd            // "mind. 90 %"
)

// bandType is the text of a band, in the class colour of its end.
func (e End) bandType() Type {
	t := Type{Size: 8.5, Bold: true, Color: Ink}
	switch e {
	case LowEnd:
		t.Color = Neg2
	case HighEnd:
		t.Color = Pos2
	}
	return t
}

// heat gives the cell of a band in a table: the outer class of its end.
func (e End) heat() Style {
	switch e {
	case LowEnd:
		return Fill(Heat(0))
	case HighEnd:
		return Fill(Heat(100))
	}
	return Stroke(Line, 0.25)
}
