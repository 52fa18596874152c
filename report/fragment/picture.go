package fragment

import (
	"html/template"

	"pulscheck/report/chart"
)

// Picture gives a figure of a size in mm as a picture alone, for pages that say its
// numbers in a table of their own.
func Picture(f chart.Figure, width, height float64) template.HTML {
	return template.HTML(chart.SVG(f, width, height, measure)) //nolint:gosec // the chart writes nothing but its own elements
}
