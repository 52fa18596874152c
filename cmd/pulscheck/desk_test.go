package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"pulscheck/api"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// desk is an open round behind the whole front door, on the clock of the test, whose
// log is kept. Every request comes from another network, so that nobody is held up.
type desk struct {
	*world
	url   string
	round *survey.Round
	links []ballot.Link
	keys  *ballot.Keys
	log   syncBuffer

	asked int // requests so far
	taken int // links that were used up
}

func openDesk(t *testing.T, url string, people int) *desk {
	t.Helper()
	d := &desk{world: startWorld(t, url)}
	o := storetest.Organisation(t, d.store)
	storetest.People(t, d.store, o, people)
	round, links := d.open(t, storetest.Round(t, d.store, o, questionnaire.Check(), *d.clock.Load()))
	d.round = round
	for _, fragment := range links {
		link, err := ballot.ParseLink(fragment)
		if err != nil {
			t.Fatal(err)
		}
		d.links = append(d.links, link)
	}
	var err error
	if d.keys, err = d.world.keys.Load(string(round.ID)); err != nil {
		t.Fatal(err)
	}
	d.url = serveOn(t, api.New(api.Options{
		Participation: d.service, Ready: d.store.Ping, Proxies: []string{"127.0.0.1"}, Now: d.now,
		Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	}))
	return d
}

// link gives a personal link that nobody used yet.
func (d *desk) link(t *testing.T) ballot.Link {
	t.Helper()
	if d.taken == len(d.links) {
		t.Fatal("nobody is left")
	}
	d.taken++
	return d.links[d.taken-1]
}

// ticket makes a ticket of the round as the protocol would.
func (d *desk) ticket(t *testing.T) ballot.Ticket { t.Helper(); return newTicket(t, d.round, d.keys) }

func newTicket(t *testing.T, r *survey.Round, keys *ballot.Keys) ballot.Ticket {
	t.Helper()
	claim, err := ballot.NewClaim(string(r.ID), keys.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	evaluated, proof, err := keys.Evaluate(claim.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := claim.Finish(evaluated, proof)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// The routes that respondents send to.
const (
	toInvitation  = "/api/v1/rounds/ROUND/invitation"
	toTickets     = "/api/v1/rounds/ROUND/tickets"
	toBallots     = "/api/v1/rounds/ROUND/ballots"
	toPlain       = "/r/ROUND/plain"
	toPlainBallot = "/r/ROUND/plain/ballot"
)

// media is the type that a route takes.
func media(path string) string {
	if strings.HasPrefix(path, "/api/") {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// reply is what came back: a code where it is a problem, "page" where it is one.
type reply struct {
	status int
	code   string
	header http.Header
	body   string
}

// send posts to a route of the round, or of another if the path names one.
func (d *desk) send(t *testing.T, path, body string, header ...string) reply {
	t.Helper()
	r := d.request(t, http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", media(path))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return d.do(t, r)
}

func (d *desk) request(t *testing.T, method, path string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, d.url+strings.Replace(path, "ROUND", string(d.round.ID), 1), body)
	if err != nil {
		t.Fatal(err)
	}
	d.asked++
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.1", d.asked/256, d.asked%256))
	return r
}

func (d *desk) do(t *testing.T, r *http.Request) reply {
	t.Helper()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{status: answer.StatusCode, header: answer.Header, body: string(body)}
	var problem struct{ Code string }
	switch kind := answer.Header.Get("Content-Type"); {
	case kind == "application/problem+json" && json.Unmarshal(body, &problem) == nil:
		got.code = problem.Code
	case strings.HasPrefix(kind, "text/html"):
		got.code = "page"
	}
	return got
}

// claimOf gives the JSON of an invitation.
func claimOf(l ballot.Link, rest string) string {
	return fmt.Sprintf(`{"handle":%q,"secret":%q%s}`, b64.EncodeToString(l.Handle), b64.EncodeToString(l.Secret), rest)
}

// ballotOf gives the JSON of a ballot for the process INC.
func ballotOf(t ballot.Ticket, rest string) string {
	return fmt.Sprintf(`{"ticket":{"nonce":%q,"output":%q},"attributes":{"process":"INC"},%s}`, b64.EncodeToString(t.Nonce), b64.EncodeToString(t.Output), rest)
}

// formOf gives the form of a ballot for the process INC.
func formOf(t ballot.Ticket, rest string) string {
	return "nonce=" + b64.EncodeToString(t.Nonce) + "&output=" + b64.EncodeToString(t.Output) + "&process=INC&" + rest
}
