package pdf

import (
	"bytes"

	"codeberg.org/go-pdf/fpdf"

	"pulscheck/report"
)

// logo draws the picture of the organisation, which is read as its sentence.
func (d *drawer) logo(b report.Logo) {
	const name = "logo"
	kind := fpdf.ImageOptions{ImageType: "PNG"}
	d.RegisterImageOptionsReader(name, kind, bytes.NewReader(b.PNG))
	d.noteFigure(b.Box)
	d.within(d.pictured(b.Alt, b.Box), func() {
		d.shape()
		d.ImageOptions(name, b.Box.X, b.Box.Y, b.Box.W, b.Box.H, false, kind, 0, "")
	})
}
