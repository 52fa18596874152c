package main

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// postbox is a mail server that keeps what it is given.
type postbox struct {
	t        *testing.T
	listener net.Listener
	mu       sync.Mutex
	mails    map[string][]string // by recipient
	unknown  string              // recipient that is refused
	came     chan struct{}       // closed and made anew with each mail
}

func openPostbox(t *testing.T) *postbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postbox{t: t, listener: l, mails: map[string][]string{}, came: make(chan struct{})}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // nobody connects any more
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.talk(conn)
		}
	}()
	return p
}

func (p *postbox) address() string { return p.listener.Addr().String() }

// talk is one connection.
func (p *postbox) talk(conn net.Conn) {
	defer conn.Close() //nolint:errcheck // the client has ended it
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	lines, to := bufio.NewScanner(conn), ""
	for lines.Scan() {
		command, rest, _ := strings.Cut(lines.Text(), " ")
		switch command {
		case "EHLO":
			say("250-test\r\n250-8BITMIME\r\n250 SMTPUTF8")
		case "RCPT":
			to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
			if p.refuses(to) {
				say("550 5.1.1 nobody of that name")
				continue
			}
			say("250 ok")
		case "DATA":
			say("354 go ahead")
			var text strings.Builder
			for lines.Scan() && lines.Text() != "." {
				text.WriteString(strings.TrimPrefix(lines.Text(), ".") + "\r\n")
			}
			p.keep(to, text.String())
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// refuse lets mails to an address fail from now on; "" ends that.
func (p *postbox) refuse(to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unknown = to
}

func (p *postbox) refuses(to string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return to == p.unknown
}

func (p *postbox) keep(to, mail string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails[to] = append(p.mails[to], mail)
	close(p.came)
	p.came = make(chan struct{})
}

// letters waits until an address has got at least so many mails and gives their plain
// texts and their number of PDF attachments.
func (p *postbox) letters(t *testing.T, to string, atLeast int) (text string, attached int) {
	t.Helper()
	for deadline := time.After(20 * time.Second); ; {
		p.mu.Lock()
		mails, came := p.mails[to], p.came
		p.mu.Unlock()
		if len(mails) >= atLeast {
			for _, one := range mails {
				m, err := netmail.ReadMessage(strings.NewReader(one))
				if err != nil {
					t.Fatal(err)
				}
				some, more := parts(t, m.Header.Get("Content-Type"), m.Body)
				text, attached = text+some, attached+more
			}
			return text, attached
		}
		select {
		case <-came:
		case <-deadline:
			t.Fatalf("%d mails went to %s, want %d", len(mails), to, atLeast)
		}
	}
}

// parts gives the plain text of a mail and counts its PDFs.
func parts(t *testing.T, media string, body io.Reader) (text string, attached int) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(media)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case kind == "text/plain":
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b), 0
	case kind == "application/pdf":
		return "", 1
	case !strings.HasPrefix(kind, "multipart/"):
		return "", 0
	}
	for all := multipart.NewReader(body, params["boundary"]); ; {
		part, err := all.NextPart()
		if err == io.EOF {
			return text, attached
		}
		if err != nil {
			t.Fatal(err)
		}
		some, more := parts(t, part.Header.Get("Content-Type"), part)
		text, attached = text+some, attached+more
	}
}
