package report

import (
	"strings"

	"pulscheck/report/chart"
)

// end tells which end of the scale a band touches.
func end(band string) chart.End {
	if strings.HasPrefix(band, ">=") {
		return chart.HighEnd
	}
	return chart.LowEnd
}
