package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey/fault"
)

// Outcome says what became of handing over one mail.
type Outcome int

// The outcomes.
const (
	Accepted Outcome = iota // the mail server answers for it from now on
	Refused                 // for good; nothing was sent
	Deferred                // for now; nothing was sent
	Unknown                 // the whole mail was sent, the answer never came
	Away                    // the server takes no mail at all now; nothing was sent
)

// Sender hands mails over.
type Sender interface {
	// Session begins a row of mails. It connects when the first one is sent.
	Session() Session
	// Check tries everything but sending a mail.
	Check(ctx context.Context) error
}

// Session is one row of mails. It is for one goroutine.
type Session interface {
	// Send hands over one mail. The error explains an outcome that is not Accepted,
	// without address or secret.
	Send(ctx context.Context, m *Message) (Outcome, error)
	Close()
}

// Options of a Sender.
type Options struct {
	URL     string        // smtp://user:password@host:587, smtps://…, or file:DIR
	From    string        // "name <address>" or the address
	TLS     *tls.Config   // other roots than the system's, for tests
	Timeout time.Duration // of one mail, by default 2 min
}

// target is where mails go.
type target struct {
	folder         string // empty = SMTP
	host           string
	port           int
	implicit       bool // TLS from the first byte
	user, password string
}

// Default ports (RFC 6409, RFC 8314).
const (
	submission  = 587
	submissions = 465
)

// parseTarget reads the setting strictly. Its errors never hold a part of it.
func parseTarget(text string) (*target, error) {
	wrong := func(what string) error {
		return fault.Wrap(fault.Configuration, "mail-url", fmt.Errorf("%s", what))
	}
	if folder, isFile := strings.CutPrefix(text, "file:"); isFile {
		if folder == "" {
			return nil, wrong("file: names no folder")
		}
		return &target{folder: folder}, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Opaque != "" {
		return nil, wrong("is neither smtp(s)://user:password@host:port nor file:DIR")
	}
	t := &target{host: u.Hostname(), port: submission, implicit: u.Scheme == "smtps"}
	if t.implicit {
		t.port = submissions
	}
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(text, "#") || strings.HasSuffix(text, "?") {
		return nil, wrong("has something after the host")
	}
	if t.host == "" || strings.HasSuffix(u.Host, ":") {
		return nil, wrong("names no host, or no port after the colon")
	}
	if u.Port() != "" {
		if t.port, err = strconv.Atoi(u.Port()); err != nil || t.port < 1 || t.port > 65535 {
			return nil, wrong("names no port")
		}
	}
	if u.User != nil {
		t.user = u.User.Username()
		t.password, _ = u.User.Password()
		if t.user == "" || t.password == "" {
			return nil, wrong("has a user without password, or the other way round")
		}
	}
	return t, nil
}

// local says whether the server is on this machine, where TLS may be missing.
func (t *target) local() bool {
	ip := net.ParseIP(t.host)
	return t.host == "localhost" || ip != nil && ip.IsLoopback()
}

// CheckURL says what is wrong with where mails go, without any part of it.
func CheckURL(text string) error {
	_, err := parseTarget(text)
	return err
}

// Folder gives the folder of file:DIR, empty for a mail server.
func Folder(text string) string {
	folder, _ := strings.CutPrefix(text, "file:")
	if folder == text {
		return ""
	}
	return folder
}

// NewSender makes a Sender; nothing is reached yet.
func NewSender(o Options) (Sender, error) {
	t, err := parseTarget(o.URL)
	if err != nil {
		return nil, err
	}
	from, err := ParseAddress(o.From)
	if err != nil {
		return nil, fault.Wrap(fault.Configuration, "mail-from", fmt.Errorf("the sender is no address"))
	}
	if t.folder != "" {
		return &folder{dir: t.folder, from: from}, nil
	}
	return newServer(t, from, o)
}
