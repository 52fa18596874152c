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

// likertBlocks groups the questions. core: acceptance, motivation, the stages by
// number; more: other constructs of several questions, single ones as drivers, the
// rest. Within a construct the highest index comes first.
func (b *builder) likertBlocks() (core, more []answerBlock) {
	drivers := answerBlock{LikertBlock: chart.LikertBlock{Name: b.t("answers.drivers")}}
	for _, c := range b.Round.Questionnaire.Constructs {
		keys := b.Round.Questionnaire.ItemsOf(c.Key)
		about := append(slices.Clone(keys), c.Key)
		block := answerBlock{chart.LikertBlock{Name: b.constructName(c.Key), Rows: b.likertRows(keys)}, about}
		if x := construct(b.total, c.Key).Index; x != nil {
			block.Index = b.p.Integer(*x)
			block.Change = b.since(c.Key)
		}
		switch {
		case c.Key == acceptanceKey || c.Key == motivationKey:
			core = append(core, block)
		case len(keys) == 1:
			drivers.Rows, drivers.about = append(drivers.Rows, block.Rows...), append(drivers.about, about...)
		default:
			more = append(more, block)
		}
	}
	stages := answerBlock{LikertBlock: chart.LikertBlock{Name: b.t("answers.stages")}}
	others := answerBlock{LikertBlock: chart.LikertBlock{Name: b.t("answers.more")}}
	for _, i := range b.Round.Questionnaire.Items {
		switch {
		case i.Kind == questionnaire.Stage:
			stages.Rows, stages.about = append(stages.Rows, b.likertRow(i, len(stages.Rows)+1)), append(stages.about, i.Key)
		case i.Construct == "":
			others.Rows, others.about = append(others.Rows, b.likertRow(i, 0)), append(others.about, i.Key)
		}
	}
	return append(core, stages), append(more, drivers, others)
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
	row := chart.LikertRow{Text: b.likertText(i, text), Band: b.band(r.Band), BandEnd: end(r.Band), Footnote: b.warned(tally.ManyCannotSay, i.Key)}
	row.Change = b.since(i.Key)
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

// since gives the change of a question or construct of the whole round, nothing in the
// first iteration.
func (b *builder) since(key string) chart.Change {
	if b.before == nil {
		return chart.Change{}
	}
	return b.sign(b.change(tally.Group{}, key))
}

// likertText gives the lines of a question, two at most, with what is special about it.
func (b *builder) likertText(i questionnaire.Item, text string) []string {
	note := ""
	switch s := b.Round.Questionnaire.Scales[i.Scale]; {
	case i.Reverse:
		note = b.t("answers.reverse")
	case s.Hi-s.Lo == 1:
		note = b.t("answers.yes-no")
	}
	lines := font.Wrap(text, font.Regular, 9, 48)
	if note == "" || len(lines) > 1 && !i.Reverse {
		return lines
	}
	if len(lines) > 1 {
		return font.Wrap(text+" *", font.Regular, 9, 48)
	}
	return append(lines, note)
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
