package survey

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Limits of an import (threat-model.md section 8).
const (
	MaxImportBytes   = 2 << 20
	maxImportRows    = 10_000
	maxImportColumns = 20
	maxImportCell    = 500 // runes
	maxImportErrors  = 100
)

// Columns of a list of people.
const (
	emailColumn   = "email"
	nameColumn    = "name"
	processColumn = "process"
	roleColumn    = "role"
	unitColumn    = "unit"
	localeColumn  = "locale"
)

// columnNames are the headings that are understood without being mapped, in lower case.
var columnNames = map[string]string{
	"email": emailColumn, "e-mail": emailColumn, "mail": emailColumn, "mailadresse": emailColumn, "e-mail-adresse": emailColumn,
	"name": nameColumn, "vor- und nachname": nameColumn,
	"process": processColumn, "prozess": processColumn,
	"role": roleColumn, "rolle": roleColumn, "prozessrolle": roleColumn,
	"unit": unitColumn, "einheit": unitColumn, "organisationseinheit": unitColumn, "abteilung": unitColumn, "department": unitColumn,
	"locale": localeColumn, "sprache": localeColumn, "language": localeColumn,
}

// RowError is what is wrong with one cell of a file. Row counts lines from 1.
type RowError struct {
	Row    int
	Column string // heading; empty = the whole row
	Code   string
	Other  int    // row that it contradicts, 0 = none
	Value  string // what stands there instead of what is known; empty = does not help
	Most   int    // the most characters of a text that is too long
}

// roll is a list of people read from a file, one Person per identity.
type roll struct {
	organisation *Organisation
	units        []Named // new ones
	people       []Person
	rows         map[string]int // match key to first row
	index        map[string]int // match key to people
	errors       []RowError
	wrong        int // rows with errors
}

// rollColumns says in which column of the file each of ours stands. mapping names ours
// by heading and wins; headings that nobody understands are left out.
func rollColumns(header []string, mapping map[string]string) (map[string]int, error) {
	columns := map[string]int{}
	for i, heading := range header {
		ours, mapped := mapping[heading]
		if !mapped {
			ours = columnNames[strings.ToLower(strings.TrimSpace(heading))]
		}
		if ours == "" {
			continue
		}
		if _, twice := columns[ours]; twice {
			return nil, fault.New(fault.Invalid, "import-column-twice").With(fault.Field{Pointer: "/" + ours, Code: "import-column-twice"})
		}
		columns[ours] = i
	}
	var c checks
	for _, needed := range []string{processColumn, roleColumn} {
		if _, found := columns[needed]; !found {
			c.wrong("/"+needed, "import-column-missing")
		}
	}
	if _, byMail := columns[emailColumn]; !byMail {
		if _, byName := columns[nameColumn]; !byName {
			c.wrong("/"+emailColumn, "import-column-missing")
		}
	}
	return columns, c.err()
}

// add takes one row of the file.
func (r *roll) add(row int, cell func(column string) string) {
	before := len(r.errors)
	p := Person{Organisation: r.organisation.ID, Email: cell(emailColumn), Name: norm.NFC.String(cell(nameColumn)), Locale: r.locale(row, cell(localeColumn))}
	switch {
	case p.Email != "" && !ValidAddress(p.Email):
		r.unknown(row, emailColumn, "email-invalid", p.Email)
	case p.Email == "" && p.Name == "":
		r.bad(row, nameColumn, "import-nobody")
	case utf8.RuneCountInString(p.Name) > maxTitle:
		r.long(row, nameColumn, maxTitle)
	case strings.ContainsFunc(p.Name, invisible) || strings.ContainsAny(p.Name, "\n\t"):
		r.bad(row, nameColumn, "control-character")
	}
	p.Unit = r.unit(row, cell(unitColumn))
	role := ProcessRole{
		Process: r.entry(row, processColumn, r.organisation.Processes, cell(processColumn), "process-unknown"),
		Role:    r.entry(row, roleColumn, r.organisation.Roles, cell(roleColumn), "role-unknown"),
	}
	if len(r.errors) == before {
		r.merge(row, p, role)
	}
	if len(r.errors) > before {
		r.wrong++
	}
}

// merge adds the process role to the person, who may stand in earlier rows.
func (r *roll) merge(row int, p Person, role ProcessRole) {
	key := p.MatchKey()
	i, known := r.index[key]
	if !known {
		p.Roles = []ProcessRole{role}
		r.index[key], r.rows[key] = len(r.people), row
		r.people = append(r.people, p)
		return
	}
	earlier := &r.people[i]
	switch {
	case slices.Contains(earlier.Roles, role):
		r.errors = append(r.errors, RowError{Row: row, Column: processColumn, Code: "import-row-twice", Other: r.rows[key]})
	case earlier.Name != p.Name || earlier.Unit != p.Unit || earlier.Locale != p.Locale:
		r.errors = append(r.errors, RowError{Row: row, Column: nameColumn, Code: "import-row-differs", Other: r.rows[key]})
	default:
		earlier.Roles = append(earlier.Roles, role)
		slices.SortFunc(earlier.Roles, compareRoles)
	}
}

func (r *roll) bad(row int, column, code string) {
	r.errors = append(r.errors, RowError{Row: row, Column: column, Code: code})
}

// unknown tells of a value that is none, as far as it can be shown.
func (r *roll) unknown(row int, column, code, value string) {
	value = strings.Map(func(c rune) rune {
		if invisible(c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(value, "\uFFFD"))
	if runes := []rune(value); len(runes) > maxShown {
		value = string(runes[:maxShown]) + "…"
	}
	r.errors = append(r.errors, RowError{Row: row, Column: column, Code: code, Value: value})
}

// maxShown is the most characters of a value that is told.
const maxShown = 60

func (r *roll) long(row int, column string, most int) {
	r.errors = append(r.errors, RowError{Row: row, Column: column, Code: "text-length", Most: most})
}

func (r *roll) locale(row int, text string) locale.Language {
	switch l := locale.Language(strings.ToLower(text)); l {
	case "":
		return locale.German
	case locale.German, locale.English:
		return l
	}
	r.unknown(row, localeColumn, "locale-unknown", text)
	return locale.German
}

// entry finds a key by itself or by a name in either language.
func (r *roll) entry(row int, column string, list []Named, text, code string) string {
	if n := named(list, text); n != nil {
		return n.Key
	}
	r.unknown(row, column, code, text)
	return ""
}

// named finds an entry that is not archived by key or name, whatever the case.
func named(list []Named, text string) *Named {
	text = norm.NFC.String(text)
	for i := range list {
		n := &list[i]
		if !n.Archived && text != "" && (strings.EqualFold(n.Key, text) || strings.EqualFold(n.Name.DE, text) || strings.EqualFold(n.Name.EN, text)) {
			return n
		}
	}
	return nil
}

// unit finds a unit or makes a new one.
func (r *roll) unit(row int, text string) string {
	if text == "" {
		return ""
	}
	if n := named(r.organisation.Units, text); n != nil {
		return n.Key
	}
	if n := named(r.units, text); n != nil {
		return n.Key
	}
	var c checks
	name := text
	c.text("", &name, maxName)
	if c.err() != nil {
		r.long(row, unitColumn, maxName)
		return ""
	}
	if len(r.organisation.Units)+len(r.units) >= maxGroups {
		r.bad(row, unitColumn, "too-many-items")
		return ""
	}
	n := Named{Key: r.unitKey(name), Name: locale.Text{DE: name, EN: name}, Version: 1}
	r.units = append(r.units, n)
	return n.Key
}

// unitKey makes a key of a name that no unit has yet.
func (r *roll) unitKey(name string) string {
	var b strings.Builder
	for _, c := range strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(name)) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	base := strings.Trim(b.String()[:min(b.Len(), maxKey-4)], "-")
	if base == "" {
		base = "unit"
	}
	taken := func(key string) bool {
		is := func(n Named) bool { return n.Key == key }
		return slices.ContainsFunc(r.organisation.Units, is) || slices.ContainsFunc(r.units, is)
	}
	key := base
	for n := 2; taken(key); n++ {
		key = base + "-" + strconv.Itoa(n)
	}
	return key
}

// firstErrors gives what is told: the first errors in order of rows.
func (r *roll) firstErrors() []RowError {
	slices.SortStableFunc(r.errors, func(a, b RowError) int { return cmp.Compare(a.Row, b.Row) })
	return r.errors[:min(len(r.errors), maxImportErrors)]
}

// ImportColumns are the columns that an import knows, in their order.
var ImportColumns = []string{emailColumn, nameColumn, processColumn, roleColumn, unitColumn, localeColumn}

// GuessColumn says which column a heading is understood as, "" = none.
func GuessColumn(heading string) string {
	return columnNames[strings.ToLower(strings.TrimSpace(heading))]
}
