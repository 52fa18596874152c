package report

import (
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// part is something that stands on a page below other parts: a table, which may be cut
// into several, or blocks that know their height.
type part struct {
	heading string
	table   *Table
	most    int // rows of the table on a page, 0 = as many as fit
	height  float64
	blocks  func(y float64) []Block
	note    bool // never stands on a page without a row of the table before
}

// Room for a heading and below a part in mm.
const headingHeight, partGap = 7.0, 5.0

// minRows is how many rows of a table stand together at the foot of a page.
const minRows = 2

// flow puts parts below each other on as many pages as they need.
func (b *builder) flow(p Page, parts ...part) []Page {
	f := &flowing{b: b, like: p}
	f.turn()
	for i, one := range parts {
		f.tail = 0
		if i+1 < len(parts) && parts[i+1].note {
			f.tail = parts[i+1].height
		}
		f.add(one)
	}
	return f.pages
}

type flowing struct {
	b     *builder
	like  Page
	pages []Page
	y     float64
	tail  float64 // height of the note below the table
}

// turn begins a page.
func (f *flowing) turn() {
	p := f.like
	p.Blocks = nil
	if n := len(f.pages); n > 0 {
		p.Kicker = f.b.t("continued", "kicker", p.Kicker, "number", n+1)
	}
	f.pages = append(f.pages, p)
	f.y = top
}

func (f *flowing) put(blocks ...Block) {
	p := &f.pages[len(f.pages)-1]
	p.Blocks = append(p.Blocks, blocks...)
}

func (f *flowing) head(text string) {
	if text != "" {
		f.put(Prose{Box: chart.Box{X: left, Y: f.y, W: width, H: 6}, Heading: text})
		f.y += headingHeight
	}
}

func (f *flowing) add(one part) {
	need := one.height
	if one.heading != "" {
		need += headingHeight
	}
	if one.table != nil {
		f.table(one)
		return
	}
	if f.y+need > bottom && f.y > top {
		f.turn()
	}
	f.head(one.heading)
	f.put(one.blocks(f.y)...)
	f.y += one.height + partGap
}

// table puts as many rows on each page as fit.
func (f *flowing) table(one part) {
	t := *one.table
	t.Box = chart.Box{X: left, W: width}
	for rows, first := t.Rows, true; len(rows) > 0; first = false {
		room := bottom - f.y
		if one.heading != "" && first {
			room -= headingHeight
		}
		t.Rows = rows
		n := t.fitting(room)
		if one.most > 0 {
			n = min(n, one.most)
		}
		if n < min(minRows, len(rows)) && f.y > top {
			f.turn()
			continue
		}
		n = max(n, 1)
		if t.Rows = rows[:n]; n == len(rows) && n > 1 && f.tail > 0 && t.Height()+partGap+f.tail > room {
			n-- // the last row goes along with the note
		}
		if first {
			f.head(one.heading)
		}
		t.Rows = rows[:n]
		t.Box = chart.Box{X: left, Y: f.y, W: width, H: t.Height()}
		f.put(t)
		f.y += t.Height() + partGap
		if rows = rows[n:]; len(rows) > 0 {
			f.turn()
		}
	}
}

// fitting is how many rows have room in a height in mm.
func (t Table) fitting(height float64) int {
	used := t.HeadHeight()
	for i, r := range t.Rows {
		if used += t.RowHeight(r); used > height {
			return i
		}
	}
	return len(t.Rows)
}

// notePart is a note in small print.
func (b *builder) notePart(text string) part {
	n := Prose{Box: chart.Box{X: left, W: width}, Small: true, Text: []string{text}}
	n.Box.H = proseLines(text) * 4
	return part{height: n.Box.H, note: true, blocks: func(y float64) []Block {
		n.Box.Y = y
		return []Block{n}
	}}
}

func proseLines(text string) float64 {
	return float64(len(font.Wrap(text, font.Regular, NoteSize, width)))
}
