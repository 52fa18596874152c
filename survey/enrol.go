package survey

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/table"
)

// ImportInput is a list of people and what to do with it.
type ImportInput struct {
	File    io.ReadSeeker
	Mapping map[string]string // heading in the file to column; others are recognised by themselves
	DryRun  bool              // only tell what would happen
	Leave   bool              // who is not in the file leaves; otherwise stays
	Said    table.Said        // how the file is written, as far as it is not found out
}

// ImportOutcome tells what an import did, or would do.
type ImportOutcome struct {
	New, Changed, Unchanged int // people
	Missing                 int // people of the organisation who are not in the file
	Left                    int // of these, who left by it
	Wrong                   int // rows
	Units                   []string
	Errors                  []RowError // the first 100
}

// Enrolment is what an import stores, all or nothing.
type Enrolment struct {
	Units   []Named
	Create  []Person
	Update  []Person // with the versions that were compared
	Leavers []Person
}

// ImportPeople reads a list of people, one row per process role, and brings the
// organisation in step with it, all or nothing. The same file again changes nothing.
// Faults: "import-too-large" (TooLarge), "file-invalid", "file-windows" and "file-utf8"
// of a character set that was said, "import-column-missing", "import-column-twice" and
// "import-row-invalid" (Invalid); the last comes with the outcome, which names the rows.
func (s *Service) ImportPeople(ctx context.Context, actor account.Actor, id OrganisationID, in ImportInput) (*ImportOutcome, error) {
	o, err := s.organisation(ctx, actor, account.ChangePeople, id)
	if err != nil {
		return nil, err
	}
	r, err := readRoll(o, in)
	if err != nil {
		return nil, err
	}
	everybody, err := s.store.ListEverybody(ctx, id)
	if err != nil {
		return nil, err
	}
	out, e := r.compare(everybody, in.Leave, s.newID)
	if len(r.errors) > 0 {
		return out, fault.New(fault.Invalid, "import-row-invalid")
	}
	if len(everybody)+len(e.Create) > maxPeople {
		return out, fault.New(fault.Invalid, "org-limit")
	}
	if in.DryRun {
		return out, nil
	}
	now := s.now()
	for i := range e.Leavers {
		e.Leavers[i].Left = &now
	}
	told := s.tell(actor, id, "people.import", string(id), map[string]string{
		"new": strconv.Itoa(out.New), "changed": strconv.Itoa(out.Changed), "left": strconv.Itoa(out.Left), "units": strconv.Itoa(len(out.Units)),
	})
	return out, s.store.Enrol(ctx, id, *e, told)
}

// fileFault names the line of a file that is no CSV, or the character set that it is
// written in.
func fileFault(err error) error {
	for wrong, code := range map[error]string{table.ErrNotUTF8: "file-windows", table.ErrUTF8: "file-utf8"} {
		if errors.Is(err, wrong) {
			return fault.Wrap(fault.Invalid, code, err).With(fault.Field{Pointer: "/charset", Code: code})
		}
	}
	var bad *table.Error
	if errors.As(err, &bad) {
		return fault.Wrap(fault.Invalid, "file-invalid", err).With(fault.Field{Pointer: "/lines/" + strconv.Itoa(bad.Line), Code: "file-invalid"})
	}
	return err
}

// ImportHeader gives the header of a list with the first row below it, empty if there is
// none, and how the file is written. Faults as of ImportPeople.
func ImportHeader(from io.ReadSeeker, said table.Said) (names, first []string, found table.Said, err error) {
	file, err := table.ReadAs("", from, said)
	if err != nil {
		return nil, nil, found, fileFault(err)
	}
	if more, err := file.Next(); err == nil && more {
		first = file.Row
	}
	return file.Columns, first, file.Found, nil
}

func readRoll(o *Organisation, in ImportInput) (*roll, error) {
	file, err := table.ReadAs("", in.File, in.Said)
	if err != nil {
		return nil, fileFault(err)
	}
	if len(file.Columns) > maxImportColumns {
		return nil, fault.New(fault.TooLarge, "import-too-large")
	}
	columns, err := rollColumns(file.Columns, in.Mapping)
	if err != nil {
		return nil, err
	}
	r := &roll{organisation: o, rows: map[string]int{}, index: map[string]int{}}
	for n := 0; ; n++ {
		more, err := file.Next()
		if err != nil {
			return nil, fileFault(err)
		}
		if !more {
			return r, nil
		}
		if n == maxImportRows {
			return nil, fault.New(fault.TooLarge, "import-too-large")
		}
		if slices.ContainsFunc(file.Row, func(c string) bool { return utf8.RuneCountInString(c) > maxImportCell }) {
			r.long(file.Line(), "", maxImportCell)
			r.wrong++
			continue
		}
		r.add(file.Line(), func(column string) string {
			if i, found := columns[column]; found {
				return file.Row[i]
			}
			return ""
		})
	}
}

// compare tells what the list changes in who is there.
func (r *roll) compare(everybody []Person, leave bool, newID func() string) (*ImportOutcome, *Enrolment) {
	out, e := &ImportOutcome{Wrong: r.wrong, Errors: r.firstErrors()}, &Enrolment{Units: r.units}
	for _, u := range r.units {
		out.Units = append(out.Units, u.Name.DE)
	}
	there := make(map[string]*Person, len(everybody))
	for i := range everybody {
		there[everybody[i].MatchKey()] = &everybody[i]
	}
	for _, p := range r.people {
		old := there[p.MatchKey()]
		switch {
		case old == nil:
			p.ID = PersonID(newID())
			e.Create = append(e.Create, p)
			out.New++
		case old.Left == nil && old.Name == p.Name && old.Unit == p.Unit && old.Locale == p.Locale && old.Email == p.Email && slices.Equal(old.Roles, p.Roles):
			out.Unchanged++
		default:
			p.ID, p.Version = old.ID, old.Version
			e.Update = append(e.Update, p)
			out.Changed++
		}
	}
	for i := range everybody {
		if _, listed := r.index[everybody[i].MatchKey()]; listed || everybody[i].Left != nil {
			continue
		}
		out.Missing++
		if leave {
			e.Leavers = append(e.Leavers, everybody[i])
			out.Left++
		}
	}
	return out, e
}
