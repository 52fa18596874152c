package report

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"pulscheck/survey/locale"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// csvColumns are the heads of the table of displayed values, the same in every
// language, as programs read them.
var csvColumns = []string{
	"process", "role", "unit", "state", "kind", "key", "text", "n", "cannot_say", "not_answered",
	"mean", "index", "index_low", "index_high", "disagree", "neutral", "agree", "band", "change", "verdict",
	"value", "before", "target", "due", "status", // of modules
}

// moduleColumns is how many of them, the last, only modules have.
const moduleColumns = 5

// fill makes a row as long as the others.
func fill(row []string) []string {
	for len(row) < len(csvColumns) {
		row = append(row, "")
	}
	return row
}

// csv gives the displayed values as a table for spreadsheets: with a byte order mark,
// in German with semicolons and decimal commas.
func (b *builder) csv() []byte {
	rows := [][]string{csvColumns}
	for _, g := range b.Results.Groups {
		rows = append(rows, b.csvGroup(g)...)
	}
	return b.csvFile(append(rows, b.csvModules()...))
}

// csvFile writes rows in the form that spreadsheets of the language read.
func (b *builder) csvFile(rows [][]string) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	if b.Language == locale.German {
		w.Comma = ';'
	}
	w.WriteAll(rows) //nolint:errcheck // a buffer takes everything
	return out.Bytes()
}

func (b *builder) csvGroup(g tally.GroupResult) [][]string {
	head := []string{table.Safe(g.Group.Process), table.Safe(g.Group.Role), table.Safe(g.Group.Unit), g.State}
	if len(g.Items) == 0 && len(g.Constructs) == 0 {
		row := make([]string, len(csvColumns))
		copy(row, head)
		row[7] = whole(g.N)
		return [][]string{row}
	}
	var rows [][]string
	add := func(cells ...string) { rows = append(rows, fill(append(slices.Clone(head), cells...))) }
	short := map[string]string{}
	for _, i := range b.Round.Questionnaire.Items {
		short[i.Key] = b.p.In(i.Short)
	}
	for _, c := range g.Constructs {
		low, high := b.ends(c.CI)
		change, verdict := b.changed(g.Group, c.Key)
		add("construct", table.Safe(c.Key), table.Safe(b.constructName(c.Key)), whole(c.N), "", "", b.decimal(c.Mean), whole(c.Index), low, high,
			"", "", whole(c.Favourable), c.Band, change, verdict)
	}
	for _, i := range g.Items {
		low, high := b.ends(i.CI)
		change, verdict := b.changed(g.Group, i.Key)
		add("question", table.Safe(i.Key), table.Safe(short[i.Key]), whole(i.N), whole(i.CannotSay), whole(i.None), b.decimal(i.Mean), whole(i.Index), low, high,
			whole(i.Unfavourable), whole(i.Neutral), whole(i.Favourable), i.Band, change, verdict)
	}
	return rows
}

// changed gives difference and verdict beside the earlier round.
func (b *builder) changed(g tally.Group, key string) (change, verdict string) {
	for _, c := range b.Results.Comparison {
		if c.Group == g && c.Key == key {
			return whole(c.Difference), c.Verdict
		}
	}
	return "", ""
}

func (b *builder) ends(ci *tally.Interval) (low, high string) {
	if ci == nil {
		return "", ""
	}
	return b.decimal(&ci.Low), b.decimal(&ci.High)
}

func (b *builder) decimal(x *float64) string {
	if x == nil {
		return ""
	}
	s := strconv.FormatFloat(*x, 'f', -1, 64)
	if b.Language == locale.German {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
