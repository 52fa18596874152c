package ballot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"pulscheck/survey/questionnaire"
)

// Payload is what a ballot says. It exists readable only in the memory of the
// request that seals it and of the counting that opens it.
type Payload struct {
	Attributes Attributes        `json:"attributes"`
	Answers    map[string]Answer `json:"answers"`
	Text       string            `json:"text,omitempty"`
	TextKind   string            `json:"text_kind,omitempty"`
}

// Attributes are what the ballot states about its sender; empty = not stated.
type Attributes struct {
	Process string `json:"process"`
	Role    string `json:"role"`
	Unit    string `json:"unit"`
}

// Answer is a whole value of the item's scale, or "I cannot say".
type Answer struct {
	Value     int
	CannotSay bool
}

// MarshalJSON gives an integer or "CS".
func (a Answer) MarshalJSON() ([]byte, error) {
	if a.CannotSay {
		return json.Marshal(questionnaire.CannotSay)
	}
	return json.Marshal(a.Value)
}

// UnmarshalJSON takes an integer without fraction or exponent, or "CS". null is an
// error: an item without answer is absent.
func (a *Answer) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte(`"`+questionnaire.CannotSay+`"`)) {
		*a = Answer{CannotSay: true}
		return nil
	}
	if bytes.ContainsAny(data, ".eE\"") || bytes.Equal(data, []byte("null")) {
		return fmt.Errorf("answer %s is neither a whole number nor %q", data, questionnaire.CannotSay)
	}
	*a = Answer{}
	return json.Unmarshal(data, &a.Value)
}

// decodePayload reads what Seal encoded and nothing else: one value, known fields.
func decodePayload(padded []byte) (Payload, error) {
	d := json.NewDecoder(bytes.NewReader(padded))
	d.DisallowUnknownFields()
	var p Payload
	if err := d.Decode(&p); err != nil {
		return Payload{}, fmt.Errorf("read ballot: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Payload{}, errors.New("read ballot: more than one value")
	}
	return p, nil
}
