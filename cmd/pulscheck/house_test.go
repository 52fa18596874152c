package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"pulscheck/api"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/mail"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// world is the whole house on a real database, with a clock that the test sets and a
// real listener.
type world struct {
	house
	clock atomic.Pointer[time.Time]
	base  string
	dir   string // of the keys
	mails string // folder
}

func (w *world) set(at time.Time) { w.clock.Store(&at) }

func (w *world) now() time.Time { return *w.clock.Load() }

func startWorld(t testing.TB, url string) *world {
	t.Helper()
	w := &world{}
	w.set(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	w.log, w.origin, w.today = slog.New(slog.DiscardHandler), "https://puls.example.org", w.now
	w.store = storetest.Open(t, url)
	var err error
	w.dir = filepath.Join(t.TempDir(), "keys")
	if w.keys, err = ballot.OpenKeystore(w.dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	w.service = survey.NewService(survey.Options{
		Store: w.store, Keys: w.keys, Now: w.now, Random: rand.Reader, Log: w.log,
	})
	w.mails = t.TempDir()
	sender, err := mail.NewSender(mail.Options{URL: "file:" + w.mails, From: "puls@nordlicht.example"})
	if err != nil {
		t.Fatal(err)
	}
	w.courier = mail.NewCourier(mail.CourierOptions{
		Store: w.store, Rounds: w.service, Sender: sender, BaseURL: "https://puls.example.org", Now: w.now, Log: w.log,
		Wait: func(context.Context, time.Duration) error { return nil },
	})
	w.base = serveOn(t, api.New(api.Options{Participation: w.service, Ready: w.store.Ping, Now: time.Now, Log: w.log}))
	return w
}

// serveOn serves on a listener until the end of the test and gives its address.
func serveOn(t testing.TB, server *api.Server) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		http.DefaultClient.CloseIdleConnections()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// open opens a drafted round and gives the personal links.
func (w *world) open(t testing.TB, r *survey.Round) (*survey.Round, map[survey.PersonID]string) {
	t.Helper()
	opened, err := w.service.OpenRound(context.Background(), account.System(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	links, _, err := w.service.Links(context.Background(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return opened, links
}

// answer lets people take part over HTTP; those for whom fill says no do not.
func (w *world) answer(t testing.TB, r *survey.Round, links map[survey.PersonID]string, fill func(survey.PersonID, invitation) (sheet, bool)) {
	t.Helper()
	client := respondent{http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}, base: w.base, round: string(r.ID), seen: &manifestCache{}}
	defer client.http.CloseIdleConnections()
	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(8)
	for person, link := range links {
		group.Go(func() error {
			return client.takePart(ctx, link, func(_ *ballot.Manifest, who invitation) (sheet, bool) { return fill(person, who) })
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

// count ends a round.
func (w *world) count(t testing.TB, r *survey.Round) {
	t.Helper()
	w.set(r.Closes)
	w.runDue(t)
}

// runDue does what is due by the clock of the test.
func (w *world) runDue(t testing.TB) {
	t.Helper()
	if _, err := w.newRunner(nil).RunDue(context.Background(), *w.clock.Load()); err != nil {
		t.Fatal(err)
	}
}

// draft stores iteration number of the programme with a check round open around now.
func (w *world) draft(t testing.TB, o *survey.Organisation, p survey.ProgrammeID, number int, q *questionnaire.Questionnaire) *survey.Round {
	t.Helper()
	return storetest.NextRound(t, w.store, o, p, number, q, *w.clock.Load())
}
