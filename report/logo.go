package report

import (
	"crypto/sha256"
	"fmt"

	"pulscheck/report/chart"
	"pulscheck/survey"
)

// Logo is the picture of the organisation on a cover.
type Logo struct {
	Box chart.Box // of the picture itself
	PNG []byte    // RGB of 8 bits
	Alt string
}

func (Logo) block() {}

// Where a logo begins on a cover, in mm.
const logoTop = 30.0

// logo stands at the top left of a cover; without one the name below says whose it is.
func (b *builder) logo() []Block {
	if b.Logo == nil {
		return nil
	}
	w, h := b.Logo.Printed()
	return []Block{Logo{chart.Box{X: left, Y: logoTop, W: w, H: h}, b.Logo.PNG, b.t("cover.logo", "name", b.Organisation.Name)}}
}

// look is what a cover bears beside its words; nil if that is nothing.
type look struct {
	Colour survey.Colour `json:"colour,omitempty"`
	Logo   string        `json:"logo,omitempty"` // SHA-256 of the picture, hexadecimal
}

// look tells it to the data: who compares their hashes hears that a cover is another one.
func (b *builder) look() *look {
	l := look{Colour: b.Organisation.Colour}
	if b.Logo != nil {
		l.Logo = fmt.Sprintf("%x", sha256.Sum256(b.Logo.PNG))
	}
	if l == (look{}) {
		return nil
	}
	return &l
}

// brand gives the colour of an organisation, nil if it has none.
func brand(o *survey.Organisation) *chart.Color {
	rgb, ok := o.Colour.RGB()
	if !ok {
		return nil
	}
	return &chart.Color{R: rgb[0], G: rgb[1], B: rgb[2]}
}
