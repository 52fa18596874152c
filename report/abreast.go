package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// BuildAbreast says what stands on the page of organisations side by side: a page for each
// measure with a dot and its interval for the whole of each organisation, in order of their
// names. It ranks nobody and tests nothing.
func BuildAbreast(a *survey.Abreast, l locale.Language) *Document {
	b := &builder{Input: Input{Language: l, Results: &tally.Results{}}, p: locale.New(l)}
	d := &Document{Language: l, Title: b.t("abreast.title"), ID: "abreast"}
	for _, m := range a.Data.Measures {
		figure := b.abreast(a, &m)
		height := figure.Height()
		d.Pages = append(d.Pages, Page{
			Name: m.Key, Title: b.measureName(a, m.Key), Subtitle: b.t("abreast.subtitle"),
			Blocks: []Block{Figure{chart.Box{X: left, Y: top, W: width, H: height}, figure}},
		})
	}
	return d
}

// AnsweredWords tells how many of an organisation answered, or the class of it; a dash if
// the whole is withheld.
func AnsweredWords(r *tally.AbreastRound, l locale.Language) string {
	if r.Invited == nil || r.N == nil && r.RateClass == "" {
		return "–"
	}
	b := &builder{p: locale.New(l)}
	return b.rateWords(&tally.GroupResult{Invited: r.Invited, N: r.N, RateClass: r.RateClass})
}

// measureName gives the short name of a construct as the first of the rounds words it.
func (b *builder) measureName(a *survey.Abreast, key string) string {
	for _, r := range a.Rounds {
		i := slices.IndexFunc(r.Questionnaire.Constructs, func(c questionnaire.Construct) bool { return c.Key == key })
		if i >= 0 {
			return b.p.In(r.Questionnaire.Constructs[i].Short)
		}
	}
	return key
}

// abreast is the dot plot of a measure, a row for each organisation.
func (b *builder) abreast(a *survey.Abreast, m *tally.AbreastMeasure) chart.Levels {
	f := chart.Levels{Heads: [3]string{b.t("abreast.organisation"), b.t("acceptance.index"), b.t("acceptance.n")}}
	var words []string
	for i, v := range m.Values {
		name := a.Data.Organisations[i].Name
		r := chart.LevelRow{Label: compact(name, font.Regular, 9, 59), Value: floating(v.Index), Band: b.band(v.Band), BandEnd: end(v.Band), Hollow: v.State == tally.Indicative}
		r.Low, r.High = ends(v.CI)
		switch {
		case v.Index != nil:
			r.Text = b.p.Integer(*v.Index)
		case v.State == tally.Incomparable:
			r.Glyph, r.Empty = chart.NotAlike, b.t("abreast.incomparable")
		case v.State == tally.NotAsked:
			r.Empty = b.t("abreast.not-asked")
		default:
			r.Empty = b.t("protected")
		}
		if v.N != nil {
			r.N = b.p.Integer(*v.N)
		}
		f.Rows = append(f.Rows, r)
		words = append(words, strings.TrimSpace(name+" "+r.Text+r.Band+r.Empty))
	}
	f.Words = b.t("abreast.alt", "name", b.measureName(a, m.Key), "values", strings.Join(words, "; "))
	return f
}
