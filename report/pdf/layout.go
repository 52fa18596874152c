package pdf

import (
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// Placed is a line of text or a figure as it stands on a page.
type Placed struct {
	Page, Block int    // from 0; the block is -1 for head, foot and titles
	Text        string // empty: the place of a figure
	Size        float64
	Box         chart.Box // of a text from the height of capitals to the base line
}

// Layout says where everything of a document would stand, for whoever checks it before
// it is handed out.
func Layout(doc *report.Document) ([]Placed, error) {
	d := begin(doc, A4)
	d.placed = &[]Placed{}
	for i := range doc.Pages {
		d.page(i)
	}
	_, err := d.end()
	return *d.placed, err
}

// note remembers a text that is written, if somebody wants to know.
func (d *drawer) note(at chart.Point, text string, t chart.Type) {
	text = strings.TrimSpace(text)
	if d.placed == nil || text == "" {
		return
	}
	const capital = 0.66 // of an em
	tall := t.Size * capital / pointsPerMM
	*d.placed = append(*d.placed, Placed{
		d.PageNo() - 1, d.piece, text, t.Size,
		chart.Box{X: at.X, Y: at.Y - tall + d.lift, W: font.Width(text, weight(t), t.Size), H: tall},
	})
}

// noteFigure remembers the place of a figure.
func (d *drawer) noteFigure(b chart.Box) {
	if d.placed != nil {
		b.Y += d.lift
		*d.placed = append(*d.placed, Placed{Page: d.PageNo() - 1, Block: d.piece, Box: b})
	}
}
