package survey

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// Columns of counts from another tool, beside one for each answer, whose heading is its
// number. Only item and invited must be there.
const (
	itemColumn      = "item"      // key of a question, ours or another
	textColumn      = "text"      // wording of a question that is not ours
	constructColumn = "construct" // what a question that is not ours measures; may be empty
	reverseColumn   = "reverse"   // 1 = agreement is bad
	invitedColumn   = "invited"   // people asked in the group; if nobody knows, those who answered
	cannotSayColumn = "cs"
	noneColumn      = "none"
)

// maxPastColumns is the most columns: those above, the group and eleven answers.
const maxPastColumns = 21

// past is what another tool counted, read from a file: one row for each question and
// group. Groups are the finest cells of one partition; totals are computed.
type past struct {
	organisation *Organisation
	columns      map[string]int
	answers      map[int]int // column by value of the answer
	row          []string
	line         int

	items  []pastItem
	cells  []ballot.Attributes
	asked  map[ballot.Attributes]int // people invited
	counts map[pastKey]tally.Counts
	lines  map[pastKey]int
	errors []RowError
}

type pastItem struct {
	questionnaire.Item
	scale questionnaire.Scale
}

type pastKey struct {
	item string
	cell ballot.Attributes
}

// readPast reads a file. Faults "import-too-large" (TooLarge), "file-invalid" and
// "past-columns" (Invalid); what is wrong with cells is in errors.
func readPast(o *Organisation, in io.ReadSeeker) (*past, error) {
	file, err := table.Read("", in)
	if err != nil {
		return nil, fileFault(err)
	}
	if len(file.Columns) > maxPastColumns {
		return nil, fault.New(fault.TooLarge, "import-too-large")
	}
	p := &past{
		organisation: o, columns: map[string]int{}, answers: map[int]int{}, asked: map[ballot.Attributes]int{},
		counts: map[pastKey]tally.Counts{}, lines: map[pastKey]int{},
	}
	for i, name := range file.Columns {
		if value, err := strconv.Atoi(name); err == nil {
			p.answers[value] = i
			continue
		}
		p.columns[strings.ToLower(name)] = i
	}
	if !p.has(itemColumn) || !p.has(invitedColumn) || len(p.answers) < 2 {
		return nil, fault.New(fault.Invalid, "past-columns")
	}
	for n := 0; ; n++ {
		more, err := file.Next()
		switch {
		case err != nil:
			return nil, fileFault(err)
		case !more && n == 0:
			return nil, fault.New(fault.Invalid, "past-columns")
		case !more:
			p.finish()
			return p, nil
		case n == maxImportRows:
			return nil, fault.New(fault.TooLarge, "import-too-large")
		}
		p.row, p.line = file.Row, file.Line()
		p.add()
	}
}

func (p *past) has(column string) bool {
	_, found := p.columns[column]
	return found
}

func (p *past) cell(column string) string {
	if i, found := p.columns[column]; found {
		return p.row[i]
	}
	return ""
}

func (p *past) bad(column, code string) {
	if len(p.errors) < maxImportErrors {
		p.errors = append(p.errors, RowError{Row: p.line, Column: column, Code: code})
	}
}

// add reads one row.
func (p *past) add() {
	if slices.ContainsFunc(p.row, func(c string) bool { return utf8.RuneCountInString(c) > maxImportCell }) {
		p.bad("", "text-length")
		return
	}
	key := pastKey{p.cell(itemColumn), p.group()}
	item := p.item(key.item)
	if item == nil {
		return
	}
	if p.lines[key] > 0 {
		p.bad(itemColumn, "past-row-twice")
		return
	}
	p.lines[key] = p.line
	counts := tally.Counts{Values: make([]int, item.scale.Hi-item.scale.Lo+1), CannotSay: p.number(cannotSayColumn), None: p.number(noneColumn)}
	for value := range counts.Values {
		if i, asked := p.answers[item.scale.Lo+value]; asked {
			counts.Values[value] = p.count(strconv.Itoa(item.scale.Lo+value), p.row[i])
		}
	}
	p.counts[key] = counts
	people := counts.CannotSay + counts.None
	for _, n := range counts.Values {
		people += n
	}
	invited, known := p.asked[key.cell]
	if !known {
		invited = p.number(invitedColumn)
		p.asked[key.cell] = invited
		p.cells = append(p.cells, key.cell)
	} else if p.number(invitedColumn) != invited {
		p.bad(invitedColumn, "past-invited-differs")
	}
	if people > invited {
		p.bad(invitedColumn, "past-invited-few")
	}
}

// group reads the attributes, which are keys of the lists of the organisation.
func (p *past) group() ballot.Attributes {
	for _, one := range []struct {
		column, code string
		list         []Named
	}{
		{processColumn, "process-unknown", p.organisation.Processes}, {roleColumn, "role-unknown", p.organisation.Roles}, {unitColumn, "unit-unknown", p.organisation.Units},
	} {
		key := p.cell(one.column)
		switch {
		case !p.has(one.column):
		case key == "":
			p.bad(one.column, "past-group-open")
		case !slices.ContainsFunc(one.list, func(n Named) bool { return n.Key == key }):
			p.bad(one.column, one.code)
		}
	}
	return ballot.Attributes{Process: p.cell(processColumn), Role: p.cell(roleColumn), Unit: p.cell(unitColumn)}
}

func (p *past) number(column string) int {
	if !p.has(column) {
		return 0
	}
	return p.count(column, p.cell(column))
}

// count reads a number of people; an empty cell is none.
func (p *past) count(column, text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxPeople {
		p.bad(column, "past-count-invalid")
		return 0
	}
	return n
}

// finish checks what shows only at the end, and puts questions into our order.
func (p *past) finish() {
	people := 0
	for _, n := range p.asked {
		people += n
	}
	if people > maxPeople {
		p.bad(invitedColumn, "org-limit")
	}
	order := map[string]int{}
	for i, item := range questionnaire.Check().Items {
		order[item.Key] = i + 1
	}
	slices.SortStableFunc(p.items, func(a, b pastItem) int {
		return cmp.Compare(cmp.Or(order[a.Key], questionnaire.MaxItems), cmp.Or(order[b.Key], questionnaire.MaxItems))
	})
	if len(p.items) > questionnaire.MaxItems {
		p.bad(itemColumn, "too-many-items")
	}
}

// fill hands the counts on in the order of the questions.
func (p *past) fill(c *tally.Counter) {
	for _, cell := range slices.SortedFunc(maps.Keys(p.asked), func(a, b ballot.Attributes) int {
		return cmp.Or(cmp.Compare(a.Process, b.Process), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Unit, b.Unit))
	}) {
		counts := make([]tally.Counts, len(p.items))
		for i, item := range p.items {
			counts[i] = p.counts[pastKey{item.Key, cell}]
		}
		c.AddCounts(cell, counts)
	}
}
