package view

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pageRows is how many rows a table shows at once.
const pageRows = 50

// brief is up to how many characters a text is not broken: those of "26 Feb 2026".
const brief = 11

// Table is a table of data. Its columns are sorted by links in their heads, more than
// 50 rows come in pages, and on a telephone each row is a card.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
	Empty   string // what stands in place of a table without rows
	Pages   []Link
	Shown   string // "51–100 von 148"
	Again   *Again // the form that it answers; nil = it stands at an address
}

// Again is a form that asks for the same table, sorted otherwise or at another page. It
// stands for the links of a table when what was asked must not be in an address.
type Again struct {
	Action string
	Hidden []Hidden
}

// Column is a column of a table.
type Column struct {
	Key    string // name in ?sort=; empty = cannot be sorted by
	Title  string
	Number bool   // set flush right
	Href   string // of the link that sorts, or what the form sends for it; set by Arrange
	Order  string // ascending, descending or "" = not sorted by this one
}

// Row is a row; its first cell heads it.
type Row []Cell

// Cell is a cell. Text is the least; everything else is shown if it is there.
type Cell struct {
	Text    string
	Small   string // below it
	Href    string // of the text
	Sort    string // what it is sorted by; empty = Text. Numbers sort as numbers
	Status  *Status
	Buttons []Button
	Links   []Link
	Number  bool   // set flush right, set by Arrange
	Brief   bool   // a date or a number with its unit: on one line, set by Arrange
	Title   string // of its column, for cards, set by Arrange
}

// Button is a small form that changes something.
type Button struct {
	Text, Action string
	Hidden       []Hidden // CSRF and what tells which
	About        string   // for those who do not see the row: "Anna Beispiel entfernen"
	Danger       bool
}

// Arrange sorts the rows as the query of the address asks, takes the page that it asks
// for, and makes the links that ask for others.
func (t *Table) Arrange(p *Page, path string, query url.Values) {
	key, descending := strings.CutPrefix(query.Get("sort"), "-")
	at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key != "" && c.Key == key })
	link := func(name, value string) string {
		q := url.Values{}
		for k, v := range query {
			q[k] = v
		}
		if q.Del("page"); value != "" {
			q.Set(name, value)
		}
		if t.Again != nil {
			return q.Encode()
		}
		return path + "?" + q.Encode()
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Key == "" {
			continue
		}
		c.Href = link("sort", c.Key)
		if i == at && descending {
			c.Order = "descending"
		} else if i == at {
			c.Order, c.Href = "ascending", link("sort", "-"+c.Key)
		}
	}
	if at >= 0 {
		slices.SortStableFunc(t.Rows, func(a, b Row) int {
			order := compare(a[at].key(), b[at].key())
			if descending {
				return -order
			}
			return order
		})
	}
	t.cut(p, query.Get("page"), link)
	for _, r := range t.Rows {
		for i := range r {
			r[i].Number, r[i].Title = t.Columns[i].Number, t.Columns[i].Title
			r[i].Brief = utf8.RuneCountInString(r[i].Text) <= brief && strings.Contains(r[i].Text, " ")
		}
	}
}

// cut leaves the rows of one page.
func (t *Table) cut(p *Page, asked string, link func(name, value string) string) {
	all := len(t.Rows)
	if all <= pageRows {
		return
	}
	last := (all + pageRows - 1) / pageRows
	n, err := strconv.Atoi(asked)
	if err != nil || n < 1 || n > last {
		n = 1
	}
	for i := 1; i <= last; i++ {
		t.Pages = append(t.Pages, Link{Text: p.Integer(i), Href: link("page", strconv.Itoa(i)), Current: i == n})
	}
	from, to := (n-1)*pageRows, min(n*pageRows, all)
	t.Shown = p.T("web.table.shown", "from", from+1, "to", to, "total", all)
	t.Rows = t.Rows[from:to]
}

func (c *Cell) key() string {
	if c.Sort != "" {
		return c.Sort
	}
	return c.Text
}

// compare orders numbers as numbers and texts without regard to upper and lower case.
func compare(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil:
		return cmp.Compare(x, y)
	case errX == nil || errY == nil: // what is no number comes last
		return cmp.Compare(b2i(errX != nil), b2i(errY != nil))
	}
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
