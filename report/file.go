package report

import (
	"fmt"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// FileName is the name under which a check report is handed out, ASCII (contract.md,
// Files).
func FileName(o *survey.Organisation, iteration, version int, l locale.Language) string {
	stem := "check-bericht"
	if l == locale.English {
		stem = "check-report"
	}
	return fmt.Sprintf("%s_%s_i%02d_v%d.pdf", stem, o.Key, iteration, version)
}
