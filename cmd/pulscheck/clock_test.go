package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store/storetest"
)

// TestSuspectClock is R7 from outside: while the clock is suspect the server is not
// ready, respondents are asked to come back instead of being told that the round is
// over, and nobody opens or closes a round; then everything goes on as before.
func TestSuspectClock(t *testing.T) {
	ctx := context.Background()
	w := startWorld(t, storetest.SQLite(t))
	begun := w.now()
	var jumped time.Duration
	w.house.clock = schedule.NewClock(w.store, w.now, func() time.Duration { return w.now().Sub(begun) - jumped }, w.log)
	w.service = survey.NewService(survey.Options{Store: w.store, Keys: w.keys, Now: w.now, Random: rand.Reader, Log: w.log, Clock: w.house.clock.Err})
	w.base = serveOn(t, api.New(api.Options{Participation: w.service, Ready: w.ready, Now: time.Now, Log: w.log}))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 12)
	round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), w.now()))
	draft := storetest.Round(t, w.store, o, questionnaire.Check(), w.now())
	client := respondent{http: http.DefaultClient, base: w.base, round: string(round.ID)}
	var body []byte
	for _, fragment := range links {
		link, err := ballot.ParseLink(fragment)
		if err != nil {
			t.Fatal(err)
		}
		body = fmt.Appendf(nil, `{"handle":%q,"secret":%q}`, b64.EncodeToString(link.Handle), b64.EncodeToString(link.Secret))
		break
	}
	look := func(suspect bool) {
		t.Helper()
		if err := w.house.clock.Check(ctx); fault.Is(err, "clock-suspect") != suspect {
			t.Fatalf("the clock is suspect: %v, want %v", err, suspect)
		}
		want := map[bool]int{false: http.StatusOK, true: http.StatusServiceUnavailable}[suspect]
		for _, path := range []string{"/readyz", "/invitation"} {
			var status int
			var text string
			if path == "/readyz" {
				status, text = w.readiness(t)
			} else {
				_, answered, err := client.once(ctx, http.MethodPost, path, body)
				status, text = answered, fmt.Sprint(err)
			}
			if status != want || strings.Contains(text, "clock-suspect") != suspect {
				t.Errorf("%s: %d %s, want %d", path, status, text, want)
			}
		}
	}
	for _, by := range []time.Duration{-2 * time.Hour, 25 * time.Hour, 400 * 24 * time.Hour} {
		look(false)
		jumped += by
		w.set(w.now().Add(by))
		look(true)
		_, opening := w.service.OpenRound(ctx, account.System(), draft.ID)
		if err := w.service.CloseRound(ctx, account.System(), round.ID); !fault.Is(opening, "clock-suspect") || !fault.Is(err, "clock-suspect") {
			t.Errorf("%v: opening %v, closing %v, want clock-suspect", by, opening, err)
		}
		jumped -= by
		w.set(w.now().Add(-by))
	}
	look(false)
	w.count(t, round)
}

// readiness asks whether the server is ready, and why not.
func (w *world) readiness(t *testing.T) (int, string) {
	t.Helper()
	answer, err := http.Get(w.base + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}
