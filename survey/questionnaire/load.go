package questionnaire

import (
	"bytes"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"

	"pulscheck/survey/fault"
)

// MaxYAML is the most bytes a questionnaire file may have.
const MaxYAML = 64 << 10

// Load reads an own questionnaire in YAML and validates it. Unknown and doubled keys
// are errors; the message names line and column. Errors are fault Invalid
// "questionnaire-invalid", with one field per finding of Validate.
func Load(r io.Reader) (*Questionnaire, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxYAML+1))
	if err != nil {
		return nil, fmt.Errorf("read questionnaire: %w", err)
	}
	if len(data) > MaxYAML {
		return nil, fault.New(fault.TooLarge, "body-too-large")
	}
	var q Questionnaire
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&q); err != nil {
		return nil, fault.Wrap(fault.Invalid, "questionnaire-invalid", fmt.Errorf("read questionnaire: %s", yaml.FormatError(err, false, false)))
	}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return &q, nil
}
