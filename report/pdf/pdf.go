// Package pdf draws a report.Document (frame, texts, tables, figures, bookmarks), a
// report.Poster and report.TicketSheets. It decides nothing about contents and knows
// neither results nor rules. The same document gives the same bytes. It is the only
// room that knows fpdf and the library of QR codes; cmd calls it.
package pdf

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/fault"
)

// faces are the fonts by the names that fpdf knows them under. A font is read only if
// something is written in it.
var faces = [...]struct{ family, style, name string }{
	font.Regular:      {"source", "", "SourceSans3-Regular"},
	font.Semibold:     {"source", "B", "SourceSans3-SemiBold"},
	font.Rare:         {"noto", "", "NotoSans-Regular"},
	font.RareSemibold: {"noto", "B", "NotoSans-SemiBold"},
	font.Mono:         {"gomono", "", "GoMono"},
}

// drawer draws one document. fpdf is not safe for concurrent use, so each has its own.
type drawer struct {
	*fpdf.Fpdf
	doc   *report.Document
	brand chart.Color // of the cover and of headings, never of figures
	shift float64     // of the blocks of the current page: links and bookmarks need it

	root, at *node // of the structure tree: the document, and where texts belong now
	loaded   [len(faces)]bool
	open     *node // that the piece of content belongs to which is being written
	marked   bool  // a piece of content is being written
	margin   string
	sheets   []sheet
	entries  []entry

	placed *[]Placed // what is drawn, nil if nobody asks
	piece  int       // the block that is drawn, -1 outside of blocks
	lift   float64   // of the coordinates: shift within blocks
}

// Limits of a file: what is larger is refused, as nobody reads it.
const (
	maxPages = 200
	maxBytes = 5 << 20
)

// Draw gives the PDF of a document: PDF/A-3b with its attached files, tagged for
// PDF/UA-1. A document that would be too long is fault TooLarge "report-too-large".
func Draw(doc *report.Document) ([]byte, error) {
	if len(doc.Pages) == 0 {
		return nil, fmt.Errorf("draw report %s: it has no pages", doc.ID)
	}
	if len(doc.Pages) > maxPages {
		return nil, fault.New(fault.TooLarge, "report-too-large")
	}
	d := begin(doc, A4)
	for i := range doc.Pages {
		d.page(i)
	}
	file, err := d.end()
	if err != nil {
		return nil, fmt.Errorf("draw report %s: %w", doc.ID, err)
	}
	if len(file) > maxBytes {
		return nil, fault.New(fault.TooLarge, "report-too-large")
	}
	return file, nil
}

// Paper is the size of a page.
type Paper string

// The sizes.
const (
	A4 Paper = "A4"
	A3 Paper = "A3"
)

// begin makes a drawer of an empty file about a document.
func begin(doc *report.Document, paper Paper) *drawer {
	d := &drawer{Fpdf: fpdf.New("P", "mm", string(paper), ""), doc: doc, margin: plain, piece: -1}
	d.SetCompression(false) // the finisher packs with less memory
	d.SetAutoPageBreak(false, 0)
	d.SetMargins(0, 0, 0)
	d.SetCatalogSort(true)
	d.SetCreationDate(doc.Created.UTC())
	d.SetModificationDate(doc.Created.UTC())
	d.SetLineJoinStyle("round")
	if d.brand = chart.Brand; doc.Brand != nil {
		d.brand = *doc.Brand
	}
	d.root = &node{kind: "Document"}
	d.at = d.root
	return d
}

// end gives the file.
func (d *drawer) end() ([]byte, error) {
	var out bytes.Buffer
	if err := d.Output(&out); err != nil {
		return nil, err
	}
	return d.finish(out.Bytes())
}

// turn begins a page with a bookmark to its top.
func (d *drawer) turn(title string) {
	d.AddPage()
	d.sheets = append(d.sheets, sheet{})
	_, tall := d.GetPageSize()
	d.bookmark(title, 0, height-tall)
}

// page draws page i.
func (d *drawer) page(i int) {
	p := &d.doc.Pages[i]
	d.turn(p.Title)
	d.shift = 0
	d.as("Sect", func() {
		if p.Cover {
			chart.Rect(d, chart.Box{X: 0, Y: 0, W: 210, H: 6}, chart.Fill(d.brand))
			d.inMargin(footer, func() { d.foot(i + 1) })
		} else {
			d.shift = d.frame(p, i+1)
		}
		d.unmark()
		d.TransformBegin()
		d.TransformTranslateY(d.shift)
		d.lift = d.shift
		for n, b := range p.Blocks {
			d.piece = n
			d.block(b)
		}
		d.piece, d.lift = -1, 0
		d.unmark()
		d.TransformEnd()
	})
}

// bookmark leads to a height in mm of the present page.
func (d *drawer) bookmark(title string, level int, y float64) {
	d.entries = append(d.entries, entry{font.Clean(title), level, d.PageNo() - 1, y})
}

func (d *drawer) block(b report.Block) {
	switch b := b.(type) {
	case report.Figure:
		d.figure(b.Chart, b.Box)
	case report.Prose:
		d.prose(b)
	case report.Columns:
		d.columns(b)
	case report.Keys:
		d.keys(b)
	case report.Tiles:
		d.tiles(b)
	case report.Findings:
		d.findings(b)
	case report.Facts:
		d.facts(b)
	case report.Quality:
		d.quality(b)
	case report.Table:
		d.table(b)
	case report.Logo:
		d.logo(b)
	case report.CoverTitle:
		d.coverTitle(b)
	case report.DecisionBox:
		d.decisionBox(b)
	case report.Cards:
		d.cards(b)
	case report.Quotes:
		d.quotes(b)
	case report.TeamSheet:
		d.teamSheet(b)
	}
}
