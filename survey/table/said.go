package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Charset is how letters beyond ASCII are written.
type Charset string

// The character sets.
const (
	UTF8        Charset = "utf-8"
	Windows1252 Charset = "windows-1252"
)

// Said is what somebody chose of how a file is written; what is zero is found out.
type Said struct {
	Separator rune // ; , or tab
	Charset   Charset
}

// ErrNotUTF8 and ErrUTF8 say that letters would come out wrong: the file is not written
// in UTF-8 as was said, or is, although Windows-1252 was.
var (
	ErrNotUTF8 = errors.New("is not written in UTF-8")
	ErrUTF8    = errors.New("is written in UTF-8")
)

// choose puts what was said in the place of what was found out.
func (c *File) choose(form *csvForm, said Said) error {
	if said.Separator != 0 {
		form.separator = said.Separator
	}
	var wrong error
	switch {
	case said.Charset == UTF8 && !form.utf8:
		wrong = ErrNotUTF8
	case said.Charset == Windows1252 && form.utf8 && form.wide:
		wrong = ErrUTF8
	}
	if wrong != nil {
		return &Error{File: c.Name, Text: wrong.Error(), Err: wrong}
	}
	c.Found = Said{form.separator, UTF8}
	if !form.utf8 {
		c.Found.Charset = Windows1252
	}
	return nil
}

// csvForm is how a file is written.
type csvForm struct {
	utf8      bool
	mark      int // bytes of the byte order mark
	separator rune
	wide      bool // there is more than ASCII
}

// sniffed is how many bytes are looked at together.
const sniffed = 64 << 10

// sniff reads the file once, so that the first umlaut in the last row still decides.
func (c *File) sniff() (csvForm, error) {
	form := csvForm{utf8: true, separator: ','}
	buffer, held := make([]byte, sniffed), 0
	for first := true; ; first = false {
		n, err := io.ReadFull(c.file, buffer[held:])
		part := buffer[:held+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return form, fmt.Errorf("read %s: %w", c.Name, err)
		}
		if first {
			if text := foreign(part); text != "" {
				return form, c.Bad(NoCell, "%s", text)
			}
			form.mark = len(part) - len(bytes.TrimPrefix(part, []byte("\uFEFF")))
			form.separator = separator(part)
		}
		if bytes.IndexByte(part, 0) >= 0 {
			return form, c.Bad(NoCell, "is no text; expected CSV in UTF-8 or Windows-1252")
		}
		whole := len(part)
		if !last {
			whole = wholeRunes(part)
		}
		form.utf8 = form.utf8 && utf8.Valid(part[:whole])
		form.wide = form.wide || bytes.ContainsFunc(part[:whole], func(r rune) bool { return r >= utf8.RuneSelf })
		held = copy(buffer, part[whole:])
		if last {
			return form, nil
		}
	}
}
