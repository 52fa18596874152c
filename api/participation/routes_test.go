package participation_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
)

var e = base64.RawURLEncoding

// post sends JSON and gives status and the fields of the answer.
func post(t *testing.T, url, body string) (int, map[string]any) {
	t.Helper()
	r, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		t.Fatalf("answer of %s: %v", url, err)
	}
	return r.StatusCode, answer
}

func get(t *testing.T, url string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, body
}

// takeTicket walks the protocol as a browser does, up to the ticket.
func takeTicket(t *testing.T, api string, link ballot.Link) ballot.Ticket {
	t.Helper()
	_, canonical := get(t, api+"/manifest")
	m, key, err := ballot.ParseManifest(canonical, link.Fingerprint)
	if err != nil {
		t.Fatal(err)
	}
	claim, err := ballot.NewClaim(m.Round, key)
	if err != nil {
		t.Fatal(err)
	}
	body := fmt.Sprintf(`{"handle":%q,"secret":%q,"blinded":%q}`, e.EncodeToString(link.Handle), e.EncodeToString(link.Secret), e.EncodeToString(claim.Blinded))
	status, answer := post(t, api+"/tickets", body)
	if status != http.StatusOK {
		t.Fatalf("tickets: %d %v", status, answer)
	}
	evaluated, _ := e.DecodeString(answer["evaluated"].(string))
	proof, _ := e.DecodeString(answer["proof"].(string))
	ticket, err := claim.Finish(evaluated, proof)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func ballotBody(t ballot.Ticket, rest string) string {
	return fmt.Sprintf(`{"ticket":{"nonce":%q,"output":%q},%s}`, e.EncodeToString(t.Nonce), e.EncodeToString(t.Output), rest)
}

func TestOneAnswerThroughTheProtocol(t *testing.T) {
	m := newMemory(t)
	api := serve(t, m).URL + "/api/v1/rounds/" + roundID
	ticket := takeTicket(t, api, m.invite(1, survey.Invitation{Process: "INC"}))

	const answer = `"attributes":{"process":"INC","role":null,"unit":null},"answers":{"A1":4,"A2":"CS","A3":null},"text":"gut"`
	for _, step := range []struct {
		rest string
		want int
		code any
	}{
		{answer, 201, nil},
		{answer, 200, nil},
		{strings.Replace(answer, `"A1":4`, `"A1":5`, 1), 409, "ticket-used"},
	} {
		if got, body := post(t, api+"/ballots", ballotBody(ticket, step.rest)); got != step.want || body["code"] != step.code {
			t.Errorf("got %d %v, want %d %v", got, body, step.want, step.code)
		}
	}
	_, list := get(t, api+"/tickets.txt")
	if want := hex.EncodeToString(ballot.TicketHash(roundID, ticket.Nonce)) + "\n"; string(list) != want {
		t.Errorf("ticket hashes %q, want %q", list, want)
	}
}

func TestBallotErrors(t *testing.T) {
	m := newMemory(t)
	api := serve(t, m).URL + "/api/v1/rounds/" + roundID
	ticket := takeTicket(t, api, m.invite(1, survey.Invitation{}))
	forged := ballot.Ticket{Nonce: ticket.Nonce, Output: bytes.Repeat([]byte{7}, ballot.OutputSize)}
	const inc = `"attributes":{"process":"INC"},`
	for name, c := range map[string]struct {
		body string
		want int
		code string
	}{
		"no JSON":         {`{`, 400, "malformed-json"},
		"list":            {`[]`, 400, "malformed-json"},
		"two values":      {`{}{}`, 400, "malformed-json"},
		"unknown field":   {`{"org_id":1}`, 400, "unknown-field"},
		"other case":      {`{"Ticket":{}}`, 400, "unknown-field"},
		"key twice":       {ballotBody(ticket, inc+`"answers":{"A1":1,"A1":2}`), 400, "duplicate-field"},
		"not UTF-8":       {"{\"text\":\"\xff\"}", 400, "invalid-utf8"},
		"too large":       {`{"text":"` + strings.Repeat("a", 17<<10) + `"}`, 413, "body-too-large"},
		"forged":          {ballotBody(forged, inc+`"answers":{"A1":1}`), 403, "ticket-invalid"},
		"no ticket":       {`{` + inc + `"answers":{"A1":1}}`, 403, "ticket-invalid"},
		"fraction":        {ballotBody(ticket, inc+`"answers":{"A1":1.0}`), 422, "answer-type"},
		"exponent":        {ballotBody(ticket, inc+`"answers":{"A1":1e0}`), 422, "answer-type"},
		"text as answer":  {ballotBody(ticket, inc+`"answers":{"A1":"4"}`), 422, "answer-type"},
		"out of range":    {ballotBody(ticket, inc+`"answers":{"A1":6}`), 422, "answer-out-of-range"},
		"unknown item":    {ballotBody(ticket, inc+`"answers":{"ZZ":1}`), 422, "unknown-question"},
		"nothing":         {ballotBody(ticket, inc+`"answers":{"A1":null}`), 422, "answer-missing"},
		"foreign process": {ballotBody(ticket, `"attributes":{"process":"XX"},"answers":{"A1":1}`), 422, "attributes-invalid"},
		"long text":       {ballotBody(ticket, inc+`"answers":{"A1":1},"text":"`+strings.Repeat("ä", 501)+`"`), 422, "text-length"},
		"control":         {ballotBody(ticket, inc+`"answers":{"A1":1},"text":"a\u0000"`), 422, "control-character"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, body := post(t, api+"/ballots", c.body); got != c.want || body["code"] != c.code {
				t.Errorf("got %d %v, want %d %s", got, body, c.want, c.code)
			}
		})
	}
	if len(m.ballots) != 0 {
		t.Errorf("%d ballots stored by refused requests", len(m.ballots))
	}
	m.closed = true
	if got, body := post(t, api+"/ballots", ballotBody(ticket, inc+`"answers":{"A1":1}`)); got != 410 {
		t.Errorf("closed round: got %d %v, want 410", got, body)
	}
}

func TestTicketErrors(t *testing.T) {
	m := newMemory(t)
	server := serve(t, m)
	api := server.URL + "/api/v1/rounds/" + roundID
	link := m.invite(1, survey.Invitation{})
	takeTicket(t, api, link)
	claim := fmt.Sprintf(`"handle":%q,"secret":%q`, e.EncodeToString(link.Handle), e.EncodeToString(link.Secret))
	other, err := ballot.NewClaim(roundID, m.keys.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		path, body string
		want       int
		code       string
	}{
		"second element": {"/tickets", "{" + claim + `,"blinded":"` + e.EncodeToString(other.Blinded) + `"}`, 409, "ticket-already-issued"},
		"identity":       {"/tickets", "{" + claim + `,"blinded":"` + e.EncodeToString(make([]byte, 32)) + `"}`, 422, "blinded-message-invalid"},
		"short":          {"/tickets", "{" + claim + `,"blinded":"AAAA"}`, 422, "blinded-message-invalid"},
		"not canonical":  {"/tickets", "{" + claim + `,"blinded":"` + e.EncodeToString(bytes.Repeat([]byte{255}, 32)) + `"}`, 422, "blinded-message-invalid"},
		"wrong secret":   {"/invitation", `{"handle":"` + e.EncodeToString(link.Handle) + `","secret":"AAAA"}`, 404, "invitation-invalid"},
		"unknown handle": {"/tickets", `{"handle":"AAAA","secret":"AAAA","blinded":"AAAA"}`, 404, "invitation-invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, body := post(t, api+c.path, c.body); got != c.want || body["code"] != c.code {
				t.Errorf("got %d %v, want %d %s", got, body, c.want, c.code)
			}
		})
	}
	r, err := http.Post(api+"/tickets", "text/plain", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("text/plain: got %d, want 415", r.StatusCode)
	}
}

func TestPaperTicketHasNoAttributes(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{})
	body := fmt.Sprintf(`{"handle":%q,"secret":%q}`, e.EncodeToString(link.Handle), e.EncodeToString(link.Secret))
	status, answer := post(t, serve(t, m).URL+"/api/v1/rounds/"+roundID+"/invitation", body)
	for _, key := range []string{"process", "role", "unit", "locale"} {
		if value, there := answer[key]; status != 200 || !there || value != nil {
			t.Errorf("%d: %s = %v, want null", status, key, value)
		}
	}
}

func TestManifestIsCacheable(t *testing.T) {
	m := newMemory(t)
	api := serve(t, m).URL + "/api/v1/rounds/"
	r, body := get(t, api+roundID+"/manifest")
	if !bytes.Equal(body, m.canonical) || r.Header.Get("ETag") == "" || len(r.Cookies()) != 0 {
		t.Errorf("manifest: %d bytes, header %v", len(body), r.Header)
	}
	request, _ := http.NewRequest(http.MethodGet, api+roundID+"/manifest", nil)
	request.Header.Set("If-None-Match", r.Header.Get("ETag"))
	again, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	again.Body.Close()
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("same tag: got %d, want 304", again.StatusCode)
	}
	if r, _ := get(t, api+"unknown/manifest"); r.StatusCode != http.StatusNotFound {
		t.Errorf("unknown round: got %d, want 404", r.StatusCode)
	}
}

// TestOnlyFailuresAreHeldUp: guessing ends at 60 a minute, and whoever has a right
// link behind the same address still passes.
func TestOnlyFailuresAreHeldUp(t *testing.T) {
	m := newMemory(t)
	api := serve(t, m).URL + "/api/v1/rounds/" + roundID
	right := m.invite(1, survey.Invitation{Process: "INC"})
	claim := func(secret []byte) string {
		return fmt.Sprintf(`{"handle":%q,"secret":%q}`, e.EncodeToString(right.Handle), e.EncodeToString(secret))
	}
	refused := map[int]int{}
	for i := range 200 {
		status, _ := post(t, api+"/invitation", claim(bytes.Repeat([]byte{byte(i)}, ballot.SecretSize)))
		refused[status]++
		if i%2 == 0 {
			if status, body := post(t, api+"/invitation", claim(right.Secret)); status != 200 {
				t.Fatalf("a right link after %d wrong ones: %d %v", i+1, status, body)
			}
		}
	}
	if refused[404] != 60 || refused[429] != 140 {
		t.Errorf("200 guesses: %v, want 60 times 404 and 140 times 429", refused)
	}
}
