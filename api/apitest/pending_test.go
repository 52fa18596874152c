package apitest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestInvitationsEnd after two weeks: who may read the users sees until when, what is over
// lets nobody in and is told as if it had never been, and it is sent again for as long.
func TestInvitationsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		begun := w.now
		b, anna := w.token(account.Lead, w.foreign["organisation"], 90*24*time.Hour), w.person(account.Steering, w.own["organisation"])
		foreign := survey.OrganisationID(w.foreign["organisation"])
		_, known, _ := w.invite(b, anna.user.Email, "steering")
		_, _, id := w.invite(b, "neu@nordlicht.example", "steering")
		if got := known["invited_until"]; got != begun.Add(14*24*time.Hour).Format(time.RFC3339) {
			t.Errorf("an invitation of %s holds until %v", begun, got)
		}
		lead := w.person(account.Lead, w.foreign["organisation"])
		at, page := "/users/"+id, "/organisations/"+w.foreign["organisation"]+"/users"
		row := func() string {
			for _, text := range lead.get(page).want(200).texts("tbody tr") {
				if strings.Contains(text, "neu@nordlicht.example") {
					return text
				}
			}
			return ""
		}
		if got := row(); !strings.Contains(got, "eingeladen") || !strings.Contains(got, "gilt bis 16.03.2026") {
			t.Errorf("the list says %q", got)
		}
		code := w.mailed(address, "neu@nordlicht.example", survey.AccessMail)

		w.now = begun.Add(14 * 24 * time.Hour)
		lead, anna.cookies = w.person(account.Lead, w.foreign["organisation"]), w.signed(anna.user)
		if got := row(); !strings.Contains(got, "Einladung abgelaufen") || !strings.Contains(got, "galt bis 16.03.2026") {
			t.Errorf("the list says %q of an invitation that is over", got)
		}
		answer := func(organisation string) (int, string) {
			p := anna.json("POST", "/invitations/"+organisation, `{"accept":true}`)
			var said struct{ Code, Title string }
			w.check(json.Unmarshal([]byte(p.body), &said))
			return p.status, said.Code + said.Title
		}
		status, said := answer(w.foreign["organisation"])
		if none, never := answer(survey.NewID()); status != http.StatusNotFound || status != none || said != never {
			t.Errorf("over: %d %s, never invited: %d %s", status, said, none, never)
		}
		if p := anna.get("/account").want(200); strings.Contains(p.text("main"), "Einladungen") {
			t.Error("the page of the account offers an invitation that is over")
		}
		if _, err := w.service.RedeemCode(ctx, code); !fault.Is(err, "access-code-invalid") {
			t.Errorf("the code of an invitation that is over: %v", err)
		}

		ask := lead.get(at + "/reset").want(200)
		if !strings.Contains(ask.text("h1"), "noch einmal einladen") {
			t.Errorf("asked is %q", ask.text("h1"))
		}
		lead.submit(ask, "main form").want(200)
		if got := row(); !strings.Contains(got, "gilt bis 30.03.2026") {
			t.Errorf("sent again, the list says %q", got)
		}
		if status, said, _ := w.invite(b, anna.user.Email, "consultant"); status != http.StatusCreated {
			t.Errorf("invited anew after the end: %d %v", status, said)
		}
		fresh := w.nobody()
		fresh.setUp(w.mailed(address, "neu@nordlicht.example", survey.AccessMail))
		fresh.get("/organisations/" + string(foreign)).want(200)
		lead = w.person(account.Lead, w.foreign["organisation"])
		lead.submit(lead.get("/users/"+string(anna.user.ID)+"/remove").want(200), "main form").want(200)
		if status, _ := answer(w.foreign["organisation"]); status != http.StatusNotFound {
			t.Errorf("an invitation that was withdrawn is accepted: %d", status)
		}
		anna.post("/account/invitations", url.Values{"csrf": {csrfOf(anna)}, "organisation": {w.foreign["organisation"]}, "answer": {"accept"}}).want(404)
	})
}

// signed gives the cookies of a session that begins now.
func (w *world) signed(u *account.User) map[string]string {
	w.t.Helper()
	secret, session := account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	return map[string]string{"__Host-session": secret}
}
