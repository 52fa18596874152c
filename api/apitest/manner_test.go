package apitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// send sends a request with headers in pairs.
func (w *world) send(method, path, token, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		r.Header.Set("Content-Type", jsonType)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	w.server.ServeHTTP(answer, r)
	return answer
}

func code(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	var p struct{ Code string }
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
		t.Fatalf("%d %s: %v", answer.Code, answer.Body, err)
	}
	return p.Code
}

// TestSentAgain: whoever did not hear an answer asks again and changes nothing, and the
// answer that is kept for that is of no use to whoever reads the database.
func TestSentAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		lead, body := w.tokens[account.Lead], `{"role":"steering","name":"again"}`
		first := w.send("POST", "/tokens", lead, body, "Idempotency-Key", "k1")
		again := w.send("POST", "/tokens", lead, body, "Idempotency-Key", "k1")
		if first.Code != 201 || again.Code != 201 || first.Body.String() != again.Body.String() || again.Header().Get("Location") != first.Header().Get("Location") {
			t.Errorf("%d %s, again %d %s", first.Code, first.Body, again.Code, again.Body)
		}
		var made struct{ Text string }
		w.check(json.Unmarshal(first.Body.Bytes(), &made))
		if found := storetest.Holds(t, url, []byte(made.Text), []byte(strings.TrimPrefix(made.Text, "pck_"))); len(found) > 0 {
			t.Errorf("the database holds the token: %v", found)
		}
		for _, c := range []struct {
			key, body string
			status    int
			code      string
		}{
			{"k1", `{"role":"steering","name":"other"}`, 422, "idempotency-key-reused"},
			{"k 1", body, 422, "idempotency-key-invalid"},
			{strings.Repeat("k", 65), body, 422, "idempotency-key-invalid"},
			{"k2", `{"role":"steering","name":""}`, 422, "text-length"},
		} {
			if got := w.send("POST", "/tokens", lead, c.body, "Idempotency-Key", c.key); got.Code != c.status || code(t, got) != c.code {
				t.Errorf("%s %s: %d %s, want %s", c.key, c.body, got.Code, got.Body, c.code)
			}
		}
		if got := w.send("POST", "/tokens", lead, body, "Idempotency-Key", "k2"); got.Code != 201 {
			t.Errorf("mended: %d %s", got.Code, got.Body)
		}
		if got := w.send("POST", "/tokens", w.token(account.Lead, w.own["organisation"], time.Hour), body, "Idempotency-Key", "k1"); got.Body.String() == first.Body.String() {
			t.Error("somebody else got the answer")
		}
		w.asked = w.asked.Add(survey.ReplyLife)
		if got := w.send("POST", "/tokens", lead, body, "Idempotency-Key", "k1"); got.Code != 201 || got.Body.String() == first.Body.String() {
			t.Errorf("a day later: %d %s", got.Code, got.Body)
		}
		w.onceAtATime(lead)
	})
}

// onceAtATime: of twenty equal requests at the same time one does something.
func (w *world) onceAtATime(lead string) {
	w.t.Helper()
	var group sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, 20)
	for i := range answers {
		group.Go(func() {
			answers[i] = w.send("POST", "/organisations/"+w.own["organisation"]+"/programmes", lead, `{"name":"At once"}`, "Idempotency-Key", "k3")
		})
	}
	group.Wait()
	made := map[string]bool{}
	for _, a := range answers {
		switch {
		case a.Code == http.StatusCreated:
			made[a.Body.String()] = true
		case a.Code != http.StatusConflict || code(w.t, a) != "idempotency-in-progress":
			w.t.Errorf("%d %s", a.Code, a.Body)
		}
	}
	all, err := w.service.ListProgrammes(ctx, account.System(), survey.OrganisationID(w.own["organisation"]))
	w.check(err)
	if len(made) != 1 || len(all) != 2 {
		w.t.Errorf("%d answers, %d programmes, want 1 and 2", len(made), len(all))
	}
}

// TestChangesNeedTheVersionSeen: of two people who change the same, the second hears.
func TestChangesNeedTheVersionSeen(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	lead, path := w.tokens[account.Lead], "/programmes/"+w.own["programme"]
	tag := w.send("GET", path, lead, "").Header().Get("ETag")
	for _, c := range []struct {
		ifMatch string
		status  int
		code    string
	}{{"", 428, "precondition-required"}, {"*", 412, "version-conflict"}, {"W/" + tag, 412, "version-conflict"}, {tag, 200, ""}, {tag, 412, "version-conflict"}} {
		var headers []string
		if c.ifMatch != "" {
			headers = []string{"If-Match", c.ifMatch}
		}
		got := w.send("PATCH", path, lead, `{"name":"Changed"}`, headers...)
		if got.Code != c.status || code(t, got) != c.code {
			t.Errorf("If-Match %q: %d %s", c.ifMatch, got.Code, got.Body)
		}
		if got.Code == 200 && got.Header().Get("ETag") == tag {
			t.Error("a change leaves the version as it was")
		}
	}
}

// TestPagesGiveEverythingOnce, though somebody leaves the list between two of them.
func TestPagesGiveEverythingOnce(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	lead, path := w.tokens[account.Lead], "/organisations/"+w.own["organisation"]+"/people"
	seen, cursor := map[string]int{}, ""
	for n := 0; n == 0 || cursor != ""; n++ {
		var page struct {
			Items      []struct{ ID string }
			NextCursor *string `json:"next_cursor"`
		}
		got := w.send("GET", path+"?limit=5&cursor="+cursor, lead, "")
		w.check(json.Unmarshal(got.Body.Bytes(), &page))
		for _, i := range page.Items {
			seen[i.ID]++
		}
		cursor = ""
		if page.NextCursor != nil {
			cursor = *page.NextCursor
		}
		if n == 0 {
			last := survey.PersonID(page.Items[len(page.Items)-1].ID)
			for _, bad := range []string{path + "?cursor=" + cursor[1:], strings.Replace(path, "people", "units", 1) + "?cursor=" + cursor} {
				if got := w.send("GET", bad, lead, ""); got.Code != 422 || code(t, got) != "pagination-invalid" {
					t.Errorf("%s: %d %s", bad, got.Code, got.Body)
				}
			}
			w.check(w.service.DeletePerson(ctx, account.System(), survey.OrganisationID(w.own["organisation"]), last, 1))
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is there %d times", id, n)
		}
	}
	if len(seen) != 11 && len(seen) != 12 { // the list moved up by one where the last one was
		t.Errorf("%d people, want 12", len(seen))
	}
}

// TestNobodyAsksTooMuch, and others do not suffer for it.
func TestNobodyAsksTooMuch(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.still = true
	limited := func(token string, most int) {
		t.Helper()
		for i := range most {
			if got := w.send("GET", "/organisations", token, ""); got.Code == 429 {
				t.Fatalf("request %d of %d: %s", i+1, most, got.Body)
			}
		}
		if got := w.send("GET", "/organisations", token, ""); got.Code != 429 || code(t, got) != "rate-limited" || got.Header().Get("Retry-After") == "" {
			t.Errorf("one more than %d: %d %s", most, got.Code, got.Body)
		}
	}
	limited(w.tokens[account.Lead], 600)
	limited("guessed", 60)
	if got := w.send("GET", "/organisations", w.tokens[account.Auditor], ""); got.Code != 200 {
		t.Errorf("somebody else: %d %s", got.Code, got.Body)
	}
}

// TestAuditorFindsFakePeople: the list that an auditor sees is the one that was fixed,
// whatever was done to the people since (threat-model.md 4.5).
func TestAuditorFindsFakePeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		o, err := w.store.FindOrganisation(ctx, survey.OrganisationID(w.own["organisation"]))
		w.check(err)
		r := storetest.NextRound(t, w.store, o, survey.ProgrammeID(w.own["programme"]), 3, questionnaire.Check(), w.now)
		review := func(role account.Role) (out struct {
			Fixed   bool
			Groups  []struct{ Process, Role, Unit string }
			People  []struct{ Email, Process string }
			Unnamed *int
			Round   struct{ Invited int }
		}) {
			t.Helper()
			got := w.send("GET", "/rounds/"+string(r.ID)+"/review", w.tokens[role], "")
			if err := json.Unmarshal(got.Body.Bytes(), &out); err != nil || got.Code != 200 {
				t.Fatalf("%d %s", got.Code, got.Body)
			}
			return out
		}
		if got := review(account.Consultant); got.Fixed || got.People != nil || got.Round.Invited != 12 || len(got.Groups) < 4 {
			t.Errorf("a consultant sees of a draft: %+v", got)
		}
		_, err = w.service.SubmitRound(ctx, account.System(), r.ID)
		w.check(err)
		fake := survey.PersonInput{Email: "fake@nordlicht.example", Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}}}
		_, err = w.service.CreatePerson(ctx, account.System(), o.ID, fake)
		w.check(err)
		person, err := w.store.FindPerson(ctx, o.ID, survey.PersonID(w.own["person"]))
		w.check(err)
		moved := "moved@nordlicht.example"
		_, err = w.service.UpdatePerson(ctx, account.System(), o.ID, person.ID, survey.PersonChange{Seen: person.Version, Email: &moved})
		w.check(err)
		got := review(account.Auditor)
		if text := fmt.Sprint(got.People); !got.Fixed || len(got.People) != 11 || *got.Unnamed != 1 || strings.Contains(text, "fake@") || strings.Contains(text, moved) {
			t.Errorf("an auditor sees: %+v", got)
		}
		if got := review(account.Lead); got.People != nil || got.Unnamed != nil {
			t.Errorf("a lead sees the list of the auditor: %+v", got)
		}
	})
}

// TestOwnersSeeTheirProcesses and nothing of others.
func TestOwnersSeeTheirProcesses(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	got := w.send("GET", "/rounds/"+w.own["round"]+"/results", w.tokens[account.Owner], "").Body.String()
	all := w.send("GET", "/rounds/"+w.own["round"]+"/results", w.tokens[account.Lead], "").Body.String()
	if strings.Contains(got, `"CHG"`) || !strings.Contains(got, `"INC"`) || !strings.Contains(all, `"CHG"`) {
		t.Errorf("owner of INC: %s\nlead: %s", got, all)
	}
}
