// Package pdf draws a report.Document: frame, texts, tables, figures, bookmarks. It
// decides nothing about contents and knows neither results nor rules. The same
// document gives the same bytes. It is the only room that knows fpdf; cmd calls it.
package pdf

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// family is the name under which the typeface is embedded.
const family = "source"

// drawer draws one document. fpdf is not safe for concurrent use, so each has its own.
type drawer struct {
	*fpdf.Fpdf
	doc   *report.Document
	shift float64 // of the blocks of the current page: links and bookmarks need it
}

// Draw gives the PDF of a document.
func Draw(doc *report.Document) ([]byte, error) {
	d := &drawer{Fpdf: fpdf.New("P", "mm", "A4", ""), doc: doc}
	d.AddUTF8FontFromBytes(family, "", font.File(font.Regular))
	d.AddUTF8FontFromBytes(family, "B", font.File(font.Semibold))
	d.SetAutoPageBreak(false, 0)
	d.SetMargins(0, 0, 0)
	d.SetCatalogSort(true)
	d.SetCreationDate(doc.Created.UTC())
	d.SetModificationDate(doc.Created.UTC())
	d.SetTitle(doc.Title+" · "+doc.Subject, true)
	d.SetSubject(doc.Subject, true)
	d.SetAuthor(doc.Organisation, true)
	d.SetCreator("pulscheck", true)
	d.SetLang(string(doc.Language))
	d.SetLineJoinStyle("round")
	for i := range doc.Pages {
		d.page(i)
	}
	var out bytes.Buffer
	if err := d.Output(&out); err != nil {
		return nil, fmt.Errorf("draw report %s: %w", doc.ID, err)
	}
	return out.Bytes(), nil
}

// page draws page i.
func (d *drawer) page(i int) {
	p := &d.doc.Pages[i]
	d.AddPage()
	d.write(chart.Point{}, "", regular(8, chart.Ink)) // bookmarks are written in the current font
	d.Bookmark(font.Clean(p.Title), 0, 0)
	d.shift = 0
	if p.Cover {
		chart.Rect(d, chart.Box{X: 0, Y: 0, W: 210, H: 6}, chart.Fill(chart.Brand))
	} else {
		d.shift = d.frame(p, i+1)
	}
	d.TransformBegin()
	d.TransformTranslateY(d.shift)
	for _, b := range p.Blocks {
		d.block(b)
	}
	d.TransformEnd()
}

func (d *drawer) block(b report.Block) {
	switch b := b.(type) {
	case report.Figure:
		b.Chart.Draw(d, b.Box)
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
	case report.CoverTitle:
		d.coverTitle(b)
	}
}
