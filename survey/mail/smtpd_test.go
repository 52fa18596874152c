package mail_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"maps"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Stages at which a script may step in. The text of a mail is read in two halves; the
// mail server takes it over between "dot" and "answer".
const (
	atSender    = "sender"
	atRecipient = "recipient"
	atData      = "data"
	inText      = "text"
	atDot       = "dot"
	atAnswer    = "answer"
)

// What a script may do beside answering with a code.
const (
	goOn = ""
	drop = "drop" // cut the connection
	hang = "hang" // say nothing more
)

// smtpd is a mail server that does what a script says.
type smtpd struct {
	t        testing.TB
	listener net.Listener
	tls      *tls.Config // offered by STARTTLS, or from the first byte
	implicit bool
	login    string                        // user and password, separated by a zero byte; empty = nobody logs in
	script   func(stage, to string) string // called for one connection at a time

	turn     sync.Mutex
	mu       sync.Mutex
	over     chan struct{}
	mails    []string
	accepted map[string]int // by recipient
	open     []net.Conn
}

func startSMTP(t testing.TB, s *smtpd) *smtpd {
	t.Helper()
	s.t, s.accepted, s.over = t, map[string]int{}, make(chan struct{})
	if s.script == nil {
		s.script = func(string, string) string { return goOn }
	}
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	go s.serve()
	t.Cleanup(s.stop)
	return s
}

func (s *smtpd) address() string { return s.listener.Addr().String() }

func (s *smtpd) serve() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.open = append(s.open, conn)
		s.mu.Unlock()
		if s.implicit {
			conn = tls.Server(conn, s.tls)
		}
		go s.talk(conn)
	}
}

func (s *smtpd) stop() {
	s.listener.Close() //nolint:errcheck // the client finds out
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.over:
	default:
		close(s.over)
	}
	for _, c := range s.open {
		c.Close() //nolint:errcheck // the client finds out
	}
}

// dialogue is one connection.
type dialogue struct {
	*smtpd
	conn    net.Conn
	in      *bufio.Reader
	secured bool
	logged  bool
	to      string
}

func (s *smtpd) talk(conn net.Conn) {
	defer conn.Close() //nolint:errcheck // the client finds out
	d := &dialogue{smtpd: s, conn: conn, in: bufio.NewReader(conn), secured: s.implicit}
	d.say("220 test")
	for {
		line, err := d.in.ReadString('\n')
		if err != nil {
			return
		}
		if !d.answer(strings.TrimRight(line, "\r\n")) {
			d.conn.Close() //nolint:errcheck // the client finds out
			return
		}
	}
}

func (d *dialogue) say(line string) { d.conn.Write([]byte(line + "\r\n")) } //nolint:errcheck // the client finds out

// act asks the script; done says that the command needs no other answer, stay that the
// connection lives on.
func (d *dialogue) act(stage string) (done, stay bool) {
	d.turn.Lock()
	answer := d.script(stage, d.to)
	d.turn.Unlock()
	switch answer {
	case goOn:
		return false, true
	case drop:
		return true, false
	case hang:
		<-d.over
		return true, false
	default:
		d.say(answer)
		return true, !strings.HasPrefix(answer, "421")
	}
}

func (d *dialogue) answer(line string) bool {
	command, rest, _ := strings.Cut(line, " ")
	switch strings.ToUpper(command) {
	case "EHLO", "HELO":
		d.greet()
	case "STARTTLS":
		d.say("220 go")
		secure := tls.Server(d.conn, d.tls)
		d.conn, d.in, d.secured = secure, bufio.NewReader(secure), true
	case "AUTH":
		d.auth(rest)
	case "MAIL":
		if d.login != "" && !d.logged {
			d.say("530 5.7.0 log in first")
			return true
		}
		if done, stay := d.act(atSender); done {
			return stay
		}
		d.say("250 2.1.0 ok")
	case "RCPT":
		d.to = strings.Trim(strings.TrimPrefix(strings.ToUpper(rest[:3])+rest[3:], "TO:"), "<>")
		if done, stay := d.act(atRecipient); done {
			return stay
		}
		d.say("250 2.1.5 ok")
	case "DATA":
		return d.data()
	case "QUIT":
		d.say("221 bye")
		return false
	default: // RSET, NOOP
		d.say("250 2.0.0 ok")
	}
	return true
}

func (d *dialogue) greet() {
	lines := []string{"test", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"}
	if d.tls != nil && !d.secured {
		lines = append(lines, "STARTTLS")
	}
	if d.login != "" && d.secured {
		lines = append(lines, "AUTH PLAIN LOGIN")
	}
	for i, l := range lines {
		sign := "-"
		if i == len(lines)-1 {
			sign = " "
		}
		d.say("250" + sign + l)
	}
}

func (d *dialogue) auth(rest string) {
	_, token, _ := strings.Cut(rest, " ")
	plain, err := base64.StdEncoding.DecodeString(token)
	if d.logged = err == nil && string(plain) == "\x00"+d.login; d.logged {
		d.say("235 2.7.0 welcome")
		return
	}
	d.say("535 5.7.8 " + d.login + " is not known here") // servers do repeat what they were told
}

func (d *dialogue) data() bool {
	if done, stay := d.act(atData); done {
		return stay
	}
	d.say("354 go ahead")
	var text strings.Builder
	for {
		line, err := d.in.ReadString('\n')
		if err != nil {
			return false
		}
		if strings.TrimRight(line, "\r\n") == "." {
			break
		}
		if text.Len() == 0 {
			if done, stay := d.act(inText); done {
				return stay
			}
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
	if done, stay := d.act(atDot); done {
		return stay
	}
	d.mu.Lock()
	d.accepted[d.to]++
	d.mails = append(d.mails, text.String())
	d.mu.Unlock()
	if done, stay := d.act(atAnswer); done {
		return stay
	}
	d.say("250 2.0.0 taken")
	return true
}

// received gives the mails taken over so far.
func (s *smtpd) received() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.mails...)
}

// taken gives how many mails each recipient got since the last forget.
func (s *smtpd) taken() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.accepted)
}

// forget begins to count anew.
func (s *smtpd) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.accepted)
}

// follow gives the server another script.
func (s *smtpd) follow(script func(stage, to string) string) {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.script = script
}

// certificate makes one for 127.0.0.1 and the configuration of clients that trust it.
func certificate(t testing.TB) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
}
