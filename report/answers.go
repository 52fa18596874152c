package report

import (
	"cmp"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// rowsPerPage is how many questions fit on a page under a title of two lines.
const rowsPerPage = 13

// answers is P5: what exactly do they say? One page for every 13 questions.
func (b *builder) answers() []Page {
	var pages []Page
	var blocks []chart.LikertBlock
	rows := 0
	flush := func() {
		if rows > 0 {
			pages = append(pages, b.answersPage(blocks))
			blocks, rows = nil, 0
		}
	}
	for _, block := range b.likertBlocks() {
		if rows+len(block.Rows) > rowsPerPage {
			flush()
		}
		for len(block.Rows) > rowsPerPage {
			part := block
			part.Rows = block.Rows[:rowsPerPage]
			blocks, rows = []chart.LikertBlock{part}, rowsPerPage
			flush()
			block.Rows = block.Rows[rowsPerPage:]
		}
		blocks = append(blocks, block)
		rows += len(block.Rows)
	}
	flush()
	return pages
}

func (b *builder) answersPage(blocks []chart.LikertBlock) Page {
	l := chart.Likert{
		Legend: b.likertLegend(), Blocks: blocks, Axis: b.t("answers.axis"),
		Heads: [4]string{b.t("answers.disagree"), b.t("answers.agree"), b.t("answers.neutral"), b.t("answers.index")},
		Words: b.likertWords(blocks),
	}
	dagger := ""
	for _, block := range blocks {
		for _, r := range block.Rows {
			if r.Footnote {
				dagger = " " + b.t("answers.dagger")
			}
		}
	}
	y := top + l.Height() + 5
	return Page{
		Name: "answers", Kicker: b.t("answers.kicker"), Title: b.answersTitle(),
		Subtitle: b.t("answers.subtitle", "number", b.Iteration.Number, "count", b.counts()),
		Blocks: []Block{
			Figure{chart.Box{X: left, Y: top, W: width, H: l.Height()}, l},
			Prose{Box: chart.Box{X: left, Y: y, W: 79, H: 20}, Small: true, Text: []string{b.t("answers.help-head") + " " + b.t("answers.help")}},
			Prose{Box: chart.Box{X: left + 86, Y: y, W: 79, H: 20}, Small: true, Text: []string{b.t("answers.scored-head") + " " + b.t("answers.scored") + dagger}},
		},
	}
}

// counts gives the least and most answers to a question: "92–109".
func (b *builder) counts() string {
	low, high := 0, 0
	for _, i := range b.total.Items {
		if i.N != nil {
			if low == 0 || *i.N < low {
				low = *i.N
			}
			high = max(high, *i.N)
		}
	}
	if low == high {
		return b.p.Integer(low)
	}
	return b.p.Integer(low) + "–" + b.p.Integer(high)
}

func (b *builder) likertLegend() [5]string {
	var legend [5]string
	for _, s := range b.Round.Questionnaire.Scales {
		if s.Hi-s.Lo != 4 {
			continue
		}
		for i := range legend {
			legend[i] = b.p.In(s.Labels[string(rune('0'+s.Lo+i))])
		}
	}
	return legend
}

func (b *builder) likertWords(blocks []chart.LikertBlock) string {
	var words []string
	for _, block := range blocks {
		for _, r := range block.Rows {
			if len(r.Agree) > 0 {
				words = append(words, b.t("answers.alt", "item", strings.Join(r.Text, " "), "agree", sum(r.Agree), "disagree", sum(r.Disagree)))
			}
		}
	}
	return strings.Join(words, "; ")
}

func sum(shares []int) int {
	n := 0
	for _, s := range shares {
		n += s
	}
	return n
}

// likertBlocks groups the questions: constructs, single ones as drivers, others, and
// the stages; within a block by index from high to low, stages by number.
func (b *builder) likertBlocks() []chart.LikertBlock {
	var blocks []chart.LikertBlock
	drivers := chart.LikertBlock{Name: b.t("answers.drivers")}
	more := chart.LikertBlock{Name: b.t("answers.more")}
	stages := chart.LikertBlock{Name: b.t("answers.stages")}
	for _, c := range b.Round.Questionnaire.Constructs {
		keys := b.Round.Questionnaire.ItemsOf(c.Key)
		rows := b.likertRows(keys)
		if len(keys) == 1 {
			drivers.Rows = append(drivers.Rows, rows...)
			continue
		}
		block := chart.LikertBlock{Name: b.constructName(c.Key), Rows: rows}
		if x := construct(b.total, c.Key).Index; x != nil {
			block.Index = b.p.Integer(*x)
		}
		blocks = append(blocks, block)
	}
	for _, i := range b.Round.Questionnaire.Items {
		switch {
		case i.Kind == questionnaire.Stage:
			stages.Rows = append(stages.Rows, b.likertRow(i, len(stages.Rows)+1))
		case i.Construct == "":
			more.Rows = append(more.Rows, b.likertRow(i, 0))
		}
	}
	for _, block := range []chart.LikertBlock{drivers, more, stages} {
		if len(block.Rows) > 0 {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

func (b *builder) likertRows(keys []string) []chart.LikertRow {
	ordered := slices.Clone(keys)
	slices.SortStableFunc(ordered, func(x, y string) int { return cmp.Compare(b.indexOf(y), b.indexOf(x)) })
	var rows []chart.LikertRow
	for _, key := range ordered {
		rows = append(rows, b.likertRow(*b.Round.Questionnaire.Item(key), 0))
	}
	return rows
}

func (b *builder) indexOf(key string) int {
	if x := item(b.total, key).Index; x != nil {
		return *x
	}
	return -1
}

func (b *builder) likertRow(i questionnaire.Item, number int) chart.LikertRow {
	r := item(b.total, i.Key)
	text := b.p.In(i.Short)
	if number > 0 {
		text = b.p.Integer(number) + " " + text
	}
	row := chart.LikertRow{Text: font.Wrap(text, font.Regular, 9, 49), Band: b.band(r.Band), Footnote: b.warned(tally.ManyCannotSay, i.Key)}
	if i.Reverse {
		row.Text = append(row.Text, b.t("answers.reverse"))
	}
	if r.Favourable == nil && r.Band == "" {
		row.Empty = b.t("answers.empty")
		return row
	}
	row.Disagree, row.Neutral, row.Agree = classes(r)
	row.Prevails = sum(row.Disagree) > sum(row.Agree)
	if r.Index != nil {
		row.Index = b.p.Integer(*r.Index)
	}
	return row
}

func (b *builder) warned(code, key string) bool {
	return slices.ContainsFunc(b.Results.Warnings, func(w tally.Warning) bool { return w.Code == code && w.Key == key })
}

// classes splits the shares of a question into both sides and the middle.
func classes(r tally.ItemResult) (disagree []int, neutral *int, agree []int) {
	d := r.Distribution
	switch {
	case len(d) == 5:
		return d[:2], &d[2], d[3:]
	case len(d) == 2:
		return d[:1], nil, d[1:]
	case r.Favourable == nil:
		return nil, nil, nil
	case r.Unfavourable == nil:
		return nil, nil, []int{*r.Favourable}
	}
	return []int{*r.Unfavourable}, r.Neutral, []int{*r.Favourable}
}

// answersTitle counts the questions in which disagreement prevails.
func (b *builder) answersTitle() string {
	prevails, shown, key := 0, 0, ""
	least, worst := 200, 0
	for _, r := range b.total.Items {
		disagree, _, agree := classes(r)
		if r.Favourable == nil {
			continue
		}
		shown++
		d := sum(agree) - sum(disagree)
		if d < 0 {
			prevails++
		}
		if d < least {
			least, worst, key = d, d, r.Key
		}
	}
	switch {
	case shown == 0:
		return b.t("answers.title-protected")
	case worst < 0:
		return b.t("answers.title", "m", prevails, "all", shown, "item", b.short(key))
	}
	return b.t("answers.title-none", "item", b.short(key))
}
