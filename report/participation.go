package report

import (
	"fmt"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// participation is P3: how far do these numbers carry?
func (b *builder) participation() Page {
	word := b.participationWord()
	shares := b.shares()
	blocks := []Block{
		Keys{chart.Box{X: left, Y: top, W: width, H: 18}, []Key{
			{b.p.Integer(b.Results.Invited), b.t("participation.invited")},
			{b.p.Integer(*b.Results.Ballots), b.t("participation.answered")},
			{b.p.Percent(b.percent()), b.t("participation.rate")},
		}},
	}
	y := 84.0
	if len(b.Earlier) > 0 {
		blocks = append(blocks, Figure{chart.Box{X: left, Y: y, W: width, H: 50}, b.rates()})
		y += 54
	}
	blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: b.t("participation.groups")},
		Figure{chart.Box{X: left, Y: y + 7, W: width, H: shares.Height()}, shares})
	y += 7 + shares.Height() + 4
	blocks = append(blocks, Quality{chart.Box{X: left, Y: y, W: width, H: 6}, participationStatus(word), b.t("participation.quality." + word)})
	blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y + 9, W: width, H: 12}, Small: true, Text: b.participationNotes()},
		Prose{Box: chart.Box{X: left, Y: 254, W: width, H: 20}, Heading: b.t("participation.not-included"), Text: []string{b.t("participation.not-included-text")}})
	return Page{
		Name: "participation", Kicker: b.t("participation.kicker"),
		Title:    b.t("participation.title", "answered", b.answered(), "word", b.t("participation."+word)),
		Subtitle: b.t("participation.subtitle", "period", b.p.Period(b.Round.Opens, b.Round.Closes)),
		Blocks:   blocks,
	}
}

// rates is the line of participation over the rounds.
func (b *builder) rates() chart.Trend {
	var points []chart.TrendPoint
	var values []string
	add := func(iteration int, kind survey.Kind, r *tally.Results) {
		p := chart.TrendPoint{Label: b.t("round-label", "number", iteration) + " · " + b.p.Integer(r.Invited), Pulse: kind == survey.PulseRound}
		if r.ResponseRate != nil {
			percent := int(*r.ResponseRate*100 + 0.5)
			p.Value, p.Text = new(float64(percent)), b.p.Percent(percent)
			values = append(values, p.Text)
		}
		points = append(points, p)
	}
	for _, e := range b.Earlier {
		add(e.Iteration, e.Round.Kind, e.Results)
	}
	add(b.Iteration.Number, b.Round.Kind, b.Results)
	name := b.t("participation.trend")
	return chart.Trend{
		Title: name, Points: points, Window: b.t("window"), Empty: b.t("empty-line"),
		Words: b.t("acceptance.trend-alt", "name", name, "values", strings.Join(values, ", ")),
	}
}

// shares lists processes, then roles; withheld ones are summed up where that is released.
func (b *builder) shares() chart.Shares {
	var rows []chart.ShareRow
	var words []string
	section := func(head string, list []survey.Named, group func(string) tally.Group) {
		rows = append(rows, chart.ShareRow{Label: head, Head: true})
		keys := []string{}
		for _, n := range list {
			keys = append(keys, n.Key)
		}
		for _, key := range append(keys, tally.Others) {
			g := b.group(group(key))
			if g == nil {
				continue
			}
			r := chart.ShareRow{Label: b.name(g.Group), Invited: *g.Invited, Answered: g.N, Text: b.rateWords(g)}
			words = append(words, r.Label+" "+r.Text)
			rows = append(rows, r)
		}
	}
	section(b.t("participation.processes"), b.Organisation.Processes, func(k string) tally.Group { return tally.Group{Process: k} })
	section(b.t("participation.roles"), b.Organisation.Roles, func(k string) tally.Group { return tally.Group{Role: k} })
	return chart.Shares{Rows: rows, Words: strings.Join(words, "; ")}
}

// rateWords tells how many of a group answered, or only the class.
func (b *builder) rateWords(g *tally.GroupResult) string {
	if g.N != nil {
		return b.p.OutOf(*g.N, *g.Invited, (200**g.N+*g.Invited)/(2**g.Invited))
	}
	var low, high int
	switch {
	case strings.HasPrefix(g.RateClass, "<"):
		fmt.Sscanf(g.RateClass, "<%d", &high) //nolint:errcheck // made by protect.RateClass
		return b.t("participation.under", "percent", b.p.Percent(high))
	case strings.HasPrefix(g.RateClass, ">="):
		fmt.Sscanf(g.RateClass, ">=%d", &low) //nolint:errcheck // made by protect.RateClass
		return b.t("at-least", "percent", b.p.Percent(low))
	}
	fmt.Sscanf(g.RateClass, "%d-%d", &low, &high) //nolint:errcheck // made by protect.RateClass
	return b.t("participation.between", "low", low, "high", b.p.Percent(high))
}

// participationNotes tells the warnings that concern who answered.
func (b *builder) participationNotes() []string {
	notes := b.t("participation.note")
	if b.Round.Paper > 0 {
		notes += " " + b.t("participation.paper", "number", b.Round.Paper)
	}
	keys := map[string]string{
		tally.OverRepresented: "participation.over", tally.UnderRepresent: "participation.under-represented", tally.Overfull: "participation.overfull",
	}
	for _, w := range b.Results.Warnings {
		if key := keys[w.Code]; key != "" && w.Group != nil {
			notes += " " + b.t(key, "group", b.name(*w.Group))
		}
	}
	return []string{notes}
}
