package mail

import (
	"fmt"
	"io"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// File is something attached.
type File struct {
	Name string // ASCII, e.g. check-bericht_nordlicht_i02_v1.pdf
	Type string // media type
	Body []byte
}

// Message is one mail to one person, ready to be handed over.
type Message struct {
	ID       string // unique and always the same for the same mail; A-Z a-z 0-9 - _
	To       string
	Language locale.Language
	Date     time.Time
	Subject  string
	Text     string
	HTML     string
	File     *File
}

// maxAddress is the longest address in bytes (RFC 5321, 4.5.3.1.3, without brackets).
const maxAddress = 254

// ParseAddress reads a sender, "name <address>" or the address alone.
func ParseAddress(text string) (*netmail.Address, error) {
	a, err := netmail.ParseAddress(text)
	if err != nil || strings.ContainsAny(text, "\r\n\x00") {
		return nil, fault.New(fault.Invalid, "email-invalid")
	}
	if a.Address, err = asciiDomain(a.Address); err != nil {
		return nil, err
	}
	return a, nil
}

// asciiDomain writes the domain of an address as mail servers know it: Müller.example
// becomes xn--mller-kva.example. Fault Invalid "email-invalid" for what is no address.
func asciiDomain(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || len(address) > maxAddress || strings.ContainsAny(address, "\r\n\x00,<> ") {
		return "", fault.New(fault.Invalid, "email-invalid")
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil || domain == "" {
		return "", fault.New(fault.Invalid, "email-invalid")
	}
	return address[:at+1] + domain, nil
}

// compose gives the mail in the form of the library. Fault Invalid "email-invalid" if
// the recipient has no address that can be written.
func (m *Message) compose(from *netmail.Address) (*gomail.Msg, error) {
	to, err := asciiDomain(m.To)
	if err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	if err := msg.To(to); err != nil { // its text holds the address
		return nil, fault.New(fault.Invalid, "email-invalid")
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(m.ID + "@" + from.Address[strings.LastIndexByte(from.Address, '@')+1:])
	msg.SetGenHeader(gomail.HeaderContentLang, string(m.Language))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no machine answers
	msg.SetGenHeader("X-Auto-Response-Suppress", "OOF")  // the same for Exchange
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if m.File != nil {
		err := msg.AttachReader(m.File.Name, strings.NewReader(string(m.File.Body)), gomail.WithFileContentType(gomail.ContentType(m.File.Type)))
		if err != nil {
			return nil, fmt.Errorf("attach %s: %w", m.File.Name, err)
		}
	}
	return msg, nil
}

// write writes the mail as it is handed over.
func (m *Message) write(from *netmail.Address, to io.Writer) error {
	msg, err := m.compose(from)
	if err != nil {
		return err
	}
	if _, err := msg.WriteTo(to); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}
