package pdf

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"pulscheck/report/chart"
)

// quietModules is the room that a QR code needs on every side, in modules (ISO/IEC
// 18004). Whoever places a code keeps it free.
const quietModules = 4

// code is a QR code of error correction level M, which bears 15 % of dirt.
type code struct {
	side int // modules
	dark func(x, y int) bool
}

func encode(text string) (code, error) {
	b, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return code{}, fmt.Errorf("encode QR code: %w", err) // never the text: it may be a ticket
	}
	return code{b.Bounds().Dx(), func(x, y int) bool { return b.At(x, y) == color.Black }}, nil
}

// quiet is the width in mm that stays free around a code of a size in mm.
func (c code) quiet(size float64) float64 { return quietModules * size / float64(c.side) }

// code draws a QR code with its dark modules as one path of rectangles, so that no
// hair lines show between them, and gives its quiet zone in mm. zoom is that of the
// page; to those who do not see the code it is read as its text.
func (d *drawer) code(text string, b chart.Box, zoom float64) (quiet float64) {
	c, err := encode(text)
	if err != nil {
		d.SetError(err)
		return 0
	}
	_, tall := d.GetPageSize()
	place := chart.Box{X: b.X * zoom, Y: b.Y*zoom + height - tall, W: b.W * zoom, H: b.H * zoom}
	more := "/A <</O /Layout /Placement /Block /BBox [" + rectangle(place) + "]>>"
	d.within(&node{kind: "Figure", alt: text, more: more}, func() {
		d.shape()
		module := b.W / float64(c.side) * pointsPerMM
		d.RawWriteStr(fmt.Sprintf("q 0 g %.5f 0 0 %.5f %.5f %.5f cm", module, -module, b.X*pointsPerMM, (tall-b.Y)*pointsPerMM) + c.path() + " f Q")
	})
	return c.quiet(b.W)
}

// path gives the rectangles of the dark modules, row by row.
func (c code) path() string {
	var path strings.Builder
	for y := range c.side {
		for x := 0; x < c.side; x++ {
			from := x
			for x < c.side && c.dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, " %d %d %d 1 re", from, y, x-from)
			}
		}
	}
	return path.String()
}
