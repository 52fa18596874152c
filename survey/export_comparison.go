package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// ExportComparison gives iterations side by side, one row for each question and construct
// of each group in each round, as CompareIterations shows them. What another tool counted is
// marked in every row.
func (s *Service) ExportComparison(ctx context.Context, actor account.Actor, id ProgrammeID, l locale.Language, only ...IterationID) (*Export, error) {
	c, err := s.CompareIterations(ctx, actor, id, only...)
	if err != nil {
		return nil, err
	}
	x := comparisonSheets{c.Data, labels(c.Rounds[len(c.Rounds)-1], l)}
	e := &Export{Name: fileName("comparison", c.Programme.Name), Sheets: []table.Sheet{x.values(), x.changes(), x.rounds()}}
	return s.export(ctx, actor, c.Programme.Organisation, "comparison", string(id), e)
}

// comparisonSheets makes the sheets of a comparison.
type comparisonSheets struct {
	data   *tally.Comparison
	labels map[string]string // of the last round
}

func (x *comparisonSheets) values() table.Sheet {
	columns := []string{
		"process", "role", "unit", "key", "text", "iteration", "round", "closed", "imported", "state", "n", "index", "index_low", "index_high", "band",
	}
	return table.Sheet{Name: "comparison", Columns: columns, Rows: func(yield func([]table.Cell) bool) {
		for _, s := range x.data.Series {
			for i, p := range s.Points {
				r := &x.data.Rounds[i]
				row := append(append(groupCells(s.Group), texts(s.Key, x.labels[s.Key])...), table.Whole(&r.Number))
				row = append(row, texts(r.Round, instant(r.Closed), yesNo(r.Imported), p.State)...)
				row = append(append(row, table.Whole(p.N), table.Whole(p.Index)), ends(p.CI)...)
				if !yield(append(row, table.Text(p.Band))) {
					return
				}
			}
		}
	}}
}

func (x *comparisonSheets) changes() table.Sheet {
	columns := []string{"process", "role", "unit", "key", "text", "from", "to", "change", "change_low", "change_high", "p_adjusted", "delta", "verdict"}
	return sheet("changes", columns, x.data.Changes, func(c *tally.Change) []table.Cell {
		row := append(append(groupCells(c.Group), texts(c.Key, x.labels[c.Key], c.From, c.To)...), table.Whole(c.Difference))
		return append(append(row, ends(c.CI)...), table.Text(said(c.P)), table.Number(c.Delta), table.Text(c.Verdict))
	})
}

func (x *comparisonSheets) rounds() table.Sheet {
	columns := []string{"iteration", "round", "opened", "closed", "imported", "k", "invited", "paper_tickets", "ballots", "response_rate", "questionnaire_hash"}
	return sheet("rounds", columns, x.data.Rounds, func(r *tally.ComparedRound) []table.Cell {
		row := append([]table.Cell{table.Whole(&r.Number)}, texts(r.Round, instant(r.Opened), instant(r.Closed), yesNo(r.Imported))...)
		return append(row, table.Whole(&r.K), table.Whole(&r.Invited), table.Whole(&r.Paper), table.Whole(r.Ballots), table.Number(r.ResponseRate), table.Text(r.Questionnaire))
	})
}

// instant writes a time; nil is empty.
func instant(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
