package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// fullText is a text of people that did not fit where it belongs.
type fullText struct{ about, text string }

// ellipsis ends what was shortened, behind a word.
const ellipsis = " …"

// words shortens a text of people to a number of words, at the end of one; the whole of
// it goes to the appendix, under what it is about.
func (b *builder) words(text string, most int, about string) string {
	all := strings.Fields(text)
	if len(all) <= most {
		return strings.Join(all, " ")
	}
	b.keep(about, text)
	return strings.TrimRight(strings.Join(all[:most], " "), ".,;:–-") + ellipsis
}

// inside shortens a text of people so that it stands on lines of a width in mm.
func (b *builder) inside(text string, w font.Weight, points, width float64, lines int, about string) string {
	if len(font.Wrap(text, w, points, width)) <= lines {
		return text
	}
	b.keep(about, text)
	all := strings.Fields(text)
	for n := len(all) - 1; n > 0; n-- {
		if short := strings.Join(all[:n], " ") + ellipsis; len(font.Wrap(short, w, points, width)) <= lines {
			return short
		}
	}
	return compact(text, w, points, width)
}

func (b *builder) keep(about, text string) {
	one := fullText{about, strings.Join(strings.Fields(text), " ")}
	if !slices.ContainsFunc(b.cut, func(f fullText) bool { return f.text == one.text }) {
		b.cut = append(b.cut, one)
	}
}

// fullTexts is the appendix of texts that were shortened.
func (b *builder) fullTexts() []Page {
	if len(b.cut) == 0 {
		return nil
	}
	t := Table{Box: chart.Box{X: left, Y: top, W: width, H: bottom - top}, Columns: []Column{
		{Head: b.t("fulltext.where"), Width: 40}, {Head: b.t("fulltext.text")},
	}}
	for _, f := range b.cut {
		where := f.about
		if where == "" {
			where = "–"
		}
		for i, part := range paragraphs(f.text) {
			if i > 0 {
				where = b.t("fulltext.more")
			}
			t.Rows = append(t.Rows, Row{Cells: []string{where, part}})
		}
	}
	return b.flow(Page{
		Name: "texts", Kicker: b.t("data.kicker"), Title: b.t("fulltext.title"), Subtitle: b.t("fulltext.subtitle"),
	}, part{table: &t})
}

// paragraphs cuts a long text at words, so that a row never outgrows a page.
func paragraphs(text string) []string {
	const most = 150
	all := strings.Fields(text)
	var parts []string
	for piece := range slices.Chunk(all, most) {
		parts = append(parts, strings.Join(piece, " "))
	}
	return parts
}
