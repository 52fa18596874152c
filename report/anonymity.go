package report

import (
	"encoding/hex"
	"strings"

	"pulscheck/report/chart"
)

// anonymity is P16: what is stored, what the words mean, which document this is.
func (b *builder) anonymity(d *Document) Page {
	var parts []Prose
	for _, key := range []string{"stored", "groups", "access", "limits"} {
		parts = append(parts, Prose{Heading: b.t("anonymity." + key), Text: []string{b.t(b.told("anonymity."+key+"-text"), "k", b.Results.K)}})
	}
	terms := Prose{Heading: b.t("anonymity.terms")}
	for _, key := range []string{"index", "range", "construct", "stage", "indicative", "band", "protected"} {
		terms.Leads = append(terms.Leads, b.t("term."+key)+":")
		terms.Text = append(terms.Text, b.t("term."+key+"-text"))
	}
	parts = append(parts, terms)
	text := Columns{chart.Box{X: left, Y: top, W: width}, parts}
	_, text.Box.H = text.Turn()
	return Page{
		Name: "anonymity", Kicker: b.t("anonymity.kicker"), Title: b.t("anonymity.title"), Subtitle: b.t("anonymity.subtitle"),
		Blocks: []Block{
			text,
			Facts{Box: chart.Box{X: left, Y: min(196, top+text.Box.H+10), W: width, H: 70}, Small: true, Heading: b.t("anonymity.document"), Rows: [][2]string{
				{b.t("anonymity.document-id"), d.ID},
				{b.t("anonymity.created"), b.date(d.Created)},
				{b.t("anonymity.k"), b.p.Integer(b.Results.K)},
				{b.t("anonymity.invalid"), b.p.Integer(b.Results.Invalid)},
				{b.t("anonymity.questionnaire"), b.Round.Questionnaire.ID + " · " + b.Results.Questionnaire[:12]},
				{b.t("cover.fingerprint"), groups(hex.EncodeToString(b.Round.Fingerprint))},
				{b.t("anonymity.data-hash"), groups(d.Hash)},
				{b.t("anonymity.files"), b.p.List([]string{b.t("file.json"), b.t("file.csv"), b.t("file.help")}) + " · " + b.t("anonymity.verify")},
			}},
		},
	}
}

// groups prints a hash in groups of four.
func groups(hash string) string {
	var parts []string
	for ; len(hash) > 4; hash = hash[4:] {
		parts = append(parts, hash[:4])
	}
	return strings.Join(append(parts, hash), " ")
}
