package main

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/api/apitest"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// filled is the sample organisation on a server, with all pages full of data.
type filled struct {
	*demoRun
	t       *testing.T
	service *survey.Service // on the clock of the pages
	base    string
	round   survey.RoundID // its last counted check
	last    survey.IterationID
}

// shownDemo is the sample organisation under the real clock, also once: the ids that it
// draws follow from its seed.
var shownDemo = sync.OnceValues(func() (*house, error) {
	d, err := livedDemo()
	if err != nil {
		return nil, err
	}
	return d.present("https://puls.example.org")
})

func startFilled(t *testing.T) *filled {
	t.Helper()
	live, err := shownDemo()
	if err != nil {
		t.Fatal(err)
	}
	d, err := livedDemo()
	if err != nil {
		t.Fatal(err)
	}
	management, err := live.management()
	if err != nil {
		t.Fatal(err)
	}
	f := &filled{demoRun: d, t: t, service: live.service, last: d.done[len(d.done)-1]}
	f.base = serveOn(t, api.New(api.Options{
		Participation: live.service, Management: management, Pages: live.pages(), Ready: d.store.Ping, Now: time.Now, Log: d.log,
	}))
	if f.round, err = d.checkRound(t.Context(), f.last); err != nil {
		t.Fatal(err)
	}
	return f
}

// signedIn gives the secret of a session of somebody with a role, who reads a language;
// owners own INC.
func (f *filled) signedIn(role account.Role, language locale.Language) string {
	f.t.Helper()
	now, id := time.Now(), survey.NewID()
	m := account.Membership{Organisation: string(f.organisation), Consented: &now}
	if role == account.Owner {
		m.Processes = []string{"INC"}
	}
	u := &account.User{
		ID: account.UserID(id), Email: id + "@filled.example", Name: "Alex " + string(role), Role: role, Language: language, Created: now, Member: []account.Membership{m},
	}
	if err := f.store.CreateUser(f.t.Context(), u); err != nil {
		f.t.Fatal(err)
	}
	secret, session := account.NewSession(u.ID, account.Full, now)
	if err := f.store.CreateSession(f.t.Context(), session, nil); err != nil {
		f.t.Fatal(err)
	}
	return secret
}

// paths are the pages that show what was measured, by their names in pictures. The
// report comes page by page.
func (f *filled) paths(language locale.Language) [][2]string {
	f.t.Helper()
	ctx, home, iteration := f.t.Context(), "/organisations/"+string(f.organisation), "/iterations/"+string(f.last)
	results, comparison := "/rounds/"+string(f.round)+"/results", "/programmes/"+string(f.programme)+"/comparison"
	all := [][2]string{
		{"overview", home}, {"iteration", iteration}, {"people", home + "/people"}, {"round", "/rounds/" + string(f.round)},
		{"results-overview", results + "?tab=overview"}, {"results-answers", results + "?tab=answers"}, {"results-matrix", results + "?tab=matrix"},
		{"results-stages", results + "?tab=stages"}, {"results-participation", results + "?tab=participation"},
		{"comparison", comparison}, {"maturity", iteration + "/assessments"}, {"goals", iteration + "/goals"}, {"kpis", iteration + "/kpis"},
		{"quick-wins", iteration + "/quick-wins"}, {"improvements", iteration + "/improvements"}, {"comments", iteration + "/comments"},
		{"pairs", iteration + "/pairs"}, {"decisions", iteration + "/decisions"}, {"reports", iteration + "/reports"}, {"works-council", home + "/works-council"},
	}
	kpis, err := f.service.ListKPIs(ctx, f.lead(), f.last)
	if err != nil || len(kpis) == 0 {
		f.t.Fatalf("%d KPIs, %v", len(kpis), err)
	}
	all = append(all, [2]string{"kpi", "/kpis/" + string(kpis[0].ID)})
	reports, err := f.service.ListReports(ctx, f.lead(), f.last)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, kind := range []survey.ReportKind{survey.CheckReport, survey.ComparisonReport, survey.TeamReport} {
		for _, r := range reports {
			if r.Kind == kind && r.Language == language {
				all = append(all, [2]string{"report-" + string(kind), "/reports/" + string(r.ID)})
				break
			}
		}
	}
	return all
}

// TestFilledPagesInABrowser: results, comparison, progress and reports full of data, in
// German and in English, have no accessibility violation in light and dark, and nothing
// sticks out on a telephone, at 400 % zoom, with text twice as large, and on a desk.
func TestFilledPagesInABrowser(t *testing.T) {
	chromium := apitest.OpenTab(t, "de-DE")
	f := startFilled(t)
	pages, checked := 0, 0
	for _, language := range []locale.Language{locale.German, locale.English} {
		v := visit(t, chromium, f.base, time.Now, 390)
		v.wears(f.signedIn(account.Lead, language))
		for _, p := range f.paths(language) {
			v.open(p[1])
			pages++
			checked += v.look("filled-"+p[0]+"-"+string(language), views...)
			sheets, _ := strconv.Atoi(v.Eval(`String(document.querySelectorAll('.preview nav li').length)`)) // of a report
			for n := 2; n <= sheets; n++ {
				v.open(p[1] + fmt.Sprintf("?page=%d", n))
				pages++
				checked += v.look(fmt.Sprintf("filled-%s-%02d-%s", p[0], n, language), viewed{"light", 390, language == locale.German})
			}
		}
	}
	t.Logf("axe-core on %d views of %d pages", checked, pages)
}

// wears gives the browser the session of somebody.
func (v *visitor) wears(secret string) { v.T.Helper(); v.Cookie(v.base, "__Host-session", secret) }

// viewed is how a page is looked at.
type viewed struct {
	scheme string
	width  int64
	axe    bool // also by axe-core
}

var views = []viewed{{"light", 320, false}, {"light", 390, true}, {"dark", 1440, true}}

// look measures the page that is open and gives how many views axe-core saw.
func (v *visitor) look(name string, views ...viewed) (checked int) {
	v.T.Helper()
	if status := v.Eval(`String(performance.getEntriesByType('navigation')[0].responseStatus)`); status != "200" {
		v.T.Fatalf("%s is answered with %s", name, status)
	}
	v.station(name)
	for _, view := range views {
		v.Media("prefers-color-scheme", view.scheme)
		v.Size(view.width, 900)
		if bad := v.Sideways(); bad != "" {
			v.T.Errorf("%s at %d px:\n%s", name, view.width, bad)
		}
		if view.axe {
			checked++
			if found := v.Axe("../.."); found != "" {
				v.T.Errorf("%s, %s, %d px:\n%s", name, view.scheme, view.width, found)
			}
		}
	}
	v.Size(390, 900)
	v.Eval(`document.documentElement.style.fontSize = '200%'`)
	if bad := v.Sideways(); bad != "" {
		v.T.Errorf("%s with large text:\n%s", name, bad)
	}
	return checked
}
