// Package font holds the typeface of reports and figures, Source Sans 3, and for letters
// that it lacks Noto Sans (both SIL Open Font License 1.1, see LICENSE_FONT and
// LICENSE_FONT_NOTO): the files of the faces, the widths of text, its breaking into
// lines and a filter for what the faces cannot print; Go Mono (BSD licence, part of
// golang.org/x/image) for links. It draws nothing and knows no colours;
// report and report/pdf use it. Everything here is safe for concurrent use.
package font

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// The faces are the static cuts of npm @expo-google-fonts/source-sans-3 0.4.1. They
// print the same runes and have tabular figures. The rare ones are those letters and
// currency signs of Noto Sans (npm @expo-google-fonts/noto-sans 0.4.2, cut with fonttools)
// that are not in Source Sans 3: names in Latin, Greek or Cyrillic script that are seldom
// seen.
var (
	//go:embed SourceSans3-Regular.ttf
	regular []byte
	//go:embed SourceSans3-SemiBold.ttf
	semibold []byte
	//go:embed NotoSans-Regular.ttf
	rare []byte
	//go:embed NotoSans-SemiBold.ttf
	rareSemibold []byte
)

// Weight names a face of the typeface.
type Weight int

// The faces.
const (
	Regular      Weight = iota // 400
	Semibold                   // 600
	Rare                       // 400, what the others lack
	RareSemibold               // 600, likewise
	Mono                       // of links that people type: l, I and 1, O and 0 differ
)

// files holds the TrueType file of each face.
var files = [...][]byte{Regular: regular, Semibold: semibold, Rare: rare, RareSemibold: rareSemibold, Mono: gomono.TTF}

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
	kerns    map[[2]rune]float64
}

// faces parses each face when it is first measured, and once.
var faces = [...]func() *metrics{
	Regular:      sync.OnceValue(func() *metrics { return parse(regular) }),
	Semibold:     sync.OnceValue(func() *metrics { return parse(semibold) }),
	Rare:         sync.OnceValue(func() *metrics { return parse(rare) }),
	RareSemibold: sync.OnceValue(func() *metrics { return parse(rareSemibold) }),
	Mono:         sync.OnceValue(func() *metrics { return parse(gomono.TTF) }),
}

// rarer gives the face that prints what w lacks.
func (w Weight) rarer() Weight {
	if w == Semibold {
		return RareSemibold
	}
	return Rare
}

func parse(file []byte) *metrics {
	f, err := sfnt.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("font: embedded face: %v", err)) // a test reads every face
	}
	return &metrics{font: f, units: fixed.I(int(f.UnitsPerEm())), advances: map[rune]float64{}, kerns: map[[2]rune]float64{}}
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

// Width of a text in mm at a size in points, without kerning, as all but large type is
// printed. What Clean would replace or leave out counts nothing.
func Width(text string, w Weight, points float64) float64 {
	m, sum := faces[w](), 0.0
	for _, r := range text {
		a := m.advance(r)
		if a < 0 {
			a = faces[w.rarer()]().advance(r)
		}
		if r != softHyphen {
			sum += max(0, a)
		}
	}
	return sum * points * mmPerPoint * stretch()
}

// wider is by how many thousandths texts are wider than the typeface says.
var wider atomic.Int64

func stretch() float64 { return 1 + float64(wider.Load())/1000 }

// Widen makes every text wider by thousandths until it is called again: a layout that
// holds then holds with another typeface. It is for tests and concerns everything that
// is measured meanwhile.
func Widen(thousandths int) { wider.Store(int64(thousandths)) }

// Run is a part of a text in one face.
type Run struct {
	Weight Weight
	Text   string
}

// Runs splits a text by the faces that print it: w, or the rare one beside it.
func Runs(text string, w Weight) []Run {
	var runs []Run
	from, face := 0, w
	for i, r := range text {
		next := w
		if faces[w]().advance(r) < 0 {
			next = w.rarer()
		}
		if next != face && i > from {
			runs, from = append(runs, Run{face, text[from:i]}), i
		}
		face = next
	}
	if from < len(text) {
		runs = append(runs, Run{face, text[from:]})
	}
	return runs
}

// softHyphen says where a word may be broken; it is seen only where it is.
const softHyphen = '\u00ad'

// Replacement stands for what no face prints: an empty box.
const Replacement = '\u25a1'

// Clean makes a text printable, so that nothing a participant writes breaks a document:
// line breaks and tabs become spaces, control characters and invisible runes are left
// out, letters with separate accents are composed (NFC), and what the faces cannot
// print becomes the replacement, emoji and marks that turn the direction of writing
// included.
func Clean(text string) string { return clean(text, -1) }

// clean keeps one invisible rune.
func clean(text string, keep rune) string {
	basic, rare := faces[Regular](), faces[Rare]()
	text = norm.NFC.String(strings.Map(func(r rune) rune {
		if r == keep {
			return r
		}
		return visible(r)
	}, text))
	return strings.Map(func(r rune) rune {
		if r > lastBasic || basic.advance(r) < 0 && rare.advance(r) < 0 {
			return Replacement
		}
		return r
	}, text)
}

// visible gives a space for what separates and -1 for what is not seen.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || unicode.In(r, unicode.Zl, unicode.Zp):
		return ' '
	case unicode.Is(unicode.Bidi_Control, r):
		return Replacement
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
		return -1
	}
	return r
}

// lastBasic is the last rune of the basic plane; PDF writers take none above it.
const lastBasic = 0xffff
