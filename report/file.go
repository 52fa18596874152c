package report

import (
	"fmt"
	"strings"

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

// TeamFileName is the name under which a team sheet is handed out, after its document id.
func TeamFileName(id string, l locale.Language) string {
	stem := "team-blatt"
	if l == locale.English {
		stem = "team-sheet"
	}
	org, rest, _ := strings.Cut(id, "-I")
	iteration, version, _ := strings.Cut(rest, "-T")
	return fmt.Sprintf("%s_%s_i%s_v%s.pdf", stem, strings.ToLower(org), iteration, version)
}

// ComparisonName is the name under which a comparison is handed out, after its document id.
func ComparisonName(id string, l locale.Language) string {
	stem := "vergleich"
	if l == locale.English {
		stem = "comparison"
	}
	org, rest, _ := strings.Cut(id, "-I")
	iteration, version, _ := strings.Cut(rest, "-V")
	return fmt.Sprintf("%s_%s_i%s_v%s.pdf", stem, strings.ToLower(org), iteration, version)
}
