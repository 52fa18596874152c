package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// dataError is a complaint about a file that its owner can mend: where, what stands
// there and what was expected. Line and column count from 1; 0 = the file as a whole.
type dataError struct {
	file         string
	line, column int
	name         string // of the column
	text         string
}

func (e *dataError) Error() string {
	where := e.file
	if e.line > 0 {
		where += fmt.Sprintf(", line %d", e.line)
	}
	if e.column > 0 {
		where += fmt.Sprintf(", column %d", e.column)
	}
	if e.name != "" {
		where += " (" + e.name + ")"
	}
	return where + ": " + e.text
}

// csvFile is a CSV file with a header, read row by row: UTF-8 with or without byte
// order mark or Windows-1252; separated by semicolon, comma or tab.
type csvFile struct {
	name    string // without folder
	columns []string
	row     []string // the current one, trimmed; valid until the next
	file    *os.File
	reader  *csv.Reader
}

// openCSV opens a file and reads its header.
func openCSV(path string) (*csvFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &dataError{file: filepath.Base(path), text: "cannot be opened: " + errors.Unwrap(err).Error()}
	}
	c := &csvFile{name: filepath.Base(path), file: f}
	if err := c.begin(); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *csvFile) close() { c.file.Close() } //nolint:errcheck // opened for reading

// begin finds out encoding and separator and reads the header.
func (c *csvFile) begin() error {
	form, err := c.sniff()
	if err != nil {
		return err
	}
	if _, err := c.file.Seek(int64(form.mark), io.SeekStart); err != nil {
		return fmt.Errorf("read %s: %w", c.name, err)
	}
	var text io.Reader = c.file
	if !form.utf8 {
		text = charmap.Windows1252.NewDecoder().Reader(text)
	}
	c.reader = csv.NewReader(bufio.NewReaderSize(text, sniffed))
	c.reader.Comma, c.reader.ReuseRecord = form.separator, true
	more, err := c.next()
	if err != nil {
		return err
	}
	if !more {
		return c.bad(noCell, "is empty; expected a header with the names of the columns")
	}
	for i, name := range c.row {
		name = norm.NFC.String(name)
		switch first := slices.Index(c.columns, name); {
		case name == "":
			return c.bad(i, "the column has no name; give it one or remove it, and the separators at the line's end with it")
		case first >= 0:
			return c.bad(i, "the name %q stands in column %d too; every column needs a name of its own", name, first+1)
		}
		c.columns = append(c.columns, name)
	}
	c.reader.FieldsPerRecord = len(c.columns)
	return nil
}

// noCell is the cell of a complaint about a whole line or file.
const noCell = -1

// next reads one row; false at the end.
func (c *csvFile) next() (bool, error) {
	row, err := c.reader.Read()
	var wrong *csv.ParseError
	switch {
	case err == nil:
	case errors.Is(err, io.EOF):
		c.row = nil
		return false, nil
	case errors.As(err, &wrong):
		return false, c.misread(wrong, len(row))
	default:
		return false, fmt.Errorf("read %s: %w", c.name, err)
	}
	for i, cell := range row {
		row[i] = strings.TrimSpace(cell)
	}
	c.row = row
	return true, nil
}

// misread tells in words what the CSV reader stumbled over.
func (c *csvFile) misread(wrong *csv.ParseError, cells int) error {
	e := &dataError{file: c.name, line: wrong.StartLine}
	switch {
	case errors.Is(wrong.Err, csv.ErrFieldCount):
		e.text = fmt.Sprintf("has %d cells, the header has %d; expected one cell for every column, empty ones included", cells, len(c.columns))
	case wrong.StartLine != wrong.Line:
		e.text = fmt.Sprintf("a quotation mark opens here and is never closed properly (noticed in line %d); expected \" in pairs, a mark within a text doubled", wrong.Line)
	default:
		e.text = `a quotation mark stands where none may be; expected the whole cell in "…", a mark within it doubled`
	}
	return e
}

// bad complains about a cell of the current row, or about its line or file.
func (c *csvFile) bad(cell int, format string, args ...any) error {
	e := &dataError{file: c.name, text: fmt.Sprintf(format, args...)}
	if c.row != nil {
		e.line, _ = c.reader.FieldPos(0)
	}
	if cell != noCell {
		e.line, _ = c.reader.FieldPos(cell)
		e.column = cell + 1
		if cell < len(c.columns) {
			e.name = c.columns[cell]
		}
	}
	return e
}

// column gives the place of a column, an error that says why it is needed.
func (c *csvFile) column(name, why string) (int, error) {
	if i := slices.Index(c.columns, name); i >= 0 {
		return i, nil
	}
	return 0, &dataError{file: c.name, line: 1, text: fmt.Sprintf("the column %q is missing: %s; found %s", name, why, strings.Join(c.columns, ", "))}
}

// csvForm is how a file is written.
type csvForm struct {
	utf8      bool
	mark      int // bytes of the byte order mark
	separator rune
}

// sniffed is how many bytes are looked at together.
const sniffed = 64 << 10

// sniff reads the file once, so that the first umlaut in the last row still decides.
func (c *csvFile) sniff() (csvForm, error) {
	form := csvForm{utf8: true, separator: ','}
	buffer, held := make([]byte, sniffed), 0
	for first := true; ; first = false {
		n, err := io.ReadFull(c.file, buffer[held:])
		part := buffer[:held+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return form, fmt.Errorf("read %s: %w", c.name, err)
		}
		if first {
			if text := foreign(part); text != "" {
				return form, c.bad(noCell, "%s", text)
			}
			form.mark = len(part) - len(bytes.TrimPrefix(part, []byte("\uFEFF")))
			form.separator = separator(part)
		}
		if bytes.IndexByte(part, 0) >= 0 {
			return form, c.bad(noCell, "is no text; expected CSV in UTF-8 or Windows-1252")
		}
		whole := len(part)
		if !last {
			whole = wholeRunes(part)
		}
		form.utf8 = form.utf8 && utf8.Valid(part[:whole])
		held = copy(buffer, part[whole:])
		if last {
			return form, nil
		}
	}
}

// foreign recognises files that are often handed in for a CSV.
func foreign(start []byte) string {
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xD0\xCF\x11\xE0")):
		return "is a workbook; save the sheet as “CSV UTF-8” first"
	case bytes.HasPrefix(start, []byte("\xFF\xFE")), bytes.HasPrefix(start, []byte("\xFE\xFF")):
		return "is written in UTF-16; save it as “CSV UTF-8” first"
	}
	return ""
}

// wholeRunes gives the length without a rune that is cut off at the end.
func wholeRunes(part []byte) int {
	for i := len(part) - 1; i >= max(0, len(part)-utf8.UTFMax); i-- {
		if utf8.RuneStart(part[i]) {
			if !utf8.FullRune(part[i:]) {
				return i
			}
			break
		}
	}
	return len(part)
}

// separator is the most frequent of ; , and tab in the header, outside quotes.
func separator(start []byte) rune {
	counts, quoted := map[byte]int{}, false
	for _, b := range start {
		if b == '"' {
			quoted = !quoted
		}
		if b == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte{';', '\t'} {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return rune(best)
}
