package apitest

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	v1 "pulscheck/api/v1"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestEveryRouteByEveryRole walks the table of routes by every role, on things of the
// own organisation, of a foreign one, and of none, with everything that can be wrong
// with a request. What is expected comes from the table of rights alone.
func TestEveryRouteByEveryRole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		m := &matrix{world: w}
		routes := api.Routes(v1.New(v1.Options{}))
		for _, r := range routes {
			m.strangers(r)
			for _, role := range account.Roles() {
				m.rights(r, role)
				m.badRequests(r, role)
			}
		}
		var stop context.CancelFunc
		w.patience, stop = context.WithDeadline(ctx, time.Unix(0, 0)) // the database never answers in time
		defer stop()
		for _, r := range routes {
			for _, role := range account.Roles() {
				m.without(r, role)
			}
		}
		t.Logf("%d routes, %d requests, %d deviations", len(routes), m.asked, m.wrong)
		if m.asked < 3000 {
			t.Error("the walk is shorter than it was")
		}
	})
}

// matrix counts.
type matrix struct {
	*world
	asked, wrong int
}

// secret stands in what is sent and never in what is answered.
const secret = "marker-4711"

// try sends a request and compares.
func (m *matrix) try(what string, r v1.Route, ids map[string]string, token string, q request, want int, code string) string {
	m.t.Helper()
	m.asked++
	status, body := m.request(r, ids, token, q)
	told := struct{ Code string }{}
	if status >= http.StatusBadRequest && json.Unmarshal([]byte(body), &told) != nil {
		told.Code = "no problem at all"
	}
	if status != want || code != "" && told.Code != code || status >= http.StatusBadRequest && (told.Code == "" || strings.Contains(body, secret)) {
		m.wrong++
		m.t.Errorf("%s %s, %s: %d %s, want %d %s\n%s", r.Method, r.Path, what, status, told.Code, want, code, body)
	}
	return body
}

// request sends a request to a route.
func (m *matrix) request(r v1.Route, ids map[string]string, token string, q request) (status int, body string) {
	m.t.Helper()
	ifMatch := ""
	if versioned(r) {
		ifMatch = stale
	}
	media := q.media
	if media == "" && q.body != "" {
		media = jsonType
	}
	return m.ask(r.Method, v1.Prefix+fill(r.Path, ids)+fill(q.query, ids), token, ifMatch, media, fill(q.body, ids))
}

// trees are the ids that a route is asked with: of the own organisation, of a foreign
// one, of nothing, of something that no id looks like, and of something foreign in the
// own organisation.
func (m *matrix) trees(r v1.Route) map[string]map[string]string {
	random, odd := map[string]string{}, map[string]string{}
	for name := range m.own {
		random[name], odd[name] = survey.NewID(), "%27%00%ff"+secret
	}
	random["okey"], odd["okey"] = m.own["okey"], m.own["okey"]
	delete(random, "home")
	delete(odd, "home")
	all := map[string]map[string]string{"own": m.own, "foreign": m.foreign, "random": random, "odd": odd}
	if strings.Contains(r.Path, "/{organisation}/") && strings.Count(r.Path, "{") > 1 {
		mixed := maps.Clone(m.foreign)
		mixed["organisation"], mixed["key"] = m.own["organisation"], "other"
		all["mixed"] = mixed
	}
	return all
}

// expected is what the table of rights says to a role about one of the trees.
func (m *matrix) expected(r v1.Route, role account.Role, q request, tree string) (int, string) {
	actor := account.Actor{Role: role, Organisations: []string{m.own["organisation"]}}
	where := m.own["organisation"]
	if tree != "own" && tree != "mixed" {
		where = m.foreign["organisation"]
	}
	err := actor.In(r.May, where)
	one := strings.Contains(r.Path+q.query+q.body, "{organisation}") || strings.Contains(r.Path, "{") // else it is about all
	nothing := tree != "own" && tree != "foreign" && r.Method+r.Path != "GET/tokens"                  // which has none of nothing
	switch {
	case err != nil && fault.Of(err).Kind == fault.Refused:
		return http.StatusForbidden, "forbidden"
	case role == account.Operator && q.operate != 0:
		return q.operate, ""
	case role == account.Auditor && q.audit != 0 && tree == "own":
		return q.audit, map[int]string{403: "forbidden", 404: "not-found"}[q.audit]
	case one && (err != nil || nothing):
		return http.StatusNotFound, "not-found"
	}
	return q.want, ""
}

// rights asks with sound requests.
func (m *matrix) rights(r v1.Route, role account.Role) {
	m.t.Helper()
	q, known := requests[r.Method+" "+r.Path]
	if !known {
		m.t.Errorf("%s %s: nobody has said what is expected", r.Method, r.Path)
		return
	}
	said := map[string]string{}
	for tree, ids := range m.trees(r) {
		ids = maps.Clone(ids)
		if q.fresh != nil {
			q.fresh(m.world, ids)
		}
		want, code := m.expected(r, role, q, tree)
		body := m.try(string(role)+" on "+tree, r, ids, m.tokens[role], q, want, code)
		limited := role == account.Auditor && q.audit != 0 && tree == "own" // and knows what is there
		if !limited && (want == http.StatusForbidden || want == http.StatusNotFound) {
			said[body] = tree
		}
	}
	if len(said) > 1 {
		m.wrong++
		m.t.Errorf("%s %s, %s: ids of nothing and of others are told apart: %v", r.Method, r.Path, role, said)
	}
}

// strangers ask without a token that is valid.
func (m *matrix) strangers(r v1.Route) {
	m.t.Helper()
	q := requests[r.Method+" "+r.Path]
	for what, token := range m.bad {
		m.try(what+" token", r, m.trees(r)["own"], token, q, http.StatusUnauthorized, "unauthenticated")
	}
}

// badRequests are refused before anything is looked for, whoever asks.
func (m *matrix) badRequests(r v1.Route, role account.Role) {
	m.t.Helper()
	q, ids := requests[r.Method+" "+r.Path], m.trees(r)["own"]
	ask := func(what, query, media, body string, status int, code string) {
		m.t.Helper()
		m.try(string(role)+" with "+what, r, ids, m.tokens[role], request{query: query, body: body, media: media}, status, code)
	}
	unknown := "?" + secret + "=1"
	if r.Method == http.MethodGet {
		if q.fresh != nil {
			ids = maps.Clone(ids)
			q.fresh(m.world, ids)
		}
		ask("an unknown parameter", unknown, "", "", http.StatusBadRequest, "unknown-field")
		if strings.HasSuffix(r.Path, ".csv") && !strings.Contains(q.query, "?") {
			ask("a language that there is none of", "?lang=xx", "", "", http.StatusUnprocessableEntity, "parameter-invalid")
		}
		if strings.Contains(r.What, "List") {
			if (account.Actor{Role: role}).May(r.May) == nil && q.want == http.StatusOK {
				ask("a page of nobody's", "?cursor="+secret, "", "", http.StatusUnprocessableEntity, "pagination-invalid")
			}
			ask("a page too large", "?limit=201", "", "", http.StatusUnprocessableEntity, "pagination-invalid")
		}
		return
	}
	if q.media != "" {
		ask("another media type", q.query, jsonType, `{}`, http.StatusUnsupportedMediaType, "unsupported-media-type")
		code := map[string]string{"text/csv": "import-too-large", "image/png": "logo-too-large"}[q.media]
		ask("a file too large", q.query, q.media, strings.Repeat("x", 2<<20+1), http.StatusRequestEntityTooLarge, code)
		return
	}
	for _, c := range []struct {
		what, media, body string
		status            int
		code              string
	}{
		{"an unknown field", jsonType, `{"` + secret + `":1}`, http.StatusBadRequest, "unknown-field"},
		{"half a body", jsonType, `{"` + secret, http.StatusBadRequest, "malformed-json"},
		{"a list", jsonType, `["` + secret + `"]`, http.StatusBadRequest, "malformed-json"},
		{"no text", jsonType, "{\"name\":\"\xff\"}", http.StatusBadRequest, "invalid-utf8"},
		{"too much", jsonType, `{"name":"` + strings.Repeat("x", 64<<10) + `"}`, http.StatusRequestEntityTooLarge, "body-too-large"},
		{"a form", "application/x-www-form-urlencoded", "name=" + secret, http.StatusUnsupportedMediaType, "unsupported-media-type"},
	} {
		ask(c.what, q.query, c.media, c.body, c.status, c.code)
	}
}

// without a database that answers everybody hears that.
func (m *matrix) without(r v1.Route, role account.Role) {
	m.t.Helper()
	q := requests[r.Method+" "+r.Path]
	m.try(string(role)+" without a database", r, m.trees(r)["own"], m.tokens[role], q, http.StatusServiceUnavailable, "database-unavailable")
}
