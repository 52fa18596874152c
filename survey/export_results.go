package survey

import (
	"context"
	"fmt"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// resultColumns are the heads of released results, the same in every language, as
// programs read them: one row for each question and construct of each group.
var resultColumns = []string{
	"process", "role", "unit", "state", "invited", "respondents", "rate_class", "kind", "key", "text", "n", "cannot_say", "not_answered",
	"mean", "index", "index_low", "index_high", "agree", "neutral", "disagree", "step_1", "step_2", "step_3", "step_4", "step_5", "band", "alpha",
	"compared_with", "change", "change_low", "change_high", "p_adjusted", "delta", "verdict",
}

// steps is how many answers a distribution has at most in the table.
const steps = 5

// ExportResults gives what a counted round released, an owner the groups of the own
// processes. Fault NotFound before counting.
func (s *Service) ExportResults(ctx context.Context, actor account.Actor, id RoundID, l locale.Language) (*Export, error) {
	results, err := s.ShowResults(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	round, err := s.store.FindRound(ctx, id)
	if err != nil {
		return nil, err
	}
	iteration, err := s.store.FindIteration(ctx, round.Iteration)
	if err != nil {
		return nil, err
	}
	x := resultSheets{results, round, labels(round, l), map[string]*tally.Change{}}
	for i := range results.Comparison {
		c := &results.Comparison[i]
		x.changes[c.Group.Key()+" "+c.Key] = c
	}
	e := &Export{
		Name:   fileName("results", fmt.Sprintf("i%02d", iteration.Number), string(round.Kind), round.Closes.UTC().Format(time.DateOnly)),
		Sheets: []table.Sheet{x.values(), x.trends(), x.drivers(), x.barriers(), x.about(iteration.Number)},
	}
	return s.export(ctx, actor, round.Organisation, "results", string(id), e)
}

// labels gives the short names of questions and constructs by key.
func labels(r *Round, l locale.Language) map[string]string {
	short := map[string]string{}
	for _, c := range r.Questionnaire.Constructs {
		short[c.Key] = c.Short.In(l)
	}
	for _, i := range r.Questionnaire.Items {
		short[i.Key] = i.Short.In(l)
	}
	return short
}

// resultSheets makes the sheets of results.
type resultSheets struct {
	results *tally.Results
	round   *Round
	labels  map[string]string
	changes map[string]*tally.Change // by group and key
}

func (x *resultSheets) values() table.Sheet {
	return table.Sheet{Name: "results", Columns: resultColumns, Rows: func(yield func([]table.Cell) bool) {
		for i := range x.results.Groups {
			if !x.group(&x.results.Groups[i], yield) {
				return
			}
		}
	}}
}

// group gives the rows of one group; one that shows nothing has one row.
func (x *resultSheets) group(g *tally.GroupResult, yield func([]table.Cell) bool) bool {
	head := append(groupCells(g.Group), table.Text(g.State), table.Whole(g.Invited), table.Whole(g.N), table.Text(g.RateClass))
	row := func(cells ...table.Cell) []table.Cell {
		all := make([]table.Cell, len(resultColumns))
		copy(all[copy(all, head):], cells)
		return all
	}
	if len(g.Constructs)+len(g.Items) == 0 {
		return yield(row())
	}
	for _, c := range g.Constructs {
		cells := texts("construct", c.Key, x.labels[c.Key])
		cells = append(cells, table.Whole(c.N), table.Cell{}, table.Cell{}, table.Number(c.Mean), table.Whole(c.Index))
		cells = append(append(cells, ends(c.CI)...), table.Whole(c.Favourable))
		cells = append(cells, make([]table.Cell, 2+steps)...)
		cells = append(cells, table.Text(c.Band), table.Number(c.Alpha))
		if !yield(row(append(cells, x.change(g.Group, c.Key)...)...)) {
			return false
		}
	}
	for _, i := range g.Items {
		cells := texts("question", i.Key, x.labels[i.Key])
		cells = append(cells, table.Whole(i.N), table.Whole(i.CannotSay), table.Whole(i.None), table.Number(i.Mean), table.Whole(i.Index))
		cells = append(append(cells, ends(i.CI)...), table.Whole(i.Favourable), table.Whole(i.Neutral), table.Whole(i.Unfavourable))
		distribution := make([]table.Cell, steps)
		for n := range min(steps, len(i.Distribution)) {
			distribution[n] = table.Whole(&i.Distribution[n])
		}
		cells = append(append(cells, distribution...), table.Text(i.Band), table.Cell{})
		if !yield(row(append(cells, x.change(g.Group, i.Key)...)...)) {
			return false
		}
	}
	return true
}

// change gives what is known beside the earlier round.
func (x *resultSheets) change(g tally.Group, key string) []table.Cell {
	c := x.changes[g.Key()+" "+key]
	if c == nil {
		return nil
	}
	cells := append([]table.Cell{table.Text(c.From), table.Whole(c.Difference)}, ends(c.CI)...)
	return append(cells, table.Text(said(c.P)), table.Number(c.Delta), table.Text(c.Verdict))
}

func (x *resultSheets) trends() table.Sheet {
	columns := []string{
		"process", "role", "unit", "key", "text", "round", "iteration", "closed", "headline", "n", "index", "index_low", "index_high", "band",
		"slope", "slope_low", "slope_high", "p", "direction",
	}
	return table.Sheet{Name: "trend", Columns: columns, Rows: func(yield func([]table.Cell) bool) {
		for _, t := range x.results.Trend {
			for _, p := range t.Points {
				row := append(groupCells(t.Group), texts(t.Key, x.labels[t.Key], p.Round, p.Iteration, instant(p.Closed), yesNo(p.Headline))...)
				row = append(append(row, table.Whole(p.N), table.Whole(p.Index)), ends(p.CI)...)
				row = append(append(row, table.Text(p.Band), table.Number(t.Slope)), ends(t.CI)...)
				if !yield(append(row, texts(said(t.P), said(t.Direction))...)) {
					return
				}
			}
		}
	}}
}

func (x *resultSheets) drivers() table.Sheet {
	columns := []string{"key", "text", "index", "index_low", "index_high", "strength", "p", "share"}
	return sheet("drivers", columns, x.results.Drivers, func(d *tally.DriverResult) []table.Cell {
		row := append(append(texts(d.Key, x.labels[d.Key]), table.Whole(d.Index)), ends(d.CI)...)
		return append(row, table.Number(d.Strength), table.Text(said(d.P)), table.Whole(d.Share))
	})
}

func (x *resultSheets) barriers() table.Sheet {
	columns := []string{"process", "role", "unit", "stage", "certainty", "B1", "B2", "B3", "B4", "B5"}
	return sheet("barriers", columns, x.results.Barriers, func(b *tally.BarrierResult) []table.Cell {
		row := append(groupCells(b.Group), texts(said(b.Stage), b.Certainty)...)
		for _, stage := range b.Stages {
			row = append(row, table.Whole(stage.Index))
		}
		return row
	})
}

// about names the round, so that a file that lies about tells where it is from.
func (x *resultSheets) about(iteration int) table.Sheet {
	r := x.results
	rows := [][]table.Cell{
		append(texts("round"), table.Text(r.Round)), append(texts("iteration"), table.Whole(&iteration)), append(texts("kind"), table.Text(string(x.round.Kind))),
		append(texts("closed"), table.Text(x.round.Closes.UTC().Format(time.RFC3339))), append(texts("k"), table.Whole(&r.K)),
		append(texts("invited"), table.Whole(&r.Invited)), append(texts("ballots"), table.Whole(r.Ballots)), append(texts("invalid_ballots"), table.Whole(&r.Invalid)),
		append(texts("response_rate"), table.Number(r.ResponseRate)), append(texts("questionnaire"), table.Text(x.round.Questionnaire.ID)),
		append(texts("questionnaire_hash"), table.Text(r.Questionnaire)),
	}
	for _, w := range r.Warnings {
		text := w.Key
		if w.Group != nil {
			text += " " + w.Group.Key()
		}
		rows = append(rows, texts("warning "+w.Code, text))
	}
	return sheet("about", []string{"name", "value"}, rows, func(row *[]table.Cell) []table.Cell { return *row })
}

func groupCells(g tally.Group) []table.Cell { return texts(g.Process, g.Role, g.Unit) }

func ends(ci *tally.Interval) []table.Cell {
	if ci == nil {
		return make([]table.Cell, 2)
	}
	return []table.Cell{table.Number(&ci.Low), table.Number(&ci.High)}
}

func said(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
