// Package font holds the typeface of reports and figures, Source Sans 3 (SIL Open
// Font License 1.1, see LICENSE_FONT): the files of four faces, the widths of text and
// a filter for what the faces cannot print. It draws nothing and knows no colours;
// report and report/pdf use it. Everything here is safe for concurrent use.
package font

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// The faces are the static cuts of npm @expo-google-fonts/source-sans-3 0.4.1. They
// print the same runes. Figures of the upright ones are tabular, those of Italic are not:
// no numbers in columns there.
var (
	//go:embed SourceSans3-Regular.ttf
	regular []byte
	//go:embed SourceSans3-SemiBold.ttf
	semibold []byte
	//go:embed SourceSans3-Bold.ttf
	bold []byte
	//go:embed SourceSans3-Italic.ttf
	italic []byte
)

// Weight names a face of the typeface.
type Weight int

// The faces.
const (
	Regular  Weight = iota // 400
	Semibold               // 600
	Bold                   // 700
	Italic                 // 400, slanted
)

// files holds the TrueType file of each face.
var files = [...][]byte{Regular: regular, Semibold: semibold, Bold: bold, Italic: italic}

// File gives the TrueType file of a face. It is shared: read only.
func File(w Weight) []byte { return files[w] }

// metrics are the advances of a weight, read once. Runes that were asked for are
// remembered.
type metrics struct {
	font  *sfnt.Font
	units fixed.Int26_6

	mu       sync.Mutex
	buffer   sfnt.Buffer
	advances map[rune]float64 // in em; negative = the face has no such glyph
}

// faces parses each face when it is first measured, and once.
var faces = [...]func() *metrics{
	Regular:  sync.OnceValue(func() *metrics { return parse(regular) }),
	Semibold: sync.OnceValue(func() *metrics { return parse(semibold) }),
	Bold:     sync.OnceValue(func() *metrics { return parse(bold) }),
	Italic:   sync.OnceValue(func() *metrics { return parse(italic) }),
}

func parse(file []byte) *metrics {
	f, err := sfnt.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("font: embedded face: %v", err)) // a test reads every face
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

// Width of a text in mm at a size in points, without kerning, as it is printed. What
// Clean would replace or leave out counts nothing.
func Width(text string, w Weight, points float64) float64 {
	m, sum := faces[w](), 0.0
	for _, r := range text {
		sum += max(0, m.advance(r))
	}
	return sum * points * mmPerPoint
}

// Clean makes a text printable, so that nothing a participant writes breaks a document:
// line breaks and tabs become spaces, control characters, marks of direction and other
// invisible runes are left out, letters with separate accents are composed (NFC), and
// what the faces cannot print becomes a question mark, emoji included.
func Clean(text string) string {
	m := faces[Regular]()
	text = norm.NFC.String(strings.Map(visible, text))
	return strings.Map(func(r rune) rune {
		if r > lastBasic || m.advance(r) < 0 {
			return '?'
		}
		return r
	}, text)
}

// visible gives a space for what separates and -1 for what is not seen.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || unicode.In(r, unicode.Zl, unicode.Zp):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
		return -1
	}
	return r
}

// lastBasic is the last rune of the basic plane; PDF writers take none above it.
const lastBasic = 0xffff

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
