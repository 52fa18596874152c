package apitest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"pulscheck/api/respond"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/mail"
	"pulscheck/survey/store/storetest"
)

// issued gives the report of the own organisation, issued.
func (w *world) issued() *survey.Report {
	w.t.Helper()
	r, err := w.store.FindReport(ctx, survey.ReportID(w.own["report"]))
	w.check(err)
	r, err = w.service.IssueReport(ctx, account.System(), r.ID, r.Version)
	w.check(err)
	return r
}

// link sends a link to a report to somebody and gives its id and what it ends in.
func (w *world) link(r *survey.Report, to string, days int) (id, token string) {
	w.t.Helper()
	in := survey.SendInput{Addresses: []string{to}, Way: survey.AsLink, Days: days}
	_, err := w.service.SendReport(ctx, account.System(), r.ID, in)
	w.check(err)
	all, err := w.service.ListDeliveries(ctx, account.System(), r.ID)
	w.check(err)
	for _, d := range all {
		if d.Recipient == to {
			token, err = w.service.LinkToken(d.ID)
			w.check(err)
			return d.ID, token
		}
	}
	w.t.Fatalf("nothing goes to %s", to)
	return "", ""
}

// TestReportGoesOutAfterAPreview: the mail is read before it goes out, and may be changed
// then; afterwards the page tells who gets it, and a link can be ended.
func TestReportGoesOutAfterAPreview(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/reports/"+w.own["report"]
	if draft := d.get(at + "/send").want(200); len(draft.all("form.form")) != 0 {
		t.Error("a draft can be sent")
	}
	auditor := w.user(account.Auditor, w.own["organisation"])
	w.issued()
	form := d.get(at + "/send").want(200)
	if got := form.one("#f-subject"); attribute(got, "value") != "Check-Bericht zu Iteration 1 – ITSM" {
		t.Errorf("the usual subject is %q", attribute(got, "value"))
	}
	wrong := d.submit(form, "form.form", "subject", "Bericht\r\nBcc: alle@nordlicht.example", "addresses", "keine", "way", "link", "days", "91").want(422)
	if got := wrong.texts("#problem li"); len(got) != 3 {
		t.Errorf("wrong is %q", got)
	}
	wrong = d.submit(form, "form.form", "addresses", "").want(422)
	if got := wrong.texts("#problem li"); len(got) != 1 {
		t.Errorf("without anybody to send it to: %q", got)
	}
	preview := d.submit(form, "form.form", "to", "auditor", "addresses", "Gast@nordlicht.example, gast@nordlicht.example", "way", "link", "days", "5",
		"subject", "Zahlen <für> Dienstag", "text", "Guten Tag,\n\nhier sind sie.").want(200)
	for _, want := range []string{"Zahlen <für> Dienstag", "hier sind sie.", auditor.Email, "gast@nordlicht.example", "2 Adressen", "hier steht der Link"} {
		if !strings.Contains(preview.text("main"), want) {
			t.Errorf("the preview does not say %q", want)
		}
	}
	if strings.Contains(preview.body, "/download#") {
		t.Error("the preview holds a link")
	}
	edited := d.post(attribute(preview.one("button[name=edit]"), "formaction"), fieldsOf(preview, "edit", "1")).want(200)
	if got := edited.text("#f-text"); got != "Guten Tag, hier sind sie." || attribute(edited.one("#f-days"), "value") != "5" || edited.all("#problem") != nil {
		t.Errorf("after going back the text is %q", got)
	}
	again := d.submit(edited, "form.form").want(200)
	log := d.submit(again, "form.bar").want(200)
	if got := log.texts("tbody th"); len(got) != 2 || log.path != at+"/send" {
		t.Fatalf("on the way to %q", got)
	}
	sure := d.get(attribute(log.all("tbody a")[0], "href")).want(200)
	if got := d.submit(sure, "form.bar").want(200).texts("tbody td"); !strings.HasPrefix(got[2], "Link widerrufen am ") || got[0] != "zurückgezogen" {
		t.Errorf("after it was revoked: %q", got)
	}
	if none := d.submit(form, "form.form", "to", "auditor").want(200); len(none.all("form.bar button")) != 1 {
		t.Error("whoever has it can be sent it again")
	}
	entries, err := w.store.ListAudit(ctx, survey.OrganisationID(w.own["organisation"]))
	w.check(err)
	told := ""
	for _, e := range entries {
		if text, err := json.Marshal(e.Detail); strings.HasPrefix(e.Verb, "report.send") || strings.HasPrefix(e.Verb, "report.revoke") {
			w.check(err)
			told += e.Verb + string(text)
		}
	}
	if strings.Contains(told, "@") || !strings.Contains(told, `"mails":"2"`) || !strings.Contains(told, "report.revoke-link") {
		t.Errorf("the audit holds %s", told)
	}
}

// deliveries makes one of everything that can become of a report that is sent, to look
// at.
func (w *world) deliveries() {
	w.t.Helper()
	r := w.issued()
	steering := []string{"lenkungskreis@nordlicht.example", "gf@nordlicht.example"}
	p, err := w.store.FindProgramme(ctx, survey.ProgrammeID(w.own["programme"]))
	w.check(err)
	_, err = w.service.UpdateProgramme(ctx, account.System(), p.ID, survey.ProgrammeInput{Seen: p.Version, Steering: &steering})
	w.check(err)
	for _, to := range []string{"betriebsrat@nordlicht.example", "vorstandsassistenz.nordwest@nordlicht.example"} {
		id, _ := w.link(r, to, 14)
		if strings.HasPrefix(to, "b") {
			w.check(w.service.RevokeLink(ctx, account.System(), r.ID, id))
		}
	}
	_, err = w.service.SendReport(ctx, account.System(), r.ID, survey.SendInput{Committee: true})
	w.check(err)
	all, err := w.store.ListDueLetters(ctx, w.now, 100)
	w.check(err)
	became := map[string]survey.MailState{"lenkungskreis@nordlicht.example": survey.MailSent, "gf@nordlicht.example": survey.MailFailed}
	for _, l := range all {
		if state := became[l.Letter.Recipient]; state != "" {
			_, err := w.store.ClaimLetter(ctx, l.ID, w.now)
			w.check(err)
			w.check(w.store.SettleLetter(ctx, l.ID, mail.Settled{State: state, Due: w.now}))
		}
	}
}

// fieldsOf gives the fields of the bar of a page and more.
func fieldsOf(p *page, more ...string) url.Values {
	fields := url.Values{}
	for _, n := range p.all("form.bar input") {
		fields.Add(attribute(n, "name"), attribute(n, "value"))
	}
	for i := 0; i+1 < len(more); i += 2 {
		fields.Set(more[i], more[i+1])
	}
	return fields
}

var drawn = regexp.MustCompile(`name="once" value="[^"]*"`)

// TestDownloadByLink: whoever has a link gets the bytes as a file that is kept; wrong,
// expired and revoked ones are answered alike, nothing tells of a report before, and
// who guesses is slowed down but holds up nobody.
func TestDownloadByLink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		r := w.issued()
		_, good := w.link(r, "a@nordlicht.example", 90)
		_, short := w.link(r, "b@nordlicht.example", 1)
		ended, revoked := w.link(r, "c@nordlicht.example", 90)
		w.check(w.service.RevokeLink(ctx, account.System(), r.ID, ended))
		d := w.nobody()
		page := d.get("/download").want(200)
		if strings.Contains(page.body, r.Document) || strings.Contains(page.body, "Nordlicht") {
			t.Error("the page tells of the report")
		}
		fetch := func(token string) *pageOf {
			p := d.send(http.MethodPost, "/download", url.Values{"code": {token}})
			return &pageOf{p, drawn.ReplaceAllString(p.body, "")}
		}
		if early := fetch(short); early.status != 200 {
			t.Errorf("before it expires: %d", early.status)
		}
		w.now = w.now.Add(24 * time.Hour)
		unknown := fetch(strings.Repeat("A", 43))
		for what, token := range map[string]string{"expired": short, "revoked": revoked, "empty": "", "half": good[:20], "of another form": "\x00'\"" + secret} {
			if got := fetch(token); got.status != 422 || got.plain != unknown.plain || cmp.Diff(unknown.header, got.header) != "" {
				t.Errorf("%s is told apart: %d\n%s", what, got.status, cmp.Diff(unknown.plain, got.plain))
			}
		}
		file := fetch(good)
		want := map[string]string{
			"Content-Type": "application/pdf", "Content-Disposition": respond.Attachment(r.FileName),
			"Content-Security-Policy": "sandbox", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		}
		for name, value := range want {
			if got := file.header.Get(name); got != value {
				t.Errorf("%s: %q, want %q", name, got, value)
			}
		}
		if file.status != 200 || file.body != string(r.Body) {
			t.Errorf("%d with %q, want the bytes of the report", file.status, file.body)
		}
		for range 60 {
			unknown = fetch("x")
		}
		if unknown.status != 429 || unknown.header.Get("Retry-After") == "" {
			t.Errorf("guessing goes on: %d", unknown.status)
		}
		if got := fetch(good); got.status != 200 {
			t.Errorf("a right link is held up: %d", got.status)
		}
	})
}

// pageOf is a page without what is drawn anew each time.
type pageOf struct {
	*page
	plain string
}

// TestSendingByAPI: what the page can do, a program can do.
func TestSendingByAPI(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	r := w.issued()
	at := "/api/v1/reports/" + string(r.ID)
	ask := func(method, path, body string, want int) string {
		t.Helper()
		media := ""
		if body != "" {
			media = jsonType
		}
		status, answer := w.ask(method, at+path, w.tokens[account.Consultant], "", media, body)
		if status != want {
			t.Fatalf("%s %s: %d %s", method, path, status, answer)
		}
		return answer
	}
	ask("POST", "/send", "", 422) // there is no committee
	ask("POST", "/send", `{"addresses":["a@nordlicht.example"],"subject":"A\nBcc: b@nordlicht.example"}`, 422)
	ask("POST", "/send", `{"addresses":["a@nordlicht.example"],"days":0,"way":"link","bcc":"x"}`, 400)
	order := `{"addresses":["a@nordlicht.example","A@nordlicht.example"],"way":"link","days":90,"subject":"Zahlen"}`
	if got := ask("POST", "/send/preview", order, 200); !strings.Contains(got, `"to":["a@nordlicht.example"]`) || !strings.Contains(got, `"subject":"Zahlen"`) {
		t.Errorf("preview: %s", got)
	}
	ask("POST", "/send", order, 200)
	var list struct {
		Items []struct {
			ID, Recipient, State string
			Link                 *struct{ Expires, Revoked *time.Time }
		}
	}
	read := func() {
		t.Helper()
		w.check(json.Unmarshal([]byte(ask("GET", "/deliveries", "", 200)), &list))
		if len(list.Items) != 1 || list.Items[0].Link == nil {
			t.Fatalf("deliveries: %+v", list)
		}
	}
	read()
	if one := list.Items[0]; one.State != "queued" || !one.Link.Expires.Equal(w.now.Add(90*24*time.Hour)) {
		t.Errorf("delivery: %+v until %s", one, one.Link.Expires)
	}
	ask("DELETE", "/links/"+list.Items[0].ID, "", 204)
	if read(); list.Items[0].State != "failed" || list.Items[0].Link.Revoked == nil {
		t.Errorf("after it was revoked: %+v", list.Items[0])
	}
	ask("POST", "/deliveries/repeat", "", 404) // a link that is over is not sent again
}

// TestLinkFillsItself: the code behind "#" is taken from the address by the script alone,
// and the file comes twice if asked for twice.
func TestLinkFillsItself(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	_, token := w.link(w.issued(), "a@nordlicht.example", 90)
	b := w.tab()
	b.open("/download#" + token)
	for range 2 {
		if got := b.Eval(`document.querySelector('#f-code').value`); got != token {
			t.Fatalf("the field holds %q", got)
		}
		type answer struct{ Status, Kind string }
		var got answer
		text := b.Eval(`(async () => { const f = document.querySelector('form.form'); const a = await fetch(f.action, {method: 'POST', body: new URLSearchParams(new FormData(f))});
			return JSON.stringify({Status: String(a.status), Kind: a.headers.get('content-type')}) })()`)
		w.check(json.Unmarshal([]byte(text), &got))
		if diff := cmp.Diff(answer{"200", "application/pdf"}, got); diff != "" {
			t.Error(diff)
		}
	}
	b.Do(chromedp.Navigate(b.base + "/download#other"))
	if got := b.Eval(`new Promise((done) => requestAnimationFrame(() => done(document.querySelector('#f-code').value)))`); got != "other" {
		t.Errorf("another link is not taken: %q", got)
	}
}
