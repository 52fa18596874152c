package participation

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
)

// maxBody is the most bytes a respondent may send.
const maxBody = 16 << 10

// object is one JSON object whose keys are compared exactly and stand once.
type object map[string]json.RawMessage

// readObject reads the body of a request as one JSON object.
func readObject(c *gin.Context, fields ...string) (object, error) {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, fault.New(fault.Unsupported, "unsupported-media-type")
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, fault.New(fault.TooLarge, "body-too-large")
	}
	if err != nil {
		return nil, malformed(err)
	}
	if !utf8.Valid(body) {
		return nil, fault.New(fault.Malformed, "invalid-utf8")
	}
	return parseObject(body, fields...)
}

// parseObject reads an object that may have these fields; none named = any.
// encoding/json alone would take keys in any case and the last of two.
func parseObject(data []byte, fields ...string) (object, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, malformed(err)
	}
	o := object{}
	for d.More() {
		t, err := d.Token()
		key, isText := t.(string)
		if err != nil || !isText {
			return nil, malformed(err)
		}
		if _, twice := o[key]; twice {
			return nil, fault.New(fault.Malformed, "duplicate-field")
		}
		if len(fields) > 0 && !contains(fields, key) {
			return nil, fault.New(fault.Malformed, "unknown-field")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, malformed(err)
		}
		o[key] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, malformed(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, malformed(err)
	}
	return o, nil
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// object gives a field that must be an object.
func (o object) object(key string, fields ...string) (object, error) {
	if o.absent(key) {
		return object{}, nil
	}
	return parseObject(o[key], fields...)
}

// text gives a string; absent and null are empty.
func (o object) text(key string) (string, error) {
	if o.absent(key) {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(o[key], &s); err != nil {
		return "", malformed(err)
	}
	return s, nil
}

// bytes gives a base64url value without padding; nil if it is none, which no
// check of a secret or ticket accepts.
func (o object) bytes(key string) []byte {
	s, err := o.text(key)
	if err != nil {
		return nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || base64.RawURLEncoding.EncodeToString(b) != s {
		return nil
	}
	return b
}

func (o object) absent(key string) bool {
	return len(o[key]) == 0 || string(o[key]) == "null"
}

func malformed(err error) error { return fault.Wrap(fault.Malformed, "malformed-json", err) }
