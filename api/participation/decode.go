package participation

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"pulscheck/api/request"
	"pulscheck/survey/fault"
)

// maxBody is the most bytes a respondent may send.
const maxBody = 16 << 10

// object is one JSON object whose keys are compared exactly and stand once.
type object map[string]json.RawMessage

// readObject reads the body of a request as one JSON object.
func readObject(c *gin.Context, fields ...string) (object, error) {
	body, err := request.Body(c, request.JSON, maxBody)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(body) {
		return nil, fault.New(fault.Malformed, "invalid-utf8")
	}
	if request.TooDeep(body) {
		return nil, request.Malformed(errors.New("too deep"))
	}
	return parseObject(body, fields...)
}

// parseObject reads an object that may have these fields; none named = any.
// encoding/json alone would take keys in any case and the last of two.
func parseObject(data []byte, fields ...string) (object, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, request.Malformed(err)
	}
	o := object{}
	for d.More() {
		t, err := d.Token()
		key, isText := t.(string)
		if err != nil || !isText {
			return nil, request.Malformed(err)
		}
		if _, twice := o[key]; twice {
			return nil, fault.New(fault.Malformed, "duplicate-field")
		}
		if len(fields) > 0 && !slices.Contains(fields, key) {
			return nil, fault.New(fault.Malformed, "unknown-field")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, request.Malformed(err)
		}
		o[key] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, request.Malformed(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, request.Malformed(err)
	}
	return o, nil
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
		return "", request.Malformed(err)
	}
	return s, nil
}

// bytes gives a base64url value without padding; nil if it is none.
func (o object) bytes(key string) []byte {
	s, err := o.text(key)
	if err != nil {
		return nil
	}
	return decodeBytes(s)
}

// decodeBytes reads base64url without padding; nil if it is none, which no check of a
// secret or ticket accepts.
func decodeBytes(s string) []byte {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || base64.RawURLEncoding.EncodeToString(b) != s {
		return nil
	}
	return b
}

func (o object) absent(key string) bool {
	return len(o[key]) == 0 || string(o[key]) == "null"
}
