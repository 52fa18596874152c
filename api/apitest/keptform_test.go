package apitest

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/api/web"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// signInAgain gives a desk a new session of its user, as a log-in does.
func (d *desk) signInAgain() {
	d.w.t.Helper()
	secret, session := account.NewSession(d.user.ID, account.Full, d.w.now)
	d.w.check(d.w.store.CreateSession(ctx, session, nil))
	d.cookies["__Host-session"], d.csrf = secret, ""
}

// TestWhatWasTypedOutlivesTheSession: a form of the wizard, of maturity or of moderation
// that is sent after the session ended stands filled in on its page after the log-in, once;
// nothing was changed by it, and nobody else sees it.
func TestWhatWasTypedOutlivesTheSession(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	lead, other := w.desk(account.Lead), w.desk(account.Lead)
	draft := "/rounds/" + w.own["draft"] + "/draft/"
	iteration, assessment := "/iterations/"+w.own["iteration"], "/assessments/"+w.own["assessment"]
	for _, c := range []struct {
		page, form  string
		pairs       []string
		there, want string // selector of a field, and what stands in it
	}{
		{draft + "texts", "form.form", []string{"title-de", "Fast fertiger Titel"}, "#f-title-de", "Fast fertiger Titel"},
		{draft + "time", "form.form", []string{"reminder1", "2026-03-19T09:30"}, "#f-reminder1", "2026-03-19T09:30"},
		{draft + "questions", "form.form", []string{"own1_de", "Ich finde Rat.", "own1_en", "I find advice."}, "#f-own1_de", "Ich finde Rat."},
		{iteration + "/edit", "form.form", []string{"ends", "2026-08-28"}, "#f-ends", "2026-08-28"},
		{assessment + "/edit", "form.form", []string{"teams", "Nord"}, "#f-teams", "Nord"},
		{"/comments/" + w.own["comment"], "form.form", []string{"outcome", "paraphrased", "wording", "Es zieht sich."}, "#f-wording", "Es zieht sich."},
	} {
		before := lead.get(c.page).want(200)
		w.now = w.now.Add(account.SessionIdle)
		sent := lead.submit(before, c.form, c.pairs...)
		if got := sent.text("main"); sent.path != "/login" || !strings.Contains(got, "Sie waren abgemeldet. Ihr Entwurf ist gespeichert.") {
			t.Fatalf("%s: sent too late, %s says %s", c.page, sent.path, got)
		}
		if next := attribute(sent.one("input[name=next]"), "value"); next != c.page {
			t.Errorf("%s: goes on at %s", c.page, next)
		}
		other.signInAgain()
		if p := other.get(c.page).want(200); len(p.all(".done")) > 0 || held(p, c.there) == c.want {
			t.Errorf("%s: somebody else sees %q, %v", c.page, held(p, c.there), p.texts(".done"))
		}
		lead.signInAgain()
		after := lead.get(c.page).want(200)
		if got, done := held(after, c.there), after.texts(".done"); got != c.want || len(done) != 1 || !strings.Contains(done[0], "Ihr Entwurf ist gespeichert") {
			t.Errorf("%s: %q stands there, %v; want %q", c.page, got, done, c.want)
		}
		if again := lead.get(c.page); held(again, c.there) == c.want || len(again.all(".done")) > 0 {
			t.Errorf("%s: it stands there twice, or was stored", c.page)
		}
		if saved := lead.submit(after, c.form); saved.status != 200 || held(lead.get(c.page), c.there) != c.want {
			t.Errorf("%s: sent from there: %d %q, want %q\n%s", c.page, saved.status, held(lead.get(c.page), c.there), c.want, saved.text("main"))
		}
	}
}

// held is what stands in a field.
func held(p *page, selector string) string {
	p.t.Helper()
	n := p.one(selector)
	if n.Data == "textarea" {
		return strings.TrimSpace(text(n))
	}
	return attribute(n, "value")
}

// TestSheetOfATeamComesBackToTheTeam, and a mark that was set is set again.
func TestSheetOfATeamComesBackToTheTeam(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	lead, at := w.desk(account.Lead), "/assessments/"+w.own["assessment"]
	lead.submit(lead.get(at+"/edit"), "form.form", "teams", "Nord\nSüd").want(200)
	page := lead.get(at + "/sheet?team=S%C3%BCd").want(200)
	mark := attribute(page.all("fieldset input[type=radio]")[2], "name")
	w.now = w.now.Add(account.SessionIdle)
	sent := lead.submit(page, "form.rating", mark, "2")
	next := attribute(sent.one("input[name=next]"), "value")
	if next != at+"/sheet?team=S%C3%BCd" {
		t.Fatalf("goes on at %s", next)
	}
	lead.signInAgain()
	if p := lead.get(at + "/sheet?team=Nord"); len(p.all(".done")) > 0 {
		t.Error("it stands on the sheet of another team")
	}
	if p := lead.get(next); len(p.all("input[name="+mark+"][value=2][checked]")) != 1 {
		t.Errorf("the mark is not set again: %s", p.text("main"))
	}
}

// TestLateFormsThatAreNotKept: of another site, of no session, of a page that keeps nothing,
// and too long; all of them lead to the log-in alone.
func TestLateFormsThatAreNotKept(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	lead := w.desk(account.Lead)
	page := "/rounds/" + w.own["draft"] + "/draft/texts"
	csrf := csrfOf(lead)
	w.now = w.now.Add(account.SessionIdle)
	for what, c := range map[string]struct {
		path   string
		fields url.Values
	}{
		"csrf of nobody":    {page, url.Values{"csrf": {"x"}, "title-de": {"Fast fertig"}}},
		"too long":          {page, url.Values{"csrf": {csrf}, "title-de": {strings.Repeat("x", 64<<10)}}},
		"nothing to return": {"/rounds/" + w.own["draft"] + "/submit", url.Values{"csrf": {csrf}, "title-de": {"Fast fertig"}}},
	} {
		if p := lead.post(c.path, c.fields); p.path != "/login" || strings.Contains(p.text("main"), "gespeichert") {
			t.Errorf("%s: %s says %s", what, p.path, p.text("main"))
		}
	}
	nobody := w.nobody()
	if p := nobody.post(page, url.Values{"csrf": {csrf}, "title-de": {"Fast fertig"}}); p.path != "/login" || strings.Contains(p.text("main"), "gespeichert") {
		t.Errorf("nobody: %s says %s", p.path, p.text("main"))
	}
	lead.signInAgain()
	if p := lead.get(page); len(p.all(".done")) > 0 {
		t.Error("something was kept")
	}
}

// TestKeptFormsStandOnPagesThatThereAre: every form that is kept names a page of the table,
// which fills it in.
func TestKeptFormsStandOnPagesThatThereAre(t *testing.T) {
	routes := api.WebRoutes(web.New(web.Options{Now: time.Now}))
	pages, n := map[string]bool{}, 0
	for _, r := range routes {
		pages[r.Path] = pages[r.Path] || r.Method == "GET" && r.Resumes
	}
	for _, r := range routes {
		path, _, _ := strings.Cut(r.Page, "?")
		if r.Page == "" {
			continue
		}
		if n++; r.Method != "POST" || !pages[path] {
			t.Errorf("%s %s stands on %s, which does not fill it in", r.Method, r.Path, path)
		}
	}
	if n < 9 {
		t.Errorf("%d forms are kept", n)
	}
}
