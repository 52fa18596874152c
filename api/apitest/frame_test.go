package apitest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestOrganisationPages: an operator makes an organisation, hears what is wrong with its
// entries, and a form that is sent twice counts once.
func TestOrganisationPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		d := w.desk(account.Operator)
		p := d.get("/organisations/new").want(200)
		p = d.submit(p, "form.form", "name", " ", "key", "Größe").want(http.StatusUnprocessableEntity)
		if got := p.texts("#problem a"); len(got) != 2 || attribute(p.one("#f-key"), "aria-invalid") != "true" || attribute(p.one("#f-key"), "value") != "Größe" {
			t.Errorf("told is %q\n%s", got, p.body)
		}
		fields := []string{"name", "Süd & Söhne <b>", "key", "sued"}
		first := d.submit(p, "form.form", fields...).want(200)
		again := d.submit(p, "form.form", fields...).want(200)
		if first.path != again.path || !strings.HasPrefix(first.path, "/organisations/") || first.text("h1") != "Süd & Söhne <b>" {
			t.Errorf("sent twice: %s and %s, %q", first.path, again.path, first.text("h1"))
		}
		p = d.submit(d.get("/organisations/new"), "form.form", fields...).want(http.StatusConflict)
		if got := p.text("#problem"); got == "" {
			t.Error("a key that is taken is not told")
		}
		list := d.get("/organisations?sort=-name")
		names := list.texts("tbody th a")
		if !slices.IsSortedFunc(names, func(a, b string) int { return strings.Compare(strings.ToLower(b), strings.ToLower(a)) }) || attribute(list.all("thead th")[0], "aria-sort") != "descending" {
			t.Errorf("sorted are %q", names)
		}
	})
}

// TestFormsBelongToTheirSession: what another site, or another session, sends is refused
// and changes nothing.
func TestFormsBelongToTheirSession(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, other := w.desk(account.Operator), w.desk(account.Operator)
	form := d.get("/organisations/new")
	sound := url.Values{"name": {"Neu"}, "key": {"neu"}, "zone": {"Europe/Berlin"}, "csrf": {attribute(form.one("form.form input[name=csrf]"), "value")}}
	if p := other.post("/organisations", sound); p.status != http.StatusForbidden {
		t.Errorf("the form of another session: %d", p.status)
	}
	d.headers["Sec-Fetch-Site"] = "cross-site"
	if p := d.post("/organisations", sound); p.status != http.StatusForbidden {
		t.Errorf("from another site: %d", p.status)
	}
	delete(d.headers, "Sec-Fetch-Site")
	without := url.Values{"name": {"Neu"}, "key": {"neu"}}
	if p := d.post("/organisations", without); p.status != http.StatusForbidden {
		t.Errorf("without CSRF: %d", p.status)
	}
	all, err := w.service.ListOrganisations(ctx, account.System())
	w.check(err)
	if len(all) != 2 {
		t.Errorf("%d organisations, want the two that there were", len(all))
	}
}

// TestErrorsArePages in the language of the reader, with the right that is missing.
func TestErrorsArePages(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Steering)
	if p := d.get("/organisations/new").want(http.StatusForbidden); !strings.Contains(p.text("main"), "„Organisationen anlegen“") {
		t.Errorf("said is %q", p.text("main"))
	}
	foreign, random := d.get("/organisations/"+w.foreign["organisation"]).want(404), d.get("/organisations/"+survey.NewID()).want(404)
	if foreign.text("main") != random.text("main") {
		t.Error("a foreign organisation is told from none")
	}
	if p := d.get("/nirgends").want(404); p.text("h1") != "Diese Seite gibt es nicht" {
		t.Errorf("%q", p.text("h1"))
	}
	p := d.submit(d.get("/nirgends"), "form[action=/language]")
	if got := p.text("h1"); got != "There is no such page" || attribute(p.one("html"), "lang") != "en" {
		t.Errorf("after the switch: %q", got)
	}
}

// TestOverview shows where an iteration stands, and only what its reader may go to.
func TestOverview(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for _, role := range account.Roles() {
		p := w.desk(role).get("/organisations/" + w.own["organisation"]).want(200)
		nav := p.texts(".menu a")
		if once := slices.Compact(slices.Sorted(slices.Values(nav))); len(once) != len(nav) {
			t.Errorf("%s is led twice to the same: %q", role, nav)
		}
		if inside := role != account.Operator; slices.Contains(nav, "Überblick") != inside || (len(p.all(".phases li")) == 4) != inside {
			t.Errorf("%s sees %q and %d phases", role, nav, len(p.all(".phases li")))
		}
	}
}

// TestNavigationNamesEverythingOnce: nobody finds two entries that lead to one page.
func TestNavigationNamesEverythingOnce(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for _, role := range account.Roles() {
		seen := map[string]bool{}
		for _, a := range w.desk(role).get("/organisations/" + w.own["organisation"]).all("nav.menu a") {
			href := attribute(a, "href")
			if seen[href] {
				t.Errorf("%s: %s stands there twice", role, href)
			}
			seen[href] = true
		}
		if len(seen) == 0 {
			t.Errorf("%s has no navigation", role)
		}
	}
}
