package font

import (
	"math"
	"strings"
	"unicode"
)

// Wrap breaks a text into as few lines of at most width mm as will do, about equally
// long, the last no single short word (Knuth and Plass, Breaking Paragraphs into Lines,
// 1981, without stretching). It breaks at spaces but not at no-break spaces, behind
// hyphens and strokes within words, at soft hyphens with a hyphen, and in the middle of
// a word that is longer than a line. What cannot be printed is replaced as Clean does.
func Wrap(text string, w Weight, points, width float64) []string {
	return WrapBehind(0, text, w, points, width)
}

// WrapBehind breaks a text whose first line begins indent mm from the edge.
func WrapBehind(indent float64, text string, w Weight, points, width float64) []string {
	return wrapped(indent, text, w, points, width, false)
}

// wrapped breaks a text so that its lines are about equally long, or even: so that the
// spaces have to grow as little as can be for all lines but the last to be full.
func wrapped(indent float64, text string, w Weight, points, width float64, even bool) []string {
	all := pieces(clean(text, softHyphen), w, points, width)
	if len(all) == 0 {
		return nil
	}
	space, hyphen := Width(" ", w, points), Width("-", w, points)
	type best struct {
		cost  float64
		lines int
		from  int
	}
	ends := make([]best, len(all)+1) // of lines that end before a piece
	for end := 1; end <= len(all); end++ {
		ends[end].cost = math.Inf(1)
		length, gaps := 0.0, 0
		for from := end - 1; from >= 0; from-- {
			length += all[from].width
			if from < end-1 && all[from].space {
				length += space
				gaps++
			}
			used := length
			if from == 0 {
				used += indent
			}
			if all[end-1].soft && end < len(all) {
				used += hyphen
			}
			if used > width+1e-9 && from < end-1 {
				break
			}
			cost, lines := ends[from].cost, ends[from].lines+1
			if last := end == len(all); even && !last {
				cost += growth((width-used)/space, gaps)
			} else {
				cost += badness(used, width, last, from == end-1)
			}
			if ends[end].lines == 0 || lines < ends[end].lines || lines == ends[end].lines && cost < ends[end].cost {
				ends[end] = best{cost, lines, from}
			}
		}
	}
	lines := make([]string, ends[len(all)].lines)
	for end, i := len(all), len(lines)-1; i >= 0; end, i = ends[end].from, i-1 {
		lines[i] = join(all[ends[end].from:end], end < len(all))
	}
	return lines
}

// badness of a line by the room that it leaves. The last may be short, but one that is
// nearly empty looks lost.
func badness(used, width float64, last, single bool) float64 {
	const short = 0.3 // of the width
	room := max(0, width-used) / width
	if !last {
		return room * room
	}
	if single && 1-room < short {
		return 1 // more than any line before it would gain
	}
	return max(0, room-1+short)
}

// piece of a text that is not broken.
type piece struct {
	text  string
	width float64
	space bool // stands behind it
	soft  bool // a hyphen stands behind it if the line ends here
}

func pieces(text string, w Weight, points, width float64) []piece {
	var all []piece
	for _, word := range strings.Split(text, " ") {
		if word == "" {
			continue
		}
		for _, part := range parts(word) {
			for _, p := range fitting(part, w, points, width) {
				p.width = Width(p.text, w, points)
				all = append(all, p)
			}
		}
		if len(all) > 0 {
			all[len(all)-1].space = true
		}
	}
	return all
}

// parts cuts a word behind hyphens and strokes between letters and at soft hyphens.
func parts(word string) []piece {
	var all []piece
	runes := []rune(word)
	from := 0
	for i, r := range runes {
		between := i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		switch {
		case r == softHyphen:
			if i > from {
				all = append(all, piece{text: string(runes[from:i]), soft: true})
			}
			from = i + 1
		case between && (r == '-' || r == '/'):
			all = append(all, piece{text: string(runes[from : i+1])})
			from = i + 1
		}
	}
	if from < len(runes) {
		all = append(all, piece{text: string(runes[from:])})
	}
	return all
}

// joints begin the last parts of German compounds, before which a name is best broken.
var joints = []string{"management", "verantwortung", "verwaltung", "steuerung", "vorsorge", "anfragen", "planung", "sicherheit", "verteilung", "datenbank", "katalog"}

// Joint gives the last place before most letters of a word at which a part of a German
// compound begins, 0 without one.
func Joint(word string, most int) int {
	runes, best := []rune(word), 0
	for _, j := range joints {
		for i := 1; i < min(most+1, len(runes)); i++ {
			if i > best && strings.HasPrefix(string(runes[i:]), j) {
				best = i
			}
		}
	}
	return best
}

// fitting cuts a part that is wider than a line: between the parts of a compound, else
// at least two letters each.
func fitting(p piece, w Weight, points, width float64) []piece {
	const least = 2
	room := width - Width("-", w, points)
	var all []piece
	runes := []rune(p.text)
	for len(runes) > 2*least && Width(string(runes), w, points) > width {
		n := least
		for n < len(runes)-least && Width(string(runes[:n+1]), w, points) <= room {
			n++
		}
		if at := Joint(string(runes), n); at >= 2*least {
			n = at
		}
		all = append(all, piece{text: string(runes[:n]), soft: true})
		runes = runes[n:]
	}
	p.text = string(runes)
	return append(all, p)
}

// join puts the pieces of a line together.
func join(all []piece, more bool) string {
	var line strings.Builder
	for i, p := range all {
		line.WriteString(p.text)
		if i+1 < len(all) && p.space {
			line.WriteString(" ")
		}
	}
	if more && all[len(all)-1].soft {
		line.WriteString("-")
	}
	return line.String()
}
