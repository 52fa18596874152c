package survey

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/table"
)

// MeasurementFile tells what an import of measurements did, or would do.
type MeasurementFile struct {
	New, Unchanged int
	Errors         []RowError // the first 100
}

// Columns of a file of measurements.
const (
	dayColumn   = "day"
	valueColumn = "value"
	noteColumn  = "note"
	tagColumn   = "key"
)

// measurementColumns are the headings that are understood, in lower case.
var measurementColumns = map[string]string{
	"day": dayColumn, "date": dayColumn, "tag": dayColumn, "datum": dayColumn,
	"value": valueColumn, "wert": valueColumn,
	"key": tagColumn, "schlüssel": tagColumn,
	"note": noteColumn, "notiz": noteColumn, "bemerkung": noteColumn,
}

// ImportMeasurements stores what stands in a CSV file, all or nothing: one row per
// measurement, columns day, value and, if there are, key and note. The same file again
// changes nothing. Faults: "import-too-large" (TooLarge), "file-invalid",
// "import-column-missing", "import-column-twice", "import-row-invalid" (Invalid; it comes
// with the outcome, which names the rows), "kpi-from-pulse" (Conflict).
func (s *Service) ImportMeasurements(ctx context.Context, actor account.Actor, id RecordID, file io.ReadSeeker, dryRun bool) (*MeasurementFile, error) {
	k, _, organisation, err := kpis.find(ctx, s, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	if k.Pulse != "" {
		return nil, fault.New(fault.Conflict, "kpi-from-pulse")
	}
	there, err := s.store.ListMeasurements(ctx, id)
	if err != nil {
		return nil, err
	}
	r := measurementRows{kpi: id, recorded: s.now().UTC().Truncate(time.Microsecond), there: map[[2]string]Measurement{}, lines: map[[2]string]int{}}
	for _, m := range there {
		r.there[[2]string{m.Day, m.Key}] = m
	}
	if err := r.read(file); err != nil {
		return nil, err
	}
	if len(r.out.Errors) > 0 {
		return &r.out, fault.New(fault.Invalid, "import-row-invalid")
	}
	if dryRun {
		return &r.out, nil
	}
	told := s.tell(actor, organisation, "measurement.import", string(id), map[string]string{"new": strconv.Itoa(r.out.New)})
	return &r.out, s.store.CreateMeasurements(ctx, id, r.all, told)
}

// measurementRows are the rows of a file beside what is stored, by day and key.
type measurementRows struct {
	kpi      RecordID
	recorded time.Time
	there    map[[2]string]Measurement
	lines    map[[2]string]int // where the file says it first
	all      []Measurement
	out      MeasurementFile
}

func (r *measurementRows) read(from io.ReadSeeker) error {
	file, err := table.Read("", from)
	if err != nil {
		return fileFault(err)
	}
	columns, err := columnsOf(file.Columns)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		more, err := file.Next()
		if err != nil {
			return fileFault(err)
		}
		if !more {
			return nil
		}
		if n == maxImportRows {
			return fault.New(fault.TooLarge, "import-too-large")
		}
		r.row(file, columns)
	}
}

func columnsOf(header []string) (map[string]int, error) {
	columns := map[string]int{}
	for i, heading := range header {
		ours := measurementColumns[strings.ToLower(heading)]
		if ours == "" {
			continue
		}
		if _, twice := columns[ours]; twice {
			return nil, fault.New(fault.Invalid, "import-column-twice").With(fault.Field{Pointer: "/" + ours, Code: "import-column-twice"})
		}
		columns[ours] = i
	}
	for _, ours := range []string{dayColumn, valueColumn} {
		if _, found := columns[ours]; !found {
			return nil, fault.New(fault.Invalid, "import-column-missing").With(fault.Field{Pointer: "/" + ours, Code: "import-column-missing"})
		}
	}
	return columns, nil
}

// row reads one row; what is wrong is noted with the heading of its column.
func (r *measurementRows) row(file *table.File, columns map[string]int) {
	cell := func(ours string) string {
		if i, found := columns[ours]; found {
			return file.Row[i]
		}
		return ""
	}
	line := file.Line()
	wrong := func(ours, code string, other int) {
		if len(r.out.Errors) < maxImportErrors {
			heading := ""
			if i, found := columns[ours]; found {
				heading = file.Columns[i]
			}
			r.out.Errors = append(r.out.Errors, RowError{Row: line, Column: heading, Code: code, Other: other})
		}
	}
	if slices.ContainsFunc(file.Row, func(text string) bool { return utf8.RuneCountInString(text) > maxImportCell }) {
		wrong("", "text-length", 0)
		return
	}
	value, err := decimal(cell(valueColumn))
	if err != nil {
		wrong(valueColumn, "number-invalid", 0)
	}
	var c checks
	m := MeasurementInput{Day: isoDay(cell(dayColumn)), Key: cell(tagColumn), Value: value, Note: cell(noteColumn)}.measurement(r.kpi, &c)
	m.Recorded = r.recorded
	for _, f := range c.fields {
		wrong(strings.TrimPrefix(f.Pointer, "/"), f.Code, 0)
	}
	if err != nil || len(c.fields) > 0 {
		return
	}
	name := [2]string{m.Day, m.Key}
	old, known := r.there[name]
	first, twice := r.lines[name]
	same := old.Value == m.Value && old.Note == m.Note
	switch {
	case !known:
		r.out.New++
		r.all, r.there[name] = append(r.all, *m), *m
	case !same && twice:
		wrong(valueColumn, "import-row-differs", first)
	case !same:
		wrong(valueColumn, "measurement-differs", 0)
	case !twice:
		r.out.Unchanged++
	}
	if !twice {
		r.lines[name] = line
	}
}

// decimal reads a number with a point or a comma before its decimals. 1,234 is none:
// nobody knows whether it is a thousand.
func decimal(text string) (float64, error) {
	if whole, part, found := strings.Cut(text, ","); found && len(part) != 3 && !strings.Contains(text, ".") {
		text = whole + "." + part
	}
	for _, r := range text { // neither 0x1p2 nor 1_000 nor Inf
		if !strings.ContainsRune("0123456789.+-eE", r) {
			return 0, strconv.ErrSyntax
		}
	}
	return strconv.ParseFloat(text, 64)
}

// isoDay reads a German date as well.
func isoDay(text string) string {
	if day, err := time.Parse("2.1.2006", text); err == nil {
		return day.Format(time.DateOnly)
	}
	return text
}
