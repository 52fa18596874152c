package font

import (
	"golang.org/x/image/font"
)

// Part is a part of a text with its distance from the begin of the text in mm.
type Part struct {
	At   float64
	Text string
}

// Kerned cuts a text in one face where two letters stand closer together, or further
// apart, than their advances say (the pairs of the GPOS table). It is for large type:
// Width measures without, which is never much less.
func Kerned(text string, w Weight, points float64) []Part {
	m, em := faces[w](), points*mmPerPoint*stretch()
	parts, from, at, before := []Part(nil), 0, 0.0, rune(-1)
	start := at
	for i, r := range text {
		if k := m.kern(before, r); k != 0 {
			parts, from = append(parts, Part{start, text[from:i]}), i
			at += k * em
			start = at
		}
		at += max(0, m.advance(r)) * em
		before = r
	}
	return append(parts, Part{start, text[from:]})
}

// kern is how far the second of two letters moves in em.
func (m *metrics) kern(a, b rune) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	pair := [2]rune{a, b}
	if k, known := m.kerns[pair]; known {
		return k
	}
	k := 0.0
	first, missing := m.font.GlyphIndex(&m.buffer, a)
	second, err := m.font.GlyphIndex(&m.buffer, b)
	if missing == nil && err == nil && first != 0 && second != 0 {
		if moved, err := m.font.Kern(&m.buffer, first, second, m.units, font.HintingNone); err == nil {
			k = float64(moved) / float64(m.units)
		}
	}
	m.kerns[pair] = k
	return k
}
