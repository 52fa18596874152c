package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// hasStages says whether the round asked about the stages of change.
func (b *builder) hasStages() bool {
	return slices.ContainsFunc(b.Round.Questionnaire.Items, func(i questionnaire.Item) bool { return i.Kind == questionnaire.Stage })
}

// stages is P7: what do we have to work on first?
func (b *builder) stages() []Page {
	stage, _ := b.barrier()
	weakest := b.weakestStage()
	title := b.t("stages.title-protected")
	help, head := "", "stages.help"
	switch {
	case stage != nil:
		title = b.t("stages.title", "stage", b.short(stage.Key), "x", *stage.Index)
		help = b.p.In(questionnaire.StageHelp(stage.Key)) + "."
	case weakest != nil:
		title = b.t("stages.title-none", "limit", barrierLimit, "stage", b.short(weakest.Key), "x", *weakest.Index)
		help, head = b.p.In(questionnaire.StageHelp(weakest.Key))+".", "stages.help-weakest"
	}
	blocks := []Block{Figure{chart.Box{X: left, Y: top, W: 83, H: 100}, b.stageFigure(tally.Group{}, b.t("stages.all"), false)}}
	blocks = append(blocks, b.stagePanels()...)
	y := 170.0
	table := b.barriers()
	if n := len(table.Rows); n > 0 && n <= maxBarriers {
		blocks = append(blocks, b.barrierBlocks(table, y)...)
		y += table.Height() + 19
	}
	blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y, W: 79, H: 40}, Heading: b.t("stages.how"),
		Text: []string{b.t("stages.how-text", "limit", barrierLimit)}})
	if help != "" {
		blocks = append(blocks, Prose{Box: chart.Box{X: left + 86, Y: y, W: 79, H: 40}, Heading: b.t(head), Text: []string{help}})
	}
	page := Page{
		Name: "stages", Kicker: b.t("stages.kicker"), Title: title,
		Subtitle: b.t("stages.subtitle", "number", b.Iteration.Number, "limit", barrierLimit), Blocks: blocks,
	}
	if len(table.Rows) <= maxBarriers {
		return []Page{page}
	}
	more := page
	more.Kicker, more.Blocks = b.t("continued", "kicker", page.Kicker, "number", 2), b.barrierBlocks(table, top)
	return []Page{page, more}
}

// stagePanels are the same stages by role, one small figure each.
func (b *builder) stagePanels() []Block {
	blocks := []Block{Prose{Box: chart.Box{X: 113, Y: top, W: 77, H: 6}, Heading: b.t("stages.roles")}}
	var hidden []string
	y := top + 8
	for _, r := range b.roles() {
		g := tally.Group{Role: r.Key}
		if !slices.ContainsFunc(b.stageResults(g), func(s tally.ItemResult) bool { return s.Index != nil }) {
			hidden = append(hidden, b.p.In(r.Name))
			continue
		}
		if y+21 > top+100 {
			break
		}
		blocks = append(blocks, Figure{chart.Box{X: 113, Y: y, W: 77, H: 20}, b.stageFigure(g, b.p.In(r.Name), true)})
		y += 22.5
	}
	if len(hidden) > 0 {
		blocks = append(blocks, Prose{Box: chart.Box{X: 113, Y: y + 1, W: 77, H: 10}, Small: true,
			Text: []string{b.t("stages.hidden", "roles", b.p.List(hidden))}})
	}
	return blocks
}

// maxBarriers is how many processes the table of barriers has room for below the
// figures; longer ones stand on a page of their own.
const maxBarriers = 8

// barrierBlocks is the table with heading and note.
func (b *builder) barrierBlocks(t Table, y float64) []Block {
	t.Box.Y = y + 7
	return []Block{
		Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: b.t("stages.processes")}, t,
		Prose{Box: chart.Box{X: left, Y: y + 8.5 + t.Height(), W: width, H: 4}, Small: true, Text: []string{b.t("stages.processes-note")}},
	}
}

// barriers is the table of barriers by process, without those that show no stages.
func (b *builder) barriers() Table {
	t := Table{Box: chart.Box{X: left, W: width}, Columns: []Column{
		{Head: b.t("acceptance.process")}, {Head: b.t("stages.barrier"), Width: 40},
		{Head: b.t("acceptance.index"), Width: 20, Align: chart.Right}, {Head: "", Width: 5}, {Head: b.t("stages.certainty"), Width: 40},
	}}
	for _, p := range b.processes() {
		for _, one := range b.Results.Barriers {
			if one.Group != (tally.Group{Process: p.Key}) || one.Certainty == score.NotShown {
				continue
			}
			name, index := b.t("stages.none", "limit", barrierLimit), ""
			for _, s := range one.Stages {
				if one.Stage != nil && s.Key == *one.Stage {
					name, index = b.short(s.Key), b.or(s.Index)
				}
			}
			t.Rows = append(t.Rows, Row{Cells: []string{b.p.In(p.Name), name, index, "", b.t("stages.certainty-" + one.Certainty)}})
		}
	}
	return t
}

// stageResults gives the stages of a group in order.
func (b *builder) stageResults(g tally.Group) []tally.ItemResult {
	r := b.group(g)
	var list []tally.ItemResult
	for _, i := range b.Round.Questionnaire.Items {
		if i.Kind == questionnaire.Stage {
			list = append(list, item(r, i.Key))
		}
	}
	return list
}

func (b *builder) weakestStage() *tally.ItemResult {
	var low *tally.ItemResult
	list := b.stageResults(tally.Group{})
	for i := range list {
		if list[i].Index == nil && list[i].Band == "" {
			return nil // a stage that is not shown may be lower
		}
		if x := list[i].Index; x != nil && (low == nil || *x < *low.Index) {
			low = &list[i]
		}
	}
	return low
}

func (b *builder) stageFigure(g tally.Group, title string, small bool) chart.Stages {
	f := chart.Stages{Title: title, Limit: barrierLimit, Bracket: b.t("stages.barrier"), Small: small}
	r := b.group(g)
	barrier, hollow := "", r != nil && r.State == tally.Indicative
	for _, one := range b.Results.Barriers {
		if one.Group == g && one.Stage != nil {
			barrier = *one.Stage
		}
	}
	var words []string
	for _, s := range b.stageResults(g) {
		bar := chart.StageBar{Label: b.short(s.Key), Value: floating(s.Index), Band: b.band(s.Band), BandEnd: end(s.Band), Barrier: s.Key == barrier && barrier != "", Hollow: hollow}
		if s.Index != nil {
			bar.Text = b.p.Integer(*s.Index)
			words = append(words, bar.Label+" "+bar.Text)
		}
		f.Bars = append(f.Bars, bar)
	}
	f.Words = b.t("stages.alt", "values", strings.Join(words, ", "))
	return f
}
