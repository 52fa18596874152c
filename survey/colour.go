package survey

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"pulscheck/survey/fault"
)

// Colour is the brand colour of an organisation, #rrggbb in lower case; empty = ours.
type Colour string

// RGB gives red, green and blue; ok is false if the text is no colour.
func (c Colour) RGB() (rgb [3]uint8, ok bool) {
	digits, found := strings.CutPrefix(string(c), "#")
	value, err := strconv.ParseUint(digits, 16, 32)
	if !found || len(digits) != 6 || err != nil {
		return rgb, false
	}
	return [3]uint8{uint8(value >> 16), uint8(value >> 8), uint8(value)}, true
}

// leastContrast is what text needs to be read (WCAG 2.2, 1.4.3).
const leastContrast = 4.5

// grounds are what text in a brand colour stands on: white, and the token --tint.
var grounds = [][3]uint8{{0xFF, 0xFF, 0xFF}, {0xE8, 0xF2, 0xF6}}

// Readable gives the nearest tone of a colour, itself or darker, that can be read on
// every ground. ok is false if the text is no colour.
func (c Colour) Readable() (tone Colour, ok bool) {
	rgb, ok := c.RGB()
	if !ok {
		return "", false
	}
	const steps = 255
	for step := steps; ; step-- { // black is reached, and can be read
		var darker [3]uint8
		for i, part := range rgb {
			darker[i] = uint8((int(part)*step + steps/2) / steps)
		}
		if readable(darker) {
			return Colour(fmt.Sprintf("#%02x%02x%02x", darker[0], darker[1], darker[2])), true
		}
	}
}

func readable(rgb [3]uint8) bool {
	for _, ground := range grounds {
		if contrast(rgb, ground) < leastContrast {
			return false
		}
	}
	return true
}

// contrast is the ratio of two colours, 1 to 21 (WCAG 2.2).
func contrast(a, b [3]uint8) float64 {
	light, dark := luminance(a), luminance(b)
	return (max(light, dark) + 0.05) / (min(light, dark) + 0.05)
}

// luminance is the relative luminance of a colour in sRGB, 0 to 1 (WCAG 2.2).
func luminance(rgb [3]uint8) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		part := float64(rgb[i]) / 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		sum += weight * part
	}
	return sum
}

// colour checks a brand colour. One that is too light is refused with the nearest tone
// that is not.
func (c *checks) colour(pointer string, into *Colour, from *string) {
	if from == nil {
		return
	}
	*into = Colour(strings.ToLower(strings.TrimSpace(*from)))
	if *into == "" {
		return
	}
	switch tone, ok := into.Readable(); {
	case !ok:
		c.wrong(pointer, "colour-invalid")
	case tone != *into:
		c.fields = append(c.fields, fault.Field{Pointer: pointer, Code: "colour-contrast", Said: "colour-darker"})
		c.args = map[string]any{"colour": string(*into), "darker": string(tone)}
	}
}
