package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	netmail "net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// mailTimeout is the longest that one mail may take, answer included. A shorter one
// would make more mails uncertain.
const mailTimeout = 2 * time.Minute

// server hands mails over by SMTP. TLS is a must, from the first byte or by STARTTLS,
// but towards this very machine without a password.
type server struct {
	target  *target
	from    *netmail.Address
	options []gomail.Option
	timeout time.Duration
}

// preferred are the ways to log in, the best first.
var preferred = []gomail.SMTPAuthType{
	gomail.SMTPAuthSCRAMSHA256PLUS, gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin,
	gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5,
}

func newServer(t *target, from *netmail.Address, o Options) (*server, error) {
	s := &server{target: t, from: from, timeout: o.Timeout}
	if s.timeout == 0 {
		s.timeout = mailTimeout
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.TLS != nil {
		config = o.TLS.Clone()
	}
	config.ServerName = t.host
	s.options = []gomail.Option{gomail.WithPort(t.port), gomail.WithTimeout(s.timeout), gomail.WithTLSConfig(config)}
	switch {
	case t.implicit:
		s.options = append(s.options, gomail.WithSSL())
	case t.local() && t.user == "":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if t.user != "" {
		s.options = append(s.options, gomail.WithUsername(t.user), gomail.WithPassword(t.password), gomail.WithOpportunisticSMTPAuth(preferred...))
	}
	if _, err := gomail.NewClient(t.host, s.options...); err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return s, nil
}

// Session begins a row of mails over one connection.
func (s *server) Session() Session { return &session{server: s} }

// Check connects, greets, starts TLS and logs in.
func (s *server) Check(ctx context.Context) error {
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // nothing was sent
	return quiet("quit", conn.Quit())
}

func (s *server) dial(ctx context.Context) (*smtp.Client, error) {
	client, err := gomail.NewClient(s.target.host, s.options...) // its own, because logging in changes it
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	return conn, quiet("connect", err)
}
