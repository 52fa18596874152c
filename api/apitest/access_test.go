package apitest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// operator makes an operator who can sign in, and a desk where one is.
func (w *world) operator(email string) (d *desk, second []byte) {
	w.t.Helper()
	code, err := w.service.CreateOperator(ctx, account.System(), email, "de")
	w.check(err)
	d = w.nobody()
	second, _ = d.setUp(code)
	return d, second
}

// TestForgottenPasswordIsNoSecondFactor: the code of the mail sets a password and nothing
// else, whichever page is asked for, and what it opened is over then.
func TestForgottenPasswordIsNoSecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		const email = "betrieb@nordlicht.example"
		_, second := w.operator(email)
		mail := func() *desk {
			w.now = w.now.Add(time.Hour)
			w.check(w.service.ForgotPassword(ctx, email))
			d := w.nobody()
			if p := d.submit(d.get("/setup"), "form.form", "code", w.mailed(address, email, survey.PasswordMail)).want(200); p.path != "/setup/password" {
				t.Fatalf("the code leads to %s", p.path)
			}
			return d
		}
		d := mail()
		for _, path := range []string{"/setup/second", "/setup/second.svg"} {
			if p := d.get(path); strings.Contains(p.body, "code class=\"key\"") || strings.Contains(p.body, "<svg xmlns") && p.path == path {
				t.Errorf("%s offers a new second factor to who has a mail alone", path)
			}
		}
		if _, err := w.service.BeginSecond(ctx, d.cookies["__Host-session"]); !fault.Is(err, "unauthenticated") {
			t.Errorf("a second factor is begun: %v", err)
		}
		if p := d.post("/setup/second", url.Values{"code": {account.SecondCode(second, w.now)}}); p.path == "/setup/second" && p.status == 200 {
			t.Error("a second factor is set")
		}
		d = mail()
		kept := d.cookies["__Host-session"]
		const other = "ganz neuer Satz zum Anmelden"
		d.submit(d.get("/setup/password"), "form.form", "password", other, "repeated", other).want(200)
		if _, _, err := w.service.FindSession(ctx, kept); !fault.Is(err, "unauthenticated") {
			t.Errorf("the session of the code goes on: %v", err)
		}
		w.now = w.now.Add(time.Minute)
		d = w.nobody()
		p := d.submit(d.get("/login"), "form.form", "email", email, "password", other).want(200)
		d.submit(p, "form.form", "code", account.SecondCode(second, w.now)).want(200)
	})
}

// TestSecondFactorIsNotTakenBack: recovery codes leave the second factor and its last
// password alone, and of two second factors that are set at once one is refused.
func TestSecondFactorIsNotTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		w.operator("betrieb@nordlicht.example")
		u, err := w.store.FindUserByEmail(ctx, "betrieb@nordlicht.example")
		w.check(err)
		if took, err := w.store.TakeStep(ctx, u.ID, u.Step+5); !took || err != nil {
			t.Fatal(took, err)
		}
		_, hashes := account.NewRecoveryCodes()
		w.check(w.store.SetRecovery(ctx, u.ID, hashes))
		now, err := w.store.FindUser(ctx, u.ID)
		w.check(err)
		if now.Step != u.Step+5 || string(now.Second) != string(u.Second) {
			t.Errorf("step %d, want %d", now.Step, u.Step+5)
		}
		if err := w.store.SetSecond(ctx, u.ID, []byte("another"), []byte("mine"), 1, hashes); !fault.Is(err, "second-changed") {
			t.Errorf("over another second factor: %v", err)
		}
		if err := w.store.SetRecovery(ctx, w.user(account.Operator, "").ID, hashes); !fault.Is(err, "second-missing") {
			t.Errorf("without a second factor: %v", err)
		}
	})
}

// TestAddressIsHeldUp: after 50 failures of an address, on pages and API together, its
// next log-in is refused before the password is looked at, and told when to come again;
// other addresses go on. So is the 51st forgotten password.
func TestAddressIsHeldUp(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	const email = "betrieb@nordlicht.example"
	_, second := w.operator(email)
	w.still = true
	for n := range 50 {
		body, d := `{"email":"a`+strconv.Itoa(n)+`@nordlicht.example","password":"falsch","code":"1"}`, w.nobody()
		if n%2 == 0 {
			d.json("POST", "/session", body).want(401)
			continue
		}
		d.send("POST", "/login", url.Values{"email": {"b" + strconv.Itoa(n) + "@nordlicht.example"}, "password": {"falsch"}}).want(401)
	}
	wait := func(p *page) {
		t.Helper()
		p.want(http.StatusTooManyRequests)
		if after, err := strconv.Atoi(p.header.Get("Retry-After")); err != nil || after < 60 || after > 900 {
			t.Errorf("%s: come again in %q s", p.path, p.header.Get("Retry-After"))
		}
	}
	right := url.Values{"email": {email}, "password": {passphrase}}
	wait(w.nobody().send("POST", "/login", right))
	wait(w.nobody().json("POST", "/session", `{"email":"`+email+`","password":"`+passphrase+`","code":"1"}`))
	wait(w.nobody().send("POST", "/setup", url.Values{"code": {"AAAAA"}}))
	elsewhere := w.nobody()
	elsewhere.from = "203.0.113.9:1"
	elsewhere.signIn(email, second).want(200)
	for n := range 50 {
		w.nobody().send("POST", "/login/forgotten", url.Values{"email": {"c" + strconv.Itoa(n) + "@nordlicht.example"}}).want(303)
	}
	wait(w.nobody().send("POST", "/login/forgotten", url.Values{"email": {email}}))
}

// TestStaleSessionsProveWhoIsThere before what is dangerous, in the API as on pages; the
// link of a page leads to where that is done.
func TestStaleSessionsProveWhoIsThere(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	auditor, lead, home := w.desk(account.Auditor), w.desk(account.Lead), "/organisations/"+w.own["organisation"]
	consultant := w.user(account.Consultant, w.own["organisation"])
	ask := func(d *desk, method, path, body string) *page {
		d.headers["If-Match"] = `"1"`
		defer delete(d.headers, "If-Match")
		return d.json(method, path, body)
	}
	type call struct {
		d                  *desk
		method, path, body string
	}
	calls := []call{
		{auditor, "PUT", home + "/trustee", `{"key":"x","loss_accepted":true}`}, {auditor, "DELETE", home + "/trustee", ""},
		{auditor, "POST", "/rounds/" + w.own["round"] + "/unlock", `{"opening":"x"}`},
		{lead, "POST", "/users/" + string(consultant.ID) + "/consent", `{"consents":true}`},
		{lead, "GET", home + "/people/" + w.own["person"] + "/export", ""},
	}
	for _, c := range calls {
		if p := ask(c.d, c.method, c.path, c.body); strings.Contains(p.body, "confirm-needed") {
			t.Errorf("%s %s, just signed in: %d %s", c.method, c.path, p.status, p.body)
		}
	}
	w.now = w.now.Add(11 * time.Minute)
	w.asked = w.now
	for _, c := range calls {
		c.d.headers["Accept"] = "application/json"
		if p := ask(c.d, c.method, c.path, c.body); p.status != http.StatusForbidden || !strings.Contains(p.body, "confirm-needed") {
			t.Errorf("%s %s, eleven minutes later: %d %s", c.method, c.path, p.status, p.body)
		}
		c.d.headers["Accept"] = "text/html"
	}
	path := "/api/v1" + home + "/people/" + w.own["person"] + "/export"
	if p := lead.send("GET", path, nil); p.status != http.StatusSeeOther || p.header.Get("Location") != "/confirm?next="+url.QueryEscape(path) {
		t.Errorf("the link of the page leads to %d %s", p.status, p.header.Get("Location"))
	}
	if p := auditor.send("POST", "/rounds/"+w.own["round"]+"/trustee", url.Values{}); !strings.HasPrefix(p.header.Get("Location"), "/confirm") {
		t.Errorf("a round is unlocked: %d", p.status)
	}
}

// TestFiveSessions: an account has five at most, however far they are; those that know a
// password alone push each other out before any that is signed in.
func TestFiveSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := newWorld(t, address)
		u := w.user(account.Lead, w.own["organisation"])
		for n := range 12 {
			w.now = w.now.Add(time.Second)
			stage := account.Half
			if n < 4 {
				stage = account.Full
			}
			_, session := account.NewSession(u.ID, stage, w.now)
			w.check(w.store.CreateSession(ctx, session, nil))
		}
		all, err := w.store.ListSessions(ctx, u.ID)
		w.check(err)
		full := 0
		for _, s := range all {
			if s.Stage == account.Full {
				full++
			}
		}
		if len(all) != 5 || full != 4 {
			t.Errorf("%d sessions, %d of them signed in; want 5 and 4", len(all), full)
		}
	})
}

// TestPagesAndAPICountTogether: 600 requests a minute of an account.
func TestPagesAndAPICountTogether(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.still = true
	d := w.desk(account.Lead)
	for range 300 {
		d.send("GET", "/session", nil).want(200)
		d.json("GET", "/tokens?organisation="+w.own["organisation"], "").want(200)
	}
	d.send("GET", "/session", nil).want(http.StatusTooManyRequests)
	d.json("GET", "/tokens", "").want(http.StatusTooManyRequests)
}
