package questionnaire

import (
	"io"

	"pulscheck/survey/yamlfile"
)

// Load reads an own questionnaire in YAML, normalises its texts (NFC, trimmed) and
// validates it. Every error is fault Invalid "questionnaire-invalid" whose cause
// names lines; those of Validate come all at once, as fields too. A file over
// yamlfile.MaxBytes is fault TooLarge "body-too-large".
func Load(r io.Reader) (*Questionnaire, error) {
	var q Questionnaire
	if err := yamlfile.Load(r, "questionnaire", &q); err != nil {
		return nil, err
	}
	return &q, nil
}
