package apitest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// json sends JSON with the cookies of the desk.
func (d *desk) json(method, path, body string) *page {
	d.w.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", jsonType)
	}
	accept := d.headers["Accept"]
	defer func() { d.headers["Accept"] = accept }()
	d.headers["Accept"] = jsonType // a program asks, nobody follows a link
	return d.answer(r)
}

// TestSessionInPlaceOfAToken: a log-in with both factors opens the API, a page of another
// site does not act through it, what is dangerous wants a fresh proof, and the log-out
// ends it.
func TestSessionInPlaceOfAToken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		const email = "betrieb@nordlicht.example"
		code, err := w.service.CreateOperator(ctx, account.System(), email, "de")
		w.check(err)
		second, _ := w.nobody().setUp(code)
		w.now = w.now.Add(time.Minute)
		d, right := w.nobody(), account.SecondCode(second, w.now)
		login := func(password, code string) *page {
			return d.json("POST", "/session", `{"email":"`+email+`","password":"`+password+`","code":"`+code+`"}`)
		}
		for what, p := range map[string]*page{"a wrong password": login("falsch und lang", right), "a wrong code": login(passphrase, "000000")} {
			if p.status != http.StatusUnauthorized || !strings.Contains(p.body, "login-failed") {
				t.Errorf("%s: %d %s", what, p.status, p.body)
			}
		}
		if p := login(passphrase, right); p.status != http.StatusNoContent {
			t.Fatalf("%d %s", p.status, p.body)
		}
		d.json("GET", "/users", "").want(200)
		invite := `{"email":"kim@nordlicht.example","name":"Kim","role":"operator"}`
		d.headers["Sec-Fetch-Site"] = "cross-site"
		if p := d.json("POST", "/users", invite); p.status != http.StatusForbidden || !strings.Contains(p.body, "cross-origin-request") {
			t.Errorf("from another site: %d %s", p.status, p.body)
		}
		delete(d.headers, "Sec-Fetch-Site")
		w.now = w.now.Add(11 * time.Minute)
		w.asked = w.now
		if p := d.json("POST", "/users", invite); p.status != http.StatusForbidden || !strings.Contains(p.body, "confirm-needed") {
			t.Errorf("11 minutes after the log-in: %d %s", p.status, p.body)
		}
		w.check(w.service.Confirm(ctx, d.cookies["__Host-session"], account.SecondCode(second, w.now)))
		w.asked = w.now
		d.json("POST", "/users", invite).want(201)
		secret := d.cookies["__Host-session"]
		d.json("DELETE", "/session", "").want(204)
		d.cookies["__Host-session"] = secret
		d.json("GET", "/users", "").want(401)
		if p := d.send("GET", "/api/v1/audit.csv", nil); p.status != http.StatusSeeOther || p.header.Get("Location") != "/login?next=%2Fapi%2Fv1%2Faudit.csv" {
			t.Errorf("a link of a page, after the session: %d to %q", p.status, p.header.Get("Location"))
		}
	})
}
