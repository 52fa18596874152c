package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	v1 "pulscheck/api/v1"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestTrusteeUnlocks: a works council makes a key, sets it, and unlocks a closed round
// with nothing but the commands and a token.
func TestTrusteeUnlocks(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 12)
	_, token, err := w.service.CreateToken(t.Context(), account.System(), survey.TokenInput{Role: account.Auditor, Organisation: o.ID, Name: "br"})
	if err != nil {
		t.Fatal(err)
	}
	base := serveOn(t, api.New(api.Options{
		Participation: w.service, Ready: w.store.Ping, Now: time.Now, Log: w.log,
		Management: &v1.Options{Service: w.service, Replies: w.store, Secret: []byte("secret"), Now: time.Now},
	}))
	key := filepath.Join(t.TempDir(), "key.txt")
	var first, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &again} { // the second time it only tells the public half
		if err := trustee(t.Context(), []string{"key", "-o", key}, w.now(), nil, out); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 || first.String() != again.String() || !strings.Contains(first.String(), "can never be counted") {
		t.Fatalf("%v %s", err, first.String())
	}
	lines := strings.Split(strings.TrimSpace(first.String()), "\n")
	ask := func(method, path, ifMatch string, body any) (int, string) {
		t.Helper()
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), method, base+v1.Prefix+path, bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("If-Match", ifMatch)
		r.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		told, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(told)
	}
	set := v1.TrusteeSet{Key: lines[len(lines)-1]}
	path := "/organisations/" + string(o.ID) + "/trustee"
	if status, told := ask("PUT", path, `"1"`, set); status != 422 || !strings.Contains(told, "trustee-loss-unconfirmed") {
		t.Errorf("set without a warning: %d %s", status, told)
	}
	set.LossAccepted = true
	if status, told := ask("PUT", path, `"1"`, set); status != 200 {
		t.Fatalf("%d %s", status, told)
	}
	if err := w.service.RevokeToken(t.Context(), account.System(), o.ID, w.onlyToken(t, o.ID)); err != nil { // else there is a review
		t.Fatal(err)
	}
	r, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), w.now()))
	w.answer(t, r, links, func(survey.PersonID, invitation) (sheet, bool) {
		return sheet{Answers: map[string]ballot.Answer{"A1": {Value: 4}}}, true
	})
	if _, token, err = w.service.CreateToken(t.Context(), account.System(), survey.TokenInput{Role: account.Auditor, Organisation: o.ID, Name: "br"}); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(secret, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unlock := func(more ...string) (string, error) {
		var out bytes.Buffer
		err := trustee(t.Context(), append([]string{"unlock", "--key", key, "--url", base, "--round", string(r.ID), "--token-file", secret}, more...), w.now(), nil, &out)
		return out.String(), err
	}
	if _, err := unlock(); err == nil || !strings.Contains(err.Error(), "--early") {
		t.Errorf("unlocked while it is open: %v", err)
	}
	w.count(t, r)
	if _, told := ask("GET", "/rounds/"+string(r.ID), "", nil); !strings.Contains(told, `"awaits_trustee":true`) {
		t.Errorf("nothing says that the round waits: %s", told)
	}
	_, locked := ask("GET", "/rounds/"+string(r.ID)+"/trustee", "", nil)
	var byHand bytes.Buffer
	if err := trustee(t.Context(), []string{"unlock", "--key", key}, w.now(), strings.NewReader(locked), &byHand); err != nil || !strings.HasPrefix(byHand.String(), `{"opening":"`) {
		t.Errorf("by hand: %v %s", err, byHand.String())
	}
	if out, err := unlock(); err != nil || !strings.Contains(out, "is unlocked") {
		t.Fatalf("%s %v", out, err)
	}
	w.runDue(t)
	results, _, err := w.store.FindResults(t.Context(), r.ID)
	if err != nil || *results.Ballots != 12 {
		t.Errorf("%+v %v", results, err)
	}
}

// onlyToken names the token of an organisation.
func (w *world) onlyToken(t *testing.T, id survey.OrganisationID) account.TokenID {
	t.Helper()
	list, err := w.store.ListTokens(t.Context(), id)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	return list[0].ID
}
