package mail_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/mail"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// clock is the time of a test; waiting lets it pass.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) wait(_ context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return nil
}

// post is an open round on a real database, with a courier.
type post struct {
	*clock
	*mail.Courier
	service *survey.Service
	store   *store.Store
	keys    *ballot.Keystore
	dir     string // of the keys
	org     *survey.Organisation
	people  []survey.Person
	round   *survey.Round
}

// newPost opens a round for n people with an address and paper without one.
func newPost(t testing.TB, url string, n, paper int) *post {
	t.Helper()
	p := &post{clock: &clock{at: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}, dir: filepath.Join(t.TempDir(), "keys")}
	p.store = storetest.Open(t, url)
	var err error
	if p.keys, err = ballot.OpenKeystore(p.dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	p.service = newService(p.store, p.keys, p.now)
	p.org = storetest.Organisation(t, p.store)
	p.people = storetest.People(t, p.store, p.org, n)
	var unaddressed []survey.Person
	for i := range paper {
		unaddressed = append(unaddressed, survey.Person{
			ID: survey.PersonID(survey.NewID()), Organisation: p.org.ID, Name: "Papier " + string(rune('A'+i)), Unit: "it", Locale: "de",
			Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}},
		})
	}
	if err := p.store.CreatePeople(ctx, unaddressed); err != nil {
		t.Fatal(err)
	}
	draft := storetest.Round(t, p.store, p.org, questionnaire.Check(), p.now())
	if p.round, err = p.service.OpenRound(ctx, account.System(), draft.ID); err != nil {
		t.Fatal(err)
	}
	return p
}

func newService(s *store.Store, k *ballot.Keystore, now func() time.Time) *survey.Service {
	return survey.NewService(survey.Options{Store: s, Keys: k, Now: now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler)})
}

// by lets a courier send by a server.
func (p *post) by(t testing.TB, url string, log *slog.Logger) *post {
	t.Helper()
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	p.Courier = mail.NewCourier(mail.CourierOptions{
		Store: p.store, Rounds: p.service, Codes: p.service, BaseURL: "https://puls.example",
		Sender: newSender(t, mail.Options{URL: url, From: "Nordlicht <puls@nordlicht.example>"}),
		Now:    p.now, Wait: p.wait, Log: log,
	})
	return p
}

// set sets the clock.
func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// finish calls a job as its runner does until it is done.
func (p *post) finish(t testing.TB, run func() error) {
	t.Helper()
	for range 5000 {
		err := run()
		if err == nil {
			return
		}
		p.set(until(t, err))
	}
	t.Fatal("it never ends")
}

// until gives when a job is to be called again.
func until(t testing.TB, err error) time.Time {
	t.Helper()
	var early survey.EarlyError
	if !errors.As(err, &early) {
		t.Fatal(err)
	}
	return early.Until
}

func (p *post) invite(t testing.TB) {
	t.Helper()
	p.finish(t, func() error { return p.Invite(ctx, p.round.ID) })
}

func (p *post) remind(t testing.TB, kind survey.MailKind, o survey.ReminderOption) {
	t.Helper()
	p.finish(t, func() error { return p.Remind(ctx, p.round.ID, kind, o) })
}

// deliver calls the job of the outbox, at first every minute, later every half hour,
// until nothing waits in it.
func (p *post) deliver(t testing.TB) {
	t.Helper()
	for step := time.Minute; p.waiting(t); step = min(2*step, 30*time.Minute) {
		p.finish(t, func() error { return p.Deliver(ctx) })
		p.set(p.now().Add(step))
	}
}

// waiting says whether a letter is still to be sent.
func (p *post) waiting(t testing.TB) bool {
	t.Helper()
	letters, err := p.store.ListLetters(ctx, p.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(letters, func(l survey.LetterState) bool {
		return l.State == survey.MailQueued || l.State == survey.MailSending
	})
}

// takeTickets lets people take their tickets as the page's script does.
func (p *post) takeTickets(t testing.TB, people []survey.Person) {
	t.Helper()
	links, _, err := p.service.Links(ctx, p.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	canonical, err := p.service.Manifest(ctx, p.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range people {
		link, err := ballot.ParseLink(links[one.ID])
		if err != nil {
			t.Fatal(err)
		}
		_, key, err := ballot.ParseManifest(canonical, link.Fingerprint)
		if err != nil {
			t.Fatal(err)
		}
		claim, err := ballot.NewClaim(string(p.round.ID), key)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.service.IssueTicket(ctx, p.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret}, claim.Blinded); err != nil {
			t.Fatal(err)
		}
	}
}

// received is a mail as a program for mails shows it.
type received struct {
	header     netmail.Header
	text, html string
	file       []byte
	fileName   string
}

func (r received) subject(t testing.TB) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(r.header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// open reads a mail.
func open(t testing.TB, raw string) received {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	r := received{header: m.Header}
	r.read(t, m.Header.Get("Content-Type"), m.Body)
	return r
}

func (r *received) read(t testing.TB, contentType string, from io.Reader) {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		t.Fatalf("%q: %v", contentType, err)
	}
	parts := multipart.NewReader(from, parameters["boundary"])
	for {
		p, err := parts.NextPart() // decodes quoted-printable
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if strings.HasPrefix(kind, "multipart/") {
			r.read(t, p.Header.Get("Content-Type"), p)
			continue
		}
		b, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case p.FileName() != "":
			r.fileName = p.FileName()
			if r.file, err = base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(b))); err != nil {
				t.Fatal(err)
			}
		case kind == "text/html":
			r.html = string(b)
		default:
			r.text = strings.ReplaceAll(string(b), "\r\n", "\n")
		}
	}
}
