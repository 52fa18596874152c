package view

import (
	"bytes"
	"fmt"
	"image/color"

	"github.com/boombuler/barcode/qr"
)

// quietModules is the white around a QR code that readers want (ISO/IEC 18004).
const quietModules = 4

// QR draws a text as a QR code, an SVG file.
func QR(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("encode QR code: %w", err) // never the text: it may be a secret
	}
	n := code.Bounds().Dx()
	var b bytes.Buffer
	all := n + 2*quietModules
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, all, all, all, all)
	for y := range n {
		for x := range n {
			if code.At(x, y) == color.Black {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quietModules, y+quietModules)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}
