package report

import "pulscheck/report/font"

// Measures of prose in mm.
const (
	HeadingHeight = 6.0 // of a heading of a part of a page
	BodySize      = 10.0
	BodyLeading   = 5.0
	columnGutter  = 8.0
	columnGap     = 4.0 // between parts
)

// height of a prose part in a width.
func (p Prose) height(width float64) float64 {
	h := 0.0
	if p.Heading != "" {
		h += HeadingHeight
	}
	for i, text := range p.Text {
		if i < len(p.Leads) {
			text = p.Leads[i] + " " + text
		}
		h += BodyLeading * float64(len(font.Wrap(text, font.Regular, BodySize, width)))
	}
	return h
}

// Column gives width and left edges of both columns.
func (c Columns) Column() (width, first, second float64) {
	width = (c.Box.W - columnGutter) / 2
	return width, c.Box.X, c.Box.X + width + columnGutter
}

// Gap is the room below a part.
func (c Columns) Gap() float64 { return columnGap }

// Turn gives the part that begins the right column so that the longer column is as
// short as can be, and how high that one is.
func (c Columns) Turn() (part int, height float64) {
	width, _, _ := c.Column()
	total := 0.0
	for _, p := range c.Parts {
		total += p.height(width) + columnGap
	}
	part, height = len(c.Parts), total
	used := 0.0
	for i, p := range c.Parts {
		if longer := max(used, total-used); longer < height {
			part, height = i, longer
		}
		used += p.height(width) + columnGap
	}
	return part, height - columnGap
}
