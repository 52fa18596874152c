package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"pulscheck/survey/ballot"
)

// respondent takes part in a round through the public routes, as the script of the
// survey page does.
type respondent struct {
	http  *http.Client
	base  string // e.g. http://127.0.0.1:8080
	round string
	seen  *manifestCache
}

// manifestCache spares parsing the same manifest for everybody; each still checks it
// against the fingerprint of the own link.
type manifestCache struct {
	mu        sync.Mutex
	canonical []byte
	manifest  *ballot.Manifest
	key       []byte
}

func (c *manifestCache) parse(canonical, fingerprint []byte) (*ballot.Manifest, []byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if bytes.Equal(c.canonical, canonical) && bytes.HasPrefix(ballot.Fingerprint(canonical), fingerprint) {
		return c.manifest, c.key, nil
	}
	m, key, err := ballot.ParseManifest(canonical, fingerprint)
	if err == nil {
		c.canonical, c.manifest, c.key = canonical, m, key
	}
	return m, key, err
}

// invitation is what the server says about the holder of a link.
type invitation struct {
	Process string `json:"process"`
	Role    string `json:"role"`
	Unit    string `json:"unit"`
}

// sheet is what is to be answered; keys left out are not answered.
type sheet struct {
	Answers  map[string]ballot.Answer
	Text     string
	TextKind string
}

var b64 = base64.RawURLEncoding

// takePart loads the manifest, takes a ticket with the link and sends what fill
// makes of the invitation, nothing if fill does not want to answer.
func (r respondent) takePart(ctx context.Context, fragment string, fill func(*ballot.Manifest, invitation) (sheet, bool)) error {
	link, err := ballot.ParseLink(fragment)
	if err != nil {
		return err
	}
	canonical, err := r.do(ctx, http.MethodGet, "/manifest", nil)
	if err != nil {
		return err
	}
	manifest, key, err := r.seen.parse(canonical, link.Fingerprint)
	if err != nil {
		return err
	}
	claim := map[string]any{"handle": b64.EncodeToString(link.Handle), "secret": b64.EncodeToString(link.Secret)}
	var who invitation
	if err := r.post(ctx, "/invitation", claim, &who); err != nil {
		return err
	}
	filled, ok := fill(manifest, who)
	if !ok {
		return nil
	}
	ticket, err := r.ticket(ctx, claim, key)
	if err != nil {
		return err
	}
	return r.cast(ctx, ticket, who, filled)
}

func (r respondent) ticket(ctx context.Context, claim map[string]any, key []byte) (ballot.Ticket, error) {
	blind, err := ballot.NewClaim(r.round, key)
	if err != nil {
		return ballot.Ticket{}, err
	}
	claim["blinded"] = b64.EncodeToString(blind.Blinded)
	var issued struct{ Evaluated, Proof string }
	if err := r.post(ctx, "/tickets", claim, &issued); err != nil {
		return ballot.Ticket{}, err
	}
	evaluated, err := b64.DecodeString(issued.Evaluated)
	if err != nil {
		return ballot.Ticket{}, fmt.Errorf("read ticket: %w", err)
	}
	proof, err := b64.DecodeString(issued.Proof)
	if err != nil {
		return ballot.Ticket{}, fmt.Errorf("read ticket: %w", err)
	}
	return blind.Finish(evaluated, proof)
}

// cast sends the answers in a request that knows the ticket and nothing of the link.
func (r respondent) cast(ctx context.Context, t ballot.Ticket, who invitation, s sheet) error {
	body := map[string]any{
		"ticket":     map[string]string{"nonce": b64.EncodeToString(t.Nonce), "output": b64.EncodeToString(t.Output)},
		"attributes": map[string]any{"process": who.Process, "role": orNull(who.Role), "unit": orNull(who.Unit)},
		"answers":    s.Answers,
	}
	if s.Text != "" {
		body["text"] = s.Text
		if s.TextKind != "" {
			body["text_kind"] = s.TextKind
		}
	}
	return r.post(ctx, "/ballots", body, nil)
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (r respondent) post(ctx context.Context, path string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answer, err := r.do(ctx, http.MethodPost, path, text)
	if err != nil || into == nil {
		return err
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("read answer of %s: %w", path, err)
	}
	return nil
}

// A busy server is asked again, as the page does: the same request changes nothing.
const (
	askAgain  = 40
	askPauses = 250 * time.Millisecond
)

func (r respondent) do(ctx context.Context, method, path string, body []byte) (text []byte, err error) {
	for range askAgain {
		var status int
		if text, status, err = r.once(ctx, method, path, body); status != http.StatusServiceUnavailable {
			return text, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(askPauses):
		}
	}
	return text, err
}

func (r respondent) once(ctx context.Context, method, path string, body []byte) ([]byte, int, error) {
	request, err := http.NewRequestWithContext(ctx, method, r.base+"/api/v1/rounds/"+r.round+path, bytes.NewReader(body))
	if err != nil {
		return nil, 0, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := r.http.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, 0, err
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return nil, answer.StatusCode, fmt.Errorf("%s: %s %s", path, answer.Status, text)
	}
	return text, answer.StatusCode, nil
}
