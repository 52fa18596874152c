package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"regexp"

	"github.com/wneessen/go-mail/smtp"
)

// session is one connection to a mail server, made anew when it was lost.
type session struct {
	server *server
	conn   *smtp.Client // nil = not connected
	used   bool         // a mail was tried over conn
}

// Close ends the connection in the way that servers expect.
func (s *session) Close() {
	if s.conn != nil {
		s.conn.Quit() //nolint:errcheck // all is sent
		s.drop()
	}
}

// drop cuts the connection: what was not acknowledged is not sent.
func (s *session) drop() {
	s.conn.Close() //nolint:errcheck // it is not used again
	s.conn, s.used = nil, false
}

// Send hands over one mail.
func (s *session) Send(ctx context.Context, m *Message) (Outcome, error) {
	var text bytes.Buffer
	if err := m.write(s.server.from, &text); err != nil {
		return Refused, err // it will be no better the next time
	}
	to, err := asciiDomain(m.To)
	if err != nil {
		return Refused, err
	}
	if err := s.ready(ctx); err != nil {
		return Away, err
	}
	s.used = true
	outcome, err := s.transfer(to, text.Bytes())
	if lost(err) {
		s.drop()
	}
	return outcome, err
}

// ready connects, or clears a connection from the mail before. A server that hung up
// in between is called again.
func (s *session) ready(ctx context.Context) error {
	if s.conn != nil && s.used {
		if s.conn.UpdateDeadline(s.server.timeout) != nil || s.conn.Reset() != nil {
			s.drop()
		}
	}
	if s.conn == nil {
		conn, err := s.server.dial(ctx)
		if err != nil {
			return err
		}
		s.conn = conn
	}
	return quiet("connect", s.conn.UpdateDeadline(s.server.timeout))
}

// tooLarge is what servers answer to the sender of a mail that is too large.
const tooLarge = 552

// transfer is one SMTP transaction (RFC 5321, 3.3). Up to the final dot nothing is
// sent for the server; when its answer to that is lost, nobody knows.
func (s *session) transfer(to string, text []byte) (Outcome, error) {
	s.conn.SkipSMTPUTF8(ascii(to))
	if err := quiet("sender", s.conn.Mail("<"+s.server.from.Address+">")); err != nil {
		if r := refusal(err); r != nil && r.Code == tooLarge {
			return Refused, err
		}
		return Away, err
	}
	if err := quiet("recipient", s.conn.Rcpt("<"+to+">")); err != nil {
		return refused(err, Deferred), err
	}
	w, err := s.conn.Data()
	if err = quiet("data", err); err != nil {
		return refused(err, Deferred), err
	}
	_, err = w.Write(text)
	if err == nil {
		err = s.conn.Text.W.Flush()
	}
	if err != nil { // the dot is still unsent, and stays so
		return Deferred, &RefusedError{Stage: "text"}
	}
	if err := quiet("end", w.Close()); err != nil {
		return refused(err, Unknown), err
	}
	return Accepted, nil
}

func ascii(text string) bool {
	for _, r := range text {
		if r > 127 {
			return false
		}
	}
	return true
}

// RefusedError is the answer of a mail server that says no, without its text, which often
// repeats the address.
type RefusedError struct {
	Stage    string // what was being said: connect, sender, recipient, data, text, end, quit
	Code     int    // 0 = the connection was lost
	Enhanced string // RFC 3463, e.g. 5.1.1
}

// Error is for logs and for the operator.
func (r *RefusedError) Error() string {
	switch {
	case r.Code == 0:
		return r.Stage + ": connection lost"
	case r.Enhanced == "":
		return fmt.Sprintf("%s: %d", r.Stage, r.Code)
	}
	return fmt.Sprintf("%s: %d %s", r.Stage, r.Code, r.Enhanced)
}

var enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

// quiet gives the error of a stage of the conversation without what the server wrote.
func quiet(stage string, err error) error {
	var answer *textproto.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer):
		return &RefusedError{stage, answer.Code, enhanced.FindString(answer.Msg)}
	case stage == "connect": // names the server, and what is wrong with its certificate
		return fmt.Errorf("connect to the mail server: %w", err)
	}
	return &RefusedError{Stage: stage}
}

func refusal(err error) *RefusedError {
	var r *RefusedError
	if errors.As(err, &r) {
		return r
	}
	return nil
}

// closing is the answer of a server that hangs up (RFC 5321, 3.8).
const closing = 421

// lost says whether the connection is of no use any more.
func lost(err error) bool {
	r := refusal(err)
	return err != nil && (r == nil || r.Code == 0 || r.Code == closing)
}

// refused says what an answer means for the mail; otherwise is for no answer at all.
func refused(err error, otherwise Outcome) Outcome {
	switch r := refusal(err); {
	case r == nil || r.Code == 0:
		return otherwise
	case r.Code >= 500:
		return Refused
	}
	return Deferred
}
