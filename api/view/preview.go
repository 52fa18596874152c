package view

import (
	"bytes"
	"fmt"

	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// Preview gives the survey page of a round that is not open, for those who prepare it: the
// steps of respondents with a script that keeps everything to itself. back leads out of it.
func Preview(p *locale.Printer, m *ballot.Manifest, back Link) ([]byte, error) {
	texts, err := surveyTexts()
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = templates.ExecuteTemplate(&page, "preview.html", map[string]any{"Words": words{p}, "Manifest": m, "Texts": texts, "Back": back})
	if err != nil {
		return nil, fmt.Errorf("preview of a survey: %w", err)
	}
	return page.Bytes(), nil
}
