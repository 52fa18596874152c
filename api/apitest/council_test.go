package apitest

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

func init() {
	maps.Copy(pageRequests, councilPages)
	looks = append(looks, councilLooks...)
}

var councilPages = map[string]pageRequest{
	"GET /organisations/:organisation/trustee":            {want: 200},
	"GET /organisations/:organisation/trustee/new":        {want: 200},
	"POST /organisations/:organisation/trustee":           {fields: "seen=1&key=x", want: 422},
	"GET /organisations/:organisation/trustee/remove":     {want: 200},
	"POST /organisations/:organisation/trustee/remove":    {fields: "seen=99", want: 409},
	"GET /rounds/:round/trustee":                          {want: 409},
	"GET /rounds/:round/trustee.json":                     {want: 409},
	"POST /rounds/:round/trustee":                         {file: "{}", want: 409},
	"GET /organisations/:organisation/works-council":      {want: 200},
	"GET /organisations/:organisation/works-council.pdf":  {want: 200},
	"GET /organisations/:organisation/works-council.html": {want: 200},
	"GET /iterations/:iteration/import":                   {want: 200},
	"POST /iterations/:iteration/import":                  {fields: "closes=x", file: "", want: 422},
}

var councilLooks = []looked{
	{"trustee", "/organisations/{organisation}/trustee", account.Auditor}, {"trustee-new", "/organisations/{organisation}/trustee/new", account.Auditor},
	{"trustee-remove", "/organisations/{organisation}/trustee/remove", account.Auditor},
	{"works-council", "/organisations/{organisation}/works-council", account.Auditor}, {"past", "/iterations/{iteration}/import", account.Consultant},
}

// entrusted is a closed round of the own organisation that waits for its trustee.
func (w *world) entrusted(t *ballot.Trustee) *survey.Round {
	w.t.Helper()
	id := survey.OrganisationID(w.own["organisation"])
	o, err := w.store.FindOrganisation(ctx, id)
	w.check(err)
	key, err := t.Public()
	w.check(err)
	auditor := account.Actor{ID: "test", Role: account.Auditor, Organisations: []string{string(id)}}
	_, err = w.service.SetTrustee(ctx, auditor, id, survey.TrusteeInput{Seen: o.Version, Key: key.String(), LossAccepted: true})
	w.check(err)
	r := storetest.Round(w.t, w.store, o, questionnaire.Check(), w.now.AddDate(0, 0, 1))
	_, err = w.service.SubmitRound(ctx, account.System(), r.ID)
	w.check(err)
	w.now = w.now.AddDate(0, 0, 1) // for the review
	r, err = w.service.OpenRound(ctx, account.System(), r.ID)
	w.check(err)
	w.check(w.service.CloseRound(ctx, account.System(), r.ID))
	return r
}

// TestTrusteeSetsAKeyAndUnlocks: a round that opened with a key needs it even after it
// was removed, and is unlocked with what the command makes and with nothing else; a key
// is set only by who says that its loss is understood.
func TestTrusteeSetsAKeyAndUnlocks(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	holder, err := ballot.NewTrustee()
	w.check(err)
	public, err := holder.Public()
	w.check(err)
	r := w.entrusted(holder)
	d, home := w.desk(account.Auditor), "/organisations/"+w.own["organisation"]+"/trustee"
	removed := d.submit(d.get(home+"/remove"), "form.bar")
	if got := removed.text("main"); !strings.Contains(got, "Niemand") || !strings.Contains(got, "Wartet auf den Schlüssel") {
		t.Fatalf("removed while a round waits: %s", got)
	}
	at := "/rounds/" + string(r.ID) + "/trustee"
	var l struct {
		Round  string
		Sealed string
	}
	w.check(json.Unmarshal([]byte(d.get(at+".json").want(200).body), &l))
	sealed, err := base64.RawURLEncoding.DecodeString(l.Sealed)
	w.check(err)
	seed, err := holder.Unlock(l.Round, r.Closes, sealed)
	w.check(err)
	send := func(file string) *page { return d.upload(at, url.Values{"csrf": {csrfOf(d)}}, "file", file) }
	if wrong := send(d.get(at + ".json").body); wrong.status != 422 || len(wrong.all("#f-file-wrong")) != 1 {
		t.Errorf("the locked file sent back: %d %s", wrong.status, wrong.text("main"))
	}
	if wrong := send(`{"opening":"` + strings.Repeat("A", 43) + `"}`); wrong.status != 422 || !strings.Contains(wrong.text("#problem"), "schließt diese Runde nicht auf") {
		t.Errorf("another key: %d %s", wrong.status, wrong.text("main"))
	}
	if got := w.desk(account.Lead).get(at); len(got.all("input[type=file]")) != 0 {
		t.Error("a lead is asked to unlock")
	}
	if right := send(`{"opening":"` + base64.RawURLEncoding.EncodeToString(seed) + `"}`); right.status != 303 {
		t.Fatalf("unlocked: %d %s", right.status, right.text("main"))
	}
	if got := d.get(at).text("main"); !strings.Contains(got, "Aufgeschlossen") {
		t.Errorf("after: %s", got)
	}
	hasty := d.submit(d.get(home+"/new"), "form.form", "key", public.String())
	if hasty.status != 422 || len(hasty.all("#f-loss_accepted-wrong")) != 1 {
		t.Fatalf("set without the confirmation: %d %s", hasty.status, hasty.text("main"))
	}
	set := d.submit(hasty, "form.form", "loss_accepted", "yes")
	if got := set.text("main"); set.path != home || !strings.Contains(got, ballot.PrintFingerprint(public.Fingerprint())) || !strings.Contains(got, "verloren") {
		t.Errorf("set: %s", got)
	}
}

// TestPastResultsAreTakenOver: wrong lines are told by number and nothing is kept; a
// sound file gives the page of results.
func TestPastResultsAreTakenOver(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Consultant), "/iterations/"+w.own["iteration"]
	if got := d.get(at); strings.Contains(got.text("main"), "Frühere Ergebnisse") {
		t.Error("offered before the iteration is over")
	}
	w.now = w.now.AddDate(0, 0, 200) // it is over
	d = w.desk(account.Consultant)
	if got := d.get(at); !strings.Contains(got.text("main"), "Frühere Ergebnisse übernehmen") {
		t.Fatalf("not offered: %s", got.text("main"))
	}
	send := func(day, file string) *page {
		return d.follow(d.upload(at+"/import", url.Values{"csrf": {csrfOf(d)}, "kind": {"check"}, "closes": {day}, "title": {"Altes Werkzeug"}}, "file", file))
	}
	head := "item;process;invited;1;2;3;4;5\nA1;INC;60;10;12;10;6;2\n"
	if bad := send("2026-07-01", head+"A2;NIX;60;10;12;10;6;2\n"); bad.status != 422 || !strings.Contains(bad.text("main table"), "3") || !strings.Contains(bad.text("main"), "nichts wurde übernommen") {
		t.Errorf("a wrong line: %d %s", bad.status, bad.text("main"))
	}
	if late := send("2026-12-24", head); late.status != 422 || len(late.all("#f-closes-wrong")) != 1 {
		t.Errorf("a day outside of the iteration: %d %s", late.status, late.text("main"))
	}
	if good := send("2026-07-01", head); good.status != 200 || !strings.HasSuffix(good.path, "/results") || !strings.Contains(good.text("main"), "Altes Werkzeug") {
		t.Errorf("taken over: %d %s %s", good.status, good.path, good.text("main"))
	}
}

// TestWorksCouncilPackIsDownloaded by whoever may review rounds, in both forms.
func TestWorksCouncilPackIsDownloaded(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Auditor)
	home := d.get("/organisations/" + w.own["organisation"] + "/works-council")
	links := home.all("main a.button")
	if len(links) != 2 {
		t.Fatalf("%d links: %s", len(links), home.text("main"))
	}
	for i, start := range []string{"%PDF-", "<!doctype html>"} {
		file := d.get(attribute(links[i], "href")).want(200)
		if !strings.HasPrefix(strings.ToLower(file.body), strings.ToLower(start)) || !strings.Contains(file.header.Get("Content-Disposition"), "attachment") || file.header.Get("Content-Security-Policy") != "sandbox" {
			t.Errorf("%s begins with %.30q, %s", attribute(links[i], "href"), file.body, file.header.Get("Content-Disposition"))
		}
	}
}
