package fragment

import (
	"encoding/base64"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/chart"
)

// logo writes the picture of the organisation: from its address, or in the file itself.
func (w *writer) logo(b report.Logo) {
	address := w.Logo
	if address == "" {
		address = "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.PNG)
	}
	fmt.Fprintf(w, "<p class=\"logo\"><img src=\"%s\" alt=\"%s\" width=\"%.0f\" height=\"%.0f\"/></p>\n",
		escape(address), escape(b.Alt), b.Box.W*pixelsPerMM, b.Box.H*pixelsPerMM)
}

// pixelsPerMM is what browsers take a millimetre for.
const pixelsPerMM = 96 / 25.4

// band is the stripe at the top of a cover in the colour of an organisation.
func (w *writer) band(c *chart.Color) {
	if c != nil {
		w.WriteString(`<svg class="band" viewBox="0 0 210 6" aria-hidden="true" focusable="false"><rect width="210" height="6" fill="` + c.String() + `"/></svg>` + "\n")
	}
}
