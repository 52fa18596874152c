package main

import (
	"context"
	"time"

	"encoding/base32"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pulscheck/survey/account"
)

// visitor is somebody with a browser of their own: cookies of others are not in it.
type visitor struct {
	*browser
	w *world
}

// visitor opens one in the Chromium of b.
func (w *world) visitor(t *testing.T, b *browser, width int64) *visitor {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	return &visitor{&browser{t, ctx}, w}
}

func (v *visitor) eval(script string) string {
	v.t.Helper()
	got, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](script))
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
	v.do(chromedp.Navigate(v.w.base+path), chromedp.WaitVisible(chromedp.CSS("h1")))
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

// setUp goes from a one-time code to the first page of somebody who is signed in with
// password and second factor.
func (v *visitor) setUp(code string) {
	v.t.Helper()
	const phrase = "vier Wolken ziehen langsam nach Osten"
	v.open("/setup")
	v.fill("code", code)
	v.press(submit)
	v.fill("password", phrase, "repeated", phrase)
	v.press(submit)
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(v.eval(`document.querySelector('code.key').innerText.replaceAll(/\s/g, '')`))
	if err != nil {
		v.t.Fatal(err)
	}
	v.fill("code", account.SecondCode(secret, v.w.now()))
	v.press(submit)
	v.press("main .button")
	v.says("")
}

// letter gives the plain text and the number of attachments of the mails to an address,
// as they went out.
func (w *world) letter(t *testing.T, to string) (text string, attached int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(w.mails, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := netmail.ReadMessage(f)
		if err == nil && strings.Contains(m.Header.Get("To"), to) {
			some, more := parts(t, m.Header.Get("Content-Type"), m.Body)
			text, attached = text+some, attached+more
		}
		if closing := f.Close(); err != nil || closing != nil {
			t.Fatal(err, closing)
		}
	}
	if text == "" {
		t.Fatalf("no mail went to %s", to)
	}
	return text, attached
}

func parts(t *testing.T, media string, body io.Reader) (text string, attached int) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(media)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case "text/plain":
			return string(b), 0
		case "application/pdf":
			return "", 1
		}
		return "", 0
	}
	for all := multipart.NewReader(body, params["boundary"]); ; {
		part, err := all.NextPart()
		if err == io.EOF {
			return text, attached
		}
		if err != nil {
			t.Fatal(err)
		}
		some, more := parts(t, part.Header.Get("Content-Type"), part)
		text, attached = text+some, attached+more
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
