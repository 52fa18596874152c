package survey_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// drawn is a PNG whose pixels a function gives.
func drawn(t testing.TB, wide, high int, at func(x, y int) color.NRGBA) []byte {
	t.Helper()
	p := image.NewNRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			p.SetNRGBA(x, y, at(x, y))
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func plain(c color.NRGBA) func(int, int) color.NRGBA {
	return func(int, int) color.NRGBA { return c }
}

var blue = color.NRGBA{B: 0x80, A: 0xFF}

// chunk is a part of a PNG file.
func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// headEnd is where the first chunk of a PNG ends: 8 bytes of signature, 25 of IHDR.
const headEnd = 8 + 25

// sized says that a picture has other measures than it has.
func sized(file []byte, wide, high uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, wide), high)
	return slices.Concat(file[:8], chunk("IHDR", append(head, file[24:29]...)), file[headEnd:])
}

// TestLogosThatAreRefused: what is no picture, or none that can be printed, changes
// nothing.
func TestLogosThatAreRefused(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	good := drawn(t, 600, 240, plain(blue))
	if _, err := o.PutLogo(ctx, o.lead(), o.org.ID, good); err != nil {
		t.Fatal(err)
	}
	before, err := o.ShowLogo(ctx, o.lead(), o.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	noise := rand.New(rand.NewPCG(1, 2))
	broken := slices.Clone(good)
	broken[len(broken)-20] ^= 0xFF
	for _, c := range []struct {
		what, code string
		file       []byte
	}{
		{"nothing", "logo-invalid", nil},
		{"a drawing", "logo-invalid", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
		{"another kind of picture", "logo-invalid", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")},
		{"a head alone", "logo-invalid", good[:headEnd]},
		{"a file that is cut off", "logo-invalid", good[:len(good)-16]},
		{"a file with a wrong check sum", "logo-invalid", broken},
		{"a picture with less in it than it says", "logo-invalid", sized(good, 600, 2400)},
		{"a picture that would fill the memory", "logo-pixels", sized(good, 30_000, 30_000)},
		{"a narrow one that would", "logo-pixels", sized(good, 1, 1<<31-1)},
		{"too few pixels", "logo-too-small", drawn(t, 531, 212, plain(blue))},
		{"nothing that is seen on paper", "logo-blank", drawn(t, 600, 240, plain(color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0x80}))},
		{"too large a file", "logo-too-large", make([]byte, survey.MaxLogoBytes+1)},
		{"too much to be told on paper", "logo-too-large", nil},
	} {
		if c.what == "too much to be told on paper" {
			c.file = drawn(t, 1063, 425, func(int, int) color.NRGBA {
				return color.NRGBA{uint8(noise.Uint32()), uint8(noise.Uint32()), uint8(noise.Uint32()), 0xFF}
			})
		}
		if _, err := o.PutLogo(ctx, o.lead(), o.org.ID, c.file); !fault.Is(err, c.code) || len(fault.Of(err).Fields) != 1 {
			t.Errorf("%s: %v, want %s", c.what, err, c.code)
		}
	}
	_, err = o.PutLogo(ctx, o.lead(), o.org.ID, drawn(t, 300, 50, plain(blue)))
	if args := fault.Of(err).Args; args["wide"] != 532 || args["high"] != 89 {
		t.Errorf("a picture of 300 × 50 is told that it needs %v", args)
	}
	if after, err := o.ShowLogo(ctx, o.lead(), o.org.ID); err != nil || !bytes.Equal(before.PNG, after.PNG) {
		t.Errorf("what was refused changed the logo: %v", err)
	}
}

// TestLogoIsWrittenAnew: of a file only its colours stay, on white and not finer than
// paper shows them.
func TestLogoIsWrittenAnew(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	file := drawn(t, 3000, 1200, func(x, _ int) color.NRGBA {
		if x < 1500 {
			return color.NRGBA{A: 0x80} // black, half of it seen
		}
		return color.NRGBA{R: 0xC0, A: 0xFF}
	})
	secret := "GPS 48.1/11.5 by A. Person"
	foreign := slices.Concat(chunk("acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}), chunk("tEXt", []byte("Comment\x00"+secret)), chunk("eXIf", []byte("II*\x00"+secret)))
	file = slices.Concat(file[:headEnd], foreign, file[headEnd:], []byte("<script>"+secret))
	l, err := o.PutLogo(ctx, o.lead(), o.org.ID, file)
	if err != nil {
		t.Fatal(err)
	}
	if l.Width != 1063 || l.Height != 426 {
		t.Errorf("%d × %d pixels", l.Width, l.Height)
	}
	if w, h := l.Printed(); w > 45 || h > 18 || w < 44.9 {
		t.Errorf("printed %.2f × %.2f mm", w, h)
	}
	for _, trace := range []string{secret, "acTL", "tEXt", "eXIf", "script"} {
		if strings.Contains(string(l.PNG), trace) {
			t.Errorf("%q is left of the file", trace)
		}
	}
	p, err := png.Decode(bytes.NewReader(l.PNG))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x    int
		want color.RGBA
	}{{100, color.RGBA{0x7F, 0x7F, 0x7F, 0xFF}}, {900, color.RGBA{0xC0, 0, 0, 0xFF}}} {
		if got := color.RGBAModel.Convert(p.At(c.x, 200)); got != c.want {
			t.Errorf("pixel at %d is %v, want %v", c.x, got, c.want)
		}
	}
	again, err := o.PutLogo(ctx, o.lead(), o.org.ID, l.PNG)
	if err != nil || !bytes.Equal(again.PNG, l.PNG) {
		t.Errorf("what we wrote is not written the same again: %v", err)
	}
}

// TestLogoBelongsToItsOrganisation: only who may change the settings sets and removes it,
// and of foreign ones nobody learns anything.
func TestLogoBelongsToItsOrganisation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		file := drawn(t, 600, 240, plain(blue))
		foreign := account.Actor{ID: "x", Role: account.Lead, Organisations: []string{survey.NewID()}}
		steering := account.Actor{ID: "s", Role: account.Steering, Organisations: []string{string(o.org.ID)}}
		if err := o.DeleteLogo(ctx, o.lead(), o.org.ID); !fault.Is(err, "not-found") {
			t.Errorf("there is none: %v", err)
		}
		if _, err := o.PutLogo(ctx, foreign, o.org.ID, file); !fault.Is(err, "not-found") {
			t.Errorf("set from elsewhere: %v", err)
		}
		if _, err := o.PutLogo(ctx, steering, o.org.ID, file); !fault.Is(err, "forbidden") {
			t.Errorf("set by a reader: %v", err)
		}
		for range 2 {
			if _, err := o.PutLogo(ctx, o.lead(), o.org.ID, file); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := o.ShowLogo(ctx, foreign, o.org.ID); !fault.Is(err, "not-found") {
			t.Errorf("seen from elsewhere: %v", err)
		}
		if l, err := o.ShowLogo(ctx, steering, o.org.ID); err != nil || l.Width != 600 || l.Height != 240 {
			t.Errorf("a reader sees %+v, %v", l, err)
		}
		if err := o.DeleteLogo(ctx, steering, o.org.ID); !fault.Is(err, "forbidden") {
			t.Errorf("removed by a reader: %v", err)
		}
		if err := o.DeleteLogo(ctx, o.lead(), o.org.ID); err != nil {
			t.Error(err)
		}
		if _, err := o.ShowLogo(ctx, o.lead(), o.org.ID); !fault.Is(err, "not-found") {
			t.Errorf("it is removed: %v", err)
		}
	})
}

// TestLogoThatNobodySees: a line of one pixel is no logo on paper.
func TestLogoThatNobodySees(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	for _, c := range []struct{ wide, high int }{{1, 4_000_000}, {4_000_000, 1}, {30, 3000}, {3000, 30}} {
		l, err := o.PutLogo(ctx, o.lead(), o.org.ID, drawn(t, c.wide, c.high, plain(blue)))
		if !fault.Is(err, "logo-narrow") {
			w, h := l.Printed()
			t.Errorf("%d × %d: %v, printed %g × %g mm from %d × %d pixels", c.wide, c.high, err, w, h, l.Width, l.Height)
		}
	}
}
