// Package table is the files of spreadsheets, in and out. It writes tables as CSV and
// XLSX in which nothing is a formula, and is the only room that knows excelize. It reads
// CSV files that people hand in: UTF-8 with or without byte order mark or Windows-1252,
// separated by semicolon, comma or tab; what is wrong is told by line, column and what
// was expected. It knows nothing of what stands in the cells: people, past results and
// exports (survey) and answers collected elsewhere (cmd) go through it.
package table

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

// Error is a complaint about a file that its owner can mend: where, what stands
// there and what was expected. Line and column count from 1; 0 = the file as a whole.
type Error struct {
	File         string
	Line, Column int
	Name         string // of the column
	Text         string
	Err          error // ErrNotUTF8 or ErrUTF8 if the character set is another one than was said
}

// Unwrap gives what kind of complaint it is.
func (e *Error) Unwrap() error { return e.Err }

// Error implements error.
func (e *Error) Error() string {
	where := e.File
	if e.Line > 0 {
		where += fmt.Sprintf(", line %d", e.Line)
	}
	if e.Column > 0 {
		where += fmt.Sprintf(", column %d", e.Column)
	}
	if e.Name != "" {
		where += " (" + e.Name + ")"
	}
	return where + ": " + e.Text
}

// File is a CSV file with a header, read row by row: UTF-8 with or without byte
// order mark or Windows-1252; separated by semicolon, comma or tab.
type File struct {
	Name    string   // without folder
	Columns []string // of the header
	Row     []string // the current one, trimmed; valid until the next

	Found Said // how it is written

	file   io.ReadSeeker
	reader *csv.Reader
}

// Open opens a file and reads its header. The error is an *Error.
func Open(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{File: filepath.Base(path), Text: "cannot be opened: " + errors.Unwrap(err).Error()}
	}
	c, err := Read(filepath.Base(path), f)
	if err != nil {
		f.Close() //nolint:errcheck // opened for reading
	}
	return c, err
}

// Read reads the header of a file that is open. Errors of its content are an *Error.
func Read(name string, file io.ReadSeeker) (*File, error) { return ReadAs(name, file, Said{}) }

// ReadAs does so with a separator and a character set that somebody chose.
func ReadAs(name string, file io.ReadSeeker, said Said) (*File, error) {
	c := &File{Name: name, file: file}
	if err := c.begin(said); err != nil {
		return nil, err
	}
	return c, nil
}

// Close closes a file that was opened by Open.
func (c *File) Close() {
	if f, ok := c.file.(io.Closer); ok {
		f.Close()
	}
}

// Line gives the line of the current row, from 1.
func (c *File) Line() int {
	line, _ := c.reader.FieldPos(0)
	return line
}

// begin finds out encoding and separator, as far as they are not said, and reads the
// header.
func (c *File) begin(said Said) error {
	form, err := c.sniff()
	if err == nil {
		err = c.choose(&form, said)
	}
	if err != nil {
		return err
	}
	if _, err := c.file.Seek(int64(form.mark), io.SeekStart); err != nil {
		return fmt.Errorf("read %s: %w", c.Name, err)
	}
	var text io.Reader = c.file
	if !form.utf8 {
		text = charmap.Windows1252.NewDecoder().Reader(text)
	}
	c.reader = csv.NewReader(bufio.NewReaderSize(text, sniffed))
	c.reader.Comma, c.reader.ReuseRecord = form.separator, true
	more, err := c.Next()
	if err != nil {
		return err
	}
	if !more {
		return c.Bad(NoCell, "is empty; expected a header with the names of the columns")
	}
	for i, name := range c.Row {
		name = norm.NFC.String(name)
		switch first := slices.Index(c.Columns, name); {
		case name == "":
			return c.Bad(i, "the column has no name; give it one or remove it, and the separators at the line's end with it")
		case first >= 0:
			return c.Bad(i, "the name %q stands in column %d too; every column needs a name of its own", name, first+1)
		}
		c.Columns = append(c.Columns, name)
	}
	c.reader.FieldsPerRecord = len(c.Columns)
	return nil
}

// NoCell is the cell of a complaint about a whole line or file.
const NoCell = -1

// Next reads one row; false at the end.
func (c *File) Next() (bool, error) {
	row, err := c.reader.Read()
	var wrong *csv.ParseError
	switch {
	case err == nil:
	case errors.Is(err, io.EOF):
		c.Row = nil
		return false, nil
	case errors.As(err, &wrong):
		return false, c.misread(wrong, len(row))
	default:
		return false, fmt.Errorf("read %s: %w", c.Name, err)
	}
	for i, cell := range row {
		row[i] = strings.TrimSpace(cell)
	}
	c.Row = row
	return true, nil
}

// misread tells in words what the CSV reader stumbled over.
func (c *File) misread(wrong *csv.ParseError, cells int) error {
	e := &Error{File: c.Name, Line: wrong.StartLine}
	switch {
	case errors.Is(wrong.Err, csv.ErrFieldCount):
		e.Text = fmt.Sprintf("has %d cells, the header has %d; expected one cell for every column, empty ones included", cells, len(c.Columns))
	case wrong.StartLine != wrong.Line:
		e.Text = fmt.Sprintf("a quotation mark opens here and is never closed properly (noticed in line %d); expected \" in pairs, a mark within a text doubled", wrong.Line)
	default:
		e.Text = `a quotation mark stands where none may be; expected the whole cell in "…", a mark within it doubled`
	}
	return e
}

// Bad complains about a cell of the current row, or about its line or file.
func (c *File) Bad(cell int, format string, args ...any) error {
	e := &Error{File: c.Name, Text: fmt.Sprintf(format, args...)}
	if c.Row != nil {
		e.Line, _ = c.reader.FieldPos(0)
	}
	if cell != NoCell {
		e.Line, _ = c.reader.FieldPos(cell)
		e.Column = cell + 1
		if cell < len(c.Columns) {
			e.Name = c.Columns[cell]
		}
	}
	return e
}

// Column gives the place of a column, an error that says why it is needed.
func (c *File) Column(name, why string) (int, error) {
	if i := slices.Index(c.Columns, name); i >= 0 {
		return i, nil
	}
	return 0, &Error{File: c.Name, Line: 1, Text: fmt.Sprintf("the column %q is missing: %s; found %s", name, why, strings.Join(c.Columns, ", "))}
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
