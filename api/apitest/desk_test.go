package apitest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// desk is somebody at a browser without script: pages are asked for, links and forms
// followed, with the cookies of a session.
//
//	d := w.desk(account.Lead)
//	page := d.get("/organisations/" + w.own["organisation"])
//	page.text("h1")                                  // by selector: tag, #id, .class, [name=x], and inside of one another
//	page = d.submit(page, "form.form", "name", "X")  // every other field as the page has it; follows the redirect
type desk struct {
	w       *world
	user    *account.User
	cookies map[string]string
	headers map[string]string
	csrf    string // of the session, once it was read
	from    string // address and port, empty = that of all others
}

// desk signs somebody in who has a role in the own organisation; an owner owns INC.
func (w *world) desk(r account.Role) *desk {
	w.t.Helper()
	u := w.user(r, w.own["organisation"])
	secret, session := account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	d := w.nobody()
	d.user, d.cookies["__Host-session"] = u, secret
	return d
}

// nobody is a desk where nobody is signed in.
func (w *world) nobody() *desk {
	return &desk{w: w, cookies: map[string]string{}, headers: map[string]string{"Accept": "text/html", "Accept-Language": "de"}}
}

// user stores somebody with a role in an organisation, without password: nobody can
// sign in as it but through desk.
func (w *world) user(r account.Role, organisation string) *account.User {
	w.t.Helper()
	id := survey.NewID()
	u := &account.User{
		ID: account.UserID(id), Email: strings.ToLower(id) + "@nordlicht.example", Name: "Alex " + string(r), Role: r, Language: locale.German, Created: w.now,
	}
	if r != account.Operator {
		m := account.Membership{Organisation: organisation, Consented: &w.now}
		if r == account.Owner {
			m.Processes = []string{"INC"}
		}
		u.Member = []account.Membership{m}
	}
	w.check(w.store.CreateUser(ctx, u))
	return u
}

// page is what was answered.
type page struct {
	t      *testing.T
	status int
	path   string // of the page, after redirects
	header http.Header
	body   string
	root   *html.Node
}

// get asks for a page and follows redirects.
func (d *desk) get(path string) *page {
	d.w.t.Helper()
	return d.follow(d.send(http.MethodGet, path, nil))
}

// post sends fields, with the CSRF text of the session, and follows the redirect.
func (d *desk) post(path string, fields url.Values) *page {
	d.w.t.Helper()
	return d.follow(d.send(http.MethodPost, path, fields))
}

func (d *desk) follow(p *page) *page {
	d.w.t.Helper()
	for n := 0; p.status == http.StatusSeeOther; n++ {
		if n == 5 {
			d.w.t.Fatalf("redirects without end, at last to %s", p.header.Get("Location"))
		}
		to, _, _ := strings.Cut(p.header.Get("Location"), "#") // which browsers keep to themselves
		p = d.send(http.MethodGet, to, nil)
	}
	return p
}

// send sends one request and keeps cookies.
func (d *desk) send(method, path string, fields url.Values) *page {
	d.w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(fields.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return d.answer(r)
}

// answer sends a request with the cookies, and keeps those that come back.
func (d *desk) answer(r *http.Request) *page {
	d.w.t.Helper()
	for name, value := range d.headers {
		r.Header.Set(name, value)
	}
	for name, value := range d.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if d.from != "" {
		r.RemoteAddr = d.from
	}
	answer := httptest.NewRecorder()
	d.w.server.ServeHTTP(answer, r.WithContext(d.w.patience))
	for _, c := range answer.Result().Cookies() {
		d.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(d.cookies, c.Name)
		}
	}
	p := &page{t: d.w.t, status: answer.Code, path: r.URL.Path, header: answer.Header(), body: answer.Body.String()}
	root, err := html.Parse(strings.NewReader(p.body))
	d.w.check(err)
	p.root = root
	return p
}

// submit sends the form that a selector finds, with its fields as they stand but for
// those in pairs. A value "-" leaves a field out.
func (d *desk) submit(p *page, selector string, pairs ...string) *page {
	d.w.t.Helper()
	form := p.one(selector)
	fields := url.Values{}
	for _, n := range find(form, "input, select, textarea") {
		switch kind := attribute(n, "type"); {
		case (kind == "radio" || kind == "checkbox") && !has(n, "checked"):
		case n.Data == "textarea":
			fields.Add(attribute(n, "name"), text(n))
		case n.Data == "select":
			for _, o := range find(n, "option") {
				if has(o, "selected") {
					fields.Add(attribute(n, "name"), attribute(o, "value"))
				}
			}
		default:
			fields.Add(attribute(n, "name"), attribute(n, "value"))
		}
	}
	changed := map[string]bool{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if !changed[pairs[i]] {
			fields.Del(pairs[i])
		}
		if changed[pairs[i]] = true; pairs[i+1] != "-" {
			fields.Add(pairs[i], pairs[i+1])
		}
	}
	if action := attribute(form, "action"); attribute(form, "method") == "post" {
		return d.post(action, fields)
	}
	return d.get(attribute(form, "action") + "?" + fields.Encode())
}

// all gives the elements that a selector finds, one exactly one of them.
func (p *page) all(selector string) []*html.Node { return find(p.root, selector) }

func (p *page) one(selector string) *html.Node {
	p.t.Helper()
	found := p.all(selector)
	if len(found) != 1 {
		p.t.Fatalf("%s: %d elements %q, want one\n%s", p.path, len(found), selector, p.body)
	}
	return found[0]
}

// text gives what stands in the one element that a selector finds.
func (p *page) text(selector string) string { p.t.Helper(); return text(p.one(selector)) }

// texts gives what stands in all of them.
func (p *page) texts(selector string) (all []string) {
	for _, n := range p.all(selector) {
		all = append(all, text(n))
	}
	return all
}

// want ends the test unless the page has a status.
func (p *page) want(status int) *page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s: status %d, want %d\n%s", p.path, p.status, status, p.body)
	}
	return p
}
