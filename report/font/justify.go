package font

import "strings"

// Line is a line of a justified text. Extra is how much wider each space is in mm; 0 in
// the last line, or where words would stand too far apart.
type Line struct {
	Text  string
	Extra float64
}

// mostGrowth is by how many of its widths a space may grow before a text has holes.
const mostGrowth = 1.3

// Justify breaks a text into the lines of Wrap, all but the last as wide as the column:
// Knuth and Plass again, with spaces that stretch. A text of which a line would have to
// stretch too far stays ragged as a whole, which looks better than a mixture. The first
// line begins indent mm from the edge.
func Justify(indent float64, text string, w Weight, points, width float64) []Line {
	texts := wrapped(indent, text, w, points, width, true)
	lines := make([]Line, len(texts))
	space := Width(" ", w, points)
	for i, t := range texts {
		lines[i].Text = t
		if i == len(texts)-1 {
			return lines
		}
		room := width - Width(t, w, points)
		if i == 0 {
			room -= indent
		}
		gaps := strings.Count(t, " ")
		if gaps == 0 || room/float64(gaps) > mostGrowth*space {
			return ragged(indent, text, w, points, width)
		}
		lines[i].Extra = max(0, room) / float64(gaps)
	}
	return lines
}

func ragged(indent float64, text string, w Weight, points, width float64) []Line {
	texts := WrapBehind(indent, text, w, points, width)
	lines := make([]Line, len(texts))
	for i, t := range texts {
		lines[i].Text = t
	}
	return lines
}

// growth is how bad a line is whose spaces have to take so much room, in spaces.
func growth(room float64, gaps int) float64 {
	const hopeless = 100
	if gaps == 0 {
		return hopeless
	}
	each := max(0, room) / float64(gaps)
	return each * each
}
