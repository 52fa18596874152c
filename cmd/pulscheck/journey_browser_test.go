package main

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pulscheck/survey/account"
)

// visitor is somebody with a browser of their own: cookies of others are not in it.
type visitor struct {
	*browser
	base     string
	now      func() time.Time // of the server
	second   []byte           // secret of the second factor
	recovery []string         // codes that stand in for it once
}

// visit opens one in the Chromium of b.
func visit(t *testing.T, b *browser, base string, now func() time.Time, width int64) *visitor {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	return &visitor{browser: &browser{t, ctx}, base: base, now: now}
}

func (v *visitor) eval(script string) string {
	v.t.Helper()
	got, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		v.t.Fatal(err)
	}
	return got
}

// do tells what the page says if it does not come that far.
func (v *visitor) do(actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.ctx, 20*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		v.t.Fatalf("%v; %s says:\n%s", err, v.path(), v.eval(`document.body.innerText`))
	}
}

func (v *visitor) open(path string) {
	v.t.Helper()
	v.do(chromedp.Navigate(v.base+path), chromedp.WaitVisible(chromedp.CSS("h1")))
}

func (v *visitor) path() string { v.t.Helper(); return v.eval(`location.pathname`) }

// fill sets fields of the page by name; radio buttons and boxes by their values.
func (v *visitor) fill(pairs ...string) {
	v.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		said, err := json.Marshal(pairs[i : i+2])
		if err != nil {
			v.t.Fatal(err)
		}
		if v.eval(`(([name, value]) => {
			const all = [...document.getElementsByName(name)].filter((e) => e.type !== 'hidden');
			for (const e of all) if (e.type === 'radio' || e.type === 'checkbox') e.checked ||= e.value === value; else e.value = value;
			return String(all.length);
		})(`+string(said)+`)`) == "0" {
			v.t.Fatalf("%s has no field %s", v.path(), pairs[i])
		}
	}
}

// press clicks and waits for the page that follows; one that says that something is
// wrong ends the test.
func (v *visitor) press(css string) {
	v.t.Helper()
	v.eval(`document.documentElement.dataset.left = 'yes'`)
	v.do(chromedp.Click(chromedp.CSS(css)), chromedp.WaitVisible(chromedp.CSS("html:not([data-left]) h1")))
	if wrong := v.eval(`document.querySelector('#problem')?.innerText ?? ''`); wrong != "" {
		v.t.Fatalf("%s: %s", v.path(), wrong)
	}
}

const submit = "main form.form .button:not(.secondary)"

// says ends the test unless the page says all of it.
func (v *visitor) says(all ...string) {
	v.t.Helper()
	text := v.eval(`document.querySelector('main').innerText`)
	for _, one := range all {
		if !strings.Contains(text, one) {
			v.t.Fatalf("%s does not say %q:\n%s", v.path(), one, text)
		}
	}
}

// station is a place of the journey that people look at: pictures of a telephone and of
// a desk, light and dark, in the folder that PULSCHECK_TEST_PICTURES names.
func (v *visitor) station(name string) {
	v.t.Helper()
	folder := os.Getenv("PULSCHECK_TEST_PICTURES")
	if folder == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(v.ctx, emulation.SetEmulatedMedia, params); err != nil {
			v.t.Fatal(err)
		}
		for _, width := range []int64{390, 1440} {
			v.do(chromedp.EmulateViewport(width, 900))
			png, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				v.t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, "journey-"+name+"-"+scheme+"-"+strconv.Itoa(int(width))+".png"), png, 0o600); err != nil {
				v.t.Fatal(err)
			}
		}
	}
}

const phrase = "vier Wolken ziehen langsam nach Osten"

// setUp goes from a one-time code to the first page of somebody who is signed in with
// password and second factor, and keeps the recovery codes.
func (v *visitor) setUp(code string) {
	v.t.Helper()
	v.open("/setup")
	v.fill("code", code)
	v.press(submit)
	v.fill("password", phrase, "repeated", phrase)
	v.press(submit)
	var err error
	v.second, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(v.eval(`document.querySelector('code.key').innerText.replaceAll(/\s/g, '')`))
	if err != nil {
		v.t.Fatal(err)
	}
	v.fill("code", account.SecondCode(v.second, v.now()))
	v.press(submit)
	v.recovery = strings.Fields(v.eval(`[...document.querySelectorAll('.codes code')].map((e) => e.innerText).join(' ')`))
	v.press("main .button")
	v.says("")
}

// signIn is a later log-in: password, and then either the one-time password of now or,
// without the telephone, a recovery code, which the page takes once and never again.
func (v *visitor) signIn(address string, telephone bool) {
	v.t.Helper()
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
	v.t.Helper()
	v.open("/login")
	v.fill("email", address, "password", phrase)
	v.press(submit)
}

func (v *visitor) signOut() { v.t.Helper(); v.press("form[action='/logout'] button") }

// refused presses and ends the test unless the page that follows says why nothing came
// of it.
func (v *visitor) refused(css, why string) {
	v.t.Helper()
	v.eval(`document.documentElement.dataset.left = 'yes'`)
	v.do(chromedp.Click(chromedp.CSS(css)), chromedp.WaitVisible(chromedp.CSS("html:not([data-left]) h1")))
	if said := v.eval(`document.querySelector('#problem')?.innerText ?? ''`); !strings.Contains(said, why) {
		v.t.Fatalf("%s is not refused with %q but says %q", v.path(), why, said)
	}
}

// until opens a page again and again, as people do who wait for the server, until it
// says something.
func (v *visitor) until(path, said string) {
	v.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		v.open(path)
		text := v.eval(`document.querySelector('main').innerText`)
		if strings.Contains(text, said) {
			return
		}
		if time.Now().After(deadline) {
			v.t.Fatalf("%s never says %q:\n%s", v.path(), said, text)
		}
	}
}

// key sends a key to what has the focus.
func (v *visitor) key(key string) { v.t.Helper(); v.do(chromedp.KeyEvent(key)) }

// tabTo moves the focus with the tabulator.
func (v *visitor) tabTo(css string) {
	v.t.Helper()
	for range 12 {
		if v.eval(`String(document.activeElement.matches('`+css+`'))`) == "true" {
			return
		}
		v.key(kb.Tab)
	}
	v.t.Fatalf("%s is not reached by twelve tabulators", css)
}
