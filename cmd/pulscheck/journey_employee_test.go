package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pulscheck/survey/questionnaire"
)

var personalLink = regexp.MustCompile(`https?://\S+/r/\S+#\S+`)

// takePart: ten by pointer, one by keyboard, one of them at the kiosk with a paper
// ticket, and one without script.
func (j *journey) takePart() {
	page, paper := j.base+strings.Replace(j.round, "/rounds/", "/r/", 1), j.paperTicket()
	j.t.Run("employees", func(t *testing.T) {
		for n := range employeesAsked {
			t.Run(strconv.Itoa(n), func(t *testing.T) {
				t.Parallel()
				e := &employee{j.visitor(t, j.chromium, 390), n, ""}
				if n == employeesAsked-1 {
					e.atTheKiosk(page, paper)
					return
				}
				text, _ := j.post.letters(t, fmt.Sprintf("person%d@nordlicht.example", n), 1)
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

// paperTicket is the link on the only paper ticket of the round: the lead prints the
// sheet, and its code is read from the paper.
func (j *journey) paperTicket() string {
	l := j.lead
	l.open(j.round + "/live")
	sheet, err := base64.StdEncoding.DecodeString(l.Eval(`fetch(document.querySelector('form[action$="/tickets.pdf"]').action + '?count=1').then((r) => r.blob())
		.then((b) => new Promise((done) => { const f = new FileReader(); f.onload = () => done(f.result.split(',')[1]); f.readAsDataURL(b) }))`))
	if err != nil {
		j.t.Fatal(err)
	}
	file := filepath.Join(j.t.TempDir(), "tickets.pdf")
	if err := os.WriteFile(file, sheet, 0o600); err != nil {
		j.t.Fatal(err)
	}
	codes := codesIn(j.t, file)
	if len(codes) != 1 {
		j.t.Fatalf("%d codes on the sheet of one ticket", len(codes))
	}
	return codes[0]
}

// employee is one of those who answer.
type employee struct {
	*visitor
	n    int
	link string
}

func (e *employee) comment() string { return fmt.Sprintf("Rückfragen %d kommen zu spät.", e.n) }

func (e *employee) byPointer() {
	e.Do(chromedp.Navigate(e.link))
	e.At("landing")
	if e.n == 2 {
		e.station("11-survey")
	}
	e.Next("attributes")
	e.Next("q1")
	e.questions()
}

// questions answers with the pointer from the first question to the end.
func (e *employee) questions() {
	q := questionnaire.Check()
	for i, item := range q.Items {
		scale := q.Scales[item.Scale]
		e.Do(chromedp.Click(chromedp.CSS(`input[value="` + strconv.Itoa(scale.Lo+(e.n+i)%(scale.Hi-scale.Lo+1)) + `"]`)))
		following := "comment"
		if i+1 < len(q.Items) {
			following = "q" + strconv.Itoa(i+2)
		}
		e.Next(following)
	}
	e.Do(chromedp.SendKeys(chromedp.ID("text"), e.comment()))
	e.Next("review")
	e.Next("done")
}

func (e *employee) byKeyboard() {
	e.Do(chromedp.Navigate(e.link))
	e.At("landing")
	for _, step := range []string{"attributes", "q1"} {
		e.tabTo(".bar .primary")
		e.key(kb.Enter)
		e.At(step)
	}
	for i := range questionnaire.Check().Items {
		e.At("q" + strconv.Itoa(i+1))
		e.key("1")
		e.key(kb.Enter)
	}
	e.At("comment")
	e.tabTo("textarea")
	e.key(e.comment())
	e.tabTo(".bar .primary")
	e.key(kb.Enter)
	e.At("review")
	e.tabTo(".skip")
	e.key(kb.Enter)
	e.key(kb.Enter)
	e.At("done")
}

func (e *employee) withoutScript(page string) {
	if _, err := chromedp.Call(e.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		e.T.Fatal(err)
	}
	e.Do(chromedp.Navigate(page), chromedp.WaitVisible(chromedp.ID("link-de")), chromedp.SendKeys(chromedp.ID("link-de"), e.link),
		chromedp.Click(chromedp.CSS(`form[lang=de] .primary`)), chromedp.WaitVisible(chromedp.ID("process")))
	for _, item := range questionnaire.Check().Items {
		e.Do(chromedp.Click(chromedp.CSS(`input[name="a_` + item.Key + `"][value="1"]`)))
	}
	e.Do(chromedp.SendKeys(chromedp.CSS("textarea[name=text]"), e.comment()), chromedp.Click(chromedp.CSS(".bar .primary")), chromedp.WaitVisible(chromedp.CSS(".thanks")))
}

func (e *employee) atTheKiosk(page, ticket string) {
	e.Do(chromedp.Navigate(page + "?kiosk"))
	e.At("landing")
	e.Next("link")
	e.Do(chromedp.SendKeys(chromedp.ID("link"), ticket), chromedp.Click(chromedp.CSS(".bar .primary")))
	e.At("attributes")
	e.Do(chromedp.SetValue(chromedp.ID("process"), "INC"))
	e.Eval(`String(document.getElementById('process').dispatchEvent(new Event('change')))`)
	e.Next("q1")
	e.questions()
}
