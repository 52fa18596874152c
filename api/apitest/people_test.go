package apitest

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// sampleList is a list of people with headings that are understood, and one that is not.
const sampleList = "Mailadresse;Name;Prozess;Rolle;Abteilung;Telefon\n" +
	"neu@nordlicht.example;Nora Neu;INC;owner;IT Süd;1\nzwei@nordlicht.example;Zoë Zwei;INC;staff;IT Süd;2\n"

var peoplePages = map[string]pageRequest{
	"GET /organisations/:organisation/processes":                  {want: 200},
	"GET /organisations/:organisation/processes/new":              {want: 200},
	"POST /organisations/:organisation/processes":                 {fields: "key=&name-de=&name-en=", want: 422},
	"GET /organisations/:organisation/processes/:key":             {want: 200},
	"POST /organisations/:organisation/processes/:key":            {fields: "seen=99&name-de=Vorfall&name-en=Incident", want: 409},
	"GET /organisations/:organisation/processes/:key/delete":      {want: 303},
	"POST /organisations/:organisation/processes/:key/delete":     {fields: "seen=99", want: 409},
	"GET /organisations/:organisation/processes/template":         {want: 200},
	"POST /organisations/:organisation/processes/template":        {fields: "key=INC", want: 303},
	"GET /organisations/:organisation/units":                      {want: 200},
	"GET /organisations/:organisation/units/new":                  {want: 200},
	"POST /organisations/:organisation/units":                     {fields: "key=&name-de=&name-en=", want: 422},
	"GET /organisations/:organisation/units/:key":                 {want: 200, fresh: keyed("it")},
	"POST /organisations/:organisation/units/:key":                {fields: "seen=99&name-de=IT&name-en=IT", want: 409, fresh: keyed("it")},
	"GET /organisations/:organisation/units/:key/delete":          {want: 303, fresh: keyed("it")},
	"POST /organisations/:organisation/units/:key/delete":         {fields: "seen=99", want: 409, fresh: keyed("it")},
	"GET /organisations/:organisation/process-roles":              {want: 200},
	"GET /organisations/:organisation/process-roles/new":          {want: 200},
	"POST /organisations/:organisation/process-roles":             {fields: "key=&name-de=&name-en=", want: 422},
	"GET /organisations/:organisation/process-roles/:key":         {want: 200, fresh: keyed("owner")},
	"POST /organisations/:organisation/process-roles/:key":        {fields: "seen=99&name-de=A&name-en=A", want: 409, fresh: keyed("owner")},
	"GET /organisations/:organisation/process-roles/:key/delete":  {want: 303, fresh: keyed("owner")},
	"POST /organisations/:organisation/process-roles/:key/delete": {fields: "seen=99", want: 409, fresh: keyed("owner")},
	"GET /organisations/:organisation/themes":                     {want: 200},
	"GET /organisations/:organisation/themes/new":                 {want: 200},
	"POST /organisations/:organisation/themes":                    {fields: "key=&name-de=&name-en=", want: 422},
	"GET /organisations/:organisation/themes/:key":                {want: 200, fresh: keyed("tools")},
	"POST /organisations/:organisation/themes/:key":               {fields: "seen=99&name-de=A&name-en=A", want: 409, fresh: keyed("tools")},
	"GET /organisations/:organisation/themes/:key/delete":         {want: 200, fresh: keyed("tools")},
	"POST /organisations/:organisation/themes/:key/delete":        {fields: "seen=99", want: 409, fresh: keyed("tools")},
	"GET /organisations/:organisation/settings":                   {want: 200},
	"POST /organisations/:organisation/settings":                  {fields: "seen=99&name=A", want: 409},
	"POST /organisations/:organisation/settings/test-mail":        {want: 303},
	"GET /organisations/:organisation/logo":                       {want: 200},
	"POST /organisations/:organisation/logo":                      {file: "no picture", want: 422},
	"POST /organisations/:organisation/logo/delete":               {want: 303, fresh: withLogo},
	"GET /installation":                                                 {want: 200},
	"POST /installation/test-mail":                                      {want: 303, fresh: noTestMail},
	"GET /organisations/:organisation/coaching":                         {want: 200},
	"POST /organisations/:organisation/coaching":                        {fields: "seen=99&who-0=Anna", want: 409},
	"GET /organisations/:organisation/audit":                            {query: "?who=a&from=2020-01-01", want: 200, operate: 403},
	"GET /organisations/:organisation/people":                           {query: "?process=INC&sort=-name", want: 200},
	"POST /organisations/:organisation/people/search":                   {fields: "search=anna", want: 200},
	"GET /organisations/:organisation/people/new":                       {want: 200},
	"POST /organisations/:organisation/people":                          {fields: "email=keine", want: 422},
	"GET /organisations/:organisation/people/sample.csv":                {want: 200},
	"GET /organisations/:organisation/people/import":                    {want: 200},
	"POST /organisations/:organisation/people/import":                   {file: "", want: 422},
	"GET /organisations/:organisation/people/import/:upload":            {want: 404},
	"POST /organisations/:organisation/people/import/:upload":           {want: 404},
	"GET /organisations/:organisation/people/import/:upload/errors.csv": {want: 404},
	"POST /organisations/:organisation/people/import/:upload/delete":    {want: 404},
	"GET /organisations/:organisation/people/:person":                   {want: 200, fresh: newPerson},
	"POST /organisations/:organisation/people/:person":                  {fields: "seen=99&email=x@nordlicht.example", want: 409, fresh: newPerson},
	"GET /organisations/:organisation/people/:person/delete":            {want: 200, fresh: newPerson},
	"POST /organisations/:organisation/people/:person/delete":           {fields: "seen=1", want: 303, fresh: newPerson},
}

var peopleLooks = []looked{
	{"processes", "/organisations/{organisation}/processes", account.Lead}, {"process-new", "/organisations/{organisation}/processes/new", account.Lead},
	{"process", "/organisations/{organisation}/processes/INC", account.Lead}, {"theme", "/organisations/{organisation}/themes/tools", account.Lead}, {"theme-delete", "/organisations/{organisation}/themes/tools/delete", account.Lead},
	{"template", "/organisations/{organisation}/processes/template", account.Lead},
	{"units", "/organisations/{organisation}/units", account.Lead}, {"people", "/organisations/{organisation}/people", account.Lead},
	{"settings", "/organisations/{organisation}/settings", account.Lead}, {"coaching", "/organisations/{organisation}/coaching", account.Lead}, {"logo", "/organisations/{organisation}/logo", account.Lead},
	{"installation", "/installation", account.Operator},
	{"audit", "/organisations/{organisation}/audit", account.Auditor}, {"verify", "/verify?document=NIX-I01-B1", ""}, {"statement", "/accessibility", ""},
	{"person-new", "/organisations/{organisation}/people/new", account.Lead}, {"import", "/organisations/{organisation}/people/import", account.Lead},
}

// TestPeopleAreImportedInThreeSteps: the columns are understood or mapped, the preview
// tells what happens and every wrong row, and a file that was sent is gone afterwards.
func TestPeopleAreImportedInThreeSteps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/people"
		send := func(list string) *page {
			return d.upload(home+"/import", url.Values{"csrf": {csrfOf(d)}}, "file", list)
		}
		bad := d.send("GET", send(sampleList+"kaputt;Anna;NICHTS;owner;IT;3\n").header.Get("Location"), nil)
		if got := bad.text("main"); !strings.Contains(got, "2 neu") || !strings.Contains(got, "1 fehlerhafte Zeilen") || !strings.Contains(got, "E-Mail-Adresse ungültig: „kaputt“") || !strings.Contains(got, "hat die Organisation nicht. „NICHTS“") || len(bad.all("form.form")) != 1 {
			t.Fatalf("a list with a wrong row: %s", got)
		}
		if got := bad.text(".problem"); !strings.Contains(got, "Es wird nichts eingelesen: 1 Zeile ist fehlerhaft") || !strings.Contains(got, "Fehlerliste als CSV") {
			t.Errorf("a list with a wrong row says: %s", got)
		}
		at := send(sampleList).header.Get("Location")
		good := d.send("GET", at, nil)
		if got := good.text("main"); !strings.Contains(got, "2 neu") || !strings.Contains(got, "IT Süd") || !strings.Contains(got, "2 Personen übernehmen") {
			t.Fatalf("a sound list: %s", got)
		}
		if twice := d.send("GET", at+"?c1=email", nil); twice.status != 422 || !strings.Contains(twice.text("#problem"), "„E-Mail“ ist zwei Spalten zugeordnet.") || len(twice.all("form.form")) != 1 {
			t.Errorf("two columns for one field: %d %s", twice.status, twice.text("main"))
		}
		if done := d.send("POST", at, url.Values{"csrf": {csrfOf(d)}, "leave": {"keep"}}); done.header.Get("Location") != home {
			t.Fatalf("import: %d %s", done.status, done.text("main"))
		}
		if list := d.send("GET", home, nil).text("main"); !strings.Contains(list, "Zoë Zwei") || !strings.Contains(list, "Antworten sind hiermit nicht verknüpft") {
			t.Errorf("people after the import: %s", list)
		}
		if again := d.send("GET", at, nil); again.status != 404 {
			t.Errorf("the file is still there: %d", again.status)
		}
	})
}

// TestLongTablesArePaged: fifty rows at a time, nobody twice or never, in the order that
// was asked for on every page.
func TestLongTablesArePaged(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	const more = 95
	var people []survey.Person
	for n := range more {
		people = append(people, survey.Person{
			ID: survey.PersonID(survey.NewID()), Organisation: w.organisationOf().ID, Email: fmt.Sprintf("neu%d@nordlicht.example", n), Name: fmt.Sprintf("Neu %d", n),
			Locale: locale.German, Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}},
		})
	}
	w.check(w.store.CreatePeople(ctx, people))
	d, at := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/people?sort=-name"
	seen, last := map[string]bool{}, ""
	for n, want := range []struct {
		shown string
		rows  int
	}{{"1–50 von 107", 50}, {"51–100 von 107", 50}, {"101–107 von 107", 7}} {
		p := d.get(at + "&page=" + strconv.Itoa(n+1)).want(200)
		rows, links := p.texts("tbody th"), p.all("nav.pages a")
		if got := p.text("nav.pages p"); got != want.shown || len(rows) != want.rows || len(links) != 3 {
			t.Fatalf("page %d: %q, %d rows, %d links", n+1, got, len(rows), len(links))
		}
		if next := attribute(links[2], "href"); !strings.Contains(next, "sort=-name") || !strings.Contains(next, "page=3") {
			t.Errorf("page %d leads to %s", n+1, next)
		}
		for _, name := range rows {
			if lower := strings.ToLower(name); seen[name] || last != "" && lower > last {
				t.Errorf("page %d: %s after %s", n+1, name, last)
			} else {
				seen[name], last = true, lower
			}
		}
	}
	if got := d.get(at + "&page=99").want(200).text("nav.pages p"); got != "1–50 von 107" {
		t.Errorf("a page that is none shows %q", got)
	}
}

// TestWhoWasSlowerSeesBothVersions: a form whose entry somebody else has changed
// meanwhile shows what is stored and what was sent, and counts when it is sent again.
func TestWhoWasSlowerSeesBothVersions(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/processes/INC"
	form := func(seen, name string) url.Values {
		return url.Values{"csrf": {csrfOf(d)}, "seen": {seen}, "name-de": {name}, "name-en": {name}}
	}
	seen := attribute(d.send("GET", at, nil).all("input[name=seen]")[0], "value")
	if first := d.send("POST", at, form(seen, "Vorfälle")); first.status != 303 {
		t.Fatalf("first change: %d %s", first.status, first.text("main"))
	}
	late := d.send("POST", at, form(seen, "Störungen"))
	if got := late.text("main"); late.status != 409 || !strings.Contains(got, "„Vorfälle“") || attribute(late.all("#f-name-de")[0], "value") != "Störungen" {
		t.Fatalf("late change: %d %s", late.status, got)
	}
	now := attribute(late.all("input[name=seen]")[0], "value")
	if again := d.send("POST", at, form(now, "Störungen")); again.status != 303 {
		t.Errorf("sent again: %d %s", again.status, again.text("main"))
	}
}

// TestSettingsAndOffersAreKept: what is set on the pages is what holds, and everybody
// may ask whether a document was issued.
func TestSettingsAndOffersAreKept(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]
	seen := func(path string) string {
		return attribute(d.send("GET", path, nil).all("input[name=seen]")[0], "value")
	}
	sent := d.send("POST", home+"/settings", url.Values{
		"csrf": {csrfOf(d)}, "seen": {seen(home + "/settings")}, "name": {"Südlicht AG"}, "zone": {"Europe/Vienna"}, "k": {"4"},
		"auditors": {"rat@nordlicht.example\r\n"},
	})
	if sent.status != 422 || len(sent.all("#f-k-wrong")) != 1 {
		t.Errorf("k is lowered: %d %s", sent.status, sent.text("main"))
	}
	sent = d.send("POST", home+"/settings", url.Values{
		"csrf": {csrfOf(d)}, "seen": {seen(home + "/settings")}, "name": {"Südlicht AG"}, "zone": {"Europe/Vienna"}, "k": {"7"},
		"auditors": {"rat@nordlicht.example\r\n"},
	})
	if got := d.send("GET", home+"/settings", nil); sent.status != 303 || attribute(got.all("#f-k")[0], "value") != "7" || got.text("#f-auditors") != "rat@nordlicht.example" {
		t.Errorf("settings after the change: %d %s", sent.status, got.text("main"))
	}
	d.send("POST", home+"/coaching", url.Values{
		"csrf": {csrfOf(d)}, "seen": {"0"}, "who-1": {"Ida"}, "when-de-1": {"Di 9–10 Uhr"}, "where-de-1": {"Raum 2.14"}, "process-1": {"INC"},
	})
	if got := attribute(d.send("GET", home+"/coaching", nil).all("#f-who-0")[0], "value"); got != "Ida" {
		t.Errorf("offers after the change: %q", got)
	}
	if got := w.nobody().send("GET", "/verify?document=nix-i01-b1", nil); got.status != 200 || !strings.Contains(got.text("main"), "nichts ausgestellt") {
		t.Errorf("a document that was never issued: %d %s", got.status, got.text("main"))
	}
}

// TestHowAListIsWrittenCanBeSaid: separator and character set are found out or chosen; a
// choice that makes umlauts unreadable is told with the one that does not.
func TestHowAListIsWrittenCanBeSaid(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/people"
	narrow := "Mailadresse;Name;Prozess;Rolle\nneu@nordlicht.example;Zo\xeb M\xfcller, IT;INC;owner\n"
	send := func(list, separator, charset string) *page {
		return d.upload(home+"/import", url.Values{"csrf": {csrfOf(d)}, "separator": {separator}, "charset": {charset}}, "file", list)
	}
	first := d.get(home + "/import").want(200)
	if got := first.text("form.form"); !strings.Contains(got, "automatisch") || len(first.all("input[checked]")) != 2 {
		t.Errorf("nothing is chosen beforehand: %s", got)
	}
	if got := send(narrow, "", "utf-8").want(422).text("#problem"); !strings.Contains(got, "Umlaute sind nicht lesbar. Wählen Sie den Zeichensatz Windows-1252.") {
		t.Errorf("Windows-1252 read as UTF-8: %s", got)
	}
	if got := send(sampleList, "", "windows-1252").want(422).text("#problem"); !strings.Contains(got, "Wählen Sie den Zeichensatz UTF-8.") {
		t.Errorf("UTF-8 read as Windows-1252: %s", got)
	}
	for _, charset := range []string{"", "windows-1252"} {
		p := d.follow(send(narrow, "", charset)).want(200)
		if got := p.text("main"); !strings.Contains(got, "Zoë Müller, IT") || !strings.Contains(got, "automatisch: Semikolon") {
			t.Errorf("character set %q: %s", charset, got)
		}
	}
	at := send(narrow, "comma", "").want(303).header.Get("Location")
	if got := d.get(at).want(422).text("#problem"); !strings.Contains(got, "Ordnen Sie eine Spalte dem Feld „Prozess“ zu") {
		t.Errorf("the wrong separator: %s", got)
	}
	path, _, _ := strings.Cut(at, "?")
	if got := d.get(path + "?charset=utf-8").want(422).text("main"); !strings.Contains(got, "Windows-1252") {
		t.Errorf("another character set in the second step: %s", got)
	}
	p := d.get(path + "?separator=semicolon&charset=windows-1252").want(200)
	d.submit(p, "form.form[method=post]").want(200)
	if got := d.get(home).text("main"); !strings.Contains(got, "Zoë Müller, IT") {
		t.Errorf("people after the import: %s", got)
	}
}
