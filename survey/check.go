package survey

import (
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/fault"
)

// Limits of texts in runes and of lists (threat-model.md section 8).
const (
	maxName     = 120
	maxTitle    = 200
	maxAddress  = 254 // bytes
	maxGroups   = 200
	maxPeople   = 50_000
	ceilingK    = 50
	maxSteering = 50
)

// checks collects what is wrong with an input, so that all of it is told at once.
type checks struct {
	fields []fault.Field
	args   map[string]any // values of their texts
}

func (c *checks) wrong(pointer, code string) {
	c.fields = append(c.fields, fault.Field{Pointer: pointer, Code: code})
}

// missing notes that a text has to be there.
func (c *checks) missing(pointer string) {
	c.fields = append(c.fields, fault.Length(pointer, 0, 0)...)
}

// text normalises a text (NFC, trimmed) that must not be empty or too long.
func (c *checks) text(pointer string, value *string, most int) {
	*value = strings.TrimSpace(norm.NFC.String(*value))
	c.fields = append(c.fields, fault.Length(pointer, utf8.RuneCountInString(*value), most)...)
	if strings.ContainsFunc(*value, hidden) {
		c.wrong(pointer, "control-character")
	}
}

// day checks a date YYYY-MM-DD; empty is none.
func (c *checks) day(pointer, value string) {
	if value == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		c.wrong(pointer, "date-invalid")
	}
}

// key checks a name that stands in addresses and files: letters, digits and _ - of ASCII.
func (c *checks) key(pointer, value string) {
	if !validKey(value) {
		c.wrong(pointer, "key-invalid")
	}
}

// maxKey is the most bytes of a key.
const maxKey = 32

func validKey(value string) bool {
	if value == "" || len(value) > maxKey || value[0] == '_' {
		return false
	}
	for _, r := range value {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' {
			return false
		}
	}
	return true
}

// addresses checks e-mail addresses.
func (c *checks) addresses(pointer string, values []string) {
	if len(values) > maxSteering {
		c.wrong(pointer, "too-many-items")
	}
	for i, v := range values {
		if !ValidAddress(v) {
			c.wrong(pointer+"/"+strconv.Itoa(i), "email-invalid")
		}
	}
}

// ValidAddress reports whether a text is one e-mail address and nothing else: at most
// 254 bytes, one @, nothing that a mail header could take for something else.
func ValidAddress(text string) bool {
	if len(text) > maxAddress || strings.Count(text, "@") != 1 || strings.ContainsAny(text, "\r\n\x00,<> \t\"();:[]\\") ||
		strings.ContainsFunc(text, invisible) || !utf8.ValidString(text) {
		return false
	}
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text
}

// err gives fault Invalid with all fields, its key the code of the first, or nil.
func (c *checks) err() error {
	if len(c.fields) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, c.fields[0].Code).With(c.fields...)
	f.Args = c.args
	return f
}
