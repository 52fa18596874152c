package apitest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// comeAgain wants a refusal for now that says within how many seconds it is over.
func comeAgain(t *testing.T, what string, status int, header http.Header, most int) {
	t.Helper()
	after, err := strconv.Atoi(header.Get("Retry-After"))
	if status != http.StatusTooManyRequests || err != nil || after < 1 || after > most {
		t.Errorf("%s: %d, come again in %q s", what, status, header.Get("Retry-After"))
	}
}

// passes lets time go by for the limits.
func (w *world) passes(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = w.asked.Add(d)
}

// TestFilesOfAnOrganisationAreCountedTogether: six an hour, whether people, measurements or
// past results, on pages or in the API, looked at or taken over; another organisation
// goes on.
func TestFilesOfAnOrganisationAreCountedTogether(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.still = true
	d := w.desk(account.Lead)
	const people, values = "email;name;process;role\nx@nordlicht.example;X;INC;staff\n", "day;value\n2026-05-04;31,5\n"
	send := func(path, token, body string) (int, http.Header) {
		answer := w.send("POST", path, token, body, "Content-Type", "text/csv")
		return answer.Code, answer.Header()
	}
	lead, kpi := w.tokens[account.Lead], "/kpis/"+w.own["kpi"]+"/measurements/import"
	enrol, past := "/organisations/"+w.own["organisation"]+"/people/import", "/iterations/"+w.own["iteration"]+"/rounds/import?closes=2026-03-04T08:00:00Z"
	for range 8 { // is no file, and nobody who may
		if status, _ := send(kpi, w.tokens[account.Steering], values); status != http.StatusForbidden {
			t.Fatalf("who may not: %d", status)
		}
		d.upload(enrol, url.Values{"csrf": {csrfOf(d)}}, "file", "")
	}
	sent := d.upload(enrol, url.Values{"csrf": {csrfOf(d)}}, "file", people).header.Get("Location")
	d.send("GET", sent, nil).want(200)
	d.send("POST", sent, url.Values{"csrf": {csrfOf(d)}, "leave": {"keep"}}).want(303)
	for path, body := range map[string]string{enrol + "?dry_run=true": people, kpi: values, past: "item;invited;1;2\nA1;5;2;3\n"} {
		if status, _ := send(path, lead, body); status == http.StatusTooManyRequests {
			t.Errorf("%s is one too many", path)
		}
	}
	if p := d.upload(kpi, url.Values{"csrf": {csrfOf(d)}}, "file", values); p.status != http.StatusSeeOther {
		t.Errorf("the sixth file: %d %s", p.status, p.text("main"))
	}
	for path, body := range map[string]string{enrol: people, enrol + "?dry_run=true": people, kpi: values, past: "item;invited;1;2\nA1;5;2;3\n"} {
		status, header := send(path, lead, body)
		comeAgain(t, path, status, header, 3600)
	}
	for _, path := range []string{enrol, kpi, "/iterations/" + w.own["iteration"] + "/import"} {
		fields := url.Values{"csrf": {csrfOf(d)}, "kind": {"check"}, "closes": {"2026-03-04"}}
		p := d.upload(path, fields, "file", values)
		comeAgain(t, "page "+path, p.status, p.header, 3600)
	}
	elsewhere := w.token(account.Lead, w.foreign["organisation"], time.Hour)
	if status, _ := send("/organisations/"+w.foreign["organisation"]+"/people/import?dry_run=true", elsewhere, people); status != http.StatusOK {
		t.Errorf("another organisation: %d", status)
	}
	w.passes(time.Hour)
	if status, _ := send(kpi, lead, values); status != http.StatusOK {
		t.Errorf("an hour later: %d", status)
	}
}

// TestPDFsOfAUserAreCounted: ten a minute, of whatever kind, on pages and in the API
// together; others go on, and so does the user a minute later.
func TestPDFsOfAUserAreCounted(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.still = true
	pack, report := "/organisations/"+w.own["organisation"]+"/works-council.pdf", "/reports/"+w.own["report"]+".pdf"
	o, err := w.store.FindOrganisation(ctx, survey.OrganisationID(w.own["organisation"]))
	w.check(err)
	open := storetest.Round(t, w.store, o, questionnaire.Check(), w.now.AddDate(0, 0, 1))
	_, err = w.service.SubmitRound(ctx, account.System(), open.ID)
	w.check(err)
	w.now = w.now.AddDate(0, 0, 1) // for the review
	_, err = w.service.OpenRound(ctx, account.System(), open.ID)
	w.check(err)
	d, other := w.desk(account.Lead), w.desk(account.Lead)
	poster := "/rounds/" + string(open.ID) + "/poster.pdf"
	drawn := func(d *desk, path string, api bool) *page {
		if api {
			return d.json("GET", path, "")
		}
		return d.send("GET", path, nil)
	}
	if p := drawn(d, "/reports/"+w.foreign["report"]+".pdf", true); p.status != http.StatusNotFound {
		t.Errorf("a foreign report: %d", p.status)
	}
	for n := range 6 {
		drawn(d, report, true).want(200)
		if n < 4 {
			drawn(d, []string{pack, pack, poster, poster + "?size=a3"}[n], false).want(200)
		}
	}
	for path, api := range map[string]bool{pack: false, poster: false, report: true} {
		p := drawn(d, path, api)
		comeAgain(t, path, p.status, p.header, 60)
	}
	drawn(d, strings.TrimSuffix(pack, "pdf")+"html", false).want(200)
	drawn(other, pack, false).want(200)
	drawn(other, pack, true).want(200)
	told, err := w.store.ListAudit(ctx, survey.OrganisationID(w.own["organisation"]))
	w.check(err)
	if last := told[len(told)-1]; last.Verb != "export.council" || last.Actor != other.user.Actor().ID {
		t.Errorf("the audit does not tell of the pack: %+v", last)
	}
	p := d.post("/iterations/"+w.own["before"]+"/reports", url.Values{"csrf": {csrfOf(d)}, "kind": {"team"}})
	comeAgain(t, "an order", p.status, p.header, 60)
	w.passes(time.Minute)
	drawn(d, pack, false).want(200)
}

// TestFormsWithFilesTakeNothingElse: a body of another kind is refused as such.
func TestFormsWithFilesTakeNothingElse(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Lead)
	for _, path := range []string{"/organisations/" + w.own["organisation"] + "/people/import", "/kpis/" + w.own["kpi"] + "/measurements/import"} {
		r := httptest.NewRequest("POST", path, strings.NewReader(`{"file":"x"}`))
		r.Header.Set("Content-Type", jsonType)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if p := d.answer(r); p.status != http.StatusUnsupportedMediaType {
			t.Errorf("%s: %d", path, p.status)
		}
	}
}
