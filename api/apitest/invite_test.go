package apitest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// person is a desk of somebody who can sign in, with a role in an organisation.
func (w *world) person(r account.Role, organisation string) *desk {
	w.t.Helper()
	u := w.user(r, organisation)
	secret, session := account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	w.check(w.store.SetPassword(ctx, u.ID, "hash"))
	w.check(w.store.SetLastDay(ctx, u.ID, "2026-02-27"))
	d := w.nobody()
	d.user, d.cookies["__Host-session"] = u, secret
	return d
}

// invite asks the API to invite somebody and gives what it says, without what differs
// between any two people.
func (w *world) invite(token, email, role string) (status int, said map[string]any, id string) {
	w.t.Helper()
	status, body := w.ask("POST", "/api/v1/users", token, "", jsonType, `{"email":"`+email+`","name":"Somebody","role":"`+role+`"}`)
	w.check(json.Unmarshal([]byte(body), &said))
	id, _ = said["id"].(string)
	delete(said, "id")
	delete(said, "email")
	return status, said, id
}

// TestInvitationsTellNothing: an organisation hears the same whether or not somebody has
// an account, in whatever role and organisation; it sees only what it said itself, may
// change and take it back, and nobody joins who has not accepted.
func TestInvitationsTellNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		b := w.token(account.Lead, w.foreign["organisation"], time.Hour)
		anna, chief, owner := w.person(account.Steering, w.own["organisation"]), w.person(account.Lead, w.own["organisation"]), w.person(account.Operator, "")
		status, want, id := w.invite(b, "niemand@nordlicht.example", "steering")
		if status != http.StatusCreated {
			t.Fatalf("%d %v", status, want)
		}
		shown := func(id string) (all map[string]any) {
			status, body := w.ask("GET", "/api/v1/users/"+id, b, "", "", "")
			if w.check(json.Unmarshal([]byte(body), &all)); status != 200 {
				t.Fatalf("%d %s", status, body)
			}
			delete(all, "id")
			delete(all, "email")
			return all
		}
		fresh := shown(id)
		for what, d := range map[string]*desk{"of another organisation": anna, "in another role": chief, "an operator": owner} {
			status, got, id := w.invite(b, d.user.Email, "steering")
			if diff := cmp.Diff(want, got); status != http.StatusCreated || diff != "" {
				t.Errorf("%s: %d, -nobody +known:\n%s", what, status, diff)
			}
			if diff := cmp.Diff(fresh, shown(id)); diff != "" {
				t.Errorf("%s: -nobody +known:\n%s", what, diff)
			}
			u, err := w.store.FindUser(ctx, d.user.ID)
			w.check(err)
			if len(u.Member) > 1 || u.Role != d.user.Role || u.Version != d.user.Version {
				t.Errorf("%s: joined unasked: %+v", what, u)
			}
			if status, got, _ := w.invite(b, d.user.Email, "steering"); status != http.StatusConflict || got["code"] != "user-exists" {
				t.Errorf("%s, invited again: %d %v", what, status, got)
			}
			if status, body := w.ask("PATCH", "/api/v1/users/"+id, b, `"1"`, jsonType, `{"name":"Sample","role":"consultant"}`); status != 200 || !strings.Contains(body, `"ready":false`) {
				t.Errorf("%s, changed: %d %s", what, status, body)
			}
			if status, body := w.ask("POST", "/api/v1/users/"+id+"/reset", b, "", "", ""); status != 204 {
				t.Errorf("%s, invited once more: %d %s", what, status, body)
			}
			if status, body := w.ask("DELETE", "/api/v1/users/"+id, b, "", "", ""); status != 204 {
				t.Errorf("%s, taken back: %d %s", what, status, body)
			}
			if d.get("/account").want(200).path != "/account" {
				t.Errorf("%s: signed out by a stranger", what)
			}
		}
	})
}

// TestInvitedPeopleAccept after the log-in, or decline; whoever accepts another role
// leaves the organisations of the one before and confirms it. The lead of each goes on to
// manage what somebody is there.
func TestInvitedPeopleAccept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		a, b := w.tokens[account.Lead], w.token(account.Lead, w.foreign["organisation"], time.Hour)
		anna := w.person(account.Steering, w.own["organisation"])
		home, other := "/organisations/"+w.own["organisation"], "/organisations/"+w.foreign["organisation"]
		w.invite(b, anna.user.Email, "steering")
		if p := anna.get("/account").want(200); !strings.Contains(p.text("main"), "Einladungen") {
			t.Errorf("the page of the account shows no invitation: %s", p.text("main"))
		}
		anna.post("/account/invitations", url.Values{"csrf": {csrfOf(anna)}, "organisation": {w.foreign["organisation"]}, "answer": {"decline"}}).want(200)
		anna.get(other).want(404)
		w.invite(b, anna.user.Email, "steering")
		answer := func(accept, leave string) *page {
			return anna.json("POST", "/invitations/"+w.foreign["organisation"], `{"accept":`+accept+`,"leave":`+leave+`}`)
		}
		if p := anna.json("GET", "/invitations", "").want(200); !strings.Contains(p.body, w.foreign["organisation"]) {
			t.Errorf("invitations %s", p.body)
		}
		answer("true", "false").want(204)
		anna.get(home).want(200)
		anna.get(other).want(200)

		// Both leads manage their part.
		version := func(token string) string {
			_, body := w.ask("GET", "/api/v1/users/"+string(anna.user.ID), token, "", "", "")
			u := struct {
				Version int
				Member  []struct{ Organisation string } `json:"memberships"`
			}{}
			w.check(json.Unmarshal([]byte(body), &u))
			if len(u.Member) != 1 {
				t.Errorf("a lead sees %d memberships", len(u.Member))
			}
			return etagOf(u.Version)
		}
		status, body := w.ask("PATCH", "/api/v1/users/"+string(anna.user.ID), a, version(a), jsonType, `{"role":"consultant"}`)
		if status != 200 || !strings.Contains(body, `"ready":false`) {
			t.Fatalf("another role for somebody who belongs to others too: %d %s", status, body)
		}
		if p := anna.get(home); p.path != "/login" {
			t.Errorf("a new role, but still at %s", p.path)
		}
		secret, session := account.NewSession(anna.user.ID, account.Full, w.now)
		w.check(w.store.CreateSession(ctx, session, nil))
		anna.cookies["__Host-session"], anna.csrf = secret, ""
		anna.get(home).want(404)
		anna.get(other).want(200)
		take := "/invitations/" + w.own["organisation"]
		if p := anna.json("POST", take, `{"accept":true}`); p.status != 409 || !strings.Contains(p.body, "role-differs") {
			t.Errorf("another role unconfirmed: %d %s", p.status, p.body)
		}
		anna.json("POST", take, `{"accept":true,"leave":true}`).want(204)
		u, err := w.store.FindUser(ctx, anna.user.ID)
		w.check(err)
		if len(u.Member) != 1 || u.Role != account.Consultant || u.In(w.own["organisation"]) == nil {
			t.Errorf("%+v", u)
		}
		if status, _ := w.ask("GET", "/api/v1/users/"+string(u.ID), b, "", "", ""); status != 404 {
			t.Errorf("the organisation that was left still sees the account: %d", status)
		}
	})
}

// TestNobodyIsKeptByAStranger: whoever was invited by a stranger first joins the own
// organisation with its code, and belongs to nobody else.
func TestNobodyIsKeptByAStranger(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	b := w.token(account.Lead, w.foreign["organisation"], time.Hour)
	w.invite(b, "anna@nordlicht.example", "steering")
	w.now = w.now.Add(time.Minute)
	if status, said, _ := w.invite(w.tokens[account.Lead], "anna@nordlicht.example", "consultant"); status != 201 || said["role"] != "consultant" {
		t.Fatalf("%d %v", status, said)
	}
	anna := w.nobody()
	anna.setUp(w.mailed(w.url, "anna@nordlicht.example", survey.AccessMail))
	anna.get("/organisations/" + w.own["organisation"]).want(200)
	anna.get("/organisations/" + w.foreign["organisation"]).want(404)
}

func etagOf(version int) string { return `"` + strconv.Itoa(version) + `"` }

// submitted is a round that lies before the auditor.
func (w *world) submitted(o *survey.Organisation) *survey.Round {
	w.t.Helper()
	r := storetest.Round(w.t, w.store, o, questionnaire.Check(), w.now)
	r, err := w.service.SubmitRound(ctx, account.System(), r.ID)
	w.check(err)
	return r
}

// TestOperatorsStayOutside: an operator appoints the first lead, and nobody and nothing in
// an organisation that has one.
func TestOperatorsStayOutside(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	operator := w.tokens[account.Operator]
	o, err := w.service.CreateOrganisation(ctx, account.System(), survey.OrganisationInput{Key: "neu", Name: "Neu"})
	w.check(err)
	post := func(path, body string) (int, string) {
		return w.ask("POST", "/api/v1"+path, operator, "", jsonType, body)
	}
	invite := func(email, role string) (int, string) {
		return post("/users", `{"email":"`+email+`","name":"X","role":"`+role+`","organisation":"`+string(o.ID)+`"}`)
	}
	for _, role := range []string{"auditor", "steering", "owner"} {
		if status, body := invite("spy@nordlicht.example", role); status != 403 && status != 422 {
			t.Errorf("%s: %d %s", role, status, body)
		}
		if status, body := post("/tokens", `{"name":"x","role":"`+role+`","organisation":"`+string(o.ID)+`"}`); status != 404 {
			t.Errorf("token of %s: %d %s", role, status, body)
		}
	}
	for _, email := range []string{"tippfehler@nordlicht.example", "leitung@nordlicht.example"} {
		if status, body := invite(email, "lead"); status != 201 {
			t.Fatalf("first lead: %d %s", status, body)
		}
	}
	lead := w.nobody()
	lead.setUp(w.mailed(w.url, "leitung@nordlicht.example", survey.AccessMail))
	lead.get("/organisations/" + string(o.ID)).want(200)
	if status, body := invite("spion@nordlicht.example", "lead"); status != 409 || !strings.Contains(body, "lead-appointed") {
		t.Errorf("second lead: %d %s", status, body)
	}
	u, err := w.store.FindUserByEmail(ctx, "tippfehler@nordlicht.example")
	w.check(err)
	if len(u.Asked)+len(u.Member) != 0 {
		t.Errorf("whom the first lead took the place of is still invited: %+v", u)
	}
	u, err = w.store.FindUserByEmail(ctx, "leitung@nordlicht.example")
	w.check(err)
	for _, c := range [][3]string{
		{"DELETE", "/users/" + string(u.ID) + "?organisation=" + string(o.ID), ""}, {"POST", "/users/" + string(u.ID) + "/reset", ""}, {"PATCH", "/users/" + string(u.ID), `{"role":"owner"}`},
		{"GET", "/users/" + string(u.ID), ""}, {"GET", "/users?organisation=" + string(o.ID), ""}, {"GET", "/tokens?organisation=" + string(o.ID), ""},
	} {
		if status, body := w.ask(c[0], "/api/v1"+c[1], operator, `"1"`, jsonType, c[2]); status != 404 {
			t.Errorf("%s %s: %d %s", c[0], c[1], status, body)
		}
	}
}

// TestLeadsDoNotAudit: a lead appoints the first auditor, and has no say about auditors
// after that; a round that was submitted to one stays with its 24 hours.
func TestLeadsDoNotAudit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		o := storetest.Organisation(t, w.store)
		lead, in := w.token(account.Lead, string(o.ID), 90*24*time.Hour), `,"organisation":"`+string(o.ID)+`"}`
		ask := func(method, path, body string) (int, string) {
			return w.ask(method, "/api/v1"+path, lead, `"1"`, jsonType, body)
		}
		if status, body := ask("POST", "/tokens", `{"name":"x","role":"auditor"`+in); status != 403 {
			t.Errorf("token: %d %s", status, body)
		}
		if status, body := ask("POST", "/users", `{"email":"br@nordlicht.example","name":"BR","role":"auditor"`+in); status != 201 {
			t.Fatalf("first auditor: %d %s", status, body)
		}
		works := w.nobody()
		works.setUp(w.mailed(address, "br@nordlicht.example", survey.AccessMail))
		works.get("/organisations/" + string(o.ID) + "/users").want(200)
		u, err := w.store.FindUserByEmail(ctx, "br@nordlicht.example")
		w.check(err)
		decides := func(status int, body string) {
			t.Helper()
			if status != 409 || !strings.Contains(body, "auditor-decides") {
				t.Errorf("%d %s", status, body)
			}
		}
		decides(ask("POST", "/users", `{"email":"zwei@nordlicht.example","name":"X","role":"auditor"`+in))
		decides(ask("DELETE", "/users/"+string(u.ID), ""))
		decides(ask("POST", "/users/"+string(u.ID)+"/reset", ""))
		decides(w.ask("PATCH", "/api/v1/users/"+string(u.ID), lead, etagOf(u.Version), jsonType, `{"role":"steering"}`))
		token, _, err := w.service.CreateToken(ctx, account.System(), survey.TokenInput{Role: account.Auditor, Organisation: o.ID, Name: "br"})
		w.check(err)
		decides(ask("DELETE", "/tokens/"+string(token.ID), ""))

		// Whoever is told by mail hears that it ends, and what was submitted stays with its day.
		ds := []string{"ds@nordlicht.example"}
		system := account.System()
		fresh, err := w.service.ShowOrganisation(ctx, system, o.ID)
		w.check(err)
		_, err = w.service.UpdateOrganisation(ctx, system, o.ID, survey.OrganisationChange{Seen: fresh.Version, Auditors: &ds})
		w.check(err)
		storetest.People(t, w.store, o, 12)
		r := w.submitted(o)
		w.check(w.service.RemoveUser(ctx, system, o.ID, u.ID))
		w.check(w.service.RevokeToken(ctx, system, o.ID, token.ID))
		status, body := w.ask("PATCH", "/api/v1/organisations/"+string(o.ID), lead, etagOf(fresh.Version+1), jsonType, `{"auditors":[]}`)
		if status != 200 {
			t.Fatalf("%d %s", status, body)
		}
		letters, err := w.store.ListDueLetters(ctx, w.now.Add(time.Hour), 100)
		w.check(err)
		told := 0
		for _, l := range letters {
			if l.Letter.Kind == survey.AuditorsMail && l.Letter.Recipient == ds[0] {
				told++
			}
		}
		if told != 1 {
			t.Errorf("%d letters to who hears no more of reviews", told)
		}
		if _, err := w.service.OpenRound(ctx, system, r.ID); !fault.Is(err, "review-pending") {
			t.Errorf("opened without the auditor's day: %v", err)
		}
	})
}
