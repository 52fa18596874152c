package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/api/middleware"
	"pulscheck/survey"
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

// witness is a house with log and metrics that are kept.
type witness struct {
	*world
	url     string // of the database
	base    string
	log     syncBuffer
	metrics *middleware.Metrics
	people  []survey.Person
	round   *survey.Round
	links   map[survey.PersonID]string
}

func watch(t *testing.T, url string, people int) *witness {
	t.Helper()
	w := &witness{world: startWorld(t, url), url: url}
	o := storetest.Organisation(t, w.store)
	w.people = storetest.People(t, w.store, o, people)
	w.round, w.links = w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), w.now()))
	w.metrics = middleware.NewMetrics(time.Now, func() middleware.Load { return middleware.Load(w.store.Load()) })
	w.base = serveOn(t, api.New(api.Options{
		Participation: w.service, Ready: w.store.Ping, Metrics: w.metrics, Now: time.Now, Log: slog.New(slog.NewTextHandler(&w.log, nil)),
	}))
	return w
}

// told gives everything that log and metrics say.
func (w *witness) told(t *testing.T) string {
	t.Helper()
	answer := httptest.NewRecorder()
	w.metrics.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := w.log.String() + answer.Body.String()
	if !strings.Contains(text, "msg=request") || !strings.Contains(text, "pulscheck_request_seconds_count") {
		t.Fatalf("log or metrics are empty:\n%s", text)
	}
	return text
}

// TestT1NothingLinksInFilesLogAndMetrics lets 200 people take part over HTTP. What
// both a person's request for a ticket and the ballot could be recognised by stands
// in no table, file or log of the database, nor in our log and metrics; the latter
// name neither people nor tickets nor answers either.
func TestT1NothingLinksInFilesLogAndMetrics(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := watch(t, url, 200)
		keys, err := w.keys.Load(string(w.round.ID))
		if err != nil {
			t.Fatal(err)
		}
		var linking, named [][]byte
		for _, p := range w.people {
			seen := w.takePart(t, w.links[p.ID], keys)
			linking = append(linking, seen.linking...)
			named = append(named, append(seen.named, []byte(p.ID), []byte(p.Email), []byte(p.Name))...)
		}
		for _, where := range storetest.Holds(t, url, linking...) {
			t.Errorf("%s holds what links a person with a ballot", where)
		}
		if len(storetest.Holds(t, url, []byte(w.people[0].Email))) < 2 {
			t.Error("a person is found in no table and file: the test looks at the wrong ones")
		}
		told := w.told(t)
		for _, value := range append(linking, named...) {
			for _, form := range []string{string(value), b64.EncodeToString(value), hex.EncodeToString(value)} {
				if strings.Contains(told, form) {
					t.Errorf("log or metrics hold %q", form)
				}
			}
		}
		t.Logf("%d values looked for in %d files", len(linking)+len(named), len(storetest.Raw(t, url)))
	})
}

// trail is what a participation leaves on the wire.
type trail struct {
	linking [][]byte // known to both sides of it, to be stored nowhere
	named   [][]byte // belonging to one side
}

func (w *witness) takePart(t *testing.T, fragment string, keys *ballot.Keys) trail {
	t.Helper()
	link, err := ballot.ParseLink(fragment)
	if err != nil {
		t.Fatal(err)
	}
	claim, err := ballot.NewClaim(string(w.round.ID), keys.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	var issued struct{ Evaluated, Proof string }
	client := respondent{http: http.DefaultClient, base: w.base, round: string(w.round.ID)}
	asked := map[string]any{"handle": b64.EncodeToString(link.Handle), "secret": b64.EncodeToString(link.Secret), "blinded": b64.EncodeToString(claim.Blinded)}
	if err := client.post(t.Context(), "/tickets", asked, &issued); err != nil {
		t.Fatal(err)
	}
	evaluated, _ := b64.DecodeString(issued.Evaluated)
	proof, _ := b64.DecodeString(issued.Proof)
	ticket, err := claim.Finish(evaluated, proof)
	if err != nil {
		t.Fatal(err)
	}
	text := "Anmerkung " + survey.NewID()
	if err := client.cast(t.Context(), ticket, invitation{Process: "INC"}, sheet{Answers: map[string]ballot.Answer{"A1": {Value: 3}}, Text: text}); err != nil {
		t.Fatal(err)
	}
	return trail{
		linking: [][]byte{link.Secret, claim.Blinded, evaluated, proof, ticket.Nonce, ticket.Output, []byte(text), []byte(b64.EncodeToString(link.Secret)), []byte(b64.EncodeToString(ticket.Nonce))},
		named:   [][]byte{link.Handle, ballot.TicketHash(string(w.round.ID), ticket.Nonce)},
	}
}

// TestT5NothingPersonalIsKept: whatever a request carries, neither tables, files and
// logs of the database nor our log hold it.
func TestT5NothingPersonalIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		marker := "Zwergplumplori" + survey.NewID() // servers keep the logs of earlier runs
		w := watch(t, url, 20)
		var link ballot.Link
		for _, fragment := range w.links {
			var err error
			if link, err = ballot.ParseLink(fragment); err != nil {
				t.Fatal(err)
			}
			break
		}
		secret := b64.EncodeToString(link.Secret)
		base, page := w.base+"/api/v1/rounds/"+string(w.round.ID), w.base+"/r/"+string(w.round.ID)
		for _, c := range []struct{ method, url, body string }{
			{"GET", page + "?" + marker, ""}, {"GET", w.base + "/" + marker, ""}, {"GET", base + "/manifest", ""}, {"GET", w.base + "/r/" + marker, ""},
			{"POST", base + "/invitation", claimOf(link, "")}, {"POST", base + "/tickets", `{"handle":"` + marker + `"}`}, {"POST", base + "/ballots", `{"text":"` + marker + `"}`},
			{"POST", base + "/ballots", `{"` + marker + `":1}`}, {"POST", page + "/plain", "link=" + marker}, {"POST", page + "/plain", "link=" + link.String()},
			{"POST", page + "/plain/ballot", "text=" + marker}, {"PROPFIND", base + "/ballots", marker}, {marker, base + "/ballots", marker},
		} {
			w.carrying(t, marker, c.method, c.url, c.body)
		}
		told := w.told(t)
		for _, bad := range []string{marker, strings.ToUpper(marker), secret, "127.0.0.1", string(w.round.ID)} {
			if strings.Contains(told, bad) {
				t.Errorf("log or metrics hold %q", bad)
			}
		}
		for _, where := range storetest.Holds(t, url, []byte(marker), []byte(secret), link.Secret) {
			t.Errorf("%s holds what a request carried", where)
		}
	})
}

// carrying sends a request with a marker in every header that tells something.
func (w *witness) carrying(t *testing.T, marker, method, url, body string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"User-Agent", "Referer", "X-Forwarded-For", "X-Real-Ip", "Forwarded", "Cookie", "Accept-Language", "X-Request-Id", "Traceparent", "Authorization", "From", "If-None-Match", marker} {
		r.Header.Set(name, marker)
	}
	r.Header.Set("Content-Type", media(r.URL.Path))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Cookies()) > 0 {
		t.Errorf("%s sets a cookie", url)
	}
	answer.Body.Close()
}

// TestT8EverybodySeesTheSameManifest: the same bytes for every member, whatever the
// client says of itself, and their fingerprint is that of the links and of the round.
func TestT8EverybodySeesTheSameManifest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := watch(t, url, 100)
		attributes := map[string]bool{}
		var first []byte
		for i, p := range w.people {
			link, err := ballot.ParseLink(w.links[p.ID])
			if err != nil {
				t.Fatal(err)
			}
			attributes[p.Roles[0].Process+p.Roles[0].Role+p.Unit] = true
			client := respondent{http: http.DefaultClient, base: w.base, round: string(w.round.ID)}
			var who invitation
			claim := map[string]any{"handle": b64.EncodeToString(link.Handle), "secret": b64.EncodeToString(link.Secret)}
			if err := client.post(t.Context(), "/invitation", claim, &who); err != nil || who.Unit != p.Unit {
				t.Fatalf("person %d: %+v %v", i, who, err)
			}
			body, tag := w.manifestAs(t, w.links[p.ID], []string{"de", "en", "fr"}[i%3])
			if first == nil {
				first = body
			}
			if !bytes.Equal(first, body) || !bytes.HasPrefix(ballot.Fingerprint(body), link.Fingerprint) {
				t.Fatal("a client is shown another manifest, or its link names another fingerprint")
			}
			if want := fmt.Sprintf("%q", b64.EncodeToString(ballot.Fingerprint(first))); tag != want {
				t.Errorf("tag %s, want %s", tag, want)
			}
		}
		if !bytes.Equal(ballot.Fingerprint(first), w.round.Fingerprint) {
			t.Error("the round's fingerprint is not that of the manifest")
		}
		t.Logf("%d clients with %d kinds of attributes: the same %d bytes", len(w.people), len(attributes), len(first))
	})
}

func (w *witness) manifestAs(t *testing.T, agent, language string) ([]byte, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, w.base+"/api/v1/rounds/"+string(w.round.ID)+"/manifest", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Accept-Language", language)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body, answer.Header.Get("ETag")
}
