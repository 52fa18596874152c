package report

import (
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/ballot"
)

// cycleTop is where the cycle stands on the cover.
const cycleTop = 240.0

// cover is P1: what is this, whose is it, when?
func (b *builder) cover(d *Document) Page {
	var processes []string
	for _, p := range b.processes() {
		processes = append(processes, b.p.In(p.Name))
	}
	participation := b.t("protected")
	if b.Results.Ballots != nil {
		participation = b.answered()
	}
	facts := [][2]string{
		{b.t("cover.survey"), b.period(b.Round)},
		{b.t("cover.processes"), strings.Join(processes, ", ")},
		{b.t("cover.participation"), participation},
		{b.t("cover.made-for"), b.t("cover.committee")},
		{b.t("cover.made-on"), b.date(d.Created)},
		{b.t("cover.version"), b.p.Integer(b.Version) + " · " + d.ID + b.replaced()},
		{b.t("cover.confidentiality"), b.t("confidentiality")},
		{b.t("cover.fingerprint"), ballot.PrintFingerprint(b.Round.Fingerprint)},
	}
	list := Facts{Box: chart.Box{X: left, Y: 150, W: width}, Rows: facts}
	list.Box.H = list.Height()
	list.Box.Y = min(list.Box.Y, cycleTop-4-list.Box.H)
	return Page{
		Name: "cover", Cover: true, Title: b.t("kind"),
		Blocks: append(b.logo(),
			CoverTitle{
				Box: chart.Box{X: left, Y: min(96, list.Box.Y-38), W: width, H: 40}, Kicker: b.Organisation.Name, Title: b.t("kind"),
				Subtitle: b.t("cover.subtitle", "programme", b.Programme, "number", b.Iteration.Number),
			},
			list,
			Figure{chart.Box{X: left, Y: cycleTop, W: width, H: 16}, chart.Cycle{
				Phases: [4]string{"PLAN", "DO", "CHECK", "ACT"}, Active: 2, Number: b.Iteration.Number,
				Iteration: b.t("iteration", "number", b.Iteration.Number),
				Words:     b.t("cover.phase-alt", "number", b.Iteration.Number),
			}},
		),
	}
}

// reasonWords is how many words the reason of a version has on the cover.
const reasonWords = 12

// replaced tells what a later version replaces, and why.
func (b *builder) replaced() string {
	if b.Version < 2 || b.Reason == "" {
		return ""
	}
	return b.t("cover.replaces", "version", b.Version-1, "reason", b.words(b.Reason, reasonWords, b.t("cover.version")))
}

// invited is P3 of a round that shows nothing: whom we asked.
func (b *builder) invited() Page {
	return Page{
		Name: "participation", Kicker: b.t("participation.kicker"), Title: b.t("notice.participation"),
		Subtitle: b.t(b.told("participation.subtitle"), "period", b.period(b.Round)),
		Blocks: []Block{
			Keys{chart.Box{X: left, Y: top, W: width, H: 18}, []Key{{b.p.Integer(b.Results.Invited), b.t("participation.invited")}}},
			b.targetGroup(84),
		},
	}
}

// notice stands in place of results when fewer than k people answered.
func (b *builder) notice() Page {
	p := Page{Name: "notice", Kicker: b.t("notice.kicker"), Title: b.t("notice.title"), Subtitle: b.t("notice.subtitle")}
	y := top
	for _, part := range []Prose{
		{Heading: b.t("notice.why"), Text: []string{b.t("notice.why-text", "k", b.Results.K, "invited", b.Results.Invited)}},
		{Heading: b.t("notice.what"), Text: []string{b.t("notice.what-text")}},
		{Heading: b.t("anonymity.groups"), Text: []string{b.t("anonymity.groups-text", "k", b.Results.K)}},
	} {
		part.Box = chart.Box{X: left, Y: y, W: width, H: part.height(width)}
		p.Blocks = append(p.Blocks, part)
		y += part.Box.H + 7
	}
	return p
}
