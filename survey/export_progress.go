package survey

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/table"
)

// ExportImprovements gives the register of an iteration.
func (s *Service) ExportImprovements(ctx context.Context, actor account.Actor, id IterationID) (*Export, error) {
	list, err := s.ListImprovements(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	columns := []string{
		"number", "process", "criticism", "potential", "status", "reason", "owner", "due", "overdue", "answer", "answered", "visible", "moves", "target",
	}
	rows := sheet("improvements", columns, list, func(m *Improvement) []table.Cell {
		cells := append([]table.Cell{table.Whole(&m.Number)}, texts(m.Process, m.Criticism, m.Potential, string(m.Status), m.Reason, m.Owner, m.Due,
			yesNo(m.Overdue), m.Answer, m.Answered, yesNo(m.Visible), m.Moves)...)
		return append(cells, table.Number(m.Target))
	})
	return s.exportProgress(ctx, actor, id, "improvements", rows)
}

// measured is a KPI with one of its measurements, nil if it has none.
type measured struct {
	*KPI
	at *Measurement
}

// ExportKPIs gives the KPIs of an iteration with everything measured: a row for each
// measurement, and one for a KPI without.
func (s *Service) ExportKPIs(ctx context.Context, actor account.Actor, id IterationID) (*Export, error) {
	list, err := s.ListKPIs(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	var all []measured
	for i := range list {
		values, err := s.history(ctx, &list[i])
		if err != nil {
			return nil, err
		}
		for j := range values {
			all = append(all, measured{&list[i], &values[j]})
		}
		if len(values) == 0 {
			all = append(all, measured{&list[i], nil})
		}
	}
	columns := []string{
		"number", "process", "name", "unit", "source", "direction", "status", "baseline", "target", "attainment", "day", "measurement", "value", "note", "recorded",
	}
	rows := sheet("kpis", columns, all, func(m *measured) []table.Cell {
		cells := append([]table.Cell{table.Whole(&m.Number)}, texts(m.Process, m.Name, m.Unit, m.Source, m.Direction, m.status())...)
		cells = append(cells, table.Number(m.Baseline), table.Number(m.Target), table.Text(m.Attainment().Word))
		if m.at == nil {
			return cells
		}
		return append(cells, table.Text(m.at.Day), table.Text(m.at.Key), table.Number(&m.at.Value), table.Text(m.at.Note), table.Text(m.at.Recorded.UTC().Format(time.RFC3339)))
	})
	return s.exportProgress(ctx, actor, id, "kpis", rows)
}

func (s *Service) exportProgress(ctx context.Context, actor account.Actor, id IterationID, what string, rows table.Sheet) (*Export, error) {
	i, programme, err := s.iteration(ctx, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	return s.export(ctx, actor, programme.Organisation, what, string(id), &Export{fileName(what, fmt.Sprintf("i%02d", i.Number)), []table.Sheet{rows}})
}

// ExportAudit gives who did what, with the hashes by which each entry follows from the
// one before. The export itself is the last entry.
func (s *Service) ExportAudit(ctx context.Context, actor account.Actor, id OrganisationID) (*Export, error) {
	if _, err := s.ListAudit(ctx, actor, id); err != nil {
		return nil, err
	}
	e, err := s.export(ctx, actor, id, "audit", "", &Export{Name: fileName("audit", s.now().UTC().Format(time.DateOnly))})
	if err != nil {
		return nil, err
	}
	list, err := s.ListAudit(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	columns := []string{"seq", "at", "actor", "verb", "subject", "detail", "previous", "hash", "organisation"}
	e.Sheets = []table.Sheet{sheet("audit", columns, list, func(a *audit.Entry) []table.Cell {
		detail, err := json.Marshal(a.Detail)
		if err != nil {
			detail = nil // a map of texts always has a JSON
		}
		return append([]table.Cell{table.Whole(&a.Seq)}, texts(a.At.UTC().Format(time.RFC3339Nano), a.Actor, a.Verb, a.Subject, string(detail),
			hex.EncodeToString(a.Previous), hex.EncodeToString(a.Hash), a.Organisation)...)
	})}
	return e, nil
}
