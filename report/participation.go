package report

import (
	"fmt"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// shareRows is how many rows stand on P3 beside everything else, and how many if
// what follows stands on a second page.
const shareRows, manyShareRows = 14, 20

// participation is P3: how far do these numbers carry?
func (b *builder) participation() []Page {
	blocks := []Block{
		Keys{chart.Box{X: left, Y: top, W: width, H: 18}, []Key{
			{b.p.Integer(b.Results.Invited), b.t("participation.invited")},
			{b.p.Integer(*b.Results.Ballots), b.t("participation.answered")},
			{b.p.Percent(percent(b.Results)), b.t("participation.rate")},
		}},
	}
	y := 138.0
	if len(b.Earlier) > 0 {
		blocks = append(blocks, Figure{chart.Box{X: left, Y: 84, W: width, H: 48}, b.rates()})
	} else {
		target := b.targetGroup(84)
		blocks, y = append(blocks, target), 84+target.Box.H+8
	}
	processes, roles := b.shares()
	if rows := len(processes) + len(roles); rows <= shareRows {
		both := slices.Concat(processes, roles)
		return []Page{b.participationPage(append(append(blocks, b.whoAnswered(y, both)...), b.quality(y+11+shareHeight(both))...))}
	}
	var pages []Page
	for part := range slices.Chunk(processes, manyShareRows) {
		pages = append(pages, b.participationPage(append(blocks, b.whoAnswered(y, part)...)))
		blocks, y = nil, top
	}
	pages = append(pages, b.participationPage(append(b.whoAnswered(top, roles), b.quality(top+11+shareHeight(roles))...)))
	for i := range pages[1:] {
		pages[i+1].Kicker = b.t("continued", "kicker", pages[i+1].Kicker, "number", i+2)
	}
	return pages
}

func (b *builder) participationPage(blocks []Block) Page {
	return Page{
		Name: "participation", Kicker: b.t("participation.kicker"),
		Title:    b.t("participation.title", "answered", b.answered(), "word", b.t("participation."+b.carries(b.participationWord()))),
		Subtitle: b.t(b.told("participation.subtitle"), "period", b.period(b.Round)),
		Blocks:   blocks,
	}
}

// whoAnswered is the figure of groups with its heading.
func (b *builder) whoAnswered(y float64, rows []chart.ShareRow) []Block {
	var words []string
	for _, r := range rows {
		if !r.Head {
			words = append(words, r.Label+" "+r.Text)
		}
	}
	s := chart.Shares{Rows: rows, Words: strings.Join(words, "; ")}
	return []Block{
		Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: b.t("participation.groups")},
		Figure{chart.Box{X: left, Y: y + 7, W: width, H: s.Height()}, s},
	}
}

func shareHeight(rows []chart.ShareRow) float64 { return chart.Shares{Rows: rows}.Height() }

// quality tells how far the numbers carry, what to know beside them and what is missing.
func (b *builder) quality(y float64) []Block {
	word := b.participationWord()
	notes := b.participationNotes()
	blocks := []Block{
		Quality{chart.Box{X: left, Y: y, W: width, H: 6}, b.light(participationStatus(word)), b.t("participation.quality." + word)},
		Prose{Box: chart.Box{X: left, Y: y + 9, W: width, H: 4 * proseLines(notes)}, Small: true, Text: []string{notes}},
	}
	if missing := b.missing(); len(missing) > 0 {
		blocks = append(blocks, Prose{
			Box: chart.Box{X: left, Y: y + 15 + 4*proseLines(notes), W: width, H: 18}, Heading: b.t("participation.not-included"),
			Text: []string{b.t("participation.not-included-text", "modules", b.p.List(missing))},
		})
	}
	return blocks
}

// carries gives the word for how far the numbers carry; a small round's are a
// tendency whatever its rate.
func (b *builder) carries(word string) string {
	if b.small {
		return score.Poor
	}
	return word
}

// targetGroup tells whom the round asked, in place of a line with one point.
func (b *builder) targetGroup(y float64) Facts {
	var processes, roles []string
	for _, n := range b.processes() {
		processes = append(processes, b.p.In(n.Name))
	}
	for _, n := range b.roles() {
		roles = append(roles, b.p.In(n.Name))
	}
	rows := [][2]string{
		{b.t("participation.processes"), strings.Join(processes, ", ")},
		{b.t("participation.roles"), strings.Join(roles, ", ")},
		{b.t("participation.questions"), b.p.In(b.Round.Questionnaire.Title) + ", " + b.t("participation.closed", "n", len(b.Round.Questionnaire.Items))},
	}
	f := Facts{Box: chart.Box{X: left, Y: y, W: width}, Heading: b.t("participation.target"), Rows: rows, Small: true}
	f.Box.H = f.Height()
	return f
}

// rates is the line of participation over the rounds.
func (b *builder) rates() chart.Trend {
	var points []chart.TrendPoint
	var values []string
	add := func(iteration int, round *survey.Round, r *tally.Results) {
		p := chart.TrendPoint{
			Label: b.t("round-label", "number", iteration) + " · " + b.p.Integer(r.Invited), Pulse: round.Kind == survey.PulseRound, Closed: b.closed(round),
		}
		if r.ResponseRate != nil {
			rate := percent(r)
			p.Value, p.Text = new(float64(rate)), b.p.Percent(rate)
			values = append(values, p.Text)
		}
		points = append(points, p)
	}
	for _, e := range b.Earlier {
		add(e.Iteration, e.Round, e.Results)
	}
	add(b.Iteration.Number, b.Round, b.Results)
	name := b.t("participation.trend")
	return chart.Trend{
		Title: name, Points: points, Window: b.t("window"), Empty: b.t("empty-line"),
		Words: b.t("acceptance.trend-alt", "name", name, "values", strings.Join(values, ", ")),
	}
}

// shares lists processes and roles; withheld ones are summed up where that is released.
func (b *builder) shares() (processes, roles []chart.ShareRow) {
	section := func(head string, list []survey.Named, group func(string) tally.Group) []chart.ShareRow {
		rows := []chart.ShareRow{{Label: head, Head: true}}
		for _, n := range append(list, survey.Named{Key: tally.Others}) {
			g := b.group(group(n.Key))
			if g == nil || g.Invited == nil {
				continue
			}
			rows = append(rows, chart.ShareRow{
				Label: compact(b.name(g.Group), font.Regular, 9, 49), Invited: *g.Invited, Answered: g.N, Text: b.rateWords(g),
			})
		}
		return rows
	}
	processes = section(b.t("participation.processes"), b.processes(), func(k string) tally.Group { return tally.Group{Process: k} })
	roles = section(b.t("participation.roles"), b.roles(), func(k string) tally.Group { return tally.Group{Role: k} })
	return processes, roles
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
		return b.t("participation.at-least", "percent", b.p.Percent(low))
	}
	fmt.Sscanf(g.RateClass, "%d-%d", &low, &high) //nolint:errcheck // made by protect.RateClass
	return b.t("participation.between", "low", low, "high", b.p.Percent(high))
}

// participationNotes tells the warnings that concern who answered.
func (b *builder) participationNotes() string {
	notes := b.t("participation.note")
	if len(b.Earlier) > 0 {
		notes = b.t("participation.axis") + " " + notes
	}
	if b.withheldUnpooled() {
		notes += " " + b.t("participation.withheld")
	}
	if b.Round.Paper > 0 {
		notes += " " + b.t("participation.paper", "n", b.Round.Paper)
	}
	keys := map[string]string{
		tally.OverRepresented: "participation.over", tally.UnderRepresent: "participation.under-represented", tally.Overfull: "participation.overfull",
	}
	for _, w := range b.Results.Warnings {
		if w.Code == tally.Restored {
			notes += " " + b.t("participation.restored")
		}
		if key := keys[w.Code]; key != "" && w.Group != nil {
			notes += " " + b.t(key, "group", b.name(*w.Group))
		}
	}
	return notes
}

// withheldUnpooled says that a process or role is neither shown nor part of "others".
func (b *builder) withheldUnpooled() bool {
	missing := func(list []survey.Named, group func(string) tally.Group) bool {
		if b.group(group(tally.Others)) != nil {
			return false
		}
		return slices.ContainsFunc(list, func(n survey.Named) bool { return b.group(group(n.Key)) == nil })
	}
	return missing(b.processes(), func(k string) tally.Group { return tally.Group{Process: k} }) ||
		missing(b.roles(), func(k string) tally.Group { return tally.Group{Role: k} })
}
