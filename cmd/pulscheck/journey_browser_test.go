package main

import (
	"encoding/base32"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pulscheck/api/apitest"
	"pulscheck/survey/account"
)

// visitor is somebody with a browser of their own: cookies of others are not in it.
type visitor struct {
	*apitest.Tab
	base     string
	now      func() time.Time // of the server
	second   []byte           // secret of the second factor
	recovery []string         // codes that stand in for it once
}

// visit opens one in the Chromium of b.
func visit(t *testing.T, b *apitest.Tab, base string, now func() time.Time, width int64) *visitor {
	t.Helper()
	v := &visitor{Tab: b.Apart(t), base: base, now: now}
	v.Size(width, 900)
	return v
}

func (v *visitor) open(path string) {
	v.T.Helper()
	v.Do(chromedp.Navigate(v.base+path), chromedp.WaitVisible(chromedp.CSS("h1")))
}

func (v *visitor) path() string { v.T.Helper(); return v.Eval(`location.pathname`) }

// fill sets fields of the page by name; radio buttons and boxes by their values.
func (v *visitor) fill(pairs ...string) {
	v.T.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		said, err := json.Marshal(pairs[i : i+2])
		if err != nil {
			v.T.Fatal(err)
		}
		if v.Eval(`(([name, value]) => {
			const all = [...document.getElementsByName(name)].filter((e) => e.type !== 'hidden');
			for (const e of all) if (e.type === 'radio' || e.type === 'checkbox') e.checked ||= e.value === value; else e.value = value;
			return String(all.length);
		})(`+string(said)+`)`) == "0" {
			v.T.Fatalf("%s has no field %s", v.path(), pairs[i])
		}
	}
}

// press clicks and waits for the page that follows; one that says that something is
// wrong ends the test.
func (v *visitor) press(css string) {
	v.T.Helper()
	v.Eval(`document.documentElement.dataset.left = 'yes'`)
	v.Do(chromedp.Click(chromedp.CSS(css)), chromedp.WaitVisible(chromedp.CSS("html:not([data-left]) h1")))
	if wrong := v.Eval(`document.querySelector('#problem')?.innerText ?? ''`); wrong != "" {
		v.T.Fatalf("%s: %s", v.path(), wrong)
	}
}

const submit = "main form.form .button:not(.secondary)"

// says ends the test unless the page says all of it.
func (v *visitor) says(all ...string) {
	v.T.Helper()
	text := v.Eval(`document.querySelector('main').innerText`)
	for _, one := range all {
		if !strings.Contains(text, one) {
			v.T.Fatalf("%s does not say %q:\n%s", v.path(), one, text)
		}
	}
}

// station is a place of the journey that people look at: pictures of a telephone and of
// a desk, light and dark, in the folder that PULSCHECK_TEST_PICTURES names.
func (v *visitor) station(name string) {
	v.T.Helper()
	if os.Getenv("PULSCHECK_TEST_PICTURES") == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		v.Media("prefers-color-scheme", scheme)
		for _, width := range []int64{390, 1440} {
			v.Size(width, 900)
			v.Picture("journey-" + name + "-" + scheme + "-" + strconv.Itoa(int(width)))
		}
	}
}

const phrase = "vier Wolken ziehen langsam nach Osten"

// setUp goes from a one-time code to the first page of somebody who is signed in with
// password and second factor, and keeps the recovery codes.
func (v *visitor) setUp(code string) {
	v.T.Helper()
	v.open("/setup")
	v.fill("code", code)
	v.press(submit)
	v.fill("password", phrase, "repeated", phrase)
	v.press(submit)
	var err error
	v.second, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(v.Eval(`document.querySelector('code.key').innerText.replaceAll(/\s/g, '')`))
	if err != nil {
		v.T.Fatal(err)
	}
	v.fill("code", account.SecondCode(v.second, v.now()))
	v.press(submit)
	v.recovery = strings.Fields(v.Eval(`[...document.querySelectorAll('.codes code')].map((e) => e.innerText).join(' ')`))
	v.press("main .button")
	v.says("")
}

// signIn is a later log-in: password, and then either the one-time password of now or,
// without the telephone, a recovery code, which the page takes once and never again.
func (v *visitor) signIn(address string, telephone bool) {
	v.T.Helper()
	v.password(address)
	if telephone {
		v.fill("code", account.SecondCode(v.second, v.now()))
		v.press(submit)
		v.says("")
		return
	}
	v.fill("code", v.recovery[0])
	v.press(submit)
	v.signOut()
	v.password(address)
	v.fill("code", v.recovery[0])
	v.refused(submit, "schon benutzt")
	v.fill("code", v.recovery[1])
	v.press(submit)
}

func (v *visitor) password(address string) {
	v.T.Helper()
	v.open("/login")
	v.fill("email", address, "password", phrase)
	v.press(submit)
}

func (v *visitor) signOut() { v.T.Helper(); v.press("form[action='/logout'] button") }

// refused presses and ends the test unless the page that follows says why nothing came
// of it.
func (v *visitor) refused(css, why string) {
	v.T.Helper()
	v.Eval(`document.documentElement.dataset.left = 'yes'`)
	v.Do(chromedp.Click(chromedp.CSS(css)), chromedp.WaitVisible(chromedp.CSS("html:not([data-left]) h1")))
	if said := v.Eval(`document.querySelector('#problem')?.innerText ?? ''`); !strings.Contains(said, why) {
		v.T.Fatalf("%s is not refused with %q but says %q", v.path(), why, said)
	}
}

// until opens a page again and again, as people do who wait for the server, until it
// says something.
func (v *visitor) until(path, said string) {
	v.T.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		v.open(path)
		text := v.Eval(`document.querySelector('main').innerText`)
		if strings.Contains(text, said) {
			return
		}
		if time.Now().After(deadline) {
			v.T.Fatalf("%s never says %q:\n%s", v.path(), said, text)
		}
	}
}

// key sends a key to what has the focus.
func (v *visitor) key(key string) { v.T.Helper(); v.Do(chromedp.KeyEvent(key)) }

// tabTo moves the focus with the tabulator.
func (v *visitor) tabTo(css string) {
	v.T.Helper()
	for range 12 {
		if v.Eval(`String(document.activeElement.matches('`+css+`'))`) == "true" {
			return
		}
		v.key(kb.Tab)
	}
	v.T.Fatalf("%s is not reached by twelve tabulators", css)
}
