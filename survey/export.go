package survey

import (
	"context"
	"fmt"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/table"
)

// Export is something that is taken out of the house as a file: displayed values only,
// and nothing that the actor could not read. CSV holds the first sheet, a workbook all.
type Export struct {
	Name   string // of the file, of a–z, 0–9 and -, without extension
	Sheets []table.Sheet
}

// export tells the audit that somebody takes something out.
func (s *Service) export(ctx context.Context, actor account.Actor, id OrganisationID, what, subject string, e *Export) (*Export, error) {
	if err := s.store.Tell(ctx, s.tell(actor, id, "export."+what, subject, nil)); err != nil {
		return nil, fmt.Errorf("export %s: %w", what, err)
	}
	return e, nil
}

// sheet gives a table of rows that stand ready.
func sheet[T any](name string, columns []string, list []T, row func(*T) []table.Cell) table.Sheet {
	return table.Sheet{Name: name, Columns: columns, Rows: func(yield func([]table.Cell) bool) {
		for i := range list {
			if !yield(row(&list[i])) {
				return
			}
		}
	}}
}

// texts gives cells of texts.
func texts(list ...string) []table.Cell {
	cells := make([]table.Cell, len(list))
	for i, text := range list {
		cells[i] = table.Text(text)
	}
	return cells
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// fileName joins parts to the name of a file; what is no letter or digit becomes a dash.
func fileName(parts ...string) string {
	text := umlauts.Replace(strings.ToLower(strings.Join(parts, "-")))
	words := strings.FieldsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(words, "-")
	return name[:min(len(name), 80)]
}
