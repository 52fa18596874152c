package table

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// Cell of a table that is written: a text, a number, or nothing. The zero Cell is empty.
type Cell struct {
	text   string
	number *float64
}

// Text is a cell that no spreadsheet computes, whatever it begins with.
func Text(s string) Cell { return Cell{text: s} }

// Number is a cell that spreadsheets compute with; nil is an empty one.
func Number(x *float64) Cell { return Cell{number: x} }

// Whole is a whole number; nil is an empty cell.
func Whole(n *int) Cell {
	if n == nil {
		return Cell{}
	}
	return Cell{number: new(float64(*n))}
}

// Sheet is a table that is written row by row.
type Sheet struct {
	Name    string // at most 31 characters
	Columns []string
	Rows    iter.Seq[[]Cell]
}

// Form is how a language writes CSV.
type Form struct{ separator, decimal string }

// The forms that spreadsheets of a language open without asking.
var (
	Semicolons = Form{";", ","} // German
	Commas     = Form{",", "."} // English
)

// WriteCSV streams a sheet: UTF-8 with byte order mark, every cell in quotation marks,
// texts that a spreadsheet would compute behind an apostrophe.
func WriteCSV(out io.Writer, f Form, s Sheet) error {
	w := bufio.NewWriter(out)
	w.WriteString("\ufeff") //nolint:errcheck // Flush tells
	head := make([]Cell, len(s.Columns))
	for i, name := range s.Columns {
		head[i] = Text(name)
	}
	f.write(w, head)
	for row := range s.Rows {
		f.write(w, row)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", s.Name, err)
	}
	return nil
}

func (f Form) write(w *bufio.Writer, row []Cell) {
	for i, c := range row {
		if i > 0 {
			w.WriteString(f.separator) //nolint:errcheck // Flush tells
		}
		text := Safe(c.text)
		if c.number != nil {
			text = strings.Replace(strconv.FormatFloat(*c.number, 'f', -1, 64), ".", f.decimal, 1)
		}
		w.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`) //nolint:errcheck // Flush tells
	}
	w.WriteString("\r\n") //nolint:errcheck // Flush tells
}

// Safe puts an apostrophe before a text that a spreadsheet would take for a formula
// when it opens a CSV file (threat-model.md section 3, B2).
func Safe(s string) string {
	for _, r := range s {
		switch {
		case strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", r):
			return "'" + s
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r): // as some readers skip them
		default:
			return s
		}
	}
	return s
}

// WriteXLSX writes sheets as a workbook. Texts are typed as texts, so that nothing in it
// is a formula; rows do not wait in memory but for what the format compresses at once.
func WriteXLSX(out io.Writer, sheets ...Sheet) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // nothing is left but temporary files
	for i, s := range sheets {
		if err := addSheet(book, i, s); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.Name, err)
		}
	}
	if err := book.SetDocProps(&excelize.DocProperties{Creator: "pulscheck"}); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err := book.Write(out); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// Widths of columns in characters.
const (
	columnWidth = 14
	headHeight  = 18 // points
)

func addSheet(book *excelize.File, at int, s Sheet) error {
	if at == 0 {
		if err := book.SetSheetName("Sheet1", s.Name); err != nil {
			return err
		}
	} else if _, err := book.NewSheet(s.Name); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	w, err := book.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, max(1, len(s.Columns)), columnWidth); err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(s.Columns))
	for i, name := range s.Columns {
		head[i] = excelize.Cell{StyleID: bold, Value: name}
	}
	if err := w.SetRow("A1", head, excelize.RowOpts{Height: headHeight}); err != nil {
		return err
	}
	line := 1
	for row := range s.Rows {
		line++
		values := make([]any, len(row))
		for i, c := range row {
			switch {
			case c.number != nil:
				values[i] = *c.number
			case c.text != "":
				values[i] = c.text
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(line), values); err != nil {
			return err
		}
	}
	return w.Flush()
}
