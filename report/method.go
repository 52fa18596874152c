package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
)

// method is P14: how we measured.
func (b *builder) method() Page {
	var alphas []string
	for _, c := range b.total.Constructs {
		if c.Alpha != nil {
			alphas = append(alphas, b.constructName(c.Key)+" "+b.p.Decimal(*c.Alpha, 2))
		}
	}
	if len(alphas) == 0 {
		alphas = []string{"–"}
	}
	var parts []Prose
	for _, key := range []string{"who", "channels", "scale", "constructs", "range", "rounding", "reliability", "limits"} {
		parts = append(parts, Prose{Heading: b.t("method." + key), Text: []string{b.t(b.told("method."+key+"-text"),
			"invited", b.Results.Invited, "period", b.period(b.Round), "alphas", strings.Join(alphas, ", "))}})
	}
	if own := b.ownLimits(); own != nil {
		parts = append(parts, Prose{Heading: b.t("method.levels"), Text: []string{b.t("method.levels-text", limitWords(*own, survey.UsualLimits)...)}})
	}
	text := Columns{chart.Box{X: left, Y: top, W: width, H: 118}, parts}
	_, tall := text.Turn()
	y := max(184, top+tall+4)
	return Page{
		Name: "method", Kicker: b.t("method.kicker"), Title: b.t("method.title"), Subtitle: b.t("method.subtitle"),
		Blocks: []Block{
			text,
			Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: b.t("method.rounds")},
			b.rounds(y + 7),
		},
	}
}

// maxRounds is how many rounds the table of comparability lists, the latest.
const maxRounds = 9

// rounds is the table of what may be compared: counted rounds, oldest first.
func (b *builder) rounds(y float64) Table {
	t := Table{Box: chart.Box{X: left, Y: y, W: width, H: 70}, Columns: []Column{
		{Head: b.t("method.round"), Width: 38}, {Head: b.t("cover.survey")},
		{Head: b.t("method.invited"), Width: 18, Align: chart.Right}, {Head: b.t("method.answered"), Width: 18, Align: chart.Right},
		{Head: b.t("participation.share"), Width: 20, Align: chart.Right}, {Head: b.t("method.acceptance"), Width: 28, Align: chart.Right},
	}}
	all := append(slices.Clone(b.Earlier), Earlier{b.Iteration.Number, b.Round, b.Results})
	for _, e := range all[max(0, len(all)-maxRounds):] {
		rate := "–"
		if e.Results.ResponseRate != nil {
			rate = b.p.Percent(percent(e.Results))
		}
		same := b.t("method.changed")
		switch {
		case !b.asks(acceptanceKey):
			same = "–"
		case questionnaire.SameConstruct(e.Round.Questionnaire, b.Round.Questionnaire, acceptanceKey):
			same = b.t("method.same")
		}
		t.Rows = append(t.Rows, Row{Cells: []string{
			b.t("method.kind-"+string(e.Round.Kind), "number", e.Iteration), b.period(e.Round),
			b.p.Integer(e.Results.Invited), b.or(e.Results.Ballots), rate, same,
		}})
	}
	return t
}
