package apitest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	v1 "pulscheck/api/v1"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// picture is a PNG of one colour.
func picture(wide, high int) string {
	p := image.NewRGBA(image.Rect(0, 0, wide, high))
	draw.Draw(p, p.Rect, image.NewUniform(color.RGBA{B: 0x80, A: 0xFF}), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		panic(err)
	}
	return out.String()
}

var pictured = picture(600, 240)

// withLogo gives both organisations a picture.
func withLogo(w *world, _ map[string]string) {
	for _, tree := range []map[string]string{w.own, w.foreign} {
		_, err := w.service.PutLogo(ctx, account.System(), survey.OrganisationID(tree["organisation"]), []byte(pictured))
		w.check(err)
	}
}

// TestLogoIsSetOnItsPage: a picture is refused with the pixels that it needs, set, shown
// and removed again.
func TestLogoIsSetOnItsPage(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Lead)
	at := "/organisations/" + w.own["organisation"] + "/logo"
	send := func(file string) *page { return d.upload(at, url.Values{"csrf": {csrfOf(d)}}, "logo", file) }
	for file, want := range map[string]string{picture(300, 50): "532 × 89", "text\x00": "PNG-Bild"} {
		if p := send(file); p.status != http.StatusUnprocessableEntity || !strings.Contains(p.text("#f-logo-wrong"), want) {
			t.Errorf("%d %s", p.status, p.text("main"))
		}
	}
	if p := send(strings.Repeat("x", survey.MaxLogoBytes+1)); p.status != http.StatusRequestEntityTooLarge || len(p.all("#f-logo-wrong")) != 1 {
		t.Errorf("too large a file: %d %s", p.status, p.text("main"))
	}
	if p := d.get(at); len(p.all(".logo img")) != 0 {
		t.Error("there is a picture before one was set")
	}
	d.follow(send(pictured)).want(200)
	img := d.get(at).one(".logo img")
	if attribute(img, "alt") != "Logo: Nordlicht AG" {
		t.Errorf("alt %q", attribute(img, "alt"))
	}
	shown := d.send(http.MethodGet, attribute(img, "src"), nil)
	if shown.status != 200 || shown.header.Get("Content-Type") != "image/png" || !strings.HasPrefix(shown.body, "\x89PNG") {
		t.Errorf("the picture: %d %s", shown.status, shown.header)
	}
	if p := d.submit(d.get(at), ".card form").want(200); len(p.all(".logo img")) != 0 {
		t.Error("the picture is still there")
	}
	last := 0
	for range 40 {
		last = send(pictured).status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("pictures one after the other: %d", last)
	}
}

// TestColourIsTakenInTheNextTone: one that is too light stands in the form as the nearest
// tone that is not, and sending that again takes it.
func TestColourIsTakenInTheNextTone(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/organisations/"+w.own["organisation"]
	p := d.submit(d.get(at+"/settings"), "form.form", "colour", "#FFCC00", "limits-index-ok", "40")
	if p.status != http.StatusUnprocessableEntity || valueOf(p, "colour") != "#856a00" || !strings.Contains(p.text("#f-colour-wrong"), "#856a00") ||
		len(p.all("#f-limits-index-ok-wrong")) != 1 || valueOf(p, "limits-index-ok") != "40" {
		t.Fatalf("%d %q %s", p.status, valueOf(p, "colour"), p.text("main"))
	}
	p = d.submit(p, "form.form", "limits-index-ok", "70").want(200)
	if valueOf(p, "colour") != "#856a00" || valueOf(p, "limits-index-ok") != "70" {
		t.Errorf("kept %q, %q", valueOf(p, "colour"), valueOf(p, "limits-index-ok"))
	}
	status, body := w.ask("GET", v1.Prefix+at, w.tokens[account.Lead], "", "", "")
	if want := `"limits":{"index_ok":70,"index_watch":50,"share_ok":80,"share_watch":60},"colour":"#856a00"`; status != 200 || !strings.Contains(body, want) {
		t.Errorf("%d %s, want %s", status, body, want)
	}
	status, body = w.ask("PATCH", v1.Prefix+at, w.tokens[account.Lead], `"2"`, jsonType, `{"colour":"#FFCC00"}`)
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "colour-contrast") || !strings.Contains(body, "#856a00") {
		t.Errorf("a program that sends it hears %d %s", status, body)
	}
}
