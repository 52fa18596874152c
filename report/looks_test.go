package report_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// branded gives a sample a logo, a colour and limits of its own.
func branded(t testing.TB, in report.Input) report.Input {
	o := *in.Organisation
	o.Colour = "#8c1d40"
	o.Limits = survey.Limits{IndexOK: 75, IndexWatch: 60, ShareOK: 90, ShareWatch: 75}
	in.Organisation, in.Logo = &o, emblem(t)
	return in
}

// emblem is a picture as the house keeps one: a ring and a bar.
func emblem(t testing.TB) *survey.Logo {
	t.Helper()
	const wide, high = 1063, 425
	p := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			c := color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
			dx, dy := x-high/2, y-high/2
			switch d := dx*dx + dy*dy; {
			case d < 210*210 && d > 140*140:
				c = color.RGBA{0x8C, 0x1D, 0x40, 0xFF}
			case x > 480 && y > 150 && y < 270:
				c = color.RGBA{0x33, 0x33, 0x33, 0xFF}
			}
			p.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		t.Fatal(err)
	}
	return &survey.Logo{PNG: out.Bytes(), Width: wide, Height: high}
}

// tileWords gives the words of the tiles of the summary.
func tileWords(d *report.Document) (all []string) {
	for _, p := range d.Pages {
		for _, b := range p.Blocks {
			if tiles, is := b.(report.Tiles); is {
				for _, one := range tiles.Tiles {
					all = append(all, one.Word)
				}
			}
		}
	}
	return all
}

// TestLimitsOfTheOrganisationHold: words and symbols follow its limits, which the page of
// the method and the data tell; rules of statistics keep theirs.
func TestLimitsOfTheOrganisationHold(t *testing.T) {
	in := started(t)
	usual := build(t, in)
	if body := string(usual.Files[0].Body); strings.Contains(body, `"limits"`) || strings.Contains(fragments(t, usual, fragment.Options{}), "Schwellen") {
		t.Error("the usual limits are told")
	}
	o := *in.Organisation
	in.Organisation = &o
	for _, c := range []struct {
		limits survey.Limits
		want   string
	}{
		{survey.Limits{IndexOK: 2, IndexWatch: 1, ShareOK: 2, ShareWatch: 1}, "im Plan"},
		{survey.Limits{IndexOK: 100, IndexWatch: 1, ShareOK: 100, ShareWatch: 1}, "beobachten"},
		{survey.Limits{IndexOK: 100, IndexWatch: 99, ShareOK: 100, ShareWatch: 99}, "handeln"},
	} {
		o.Limits = c.limits
		d := build(t, in)
		text := fragments(t, d, fragment.Options{})
		for i, word := range tileWords(d) {
			if before := tileWords(usual)[i]; word != c.want && before != "offen" && word != "im Plan" && word != "handeln" {
				t.Errorf("%+v: tile %d says %q, before %q", c.limits, i, word, before)
			}
		}
		if first := tileWords(d)[0]; first != c.want {
			t.Errorf("%+v: acceptance is %q, want %q", c.limits, first, c.want)
		}
		if told := fmt.Sprintf("ein Index ab %d, „beobachten“ ab %d (üblich: 65 und 50)", c.limits.IndexOK, c.limits.IndexWatch); !strings.Contains(text, told) {
			t.Errorf("%q is not told", told)
		}
		data := fmt.Sprintf(`"limits":{"index_ok":%d,"index_watch":%d,"share_ok":%d,"share_watch":%d}`, c.limits.IndexOK, c.limits.IndexWatch, c.limits.ShareOK, c.limits.ShareWatch)
		if d.Hash == usual.Hash || !bytes.Contains(d.Files[0].Body, []byte(data)) {
			t.Errorf("%+v: the data do not tell them", c.limits)
		}
	}
}

// TestBrandIsOnCoversAlone: logo and colour change the cover, and no figure, number or
// word of any other page; the same logo gives the same bytes.
func TestBrandIsOnCoversAlone(t *testing.T) {
	plain := whole(t)
	in := branded(t, plain)
	in.Organisation.Limits = survey.Limits{}
	d, without := build(t, in), build(t, plain)
	for i := range d.Pages {
		one, err := fragment.Render(d, &d.Pages[i], fragment.Options{})
		other, otherErr := fragment.Render(without, &without.Pages[i], fragment.Options{})
		if err != nil || otherErr != nil {
			t.Fatal(err, otherErr)
		}
		told, before := strings.ReplaceAll(string(one), grouped(d.Hash), ""), strings.ReplaceAll(string(other), grouped(without.Hash), "")
		if cover := i == 0; (told == before) == cover {
			t.Errorf("page %s: %s", d.Pages[i].Name, cmp.Diff(before, told))
		}
	}
	cover, err := fragment.Render(d, &d.Pages[0], fragment.Options{Logo: "/logo"})
	if err != nil || !strings.Contains(string(cover), `<img src="/logo" alt="Logo: Beispielwerke GmbH"`) || !strings.Contains(string(cover), `fill="#8C1D40"`) {
		t.Errorf("%s, %v", cover, err)
	}
	first := draw(t, d)
	if sha256.Sum256(first) != sha256.Sum256(draw(t, build(t, in))) {
		t.Error("the bytes differ")
	}
	if d.Hash == without.Hash {
		t.Error("nobody is told that the cover is another one")
	}
	if n := bytes.Count(first, []byte("/Subtype /Image")); n != 1 || !bytes.Contains(first, []byte("/Width 1063\n/Height 425\n/ColorSpace /DeviceRGB\n")) || bytes.Contains(first, []byte("/SMask")) {
		t.Errorf("%d pictures, or another one", n)
	}
	if bytes.Contains(draw(t, without), []byte("/Subtype /Image")) {
		t.Error("a picture without a logo")
	}
}

// TestComparisonBearsTheLogo on its cover as well.
func TestComparisonBearsTheLogo(t *testing.T) {
	for name, in := range comparisons(t) {
		o := *in.Organisation
		o.Colour = "#8c1d40"
		in.Organisation, in.Logo, in.Language = &o, emblem(t), locale.English
		d := buildComparison(t, in)
		if logo, is := d.Pages[0].Blocks[0].(report.Logo); !is || logo.Alt == "" || d.Brand == nil || logo.Box.W > 45 || logo.Box.H > 18.01 {
			t.Errorf("%s: the cover begins with %T, colour %v", name, d.Pages[0].Blocks[0], d.Brand)
		}
		break
	}
}

// grouped is a hash as the last page tells it.
func grouped(hash string) string {
	var groups []string
	for part := range slices.Chunk([]byte(hash), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}
