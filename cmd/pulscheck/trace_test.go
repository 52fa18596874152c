package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// syncBuffer is a log that several requests write to.
type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// TestT5NothingPersonalIsKept: whatever a request carries, neither the database nor
// the log holds it.
func TestT5NothingPersonalIsKept(t *testing.T) {
	const marker = "Zwergplumplori4711"
	url := storetest.SQLite(t)
	w := startWorld(t, url)
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 20)
	round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), *w.clock.Load()))
	var log syncBuffer
	server := httptest.NewServer(api.New(api.Options{
		Participation: w.service, Ready: w.store.Ping, Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil)),
	}))
	defer server.Close()
	var link ballot.Link
	for _, fragment := range links {
		var err error
		if link, err = ballot.ParseLink(fragment); err != nil {
			t.Fatal(err)
		}
		break
	}
	secret := b64.EncodeToString(link.Secret)
	claim := fmt.Sprintf(`{"handle":%q,"secret":%q}`, b64.EncodeToString(link.Handle), secret)
	base := server.URL + "/api/v1/rounds/" + string(round.ID)
	for _, c := range []struct{ method, url, body string }{
		{"GET", server.URL + "/r/" + string(round.ID) + "?" + marker, ""}, {"GET", server.URL + "/" + marker, ""}, {"GET", base + "/manifest", ""},
		{"POST", base + "/invitation", claim}, {"POST", base + "/tickets", `{"handle":"` + marker + `"}`}, {"POST", base + "/ballots", `{"text":"` + marker + `"}`},
		{"POST", base + "/ballots", `{"` + marker + `":1}`}, {"POST", server.URL + "/r/" + string(round.ID) + "/plain", "link=" + marker},
		{"PROPFIND", base + "/ballots", marker},
	} {
		r, err := http.NewRequest(c.method, c.url, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"User-Agent", "Referer", "X-Forwarded-For", "Cookie", "Accept-Language", "X-Request-Id", "Authorization", "From"} {
			r.Header.Set(name, marker)
		}
		r.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(c.body, "link=") {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Cookies()) > 0 {
			t.Errorf("%s sets a cookie", c.url)
		}
		answer.Body.Close()
	}
	if log.Len() == 0 {
		t.Fatal("nothing was logged")
	}
	for _, bad := range []string{marker, secret, "127.0.0.1", string(round.ID)} {
		if strings.Contains(log.String(), bad) {
			t.Errorf("the log holds %q:\n%s", bad, log.String())
		}
	}
	files, err := filepath.Glob(strings.TrimPrefix(url, "sqlite:") + "*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range [][]byte{[]byte(marker), []byte(secret), link.Secret} {
			if bytes.Contains(body, bad) {
				t.Errorf("%s holds %q", filepath.Base(name), bad)
			}
		}
	}
}

// TestT8EverybodySeesTheSameManifest: the same bytes for every member, and their
// fingerprint is that of the links and of the round.
func TestT8EverybodySeesTheSameManifest(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 100)
	round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), *w.clock.Load()))
	var first []byte
	for _, fragment := range links {
		link, err := ballot.ParseLink(fragment)
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequest(http.MethodGet, w.base+"/api/v1/rounds/"+string(round.ID)+"/manifest", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("User-Agent", fragment)
		r.Header.Set("Accept-Language", []string{"de", "en", "fr"}[len(first)%3])
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = body
		}
		if !bytes.Equal(first, body) || !bytes.HasPrefix(ballot.Fingerprint(body), link.Fingerprint) {
			t.Fatal("a client is shown another manifest, or its link names another fingerprint")
		}
	}
	if !bytes.Equal(ballot.Fingerprint(first), round.Fingerprint) {
		t.Error("the round's fingerprint is not that of the manifest")
	}
}
