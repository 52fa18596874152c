package request

import (
	"bytes"
	"io"
	"mime"
	"net/url"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
)

// Media types of forms.
const (
	form   = "application/x-www-form-urlencoded"
	upload = "multipart/form-data"
)

// drained is how much of a file that is too large is taken and thrown away, in bytes.
const drained = 32 << 20

// maxFields is the most values that a form sends.
const maxFields = 2000

// Form reads the fields of a form of at most so many bytes. Faults:
// "unsupported-media-type", "body-too-large", "malformed-form", "invalid-utf8".
func Form(c *gin.Context, most int64) (url.Values, error) {
	body, err := Body(c, form, most)
	if err != nil {
		return nil, err
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fault.Wrap(fault.Malformed, "malformed-form", err)
	}
	return values, checkFields(values)
}

// isUpload reports whether a form comes with files.
func isUpload(c *gin.Context) bool {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	return err == nil && kind == upload
}

// Upload reads a form with one file in the field of a name; without a file it is nil.
// Faults as Form.
func Upload(c *gin.Context, field string, most int64) (values url.Values, file []byte, err error) {
	if !isUpload(c) {
		return nil, nil, fault.New(fault.Unsupported, "unsupported-media-type")
	}
	body, err := io.ReadAll(io.LimitReader(c.Request.Body, most+1))
	if int64(len(body)) > most {
		_, _ = io.CopyN(io.Discard, c.Request.Body, drained) // or the browser, still sending, would not read the answer
		return nil, nil, fault.New(fault.TooLarge, "body-too-large")
	}
	if err != nil {
		return nil, nil, fault.Wrap(fault.Malformed, "malformed-form", err)
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	if err := c.Request.ParseMultipartForm(most); err != nil { // all of it fits into memory
		return nil, nil, fault.Wrap(fault.Malformed, "malformed-form", err)
	}
	values = url.Values(c.Request.MultipartForm.Value)
	if err := checkFields(values); err != nil {
		return nil, nil, err
	}
	sent := c.Request.MultipartForm.File[field]
	if len(sent) == 0 {
		return values, nil, nil
	}
	opened, err := sent[0].Open()
	if err != nil {
		return nil, nil, fault.Wrap(fault.Malformed, "malformed-form", err)
	}
	defer opened.Close()
	file, err = io.ReadAll(opened)
	return values, file, err
}

func checkFields(values url.Values) error {
	n := 0
	for name, list := range values {
		n += len(list)
		for _, text := range append(list, name) {
			if !utf8.ValidString(text) {
				return fault.New(fault.Malformed, "invalid-utf8")
			}
		}
	}
	if n > maxFields {
		return fault.New(fault.TooLarge, "body-too-large")
	}
	return nil
}
