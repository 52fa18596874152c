// Package request is the only place where what strangers send is decoded: a body of
// one media type and bounded length, JSON without doubled or unknown fields. It knows
// no use case; what a value may be the use cases say. participation and v1 call it.
package request

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
)

// Media types of bodies.
const (
	JSON = "application/json"
	CSV  = "text/csv"
	PNG  = "image/png"
)

// Body reads a body of one media type of at most so many bytes. It is written in UTF-8,
// or says that it is in one of the other charsets. Faults: "unsupported-media-type", "body-too-large", "malformed-json" for one
// that is cut off.
func Body(c *gin.Context, media string, most int64, charsets ...string) ([]byte, error) {
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset, said := parameters["charset"]
	if err != nil || kind != media || said && !slices.Contains(append(charsets, "utf-8"), strings.ToLower(charset)) {
		return nil, fault.New(fault.Unsupported, "unsupported-media-type")
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, most))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, fault.New(fault.TooLarge, "body-too-large")
	}
	if err != nil {
		return nil, Malformed(err)
	}
	return body, nil
}

// maxDepth is how deep objects and lists may lie in one another.
const maxDepth = 8

// TooDeep looks at the nesting of a JSON text, or of what is said to be one.
func TooDeep(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// Malformed is the fault of what is no JSON, or JSON of another form.
func Malformed(err error) *fault.Error { return fault.Wrap(fault.Malformed, "malformed-json", err) }
