package apitest

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// looked is a page that is looked at in a browser.
type looked struct {
	name, path string
	as         account.Role // "" = nobody
}

// looks are the pages of the frame; {name} stands for an id.
var looks = []looked{
	{"login", "/login", ""}, {"setup", "/setup", ""},
	{"organisations", "/organisations", account.Operator}, {"organisation-new", "/organisations/new", account.Operator},
	{"overview", "/organisations/{organisation}", account.Lead}, {"overview-operator", "/organisations/{organisation}", account.Operator},
	{"users", "/organisations/{organisation}/users", account.Lead}, {"user-new", "/organisations/{organisation}/users/new", account.Lead},
	{"user", "/users/{user}", account.Lead}, {"user-remove", "/users/{user}/remove", account.Lead},
	{"tokens", "/organisations/{organisation}/tokens", account.Lead}, {"token-new", "/organisations/{organisation}/tokens/new", account.Lead},
	{"account", "/account", account.Lead}, {"forgotten", "/login/forgotten", ""},
	{"download", "/download", ""}, {"error", "/organisations/nirgends", account.Lead}, {"confirm-self", "/confirm", account.Lead},
}

// TestPagesInABrowser: every page in light and dark, in German and in English, has no
// accessibility violation, and nothing sticks out on a telephone, at 400 % zoom, with
// text twice as large, and on a desk. Colours are those of the German pages.
func TestPagesInABrowser(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	desks := map[account.Role]*desk{"": w.nobody()}
	for _, r := range account.Roles() {
		desks[r] = w.desk(r)
	}
	w.acts()
	w.deliveries()
	l := &looking{tab: w.tab()}
	pages := slices.Concat(looks, peopleLooks, roundLooks, rateLooks)
	l.walk(pages, desks, w.own, "", "light", "dark")
	l.as(desks[account.Operator])
	l.open("/organisations/new")
	l.Do(chromedp.SendKeys(chromedp.CSS("#f-key"), "ÄÖ"), chromedp.Submit(chromedp.CSS("#f-key")), chromedp.WaitVisible(chromedp.CSS("#problem")))
	l.look("problem", "light", "dark")
	l.as(desks[account.Lead])
	l.open("/reports/" + w.own["report"] + "/send")
	l.Do(chromedp.SendKeys(chromedp.CSS("#f-addresses"), "gast@nordlicht.example"), chromedp.Click(chromedp.CSS("[name=way][value=link]")),
		chromedp.Click(chromedp.CSS("form.form .button")), chromedp.WaitVisible(chromedp.CSS("pre.letter")))
	l.look("report-sending", "light", "dark")
	for _, d := range desks {
		d.submit(d.get("/accessibility"), "form[action=/language]")
	}
	l.walk(pages, desks, w.own, "-en", "light")
	t.Logf("axe-core on %d views of %d pages, and in English", l.checked, len(pages)+2)
}

// looking is a tab that goes from page to page.
type looking struct {
	*tab
	checked int // views by axe-core
}

func (l *looking) walk(pages []looked, desks map[account.Role]*desk, ids map[string]string, suffix string, schemes ...string) {
	for _, p := range pages {
		l.as(desks[p.as])
		l.open(fill(p.path, ids))
		l.look(p.name+suffix, schemes...)
	}
}

// look measures the page that is open, and takes pictures of it.
func (l *looking) look(name string, schemes ...string) {
	l.T.Helper()
	for _, scheme := range schemes {
		l.Media("prefers-color-scheme", scheme)
		for _, width := range []int64{390, 320, 1440} {
			l.Size(width, 900)
			if bad := l.Sideways(); bad != "" {
				l.T.Errorf("%s at %d px:\n%s", name, width, bad)
			}
			l.Picture(fmt.Sprintf("%s-%s-%d", name, scheme, width))
			if width == 320 || len(schemes) == 1 && width == 390 {
				continue
			}
			l.checked++
			if found := l.Axe("../.."); found != "" {
				l.T.Errorf("%s, %s, %d px:\n%s", name, scheme, width, found)
			}
		}
	}
	l.Size(390, 900)
	l.Eval(`document.documentElement.style.fontSize = '200%'`)
	if bad := l.Sideways(); bad != "" {
		l.T.Errorf("%s with large text:\n%s", name, bad)
	}
	l.Picture(name + "-large")
}

// TestLogInInABrowser: cookies, content policy and redirects work in a real browser from
// the code of the console on.
func TestLogInInABrowser(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	code, err := w.service.CreateOperator(ctx, account.System(), "betrieb@nordlicht.example", "de")
	w.check(err)
	b := w.tab()
	b.Size(1440, 900)
	b.open("/")
	b.Do(chromedp.WaitVisible(chromedp.CSS("#f-password")))
	b.open("/setup")
	b.Do(chromedp.SendKeys(chromedp.CSS("#f-code"), code), chromedp.Submit(chromedp.CSS("#f-code")), chromedp.WaitVisible(chromedp.CSS("#f-repeated")))
	b.Do(chromedp.SendKeys(chromedp.CSS("#f-password"), passphrase), chromedp.SendKeys(chromedp.CSS("#f-repeated"), passphrase),
		chromedp.Submit(chromedp.CSS("#f-repeated")), chromedp.WaitVisible(chromedp.CSS("code.key")))
	b.Do(chromedp.Poll[chromedp.Void](`document.querySelector(".qr").complete`))
	if got := b.Eval(`document.querySelector('.qr').naturalWidth > 0 ? 'drawn' : 'missing'`); got != "drawn" {
		t.Error("the QR code is missing")
	}
	b.Picture("second-factor")
	secret := (&page{t: t, root: parse(b.Eval(`document.body.outerHTML`))}).key()
	b.Do(chromedp.SendKeys(chromedp.CSS("#f-code"), account.SecondCode(secret, w.now)), chromedp.Submit(chromedp.CSS("#f-code")),
		chromedp.WaitVisible(chromedp.CSS(".codes")))
	b.Picture("recovery-codes")
	if found := b.Axe("../.."); found != "" {
		t.Errorf("recovery codes:\n%s", found)
	}
	b.Do(chromedp.Click(chromedp.CSS("main .button")), chromedp.WaitVisible(chromedp.CSS("form[action='/logout']")))
	if got, err := url.Parse(b.Eval(`location.href`)); err != nil || got.Path != "/organisations" {
		t.Errorf("signed in at %s, %v", got, err)
	}
}
