package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/locale"
)

// ThemeCount is how many released comments a theme has.
type ThemeCount struct {
	Theme  locale.Text `json:"theme"`
	Others bool        `json:"others,omitempty"` // several themes that are too small by themselves
	Count  int         `json:"count"`
}

// Limits of what is quoted.
const maxQuotes, quoteWords = 6, 30

// displayed gives of the voices what the report shows: no quote and no theme below 2k
// comments, no theme with fewer than k, the smaller ones together if they are k.
func (b *builder) displayed(v *Voices) *Voices {
	if v == nil || len(v.Comments) == 0 && len(v.Register) == 0 {
		return nil
	}
	shown := &Voices{Register: v.Register}
	k := b.Results.K
	if v.Texts < 2*k {
		if len(v.Register) == 0 {
			return nil
		}
		return shown
	}
	shown.Texts = v.Texts
	counts := map[locale.Text]int{}
	for _, c := range v.Comments {
		counts[c.Theme]++
	}
	rest := ThemeCount{Others: true}
	for theme, n := range counts {
		if theme != (locale.Text{}) && n >= k {
			shown.Themes = append(shown.Themes, ThemeCount{Theme: theme, Count: n})
		} else {
			rest.Count += n
		}
	}
	slices.SortFunc(shown.Themes, func(x, y ThemeCount) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Theme.DE, y.Theme.DE), cmp.Compare(x.Theme.EN, y.Theme.EN))
	})
	if rest.Count >= k {
		shown.Themes = append(shown.Themes, rest)
	}
	for _, c := range chosen(v.Comments) {
		if counts[c.Theme] < k {
			c.Theme = locale.Text{}
		}
		shown.Comments = append(shown.Comments, c)
	}
	return shown
}

// chosen are the comments to quote, in an order that tells nothing of when and by whom:
// short ones first, one of each theme before a second.
func chosen(all []Voice) []Voice {
	type drawn struct {
		Voice
		place [sha256.Size]byte
		long  bool
		turn  int
	}
	var list []drawn
	for _, v := range all {
		list = append(list, drawn{v, sha256.Sum256([]byte(v.Text)), len(strings.Fields(v.Text)) > quoteWords, 0})
	}
	byPlace := func(x, y drawn) int { return bytes.Compare(x.place[:], y.place[:]) }
	slices.SortFunc(list, byPlace)
	turns := map[locale.Text]int{}
	for i := range list {
		list[i].turn = turns[list[i].Theme]
		turns[list[i].Theme]++
	}
	slices.SortStableFunc(list, func(x, y drawn) int { return cmp.Or(before(!x.long, !y.long), cmp.Compare(x.turn, y.turn)) })
	list = list[:min(len(list), maxQuotes)]
	slices.SortFunc(list, byPlace)
	var voices []Voice
	for _, d := range list {
		voices = append(voices, d.Voice)
	}
	return voices
}

// voices is P11: what was said and what became of it?
func (b *builder) voices() []Page {
	v := b.Modules.Voices
	if v == nil {
		return nil
	}
	var parts []part
	if len(v.Themes) > 0 {
		dots := b.themes(v)
		parts = append(parts, part{heading: b.t("voices.themes"), height: dots.Height(), blocks: func(y float64) []Block {
			return []Block{Figure{chart.Box{X: left, Y: y, W: width, H: dots.Height()}, dots}}
		}})
	}
	if len(v.Comments) > 0 {
		quotes := Quotes{Quotes: b.quotes(v)}
		parts = append(parts, part{heading: b.t("voices.quotes"), height: quotes.Height(), blocks: func(y float64) []Block {
			quotes.Box = chart.Box{X: left, Y: y, W: width, H: quotes.Height()}
			return []Block{quotes}
		}})
	}
	n := b.registerCount()
	title := b.t("voices.title", "a", n.Answered, "n", n.Of, "c", n.Done)
	if n.Of == 0 {
		title = b.t("voices.title-empty")
		parts = append(parts, part{heading: b.t("voices.register"), height: 12, blocks: b.textPart(b.t("voices.empty")).blocks})
	} else {
		parts = append(parts, part{heading: b.t("voices.register"), table: b.registerTable(), most: maxRegister}, b.notePart(b.t("voices.note")+b.ownWords()))
	}
	return b.flow(Page{
		Name: "voices", Kicker: b.t("voices.kicker"), Title: title, Subtitle: b.t("voices.subtitle", "number", b.Iteration.Number),
	}, parts...)
}

func (b *builder) themes(v *Voices) chart.Dots {
	var d chart.Dots
	var words []string
	for _, t := range v.Themes {
		name := b.p.In(t.Theme)
		if t.Others {
			name = b.t("voices.others")
		}
		d.Rows = append(d.Rows, chart.DotRow{Label: name, Count: t.Count})
		words = append(words, name+" "+b.p.Integer(t.Count))
	}
	d.Words = b.t("voices.themes-alt", "themes", strings.Join(words, ", "))
	return d
}

func (b *builder) quotes(v *Voices) []Quote {
	var quotes []Quote
	for _, c := range v.Comments {
		q := Quote{Theme: b.p.In(c.Theme), Text: b.p.Quote(b.words(c.Text, quoteWords, b.t("voices.quotes")))}
		if c.Edited {
			q.Note = b.t("voices.smoothed")
		}
		quotes = append(quotes, q)
	}
	return quotes
}
