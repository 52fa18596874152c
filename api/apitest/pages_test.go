package apitest

import (
	"bytes"
	"context"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/api/web"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// pageRequest is what is sent to a page, and what somebody hears who may, on something
// of the own organisation. Forms are best sent with something wrong, 422 or 409, so that
// everything stays as it is for the next one.
type pageRequest struct {
	query   string
	fields  string // of a form, as in an address
	file    string // contents of the file of an upload
	want    int
	operate int // of an operator, if that is something else
	audit   int // of an auditor, who manages auditors alone, on something of the own organisation
	fresh   func(w *world, ids map[string]string)
}

func init() { maps.Copy(pageRequests, peoplePages) }

// pageRequests are the requests by method and path of api.WebRoutes. {name} stands for
// an id, as in paths.
var pageRequests = map[string]pageRequest{
	"GET /":                            {want: 303},
	"GET /session":                     {want: 200},
	"GET /confirm":                     {want: 200},
	"POST /confirm":                    {fields: "code=0", want: 401},
	"GET /organisations":               {want: 200},
	"GET /organisations/new":           {want: 200},
	"GET /organisations/comparison":    {want: 200},
	"POST /organisations":              {fields: "name=&key=x&zone=Europe/Berlin", want: 422},
	"GET /organisations/:organisation": {want: 200},

	"GET /account":              {want: 200},
	"POST /account/sessions":    {fields: "session=x", want: 404},
	"POST /account/invitations": {fields: "organisation=x&answer=accept", want: 404},
	"GET /account/recovery":     {want: 200},
	"POST /account/recovery":    {want: 409},

	"GET /audit":                                 {query: "?who=anna", want: 200},
	"GET /users":                                 {want: 200},
	"GET /users/new":                             {want: 200},
	"POST /users":                                {fields: "email=x&role=operator", want: 422},
	"GET /users/:user":                           {want: 200, audit: 404},
	"POST /users/:user":                          {fields: "name=&seen=1", want: 422, audit: 404},
	"GET /users/:user/remove":                    {want: 200, audit: 404},
	"POST /users/:user/remove":                   {want: 303, audit: 404, fresh: newUser(account.Steering)},
	"GET /users/:user/reset":                     {want: 200, audit: 404},
	"POST /users/:user/reset":                    {want: 303, audit: 404},
	"POST /users/:user/consent":                  {fields: "consents=yes", want: 303, fresh: newUser(account.Consultant)},
	"GET /organisations/:organisation/users":     {want: 200},
	"GET /organisations/:organisation/users/new": {want: 200},
	"POST /organisations/:organisation/users":    {fields: "email=x&role=lead", want: 422},

	"GET /tokens":                                            {want: 200},
	"GET /tokens/new":                                        {want: 200},
	"POST /tokens":                                           {fields: "name=x&role=operator&days=0", want: 422},
	"POST /tokens/:token/revoke":                             {want: 404},
	"GET /organisations/:organisation/tokens":                {want: 200},
	"GET /organisations/:organisation/tokens/new":            {want: 200},
	"POST /organisations/:organisation/tokens":               {fields: "name=x&role=lead&days=0", want: 422, audit: 403},
	"POST /organisations/:organisation/tokens/:token/revoke": {want: 303, audit: 404, fresh: newToken},
}

// newUser is one that may be changed.
func newUser(r account.Role) func(*world, map[string]string) {
	return func(w *world, ids map[string]string) {
		if ids["home"] != "" {
			ids["user"] = string(w.user(r, ids["home"]).ID)
		}
	}
}

// TestEveryPageByEveryRole walks the table of pages by everybody, on things of the own
// organisation, of a foreign one, and of none, with forms of no session and without a
// database. What is expected comes from the table of rights alone.
func TestEveryPageByEveryRole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		m := &pageMatrix{world: w, desks: map[account.Role]*desk{}}
		routes := api.WebRoutes(web.New(web.Options{}))
		for n, r := range routes {
			if n%50 == 0 { // nobody asks more than 600 times a minute
				for _, role := range account.Roles() {
					m.desks[role] = w.desk(role)
				}
			}
			if r.Open {
				m.open(r)
				continue
			}
			m.strangers(r)
			for _, role := range account.Roles() {
				m.rights(r, role)
				m.otherSites(r, role)
			}
		}
		var stop context.CancelFunc
		w.patience, stop = context.WithDeadline(ctx, time.Unix(0, 0)) // the database never answers in time
		defer stop()
		for _, r := range routes {
			if !r.Open {
				m.try("lead without a database", r, m.desks[account.Lead], m.own, pageRequests[r.Method+" "+r.Path], http.StatusServiceUnavailable)
			}
		}
		t.Logf("%d pages, %d requests, %d deviations", len(routes), m.asked, m.wrong)
	})
}

type pageMatrix struct {
	*world
	desks        map[account.Role]*desk
	asked, wrong int
	csrf         string // "" = that of the session
}

// path fills a path of the table of pages.
func pagePath(path string, ids map[string]string) string {
	words := strings.Split(path, "/")
	for i, word := range words {
		if name, found := strings.CutPrefix(word, ":"); found {
			words[i] = ids[name]
		}
	}
	return strings.Join(words, "/")
}

// try asks for a page and compares.
func (m *pageMatrix) try(what string, r web.Route, d *desk, ids map[string]string, q pageRequest, want int) *page {
	m.t.Helper()
	m.asked++
	p := m.ask(r, d, ids, q)
	if p.status != want || strings.Contains(text(p.root), secret) || p.status >= 400 && strings.Contains(p.header.Get("Content-Type"), "html") && len(p.all("h1")) != 1 {
		m.wrong++
		m.t.Errorf("%s %s, %s: %d, want %d\n%s", r.Method, r.Path, what, p.status, want, text(p.root))
	}
	return p
}

// ask sends a request to a page: forms with the CSRF text of the session.
func (m *pageMatrix) ask(r web.Route, d *desk, ids map[string]string, q pageRequest) *page {
	m.t.Helper()
	path := pagePath(r.Path, ids) + fill(q.query, ids)
	if r.Method == http.MethodGet {
		return d.send(r.Method, path, nil)
	}
	fields, err := url.ParseQuery(fill(q.fields, ids))
	m.check(err)
	if fields.Set("csrf", m.csrf); m.csrf == "" {
		fields.Set("csrf", csrfOf(d))
	}
	if r.File == "" {
		return d.send(r.Method, path, fields)
	}
	return d.upload(path, fields, r.File, q.file)
}

// rights asks with sound requests.
func (m *pageMatrix) rights(r web.Route, role account.Role) {
	m.t.Helper()
	q, known := pageRequests[r.Method+" "+r.Path]
	if !known {
		m.t.Errorf("%s %s: nobody has said what is expected", r.Method, r.Path)
		return
	}
	said := map[string]string{}
	for tree, ids := range m.pageTrees() {
		ids = maps.Clone(ids)
		if q.fresh != nil {
			q.fresh(m.world, ids)
		}
		want := m.expectedPage(r, role, q, tree)
		p := m.try(string(role)+" on "+tree, r, m.desks[role], ids, q, want)
		known := role == account.Operator && q.operate != 0 // an operator knows which organisations there are
		known = known || role == account.Auditor && q.audit != 0 && tree == "own"
		if !known && (want == http.StatusForbidden || want == http.StatusNotFound) {
			said[p.text("main")] = tree
		}
	}
	if len(said) > 1 {
		m.wrong++
		m.t.Errorf("%s %s, %s: ids of nothing and of others are told apart: %v", r.Method, r.Path, role, said)
	}
}

func (m *pageMatrix) pageTrees() map[string]map[string]string {
	random, odd := map[string]string{}, map[string]string{}
	for name := range m.own {
		random[name], odd[name] = survey.NewID(), "%27%00%ff"+secret
	}
	delete(random, "home") // nothing new is made there
	delete(odd, "home")
	return map[string]map[string]string{"own": m.own, "foreign": m.foreign, "random": random, "odd": odd}
}

// expectedPage is what the table of rights says.
func (m *pageMatrix) expectedPage(r web.Route, role account.Role, q pageRequest, tree string) int {
	if r.May == "" {
		return q.want
	}
	actor := account.Actor{Role: role, Organisations: []string{m.own["organisation"]}}
	where := m.own["organisation"]
	if tree != "own" {
		where = m.foreign["organisation"]
	}
	err := actor.In(r.May, where)
	one := strings.Contains(r.Path, ":")
	switch {
	case err != nil && fault.Of(err).Kind == fault.Refused:
		return http.StatusForbidden
	case one && (err != nil || tree == "random" || tree == "odd"):
		return http.StatusNotFound
	case role == account.Operator && q.operate != 0:
		return q.operate
	case role == account.Auditor && q.audit != 0 && tree == "own":
		return q.audit
	}
	return q.want
}

// strangers are led to the log-in, with or without a session that is over.
func (m *pageMatrix) strangers(r web.Route) {
	m.t.Helper()
	over := m.nobody()
	over.cookies["__Host-session"] = "over"
	for what, d := range map[string]*desk{"nobody": m.nobody(), "a session that is over": over} {
		p := m.try(what, r, d, m.own, pageRequests[r.Method+" "+r.Path], http.StatusSeeOther)
		if to := p.header.Get("Location"); !strings.HasPrefix(to, "/login") {
			m.wrong++
			m.t.Errorf("%s %s, %s is led to %s", r.Method, r.Path, what, to)
		}
	}
}

// otherSites send forms that are not of this session.
func (m *pageMatrix) otherSites(r web.Route, role account.Role) {
	m.t.Helper()
	if r.Method == http.MethodGet {
		return
	}
	d, q := m.desks[role], pageRequests[r.Method+" "+r.Path]
	m.csrf = "wrong"
	m.try(string(role)+" without CSRF", r, d, m.own, q, http.StatusForbidden)
	m.csrf = ""
	d.headers["Sec-Fetch-Site"] = "cross-site"
	m.asked++
	if p := m.ask(r, d, m.own, q); p.status != http.StatusForbidden || !strings.Contains(p.body, "cross-origin-request") {
		m.wrong++
		m.t.Errorf("%s %s, %s from another site: %d %s", r.Method, r.Path, role, p.status, p.body)
	}
	delete(d.headers, "Sec-Fetch-Site")
}

// open pages let everybody in, and never fail.
func (m *pageMatrix) open(r web.Route) {
	m.t.Helper()
	for what, d := range map[string]*desk{"nobody": m.nobody(), "lead": m.desk(account.Lead)} {
		m.asked++
		if p := m.ask(r, d, m.own, pageRequest{}); p.status >= http.StatusInternalServerError {
			m.wrong++
			m.t.Errorf("%s %s, %s: %d", r.Method, r.Path, what, p.status)
		}
	}
}

// csrfOf reads the CSRF text of a session off a page.
func csrfOf(d *desk) string {
	if d.csrf == "" && d.user != nil && d.w.patience.Err() == nil {
		d.csrf = attribute(d.send(http.MethodGet, "/confirm", nil).all("input[name=csrf]")[0], "value")
	}
	return d.csrf
}

// upload sends a form with a file.
func (d *desk) upload(path string, fields url.Values, field, file string) *page {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			d.w.check(form.WriteField(name, value))
		}
	}
	part, err := form.CreateFormFile(field, "file.csv")
	d.w.check(err)
	_, err = part.Write([]byte(file))
	d.w.check(err)
	d.w.check(form.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return d.answer(r)
}
