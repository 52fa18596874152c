package report

import (
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// column sets prose, facts and tables one under the other and turns the page when one
// does not fit.
type column struct {
	page      Page   // kicker, title and subtitle of every page
	continued string // title of the pages after the first
	pages     []Page
	y, limit  float64 // of the present page: where the next block goes, and where the last one ends
}

// Measures of flowing text in mm; those of report/pdf.
const (
	proseLeading = 5.0
	headingRoom  = 6.0
	proseGap     = 4.0
	factNames    = 46.0
	factRoom     = 2.7 // of a row beside its lines
)

// newColumn begins with the first page.
func newColumn(p Page, continued string) *column { return &column{page: p, continued: continued} }

// room gives the y for something so high, on the next page if need be.
func (f *column) room(height float64) float64 {
	if len(f.pages) == 0 || f.y+height > f.limit && f.y > top {
		next := f.page
		if len(f.pages) > 0 {
			next.Name, next.Title = "", f.continued
		}
		f.pages, f.y, f.limit = append(f.pages, next), top, bottom+spare(next)
	}
	y := f.y
	f.y += height
	return y
}

// Heights of the lines of titles in mm; places are those under a title of two lines and a
// subtitle of one.
const (
	titleLeading    = 9.0
	subtitleLeading = 5.0
)

// spare is the height in mm that the titles of a page leave to what stands below.
func spare(p Page) float64 {
	titles := len(font.Wrap(p.Title, font.Semibold, TitleSize, width))
	return titleLeading*float64(2-titles) + subtitleLeading*float64(1-len(font.Wrap(p.Subtitle, font.Regular, 10, width)))
}

func (f *column) add(b Block) {
	last := &f.pages[len(f.pages)-1]
	last.Blocks = append(last.Blocks, b)
}

func box(y, height float64) chart.Box { return chart.Box{X: left, Y: y, W: width, H: height} }

// prose adds a heading with one paragraph, which may have a bold lead.
func (f *column) prose(heading, lead, text string) {
	said := text
	if lead != "" {
		said = lead + " " + text
	}
	height := proseLeading * float64(len(font.Wrap(said, font.Regular, 10, width)))
	if heading != "" {
		height += headingRoom
	}
	p := Prose{Box: box(f.room(height), height), Heading: heading, Text: []string{text}}
	if lead != "" {
		p.Leads = []string{lead}
	}
	f.add(p)
	f.y += proseGap
}

// facts adds names with values, over several pages if they are many.
func (f *column) facts(heading string, rows [][2]string) {
	heights := make([]float64, len(rows))
	for i, r := range rows {
		lines := max(len(font.Wrap(r[0], font.Regular, 9, factNames-3)), len(font.Wrap(r[1], font.Regular, 10, width-factNames)))
		heights[i] = proseLeading*float64(lines) + factRoom
	}
	for begin := 0; begin < len(rows); {
		height := 0.0
		if heading != "" {
			height = headingRoom + 1
		}
		f.room(height + heights[begin]) // else the heading would stand alone
		f.y -= height + heights[begin]
		end := begin
		for end < len(rows) && (end == begin || f.y+height+heights[end] <= f.limit) {
			height += heights[end]
			end++
		}
		f.add(Facts{Box: box(f.room(height), height), Heading: heading, Rows: rows[begin:end]})
		f.y += proseGap
		begin, heading = end, ""
	}
}

// table adds a table, over several pages if it is long.
func (f *column) table(t Table) {
	t.Box = box(0, 0)
	for rows := t.Rows; len(rows) > 0; {
		t.Rows = rows
		least := t.HeadHeight() + t.RowHeight(rows[0])
		f.room(least)
		f.y -= least
		t.Rows = rows[:max(1, t.fitting(f.limit-f.y))]
		t.Box = box(f.room(t.Height()), t.Height())
		f.add(t)
		f.y += proseGap
		rows = rows[len(t.Rows):]
	}
}
