package mail_test

import (
	"bytes"
	"context"
	"mime"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/mail"
)

var ctx = context.Background()

const secret = "hunter2"

func newSender(t testing.TB, o mail.Options) mail.Sender {
	t.Helper()
	if o.From == "" {
		o.From = "Pulscheck für alle <puls@Müller.example>"
	}
	s, err := mail.NewSender(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func message(to string) *mail.Message {
	return &mail.Message{
		ID: "abc-123_X", To: to, Language: locale.German, Date: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC),
		Subject: "Größe – für Ängström", Text: "Guten Tag,\n.\nein Punkt allein.\n", HTML: "<p>Grüße</p>",
	}
}

// TestHeaders: what a mail says about itself, to people and to machines.
func TestHeaders(t *testing.T) {
	dir := t.TempDir()
	s := newSender(t, mail.Options{URL: "file:" + dir})
	var ids []string
	for range 2 {
		if outcome, err := s.Session().Send(ctx, message("jörg@bücher.example")); outcome != mail.Accepted || err != nil {
			t.Fatalf("%v %v", outcome, err)
		}
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(names) != 1 {
			t.Fatalf("%v %v, want one file for the same mail", names, err)
		}
		text, err := os.ReadFile(names[0])
		if err != nil {
			t.Fatal(err)
		}
		m, err := netmail.ReadMessage(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.Header.Get("Message-ID"))
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != "Größe – für Ängström" {
			t.Errorf("subject %q %v", subject, err)
		}
		for name, want := range map[string]string{
			"Auto-Submitted": "auto-generated", "Content-Language": "de", "Date": "Mon, 02 Mar 2026 08:00:00 +0000",
			"User-Agent": "", "X-Mailer": "", "Disposition-Notification-To": "",
		} {
			if got := m.Header.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		from, err := m.Header.AddressList("From")
		if err != nil || from[0].Name != "Pulscheck für alle" || from[0].Address != "puls@xn--mller-kva.example" {
			t.Errorf("from %v %v", from, err)
		}
		to, err := m.Header.AddressList("To")
		if err != nil || to[0].Address != "jörg@xn--bcher-kva.example" {
			t.Errorf("to %v %v", to, err)
		}
	}
	if ids[0] != "<abc-123_X@xn--mller-kva.example>" || ids[0] != ids[1] {
		t.Errorf("message ids %v", ids)
	}
}

// TestOutcomes tells every answer of a mail server apart, and keeps what it wrote and
// the address out of the error.
func TestOutcomes(t *testing.T) {
	const to = "anna@nordlicht.example"
	for name, c := range map[string]struct {
		stage, answer string
		want          mail.Outcome
		told          string
		taken         int
	}{
		"taken":                     {"", "", mail.Accepted, "", 1},
		"sender refused":            {atSender, "550 5.7.1 " + to, mail.Away, "sender: 550 5.7.1", 0},
		"too large":                 {atSender, "552 5.3.4 " + to, mail.Refused, "sender: 552 5.3.4", 0},
		"server closes":             {atSender, "421 4.3.2 " + to, mail.Away, "sender: 421 4.3.2", 0},
		"lost at the sender":        {atSender, drop, mail.Away, "sender: connection lost", 0},
		"greylisted":                {atRecipient, "450 4.7.1 " + to, mail.Deferred, "recipient: 450 4.7.1", 0},
		"unknown user":              {atRecipient, "550 5.1.1 <" + to + ">", mail.Refused, "recipient: 550 5.1.1", 0},
		"no enhanced code":          {atRecipient, "553 no", mail.Refused, "recipient: 553", 0},
		"lost at the recipient":     {atRecipient, drop, mail.Deferred, "recipient: connection lost", 0},
		"full":                      {atData, "452 4.3.1 full", mail.Deferred, "data: 452 4.3.1", 0},
		"lost after the dot":        {atDot, drop, mail.Unknown, "end: connection lost", 0},
		"taken, then lost":          {atAnswer, drop, mail.Unknown, "end: connection lost", 1},
		"refused after the dot":     {atDot, "554 5.6.0 spam from " + to, mail.Refused, "end: 554 5.6.0", 0},
		"not now after the dot":     {atDot, "451 4.3.0 later", mail.Deferred, "end: 451 4.3.0", 0},
		"hangs before the sender":   {atSender, hang, mail.Away, "sender: connection lost", 0},
		"hangs after the dot":       {atDot, hang, mail.Unknown, "end: connection lost", 0},
		"hangs after it was taken":  {atAnswer, hang, mail.Unknown, "end: connection lost", 1},
		"hangs at the recipient":    {atRecipient, hang, mail.Deferred, "recipient: connection lost", 0},
		"closes after the dot, 421": {atDot, "421 4.3.2 bye", mail.Deferred, "end: 421 4.3.2", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := startSMTP(t, &smtpd{script: func(stage, _ string) string {
				if stage == c.stage {
					return c.answer
				}
				return goOn
			}})
			session := newSender(t, mail.Options{URL: "smtp://" + server.address(), Timeout: 700 * time.Millisecond}).Session()
			defer session.Close()
			got, err := session.Send(ctx, message(to))
			told := ""
			if err != nil {
				told = err.Error()
			}
			if got != c.want || told != c.told {
				t.Errorf("%v %q, want %v %q", got, told, c.want, c.told)
			}
			if taken := len(server.received()); taken != c.taken {
				t.Errorf("%d mails taken, want %d", taken, c.taken)
			}
		})
	}
}

// TestCutInTheTextSendsNothing: a server that dies while a large mail is on its way
// has not taken it, and nothing makes it look so.
func TestCutInTheTextSendsNothing(t *testing.T) {
	server := startSMTP(t, &smtpd{script: func(stage, _ string) string {
		if stage == inText {
			return drop
		}
		return goOn
	}})
	session := newSender(t, mail.Options{URL: "smtp://" + server.address()}).Session()
	defer session.Close()
	m := message("anna@nordlicht.example")
	m.File = &mail.File{Name: "x.pdf", Type: "application/pdf", Body: bytes.Repeat([]byte("0123456789"), 2<<20)}
	if got, err := session.Send(ctx, m); got != mail.Deferred {
		t.Errorf("%v %v, want deferred", got, err)
	}
}

// TestSessionGoesOn: after a refusal or a lost connection the next mail arrives.
func TestSessionGoesOn(t *testing.T) {
	for _, answer := range []string{"550 5.1.1 no", "450 4.7.1 later", "421 4.3.2 bye", drop} {
		first := true
		server := startSMTP(t, &smtpd{script: func(stage, _ string) string {
			if stage == atRecipient && first {
				first = false
				return answer
			}
			return goOn
		}})
		session := newSender(t, mail.Options{URL: "smtp://" + server.address()}).Session()
		session.Send(ctx, message("anna@nordlicht.example")) //nolint:errcheck // refused, as the script says
		for range 2 {
			if got, err := session.Send(ctx, message("berta@nordlicht.example")); got != mail.Accepted {
				t.Errorf("after %q: %v %v", answer, got, err)
			}
		}
		session.Close()
		if mails := server.received(); len(mails) != 2 || !strings.Contains(mails[0], "\r\n") {
			t.Errorf("after %q: %d mails", answer, len(mails))
		}
	}
}

// TestTLSAndLogin: the password is sent only over TLS that was checked.
func TestTLSAndLogin(t *testing.T) {
	theirs, ours := certificate(t)
	login := "puls@nordlicht\x00" + secret
	account := "puls%40nordlicht:" + secret + "@"
	for name, c := range map[string]struct {
		server *smtpd
		scheme string
		user   string
		tls    bool // the client trusts the certificate
		want   string
	}{
		"STARTTLS":           {&smtpd{tls: theirs, login: login}, "smtp", account, true, ""},
		"TLS at once":        {&smtpd{tls: theirs, login: login, implicit: true}, "smtps", account, true, ""},
		"unknown authority":  {&smtpd{tls: theirs, login: login}, "smtp", account, false, "certificate"},
		"no STARTTLS":        {&smtpd{login: login}, "smtp", account, true, "STARTTLS"},
		"wrong password":     {&smtpd{tls: theirs, login: "puls@nordlicht\x00another"}, "smtp", account, true, "connect: 535 5.7.8"},
		"nobody to log in":   {&smtpd{tls: theirs}, "smtp", account, true, "AUTH"},
		"login is asked for": {&smtpd{tls: theirs, login: login, implicit: true}, "smtps", "", true, "sender: 530 5.7.0"},
	} {
		t.Run(name, func(t *testing.T) {
			server := startSMTP(t, c.server)
			o := mail.Options{URL: c.scheme + "://" + c.user + server.address()}
			if c.tls {
				o.TLS = ours
			}
			sender := newSender(t, o)
			session := sender.Session()
			defer session.Close()
			outcome, err := session.Send(ctx, message("anna@nordlicht.example"))
			if c.want == "" {
				if outcome != mail.Accepted || err != nil || sender.Check(ctx) != nil {
					t.Errorf("%v %v %v", outcome, err, sender.Check(ctx))
				}
				return
			}
			if outcome != mail.Away || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v %v, want %q", outcome, err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("the password is told: %v", err)
			}
			if c.user != "" && sender.Check(ctx) == nil {
				t.Error("the check finds nothing wrong")
			}
		})
	}
}

// TestWhereMailsGo: what is wrong with the setting is found at start, and not told.
func TestWhereMailsGo(t *testing.T) {
	for _, bad := range []string{
		"", "smtp:", "smtp://", "smtp://:25", "smtp://h:", "smtp://h:0", "smtp://h:99999", "smtp://h:x", "smtp://h/", "smtp://h?x=1", "smtp://h#",
		"smtp://" + secret + "@h", "smtp://:" + secret + "@h", "http://h", secret, "file:", "smtp:h", "SMTP//h", "smtp://h%zz",
	} {
		err := mail.CheckURL(bad)
		if fault.Of(err).Kind != fault.Configuration || err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for good, folder := range map[string]string{
		"smtp://h": "", "smtps://u:p%40@h:1465": "", "smtp://[::1]:25": "", "file:data/mails": "data/mails", "file:/x": "/x",
	} {
		if err := mail.CheckURL(good); err != nil || mail.Folder(good) != folder {
			t.Errorf("%q: %v, folder %q", good, err, mail.Folder(good))
		}
	}
	for _, bad := range []string{"", "x", "a@b@c", "a@", "@b", "a@b\r\nBcc: c@d", "a b@c", "a@b, c@d"} {
		if _, err := mail.ParseAddress(bad); !fault.Is(err, "email-invalid") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := mail.NewSender(mail.Options{URL: "file:x", From: "nobody"}); fault.Of(err).Kind != fault.Configuration {
		t.Errorf("%v", err)
	}
}

// TestBadRecipientIsRefused: an address that cannot be written costs one mail, not all.
func TestBadRecipientIsRefused(t *testing.T) {
	server := startSMTP(t, &smtpd{})
	session := newSender(t, mail.Options{URL: "smtp://" + server.address()}).Session()
	defer session.Close()
	for _, to := range []string{"", "a@b\r\nRCPT TO:<c@d>", "a", "a@b,c@d", "x@" + strings.Repeat("ü", 300)} {
		got, err := session.Send(ctx, message(to))
		if got != mail.Refused || !fault.Is(err, "email-invalid") {
			t.Errorf("%q: %v %v", to, got, err)
		}
	}
	if diff := cmp.Diff(0, len(server.received())); diff != "" {
		t.Error(diff)
	}
}
