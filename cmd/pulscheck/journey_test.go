package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"pulscheck/api/apitest"
	"pulscheck/survey/questionnaire"
)

// ahead is how far the clock of the server is ahead of the real one until the round
// opens: rounds wait a day for the auditor, and the pages of respondents compare with the
// clock of their browser, which is the real one.
const ahead = -26 * time.Hour

// journey is what its people pass on to one another.
type journey struct {
	*served
	t                                    *testing.T
	chromium                             *apitest.Tab
	operator, lead, consultant, auditor  *visitor
	home                                 string // addresses
	programme, iteration, round, another string
	key                                  string // file of the trustee's secret key
	began                                time.Time
}

const (
	employeesAsked = 12
	operatorAt     = "betrieb@nordlicht.example"
	leadAt         = "leitung@nordlicht.example"
	consultantAt   = "beratung@nordlicht.example"
	auditorAt      = "betriebsrat@nordlicht.example"
	unknownAt      = "person3@nordlicht.example" // unknown to the mail server at first
	committeeAt    = "lenkung@nordlicht.example"
	guestAt        = "gast@nordlicht.example"
)

// TestJourney is one iteration in a browser: an operator makes the organisation, a lead
// brings the people, opens and closes, an auditor holds the trustee's key, reviews, puts
// a veto in and unlocks, a consultant plans, moderates, issues, sends, decides and
// compares, each with a second factor at the first and at a later log-in, and twelve
// employees answer.
//
// All of them talk to a process that does what "pulscheck serve" does, with its
// configuration, database, jobs and mails over SMTP. What differs: its clock is a day
// behind until the round opens, and the mail server is one of the test.
func TestJourney(t *testing.T) {
	chromium := apitest.OpenTab(t, "de-DE")
	j := &journey{served: startServed(t, ahead), t: t, chromium: chromium, began: time.Now()}
	for _, who := range []**visitor{&j.operator, &j.lead, &j.consultant, &j.auditor} {
		*who = j.visitor(t, chromium, 1440)
	}
	for _, leg := range []struct {
		name string
		walk func()
	}{
		{"operator", j.organise}, {"people", j.enrol}, {"trustee", j.entrust}, {"past", j.recall}, {"plan", j.plan}, {"review", j.review},
		{"open", j.start}, {"answers", j.takePart}, {"close", j.end}, {"unlock", j.unlock}, {"moderate", j.moderate},
		{"report", func() { j.publish(1) }}, {"decide", j.decide}, {"again", func() { j.publish(2) }}, {"compare", j.compare},
	} {
		began := time.Now()
		leg.walk()
		t.Logf("%-9s %5.1f s", leg.name, time.Since(began).Seconds())
	}
	t.Logf("%-9s %5.1f s", "together", time.Since(j.began).Seconds())
}

var oneTimeCode = regexp.MustCompile(`\b[0-9A-Z]{5}(-[0-9A-Z]{5}){4}-[0-9A-Z]\b`)

// code finds the one-time code in what somebody was told.
func (j *journey) code(text string) string {
	j.t.Helper()
	code := oneTimeCode.FindString(text)
	if code == "" {
		j.t.Fatalf("no code in\n%s", text)
	}
	return code
}

// mailed is the code that somebody got by mail.
func (j *journey) mailed(address string) string {
	j.t.Helper()
	text, _ := j.post.letters(j.t, address, 1)
	return j.code(text)
}

// organise: the operator signs in with the code of the console and invites three people.
func (j *journey) organise() {
	o := j.operator
	o.setUp(j.code(j.command("", "admin", "create", "--email", operatorAt, "--role", "operator")))
	o.open("/organisations/new")
	o.fill("name", "Nordlicht AG", "key", "nord", "zone", "Europe/Berlin")
	o.press(submit)
	j.home = o.path()
	for role, address := range map[string]string{"lead": leadAt, "consultant": consultantAt} {
		j.invite(o, role, address)
	}
	o.station("01-users")
}

// invite: somebody invites somebody.
func (j *journey) invite(by *visitor, role, address string) {
	by.open(j.home + "/users/new")
	by.fill("email", address, "name", "Alex "+role, "role", role, "language", "de")
	by.press(submit)
}

// enrol: the lead takes the processes of the template, imports people in three steps and
// consents to the consultant.
func (j *journey) enrol() {
	l := j.lead
	l.setUp(j.mailed(leadAt))
	l.station("02-lead")
	l.open(j.home + "/processes")
	l.press(`form[action$="/processes/template"] button`)
	var list strings.Builder
	list.WriteString("Mailadresse;Name;Prozess;Rolle;Abteilung\n")
	for n := range employeesAsked {
		address := fmt.Sprintf("person%d@nordlicht.example", n)
		if n == employeesAsked-1 {
			address = "" // who takes part with a paper ticket
		}
		fmt.Fprintf(&list, "%s;Person %d;INC;staff;IT Süd\n", address, n)
	}
	file := filepath.Join(j.t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(list.String()), 0o600); err != nil {
		j.t.Fatal(err)
	}
	l.open(j.home + "/people/import")
	l.Do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	l.press(submit)
	l.says("12 neu", "0 fehlerhafte Zeilen")
	l.station("03-import")
	l.press("main form.form .button:not(.secondary)")
	l.says("person0@nordlicht.example")
	j.invite(l, "auditor", auditorAt)
	l.open(j.home + "/users")
	l.says(leadAt, consultantAt, auditorAt)
	l.Eval(`String([...document.querySelectorAll('main tr')].find((r) => r.textContent.includes('beratung@')).querySelector('a').id = 'theirs')`)
	l.press("#theirs")
	l.press(`form[action*="/consent"] button`)
}

// entrust: the auditor signs in, makes a key on a machine of the works council and sets
// it for the rounds to come.
func (j *journey) entrust() {
	a := j.auditor
	a.setUp(j.mailed(auditorAt))
	j.key = filepath.Join(j.t.TempDir(), "key.txt")
	lines := strings.Fields(j.command("", "trustee", "key", "-o", j.key))
	a.open(j.home + "/trustee/new")
	a.fill("key", lines[len(lines)-1], "loss_accepted", "yes")
	a.press(submit)
	a.says("Gesetzt am")
	a.station("04-trustee")
}

// recall: the consultant begins a programme and takes over what another tool counted.
func (j *journey) recall() {
	c := j.consultant
	c.setUp(j.mailed(consultantAt))
	c.open(j.home)
	c.press(`main a.button[href$="/programmes/new"]`)
	c.fill("name", "ITSM 2026", "language", "de", "steering", committeeAt)
	c.press(submit)
	j.programme = c.Eval(`document.querySelector('a[href$="/iterations/new"]').getAttribute('href').replace('/iterations/new', '')`)
	before := j.iterate(-200, -110, -60)
	file := filepath.Join(j.t.TempDir(), "past.csv")
	var rows strings.Builder
	rows.WriteString("item;process;invited;1;2;3;4;5\n")
	for _, item := range questionnaire.Check().Items {
		if item.Scale != "yesno" {
			fmt.Fprintf(&rows, "%s;INC;50;10;12;10;6;2\n", item.Key)
		}
	}
	if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
		j.t.Fatal(err)
	}
	c.open(before + "/import")
	c.Do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	c.fill("kind", "check", "closes", j.day(-110), "title", "Altes Werkzeug")
	c.press(submit)
	c.says("Altes Werkzeug")
	c.station("05-past")
}

func (j *journey) day(days int) string { return j.now().AddDate(0, 0, days).Format(time.DateOnly) }

// iterate plans an iteration by days from now.
func (j *journey) iterate(starts, checks, ends int) string {
	c := j.consultant
	c.open(j.programme + "/iterations/new")
	c.fill("starts", j.day(starts), "checks", j.day(checks), "ends", j.day(ends), "scope", "INC")
	c.press(submit)
	return c.path()
}

// plan: the consultant plans the iteration and drafts its check, step by step, and a
// pulse beside it; both go to the auditor.
func (j *journey) plan() {
	c := j.consultant
	j.iteration = j.iterate(-50, 5, 60)
	c.station("06-iteration")
	j.round = j.draft("check", 240, 72, 192)
	c.says("wird geprüft")
	c.station("10-submitted")
	j.another = j.draft("pulse", 120, 72, 96)
}

// draft goes through the steps of a round that opens in 25 hours, with its end and its
// reminders in hours from now, and submits it.
func (j *journey) draft(kind string, ends, first, last int) string {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		j.t.Fatal(err)
	}
	wall := func(hours int) string {
		return j.now().In(zone).Add(time.Duration(hours) * time.Hour).Format("2006-01-02T15:04")
	}
	c := j.consultant
	c.open(j.iteration + "/rounds/new")
	c.fill("kind", kind)
	c.press(submit)
	round := strings.TrimSuffix(c.path(), "/draft/groups")
	c.station("07-groups-" + kind)
	c.press(submit)
	c.says("höchstens 120 s")
	c.station("08-questions-" + kind)
	c.press(submit)
	c.fill("opens", wall(25), "closes", wall(ends), "reminder1", wall(first), "reminder2", wall(last))
	c.press(submit)
	c.press(submit)
	c.says("24 Stunden Prüfung")
	c.station("09-check-" + kind)
	c.press(`form[action$="/submit"] .button`)
	return round
}

// review: the auditor reads who is asked what, lets the check pass and puts a veto in
// against the pulse; before the day is over, the lead can open neither.
func (j *journey) review() {
	a := j.auditor
	a.open(j.home + "/reviews")
	a.station("11-reviews")
	a.open(j.round + "/review")
	a.says("Person 3", "Papierschein", "Ich")
	a.station("12-review")
	a.open(j.another + "/veto")
	a.fill("reason", "Zwei Befragungen zugleich sind zu viel.")
	a.press(submit)
	a.says("Veto vom", "zu viel")
	a.station("13-veto")
	j.lead.open(j.round + "/open")
	j.lead.refused("main form.bar .button.danger", "24 Stunden")
}

// start: a day later all sessions are over, and with a new log-in the lead opens what
// passed, but not what was vetoed; the invitations go out, the one that the mail server
// refuses at the second go.
func (j *journey) start() {
	j.shift(0)
	l := j.lead
	l.open(j.round)
	if l.path() != "/login" {
		j.t.Errorf("a session of yesterday leads to %s", l.path())
	}
	l.signIn(leadAt, true)
	l.open(j.another + "/open")
	l.refused("main form.bar .button.danger", "Einspruch")
	l.open(j.round + "/open")
	l.station("14-open")
	j.post.refuse(unknownAt)
	l.press("main form.bar .button.danger")
	l.open(j.round + "/live")
	l.station("15-live")
	l.until(j.round+"/invitations", "10 von 11 Einladungen")
	l.says(unknownAt)
	l.station("16-invitations")
	j.post.refuse("")
	l.press("main div.card form .button")
	l.until(j.round+"/invitations", "11 von 11 Einladungen")
}

// end: the lead closes the round, and counting waits for the trustee, as the pages say.
func (j *journey) end() {
	j.lead.open(j.round + "/close")
	j.lead.press("main form.bar .button.danger")
	j.lead.until(j.round, "wartet auf den Schlüssel")
	j.lead.station("17-waits")
	c := j.consultant
	c.signIn(consultantAt, true)
	c.open(j.round + "/results")
	c.says("Schlüssel")
	c.station("18-no-results")
}

// unlock: the auditor, who left the telephone at home, unlocks the round on a machine of
// the works council; then it is counted, and reports are drafted.
func (j *journey) unlock() {
	a := j.auditor
	a.signIn(auditorAt, false)
	a.open(j.home + "/trustee")
	a.says("Wartet auf den Schlüssel")
	a.open(j.round + "/trustee")
	a.station("19-unlock")
	locked := a.Eval(`fetch(document.querySelector('main a[href$="trustee.json"]').href).then((r) => r.text())`)
	file := filepath.Join(j.t.TempDir(), "unlock.json")
	opened := j.command(locked, "trustee", "unlock", "--key", j.key, "--early") // it ended before its time
	if err := os.WriteFile(file, []byte(opened), 0o600); err != nil {
		j.t.Fatal(err)
	}
	a.Do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	a.press(submit)
	j.consultant.until(j.round+"/results?tab=participation", "12")
	j.consultant.open(j.round + "/results")
	j.consultant.station("20-results")
}

// moderate: the consultant releases the comments, and makes an improvement of one.
func (j *journey) moderate() {
	c := j.consultant
	c.open(j.iteration + "/comments")
	c.says("Rückfragen")
	c.station("21-comments")
	for range employeesAsked {
		c.fill("outcome", "released")
		c.press(submit)
	}
	c.says("Keine offenen Kommentare")
}

// decide: the consultant records what the committee decided.
func (j *journey) decide() {
	c := j.consultant
	c.open(j.iteration + "/decisions/new")
	c.fill("proposal", "Rückfragen binnen eines Tages beantworten", "outcome", "yes", "owner", "Serviceleitung", "due", j.day(20))
	c.press(submit)
	c.says("Rückfragen binnen eines Tages")
	c.station("24-decisions")
}

// publish: the consultant issues a version of the report of the check, the second one
// after having it drawn with the decisions, and sends it to the committee.
func (j *journey) publish(version int) {
	c, number := j.consultant, strconv.Itoa(version)
	if version > 1 {
		c.open(j.iteration + "/reports/new")
		c.fill("kind", "check", "reason", "mit den Beschlüssen")
		c.press(submit)
	}
	c.until(j.iteration+"/reports", []string{"", "Check-Bericht", "mit den Beschlüssen"}[version])
	c.station("22-reports-" + number)
	c.Eval(`String([...document.querySelectorAll('main tr')].find((r) => /^Check.*Deutsch\s+` + number + `/s.test(r.innerText.trim())).querySelector('a').id = 'theirs')`)
	c.press("#theirs")
	c.station("23-report-" + number)
	report := c.path()
	c.open(report + "/issue")
	c.press("main form.bar .button.danger")
	if _, attached := j.post.letters(j.t, committeeAt, version); attached != version {
		j.t.Errorf("%d reports went to the committee, want %d", attached, version)
	}
	c.open(report + "/send")
	c.fill("addresses", guestAt, "way", "link")
	c.press(submit)
	c.says("Geht an eine Adresse: "+guestAt, "Haben ihn schon: "+committeeAt)
	c.station("24-sending-" + number)
	c.press("main form.bar button:last-child")
	text, _ := j.post.letters(j.t, guestAt, version)
	links := downloadLink.FindAllString(text, -1)
	c.open(links[len(links)-1])
	if c.Eval(sameFile(report)) != "true" {
		j.t.Error("the link does not lead to the bytes of the report")
	}
	c.until(report+"/send", "angenommen")
	c.says(committeeAt, guestAt)
	c.station("25-sent-" + number)
}

var downloadLink = regexp.MustCompile(`/download#\S+`)

// sameFile downloads what the form of a link leads to, and compares it with a report.
func sameFile(report string) string {
	return `(async () => {
		const form = document.querySelector('main form.form');
		const bytes = async (answer) => new Uint8Array(await (await answer).arrayBuffer());
		const one = await bytes(fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }));
		const other = await bytes(fetch('/api/v1` + report + `.pdf'));
		return String(one.length > 10_000 && one.length === other.length && one.every((b, i) => b === other[i]));
	})()`
}

// compare: the consultant sets the round beside what another tool had counted.
func (j *journey) compare() {
	c := j.consultant
	c.open(j.programme + "/comparison")
	c.says("1", "2")
	if c.Eval(`String(document.querySelectorAll('main svg').length > 0)`) != "true" {
		j.t.Error("the comparison shows no figure")
	}
	c.station("29-comparison")
}
