package apitest

import (
	"encoding/base32"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

const passphrase = "verschwiegene Birke 42 am Kanal"

// key reads the second factor off its page.
func (p *page) key() []byte {
	p.t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(p.text("code.key"))
	if err != nil {
		p.t.Fatal(err)
	}
	return secret
}

// setUp goes from a one-time code to the recovery codes.
func (d *desk) setUp(code string) (second []byte, recovery []string) {
	d.w.t.Helper()
	p := d.submit(d.get("/setup"), "form.form", "code", code).want(200)
	p = d.submit(p, "form.form", "password", passphrase, "repeated", passphrase).want(200)
	second = p.key()
	p = d.submit(p, "form.form", "code", account.SecondCode(second, d.w.now)).want(200)
	return second, p.texts(".codes code")
}

// signIn goes through the log-in; the clock goes on so that the one-time password is new.
func (d *desk) signIn(email string, second []byte) *page {
	d.w.t.Helper()
	d.w.now = d.w.now.Add(time.Minute)
	p := d.submit(d.get("/login"), "form.form", "email", email, "password", passphrase).want(200)
	return d.submit(p, "form.form", "code", account.SecondCode(second, d.w.now))
}

// TestFirstOperator: from the code of the console to the first organisation, and what a
// stranger who reads the database or listens gets to know.
func TestFirstOperator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		const email = "betrieb@nordlicht.example"
		code, err := w.service.CreateOperator(ctx, account.System(), email, "de")
		w.check(err)
		d := w.nobody()
		second, recovery := d.setUp(strings.ToLower(strings.ReplaceAll(code, "-", " ")))
		if len(recovery) != 10 || len(slices.Compact(slices.Sorted(slices.Values(recovery)))) != 10 {
			t.Errorf("recovery codes %v, want ten", recovery)
		}
		p := d.get("/").want(200)
		if got := p.text(".self p"); got != email+" · Betrieb" {
			t.Errorf("signed in as %q", got)
		}
		if got := w.nobody().submit(w.nobody().get("/setup"), "form.form", "code", code); got.status != http.StatusUnauthorized {
			t.Errorf("the code a second time: %d", got.status)
		}
		for what, text := range map[string]string{"password": passphrase, "code": code, "session": d.cookies["__Host-session"], "second factor": string(second), "recovery code": recovery[0]} {
			if found := storetest.Holds(t, url, []byte(text)); len(found) > 0 {
				t.Errorf("the database holds the %s: %v", what, found)
			}
		}
		if p := d.submit(p, ".self form[action=/logout]").want(200); p.path != "/login" || d.cookies["__Host-session"] != "" {
			t.Errorf("after the log-out at %s with %v", p.path, d.cookies)
		}
		if p := d.signIn(email, second).want(200); p.path != "/organisations" {
			t.Errorf("after the log-in at %s", p.path)
		}
		w.oneTimePasswordsCountOnce(email, second, recovery)
	})
}

// oneTimePasswordsCountOnce: neither a one-time password nor a recovery code is good for
// a second log-in, the same for those who listened.
func (w *world) oneTimePasswordsCountOnce(email string, second []byte, recovery []string) {
	w.t.Helper()
	used := account.SecondCode(second, w.now)
	for _, c := range []struct {
		what, code string
		want       int
	}{
		{"a one-time password again", used, 401}, {"a recovery code", recovery[3], 200}, {"the same again", recovery[3], 401},
		{"the next one-time password", account.SecondCode(second, w.now.Add(30*time.Second)), 200},
		{"the one before", used, 401},
	} {
		d := w.nobody()
		p := d.submit(d.get("/login"), "form.form", "email", email, "password", passphrase).want(200)
		if got := d.submit(p, "form.form", "code", c.code); got.status != c.want {
			w.t.Errorf("%s: %d, want %d", c.what, got.status, c.want)
		}
	}
}

// TestLockedOut: after five wrong passwords an account is locked for 15 minutes, whether
// or not there is one, and nothing that is said tells which.
func TestLockedOut(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	const email = "betrieb@nordlicht.example"
	code, err := w.service.CreateOperator(ctx, account.System(), email, "de")
	w.check(err)
	second, _ := w.nobody().setUp(code)
	said := map[string][]string{}
	for _, who := range []string{email, "niemand@nordlicht.example"} {
		for range 7 {
			d := w.nobody()
			p := d.submit(d.get("/login"), "form.form", "email", who, "password", "falsch und lang genug")
			said[who] = append(said[who], http.StatusText(p.status)+" "+p.text("#problem"))
		}
	}
	if !slices.Equal(said[email], said["niemand@nordlicht.example"]) {
		t.Errorf("an account is told from none:\n%q", said)
	}
	if got := said[email]; got[4] != "Unauthorized Bitte prüfen E-Mail oder Passwort stimmt nicht." || got[5] != "Too Many Requests Bitte prüfen Zu viele Versuche. Bitte in 15 Minuten erneut." {
		t.Errorf("%q", got)
	}
	w.tellsFailures(email)
	d := w.nobody()
	if p := d.submit(d.get("/login"), "form.form", "email", email, "password", passphrase); p.status != http.StatusTooManyRequests {
		t.Errorf("the right password while locked: %d", p.status)
	}
	w.now = w.now.Add(15 * time.Minute)
	if p := w.nobody().signIn(email, second); p.status != 200 {
		t.Errorf("15 minutes later: %d", p.status)
	}
}

// tellsFailures: the audit of the installation knows of five failures and one lock of an
// account by its id, of as many by nobody, and of no address.
func (w *world) tellsFailures(email string) {
	w.t.Helper()
	u, err := w.store.FindUserByEmail(ctx, email)
	w.check(err)
	all, err := w.service.ListAudit(ctx, account.System(), "")
	w.check(err)
	told := map[string]int{}
	for _, e := range all {
		told[e.Verb+" "+e.Subject]++
		for _, value := range e.Detail {
			if strings.Contains(e.Actor+e.Subject+value, "niemand@") {
				w.t.Errorf("an address of nobody's in the audit: %+v", e)
			}
		}
	}
	for _, who := range []string{string(u.ID), "unknown"} {
		if told["session.fail "+who] != 5 || told["session.lock "+who] != 1 {
			w.t.Errorf("%d failures and %d locks of %s, want 5 and 1", told["session.fail "+who], told["session.lock "+who], who)
		}
	}
}

// TestSessionsEnd by themselves, when they are left alone or are old, and elsewhere when
// there are too many.
func TestSessionsEnd(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Lead)
	start := w.now
	for w.now.Before(start.Add(12 * time.Hour)) {
		if p := d.get("/organisations").want(200); p.path != "/organisations" {
			t.Fatalf("signed out after %s of work", w.now.Sub(start))
		}
		w.now = w.now.Add(29 * time.Minute)
	}
	if p := d.get("/organisations"); p.path != "/login" {
		t.Error("a session is older than 12 hours")
	}
	d = w.desk(account.Lead)
	w.now = w.now.Add(30 * time.Minute)
	if p := d.get("/organisations?sort=name"); p.path != "/login" || attribute(p.one("form.form input[name=next]"), "value") != "/organisations?sort=name" {
		t.Errorf("left alone for 30 minutes: at %s", p.path)
	}
}

// TestSessionIsKeptSafely: the cookie is out of reach of scripts, of other sites and of
// plain HTTP, and no address leads to another site after the log-in.
func TestSessionIsKeptSafely(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	code, err := w.service.CreateOperator(ctx, account.System(), "betrieb@nordlicht.example", "en")
	w.check(err)
	d := w.nobody()
	p := d.send("POST", "/setup", map[string][]string{"code": {code}})
	cookie := p.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-session=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookie, part) || strings.Contains(cookie, "Domain") {
			t.Errorf("cookie %q lacks %s", cookie, part)
		}
	}
	for _, next := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"} {
		p := w.desk(account.Lead).send("GET", "/login?next="+strings.ReplaceAll(next, "\\", "%5C"), nil)
		if to := p.header.Get("Location"); to != "/" {
			t.Errorf("%s leads to %s", next, to)
		}
	}
}
