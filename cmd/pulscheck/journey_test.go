package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pulscheck/api"
	"pulscheck/api/web"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/mail"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// startPages is a world that also serves the pages of those who run programmes, on the
// clock of the test, and mails their codes.
func startPages(t *testing.T) *world {
	t.Helper()
	w := startWorld(t, storetest.SQLite(t))
	w.set(time.Now().Truncate(time.Minute)) // respondents' pages compare with the clock of the browser
	w.base = serveOn(t, api.New(api.Options{
		Participation: w.service, Ready: w.store.Ping, Now: time.Now, Log: w.log,
		Pages: &web.Options{Service: w.service, Replies: w.store, Source: w.source(), Now: w.now},
	}))
	sender, err := mail.NewSender(mail.Options{URL: "file:" + w.mails, From: "puls@nordlicht.example"})
	if err != nil {
		t.Fatal(err)
	}
	w.courier = mail.NewCourier(mail.CourierOptions{
		Store: w.store, Rounds: w.service, Codes: w.service, Sender: sender, BaseURL: w.base, Now: w.now, Log: w.log,
		Wait: func(context.Context, time.Duration) error { return nil },
	})
	return w
}

// journey is what its people pass on to one another.
type journey struct {
	*world
	t                           *testing.T
	chromium                    *browser
	operator, lead, consultant  *visitor
	home                        string // addresses
	programme, iteration, round string
	began                       time.Time
}

const employeesAsked = 12

// TestJourney is one iteration in a browser: an operator makes the organisation, a lead
// brings the people, opens and closes, a consultant plans, moderates, decides, issues,
// sends and compares, each with a second factor, and twelve employees answer.
func TestJourney(t *testing.T) {
	j := &journey{world: startPages(t), t: t, began: time.Now()}
	j.chromium = openBrowser(t)
	j.operator, j.lead, j.consultant = j.visitor(t, j.chromium, 1440), j.visitor(t, j.chromium, 1440), j.visitor(t, j.chromium, 1440)
	for _, leg := range []struct {
		name string
		walk func()
	}{
		{"operator", j.organise}, {"people", j.enrol}, {"past", j.recall}, {"plan", j.plan}, {"open", j.start}, {"answers", j.takePart},
		{"close", j.end}, {"moderate", j.moderate}, {"decide", j.decide}, {"report", j.publish}, {"compare", j.compare},
	} {
		began := time.Now()
		leg.walk()
		t.Logf("%-9s %5.1f s", leg.name, time.Since(began).Seconds())
	}
	t.Logf("%-9s %5.1f s", "together", time.Since(j.began).Seconds())
}

var oneTimeCode = regexp.MustCompile(`\b[0-9A-Z]{5}(-[0-9A-Z]{5}){4}-[0-9A-Z]\b`)

func (j *journey) code(address string) string {
	text, _ := j.letter(j.t, address)
	code := oneTimeCode.FindString(text)
	if code == "" {
		j.t.Fatalf("no code in the mail to %s:\n%s", address, text)
	}
	return code
}

// organise: the operator signs in with the code of the console and invites two people.
func (j *journey) organise() {
	code, err := j.service.CreateOperator(j.t.Context(), account.System(), "betrieb@nordlicht.example", "de")
	if err != nil {
		j.t.Fatal(err)
	}
	o := j.operator
	o.setUp(code)
	o.open("/organisations/new")
	o.fill("name", "Nordlicht AG", "key", "nord", "zone", "Europe/Berlin")
	o.press(submit)
	j.home = o.path()
	for role, address := range map[string]string{"lead": "leitung@nordlicht.example", "consultant": "beratung@nordlicht.example"} {
		o.open(j.home + "/users/new")
		o.fill("email", address, "name", "Alex "+role, "role", role, "language", "de")
		o.press(submit)
	}
	o.says("leitung@nordlicht.example", "beratung@nordlicht.example")
	o.station("01-users")
	j.runDue(j.t)
}

// enrol: the lead takes the processes of the template, imports people in three steps and
// consents to the consultant.
func (j *journey) enrol() {
	l := j.lead
	l.setUp(j.code("leitung@nordlicht.example"))
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
	l.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	l.press(submit)
	l.says("12 neu", "0 fehlerhafte Zeilen")
	l.station("03-import")
	l.press("main form.form .button:not(.secondary)")
	l.says("person0@nordlicht.example")
	l.open(j.home + "/users")
	l.eval(`String([...document.querySelectorAll('main tr')].find((r) => r.textContent.includes('beratung@')).querySelector('a').id = 'theirs')`)
	l.press("#theirs")
	l.press(`form[action*="/consent"] button`)
}

// recall: the consultant begins a programme and takes over what another tool counted.
func (j *journey) recall() {
	c := j.consultant
	c.setUp(j.code("beratung@nordlicht.example"))
	c.open(j.home)
	c.press(`main a.button[href$="/programmes/new"]`)
	c.fill("name", "ITSM 2026", "language", "de", "steering", "lenkung@nordlicht.example")
	c.press(submit)
	j.programme = c.eval(`document.querySelector('a[href$="/iterations/new"]').getAttribute('href').replace('/iterations/new', '')`)
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
	c.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	c.fill("kind", "check", "closes", j.day(-110), "title", "Altes Werkzeug")
	c.press(submit)
	c.says("Altes Werkzeug")
	c.station("04-past")
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

// plan: the consultant plans the iteration and drafts its check, step by step.
func (j *journey) plan() {
	c := j.consultant
	j.iteration = j.iterate(-50, 5, 60)
	c.station("05-iteration")
	c.open(j.iteration + "/rounds/new")
	c.fill("kind", "check")
	c.press(submit)
	j.round = strings.TrimSuffix(c.path(), "/draft/groups")
	c.station("06-groups")
	c.press(submit)
	c.says("Sekunden")
	c.station("07-questions")
	c.press(submit)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		j.t.Fatal(err)
	}
	wall := func(days int) string { return j.now().In(zone).AddDate(0, 0, days).Format("2006-01-02T15:04") }
	c.fill("opens", wall(0), "closes", wall(10), "reminder1", wall(3), "reminder2", wall(8))
	c.press(submit)
	c.press(submit)
	c.station("08-check")
}

// start: the lead opens the round, and the invitations go out.
func (j *journey) start() {
	j.lead.open(j.round + "/open")
	j.lead.station("09-open")
	j.lead.press("main form.bar .button.danger")
	j.runDue(j.t)
	j.lead.open(j.round + "/live")
	j.lead.station("10-live")
}

var personalLink = regexp.MustCompile(`https?://\S+/r/\S+#\S+`)

// takePart: ten by pointer, one by keyboard, one of them at the kiosk with a paper
// ticket, and one without script.
func (j *journey) takePart() {
	id := survey.RoundID(strings.TrimPrefix(j.round, "/rounds/"))
	_, paper, err := j.service.Links(j.t.Context(), id)
	if err != nil || len(paper) != 1 {
		j.t.Fatalf("%d paper tickets, %v", len(paper), err)
	}
	page := j.base + "/r/" + string(id)
	j.t.Run("employees", func(t *testing.T) {
		for n := range employeesAsked {
			t.Run(strconv.Itoa(n), func(t *testing.T) {
				t.Parallel()
				e := &employee{j.visitor(t, j.chromium, 390), n, ""}
				if n == employeesAsked-1 {
					e.atTheKiosk(page, paper[0])
					return
				}
				text, _ := j.letter(t, fmt.Sprintf("person%d@nordlicht.example", n))
				e.link = personalLink.FindString(text)
				switch n {
				case 0:
					e.byKeyboard()
				case 1:
					e.withoutScript(page)
				default:
					e.byPointer()
				}
			})
		}
	})
	if j.t.Failed() {
		j.t.FailNow()
	}
}

// employee is one of those who answer.
type employee struct {
	*visitor
	n    int
	link string
}

func (e *employee) comment() string { return fmt.Sprintf("Rückfragen %d kommen zu spät.", e.n) }

func (e *employee) byPointer() {
	e.do(chromedp.Navigate(e.link))
	e.at("landing")
	if e.n == 2 {
		e.station("11-survey")
	}
	e.next("attributes")
	e.next("q1")
	e.questions()
}

// questions answers with the pointer from the first question to the end.
func (e *employee) questions() {
	q := questionnaire.Check()
	for i, item := range q.Items {
		scale := q.Scales[item.Scale]
		e.do(chromedp.Click(chromedp.CSS(`input[value="` + strconv.Itoa(scale.Lo+(e.n+i)%(scale.Hi-scale.Lo+1)) + `"]`)))
		following := "comment"
		if i+1 < len(q.Items) {
			following = "q" + strconv.Itoa(i+2)
		}
		e.next(following)
	}
	e.do(chromedp.SendKeys(chromedp.ID("text"), e.comment()))
	e.next("review")
	e.next("done")
}

func (e *employee) byKeyboard() {
	e.do(chromedp.Navigate(e.link))
	e.at("landing")
	for _, step := range []string{"attributes", "q1"} {
		e.tabTo(".bar .primary")
		e.key(kb.Enter)
		e.at(step)
	}
	for i := range questionnaire.Check().Items {
		e.at("q" + strconv.Itoa(i+1))
		e.key("1")
		e.key(kb.Enter)
	}
	e.at("comment")
	e.tabTo("textarea")
	e.key(e.comment())
	e.tabTo(".bar .primary")
	e.key(kb.Enter)
	e.at("review")
	e.tabTo(".skip")
	e.key(kb.Enter)
	e.key(kb.Enter)
	e.at("done")
}

func (e *employee) withoutScript(page string) {
	if _, err := chromedp.Call(e.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		e.t.Fatal(err)
	}
	e.do(chromedp.Navigate(page), chromedp.WaitVisible(chromedp.ID("link-de")), chromedp.SendKeys(chromedp.ID("link-de"), e.link),
		chromedp.Click(chromedp.CSS(`form[lang=de] .primary`)), chromedp.WaitVisible(chromedp.ID("process")))
	for _, item := range questionnaire.Check().Items {
		e.do(chromedp.Click(chromedp.CSS(`input[name="a_` + item.Key + `"][value="1"]`)))
	}
	e.do(chromedp.SendKeys(chromedp.CSS("textarea[name=text]"), e.comment()), chromedp.Click(chromedp.CSS(".bar .primary")), chromedp.WaitVisible(chromedp.CSS(".thanks")))
}

func (e *employee) atTheKiosk(page, ticket string) {
	e.do(chromedp.Navigate(page + "?kiosk"))
	e.at("landing")
	e.next("link")
	e.do(chromedp.SendKeys(chromedp.ID("link"), ticket), chromedp.Click(chromedp.CSS(".bar .primary")))
	e.at("attributes")
	e.do(chromedp.SetValue(chromedp.ID("process"), "INC"))
	e.eval(`String(document.getElementById('process').dispatchEvent(new Event('change')))`)
	e.next("q1")
	e.questions()
}

// end: the lead closes the round, which is counted, and reports are drafted.
func (j *journey) end() {
	j.lead.open(j.round + "/close")
	j.lead.press("main form.bar .button.danger")
	j.runDue(j.t)
	j.consultant.open(j.round + "/results?tab=participation")
	j.consultant.says("12")
	j.consultant.open(j.round + "/results")
	j.consultant.station("12-results")
}

// moderate: the consultant releases the comments, and makes an improvement of one.
func (j *journey) moderate() {
	c := j.consultant
	c.open(j.iteration + "/comments")
	c.says("Rückfragen")
	c.station("13-comments")
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
	c.station("14-decisions")
}

// publish: the consultant issues the report of the check and sends it to the committee.
func (j *journey) publish() {
	c := j.consultant
	c.open(j.iteration + "/reports")
	c.station("15-reports")
	c.eval(`String([...document.querySelectorAll('main tr')].find((r) => /^Check.*Deutsch/s.test(r.innerText.trim())).querySelector('a').id = 'theirs')`)
	c.press("#theirs")
	c.station("16-report")
	report := c.path()
	j.set(j.now().Add(time.Minute)) // so that this is not the instant of the letters before
	c.open(report + "/issue")
	c.press("main form.bar .button.danger")
	c.open(report + "/send")
	c.press("main form.bar button.button")
	j.runDue(j.t)
	c.open(report + "/send")
	c.says("lenkung@nordlicht.example", "angenommen")
	c.station("17-sent")
	if _, attached := j.letter(j.t, "lenkung@nordlicht.example"); attached != 1 {
		j.t.Errorf("%d reports went to the committee, want one", attached)
	}
}

// compare: the consultant sets the round beside what another tool had counted.
func (j *journey) compare() {
	c := j.consultant
	c.open(j.programme + "/comparison")
	c.says("1", "2")
	if c.eval(`String(document.querySelectorAll('main svg').length > 0)`) != "true" {
		j.t.Error("the comparison shows no figure")
	}
	c.station("18-comparison")
}
