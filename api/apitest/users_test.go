package apitest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// mailed gives the code of the last letter to an address.
func (w *world) mailed(url, address string, kind survey.MailKind) string {
	w.t.Helper()
	letters, err := w.store.ListDueLetters(ctx, w.now.Add(time.Hour), 100)
	w.check(err)
	for _, l := range slices.Backward(letters) {
		if l.Letter.Recipient == address && l.Letter.Kind == kind {
			code, err := w.service.AccessCode(l.Letter.Subject)
			w.check(err)
			if found := storetest.Holds(w.t, url, []byte(code), []byte(strings.ReplaceAll(code, "-", ""))); len(found) > 0 {
				w.t.Errorf("the database holds the code: %v", found)
			}
			return code
		}
	}
	w.t.Fatalf("no %s letter to %s among %d", kind, address, len(letters))
	return ""
}

// TestUsersComeAndGo: a lead invites somebody who sets up access and signs in, gets a
// new role, loses the telephone and begins anew, forgets the password, and is removed:
// every session ends at once.
func TestUsersComeAndGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		lead, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/users"
		const email = "anna@nordlicht.example"
		p := lead.submit(lead.get(home+"/new"), "form.form", "email", " Anna@Nordlicht.example", "name", "Anna Öztürk", "role", "owner").want(422)
		if got := p.texts("#problem a"); len(got) != 1 {
			t.Errorf("an owner without process: %q", got)
		}
		p = lead.submit(p, "form.form", "processes", "CHG").want(200)
		if !slices.Contains(p.texts("tbody th"), "Anna Öztürk "+email) {
			t.Fatalf("invited, but the list shows %q", p.texts("tbody th"))
		}
		anna := w.nobody()
		second, _ := anna.setUp(w.mailed(url, email, survey.AccessMail))
		if got := anna.get("/").want(200); got.text(".self p") != "Anna Öztürk · Prozessverantwortung" {
			t.Errorf("signed in as %q", got.text(".self p"))
		}
		edit := ""
		for _, a := range lead.get(home).all("tbody th a") {
			if text(a) == "Anna Öztürk" {
				edit = attribute(a, "href")
			}
		}
		p = lead.submit(lead.get(edit), "form.form", "role", "operator", "processes", "-")
		if p.status != http.StatusForbidden {
			t.Errorf("a lead makes an operator: %d", p.status)
		}
		lead.submit(lead.get(edit), "form.form", "role", "steering").want(200)
		if got := anna.get("/organisations"); got.path != "/login" {
			t.Errorf("a new role, but still at %s", got.path)
		}
		if got := anna.signIn(email, second); got.text(".self p") != "Anna Öztürk · Lenkungskreis" {
			t.Errorf("with a new role signed in as %q", got.text(".self p"))
		}
		w.passwordForgotten(url, email, second)
		lead = w.desk(account.Lead) // it is some minutes later
		lead.submit(lead.get(edit+"/reset"), "main form").want(200)
		if got := anna.get("/organisations"); got.path != "/login" {
			t.Errorf("after the reset at %s", got.path)
		}
		second, _ = anna.setUp(w.mailed(url, email, survey.AccessMail))
		lead.submit(lead.get(edit+"/remove"), "main form").want(200)
		if got := anna.get("/organisations"); got.path != "/login" {
			t.Errorf("removed, but at %s", got.path)
		}
		w.now = w.now.Add(time.Minute)
		if p := anna.submit(anna.get("/login"), "form.form", "email", email, "password", passphrase); p.status != 401 {
			t.Errorf("removed, but signs in: %d with %d bytes", p.status, len(second))
		}
	})
}

// passwordForgotten: the mail sets a new password and does not skip the second factor,
// and what is said does not tell whether there is an account.
func (w *world) passwordForgotten(url, email string, second []byte) {
	w.t.Helper()
	said := map[string]string{}
	for _, who := range []string{email, "niemand@nordlicht.example"} {
		d := w.nobody()
		p := d.submit(d.get("/login/forgotten"), "form.form", "email", who).want(200)
		said[p.path+text(p.one("main"))] = who
	}
	if len(said) != 1 {
		w.t.Errorf("an account is told from none: %v", said)
	}
	d := w.nobody()
	p := d.submit(d.get("/setup"), "form.form", "code", w.mailed(url, email, survey.PasswordMail)).want(200)
	const other = "ganz neuer Satz zum Anmelden"
	if p = d.submit(p, "form.form", "password", other, "repeated", other).want(200); p.path != "/login" {
		w.t.Errorf("a new password leads to %s", p.path)
	}
	p = d.submit(p, "form.form", "email", email, "password", other).want(200)
	if p.path != "/login/code" {
		w.t.Errorf("a new password skips the second factor: %s", p.path)
	}
	w.now = w.now.Add(time.Minute)
	d.submit(p, "form.form", "code", account.SecondCode(second, w.now)).want(200)
}

// TestLastOperatorStays, of two who remove each other at once one stays too.
func TestLastOperatorStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		d := w.desk(account.Operator)
		p := d.submit(d.get("/users/"+string(d.user.ID)+"/remove"), "main form")
		if p.status != http.StatusConflict || !strings.Contains(p.text("#problem"), "letzte Person") {
			t.Fatalf("%d %s", p.status, p.text("main"))
		}
		for range 5 {
			other := w.user(account.Operator, "")
			all, err := w.service.ListUsers(ctx, account.System(), "")
			w.check(err)
			gone := make(chan error, 2)
			for _, u := range all {
				if u.Role == account.Operator {
					go func() { gone <- w.service.RemoveUser(ctx, account.System(), "", u.ID) }()
				}
			}
			first, second := <-gone, <-gone
			all, err = w.service.ListUsers(ctx, account.System(), "")
			w.check(err)
			left := slices.DeleteFunc(all, func(u account.User) bool { return u.Role != account.Operator })
			if len(left) != 1 {
				t.Fatalf("%d operators are left of %s and another: %v, %v", len(left), other.ID, first, second)
			}
		}
	})
}

// TestConsultantsNeedConsent of the organisation when an operator assigns them, and with
// their programs lose access at once when it is taken back.
func TestConsultantsNeedConsent(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	operator, lead, home := w.desk(account.Operator), w.desk(account.Lead), "/organisations/"+w.own["organisation"]
	const email = "beratung@extern.example"
	operator.submit(operator.get(home+"/users/new"), "form.form", "email", email, "name", "Kim", "role", "consultant").want(200)
	u, err := w.store.FindUserByEmail(ctx, email)
	w.check(err)
	secret, session := account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	kim := w.nobody()
	kim.user, kim.cookies["__Host-session"] = u, secret
	program, hash, err := account.NewSecret(nil)
	w.check(err)
	w.check(w.store.CreateToken(ctx, &account.Token{
		ID: account.TokenID(survey.NewID()), Role: account.Consultant, Organisation: w.own["organisation"], Name: "Auswertung", Hash: hash, Created: w.now, Expires: w.now.AddDate(0, 0, 90),
	}))
	reaches := func(want int) {
		t.Helper()
		kim.get(home).want(want)
		r := httptest.NewRequest(http.MethodGet, "/api/v1"+home, nil)
		r.Header.Set("Authorization", "Bearer "+program)
		answer := httptest.NewRecorder()
		if w.server.ServeHTTP(answer, r); answer.Code != want {
			t.Errorf("a consultant's program: %d, want %d", answer.Code, want)
		}
	}
	reaches(404)
	if got := lead.get(home + "/tokens").want(200).texts("tbody tr"); !slices.ContainsFunc(got, func(row string) bool {
		return strings.Contains(row, "Auswertung") && strings.Contains(row, "wartet auf Zustimmung")
	}) {
		t.Errorf("tokens: %q", got)
	}
	w.check(w.service.AnswerInvitation(ctx, u.Actor(), survey.OrganisationID(w.own["organisation"]), true, false))
	kim.get(home).want(404)
	steering, role := lead.get("/users/"+string(u.ID)), account.Steering
	seen, err := strconv.Atoi(attribute(steering.one("input[name=seen]"), "value"))
	w.check(err)
	promoted, err := w.service.UpdateUser(ctx, lead.user.Actor(), u.ID, survey.UserChange{Seen: seen, Role: &role})
	w.check(err)
	if got := promoted.Actor().Organisations; len(got) != 0 {
		t.Errorf("another role lifts a consent that was never given: %v", got)
	}
	role = account.Consultant
	_, err = w.service.UpdateUser(ctx, lead.user.Actor(), u.ID, survey.UserChange{Seen: promoted.Version, Role: &role})
	w.check(err)
	secret, session = account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	kim.cookies["__Host-session"], kim.csrf = secret, ""
	lead.submit(lead.get("/users/"+string(u.ID)), ".below form").want(200)
	reaches(200)
	lead.submit(lead.get("/users/"+string(u.ID)), ".below form").want(200)
	reaches(404)
	operator.get("/users/" + string(u.ID)).want(404)
}

// TestAuditorsHaveTheirDay: an organisation with an auditor among its users opens no
// round without review (decision 25).
func TestAuditorsHaveTheirDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		o := storetest.Organisation(t, w.store)
		has := func() bool {
			found, err := w.store.HasRole(ctx, o.ID, account.Auditor, w.now)
			w.check(err)
			return found
		}
		if has() {
			t.Error("an auditor of nobody's")
		}
		u := w.user(account.Auditor, string(o.ID))
		if !has() {
			t.Error("the auditor is not seen")
		}
		w.check(w.service.RemoveUser(ctx, account.System(), o.ID, u.ID))
		if has() {
			t.Error("an auditor who has gone is seen")
		}
	})
}

// TestOwnAccount: sessions elsewhere end one by one or all at once; what lets one in is
// changed only by who proved to be there.
func TestOwnAccount(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	code, err := w.service.CreateOperator(ctx, account.System(), "betrieb@nordlicht.example", "de")
	w.check(err)
	here, there, elsewhere := w.nobody(), w.nobody(), w.nobody()
	second, recovery := here.setUp(code)
	there.signIn("betrieb@nordlicht.example", second).want(200)
	elsewhere.signIn("betrieb@nordlicht.example", second).want(200)
	p := here.get("/account").want(200)
	if n := len(p.all(".card tbody tr")); n != 3 {
		t.Errorf("%d sessions, want 3", n)
	}
	if got := p.texts(".card tbody th"); !strings.HasPrefix(got[0], "02.03.2026, 9:0") { // 8:0x UTC
		t.Errorf("sessions by the clock of the organisation: %s", got)
	}
	p = here.submit(p, ".card .below form").want(200)
	if there.get("/organisations").path != "/login" || elsewhere.get("/organisations").path != "/login" || len(p.all(".card tbody tr")) != 1 {
		t.Error("sessions elsewhere go on")
	}
	w.now = w.now.Add(15 * time.Minute)
	p = here.get("/account/recovery").want(200)
	if p.path != "/confirm" {
		t.Fatalf("15 minutes after the log-in new codes are offered at %s", p.path)
	}
	here.submit(p, "form.form", "code", "000000").want(401)
	p = here.submit(p, "form.form", "code", account.SecondCode(second, w.now)).want(200)
	if p.path != "/account/recovery" {
		t.Fatalf("the confirmation leads to %s", p.path)
	}
	fresh := here.submit(p, "main form").want(200).texts(".codes code")
	if len(fresh) != 10 || slices.Contains(fresh, recovery[0]) {
		t.Errorf("new codes %v", fresh)
	}
}
