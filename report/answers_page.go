package report

import (
	"slices"
	"strconv"

	"pulscheck/report/chart"
)

// answersHeight is how much of the figure fits on a page above its notes, in mm.
const answersHeight = 184.0

// answers is P5: what exactly do they say? Acceptance, motivation and the stages stand
// together, what may drive them on the next page, unless all fits on one.
func (b *builder) answers() []Page {
	core, more := b.likertBlocks()
	sections := [][]answerBlock{core, more}
	if all := append(slices.Clone(core), more...); likertHeight(all) <= answersHeight {
		sections = [][]answerBlock{all}
	}
	var parts [][]answerBlock
	for _, s := range sections {
		parts = append(parts, paginate(s)...)
	}
	pages := make([]Page, len(parts))
	for i, part := range parts {
		pages[i] = b.answersPage(part)
		if i > 0 {
			pages[i].Kicker = b.t("continued", "kicker", pages[i].Kicker, "number", i+1)
		}
	}
	return pages
}

// answerBlock is a block of the figure with the keys of what it shows.
type answerBlock struct {
	chart.LikertBlock
	about []string
}

func likertHeight(blocks []answerBlock) float64 {
	l := chart.Likert{}
	for _, b := range blocks {
		l.Blocks = append(l.Blocks, b.LikertBlock)
	}
	return l.Height()
}

// paginate puts blocks on pages; a block that is longer than a page is cut.
func paginate(blocks []answerBlock) [][]answerBlock {
	var pages [][]answerBlock
	var page []answerBlock
	for _, block := range blocks {
		for _, part := range cut(block) {
			if len(page) > 0 && likertHeight(append(slices.Clone(page), part)) > answersHeight {
				pages, page = append(pages, page), nil
			}
			page = append(page, part)
		}
	}
	if len(page) > 0 {
		pages = append(pages, page)
	}
	return pages
}

// cut splits a block into parts of at most a page.
func cut(block answerBlock) []answerBlock {
	var parts []answerBlock
	for len(block.Rows) > 0 {
		rows := len(block.Rows)
		part := block
		for part.Rows = block.Rows; rows > 1 && likertHeight([]answerBlock{part}) > answersHeight; part.Rows = block.Rows[:rows] {
			rows--
		}
		parts = append(parts, part)
		block.Rows = block.Rows[rows:]
	}
	return parts
}

func (b *builder) answersPage(parts []answerBlock) Page {
	var blocks []chart.LikertBlock
	var about []string
	notes := b.t("answers.scored")
	for _, part := range parts {
		blocks, about = append(blocks, part.LikertBlock), append(about, part.about...)
		if slices.ContainsFunc(part.Rows, func(r chart.LikertRow) bool { return r.Footnote }) {
			notes += " " + b.t("answers.dagger")
		}
	}
	if !b.shares5() {
		notes += " " + b.t("answers.classes")
	}
	l := chart.Likert{
		Legend: b.likertLegend(), Blocks: blocks, Axis: b.t("answers.axis"),
		Heads: [4]string{b.t("answers.disagree"), b.t("answers.agree"), b.t("answers.neutral"), b.t("answers.index")},
		Words: b.likertWords(blocks),
	}
	if b.before != nil {
		l.Since = b.t("answers.since", "number", b.before.Iteration)
	}
	y := top + l.Height() + 4
	page := []Block{Figure{chart.Box{X: left, Y: top, W: width, H: l.Height()}, l}}
	if b.before != nil {
		page = append(page, b.signs(y-2))
		y += 5
	}
	return Page{
		Name: "answers", Kicker: b.t("answers.kicker"), Title: b.answersTitle(), about: about,
		Subtitle: b.t("answers.subtitle", "round", b.roundBeside(), "count", b.counts()),
		Blocks: append(page,
			Prose{Box: chart.Box{X: left, Y: y, W: 79, H: 20}, Small: true, Leads: []string{b.t("answers.help-head")}, Text: []string{b.t("answers.help")}},
			Prose{Box: chart.Box{X: left + 86, Y: y, W: 79, H: 20}, Small: true, Leads: []string{b.t("answers.scored-head")}, Text: []string{notes}},
		),
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

// likertLegend names the five answers of the first question that has five.
func (b *builder) likertLegend() [5]string {
	var legend [5]string
	for _, i := range b.Round.Questionnaire.Items {
		s := b.Round.Questionnaire.Scales[i.Scale]
		if s.Hi-s.Lo != 4 {
			continue
		}
		for at := range legend {
			legend[at] = b.p.In(s.Labels[strconv.Itoa(s.Lo+at)])
		}
		break
	}
	return legend
}

// answersTitle counts the questions in which disagreement prevails. Where one of them
// is scored in reverse, it speaks of unfavourable answers: people agree with what it says.
func (b *builder) answersTitle() string {
	prevails, shown, key, reverse := 0, 0, "", ""
	least := 200
	for _, r := range b.total.Items {
		disagree, _, agree := classes(r)
		if r.Favourable == nil {
			continue
		}
		shown++
		d := sum(agree) - sum(disagree)
		if i := b.Round.Questionnaire.Item(r.Key); d < 0 && i != nil && i.Reverse {
			reverse = "-reverse"
		}
		if d < 0 {
			prevails++
		}
		if d < least {
			least, key = d, r.Key
		}
	}
	switch {
	case shown == 0:
		return b.t("answers.title-protected")
	case prevails == 1:
		return fit(b.t("answers.title"+reverse+"-single", "all", shown, "item", b.short(key)),
			b.t("answers.title"+reverse+"-brief", "m", prevails, "all", shown))
	case prevails > 0:
		return fit(b.t("answers.title"+reverse, "m", prevails, "all", shown, "item", b.short(key)),
			b.t("answers.title"+reverse+"-brief", "m", prevails, "all", shown))
	}
	return fit(b.t("answers.title-none", "item", b.short(key)), b.t("answers.title-none-brief"))
}
