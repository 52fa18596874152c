// Package font holds the typeface of reports and figures, Source Sans 3 (SIL Open
// Font License 1.1, see LICENSE_FONT), measures text in it and replaces what it
// cannot print. It draws nothing. report/chart and report/pdf use it.
package font

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed SourceSans3-Regular.ttf
var regular []byte

//go:embed SourceSans3-SemiBold.ttf
var semibold []byte

// Weight of the typeface.
type Weight int

// The weights.
const (
	Regular  Weight = iota // 400
	Semibold               // 600
)

// File gives the TrueType file of a weight.
func File(w Weight) []byte {
	if w == Semibold {
		return semibold
	}
	return regular
}

// metrics are the advances of a weight, read once. Runes that were asked for are
// remembered.
type metrics struct {
	font  *sfnt.Font
	units fixed.Int26_6

	mu       sync.Mutex
	buffer   sfnt.Buffer
	advances map[rune]float64 // in em; negative = the face has no such glyph
}

var faces = [2]func() *metrics{
	sync.OnceValue(func() *metrics { return parse(regular) }),
	sync.OnceValue(func() *metrics { return parse(semibold) }),
}

func parse(file []byte) *metrics {
	f, err := sfnt.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("font: embedded face: %v", err)) // a test reads it
	}
	return &metrics{font: f, units: fixed.I(int(f.UnitsPerEm())), advances: map[rune]float64{}}
}

func (m *metrics) advance(r rune) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a, known := m.advances[r]; known {
		return a
	}
	a := -1.0
	if glyph, err := m.font.GlyphIndex(&m.buffer, r); err == nil && glyph != 0 {
		if width, err := m.font.GlyphAdvance(&m.buffer, glyph, m.units, font.HintingNone); err == nil {
			a = float64(width) / float64(m.units)
		}
	}
	m.advances[r] = a
	return a
}

// mmPerPoint is the size of a typographic point.
const mmPerPoint = 25.4 / 72

// Width of a text in mm at a size in points, without kerning, as it is printed.
func Width(text string, w Weight, points float64) float64 {
	m, sum := faces[w](), 0.0
	for _, r := range text {
		sum += max(0, m.advance(r))
	}
	return sum * points * mmPerPoint
}

// Clean replaces what the face cannot print with a question mark and leaves out
// invisible runes, so that no text of a participant breaks a document.
func Clean(text string) string {
	m := faces[Regular]()
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r == '\u200b' || r == '\ufeff' || r == '\u00ad':
			return -1
		case r > 0xffff || m.advance(r) < 0:
			return '?'
		}
		return r
	}, text)
}

// Wrap breaks a text at spaces into lines of at most width mm. A word that is longer
// stands alone and may stick out.
func Wrap(text string, w Weight, points, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(text, " ") { // not at no-break spaces
		longer := word
		if line != "" {
			longer = line + " " + word
		}
		if line != "" && Width(longer, w, points) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
