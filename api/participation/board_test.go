package participation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// TestBoardIsTheSameForEverybody: whoever asks, whatever they send along, and without a
// cookie; who has it already hears that.
func TestBoardIsTheSameForEverybody(t *testing.T) {
	address := serve(t, newMemory(t)).URL + "/api/v1/rounds/" + roundID + "/board"
	answer, want := get(t, address)
	if answer.StatusCode != 200 || len(answer.Cookies()) > 0 || !strings.HasPrefix(answer.Header.Get("Cache-Control"), "public") {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
	for _, header := range [][2]string{{"Accept-Language", "en"}, {"Cookie", "a=b"}, {"User-Agent", "other"}, {"If-None-Match", answer.Header.Get("ETag")}} {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(header[0], header[1])
		again, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		again.Body.Close()
		if header[0] == "If-None-Match" && again.StatusCode != 304 || again.Header.Get("ETag") != answer.Header.Get("ETag") {
			t.Errorf("%v: %d %v", header, again.StatusCode, again.Header)
		}
	}
	if _, other := get(t, address+"?process=INC"); string(other) != string(want) {
		t.Error("a parameter changes it")
	}
}

// TestPagePicksFromTheBoard: the reader's process and role, and everything before they
// are known; a page without a board works as well.
func TestPagePicksFromTheBoard(t *testing.T) {
	m := newMemory(t)
	b := openTab(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	read := func() string {
		b.Eval(`String(document.querySelectorAll('details').forEach((d) => { d.open = true; }))`)
		return b.Eval(`document.querySelector('#app').innerText`)
	}
	text := read()
	for _, want := range []string{"Fragen? Offene Tür: Di 9–10 Uhr, Raum 2.14", "Störungsmanagement: Prozessbüro · Di 9–10 Uhr · Raum 2.14", "M. Kern", "Service-Desk"} {
		if !strings.Contains(text, want) {
			t.Errorf("the first page lacks %q:\n%s", want, text)
		}
	}
	b.toReview(m)
	b.Next("done")
	text = read()
	for _, want := range []string{"Sie haben gesagt: „Erfolge erfahren wir spät.“", "Wir haben getan: Meldung jeden Freitag (seit 12.\u00a0März)", "In Arbeit – Antwort bis 1.\u00a0April", "Geht noch nicht: Der Vertrag läuft bis März.", "Prozessbüro", "Service-Desk"} {
		if !strings.Contains(text, want) {
			t.Errorf("the last page lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "M. Kern") {
		t.Error("the last page tells what is meant for others")
	}
}

func TestPageWorksWithoutBoard(t *testing.T) {
	m := newMemory(t)
	b := openTab(t)
	b.block("/board")
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.toReview(m)
	b.Next("done")
	if len(m.ballots) != 1 {
		t.Errorf("%d ballots", len(m.ballots))
	}
}

// TestDaysAreThoseOfTheOrganisation: half an hour before midnight UTC the next day has
// begun in Berlin, with script and without.
func TestDaysAreThoseOfTheOrganisation(t *testing.T) {
	m := newMemory(t)
	day := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -3)
	m.window(t, day.AddDate(0, 0, -5), day.Add(23*time.Hour+30*time.Minute))
	m.closed = true
	link := m.invite(1, survey.Invitation{Process: "INC", Locale: locale.German})
	server := listen(t, m)
	want := locale.New(locale.German).LongDate(day.AddDate(0, 0, 1))
	page := server.URL + "/r/" + roundID + "/plain"
	form := ticketForm(t, second(postForm(t, page, url.Values{"link": {link.String()}})))
	form.Set("process", "INC")
	form.Set("a_A1", "4")
	if _, body := postForm(t, page+"/ballot", form); !strings.Contains(body, want) || !strings.Contains(body, "Offene Tür: Di 9–10 Uhr") {
		t.Errorf("want %s:\n%s", want, body)
	}
	b := openTab(t)
	b.before(`const Plain = Intl.DateTimeFormat; Intl.DateTimeFormat = function (l, o) { return new Plain(l, { timeZone: 'UTC', ...o, ...(o.timeZone ? {} : { timeZone: 'UTC' }) }); };`)
	b.Do(chromedp.Navigate(server.URL + "/r/" + roundID))
	b.At("closed")
	short, _, _ := strings.Cut(want, " 20")
	if text := b.Eval(`document.querySelector('#app').innerText`); !strings.Contains(text, short) || !strings.Contains(text, "Offene Tür") {
		t.Errorf("want %s: %s", short, text)
	}
}

func second(_ int, text string) string { return text }

// TestFailureHasAReference that is the same for everybody whom it meets.
func TestFailureHasAReference(t *testing.T) {
	m := newMemory(t)
	m.away = true
	server := listen(t, m)
	b := openTab(t)
	_, body := postForm(t, server.URL+"/r/"+roundID+"/plain", url.Values{"lang": {"de"}, "link": {m.invite(1, survey.Invitation{}).String()}})
	if !strings.Contains(body, "Kennung für Rückfragen: 503 database-unavailable") {
		t.Error(body)
	}
	m.away = false
	b.block("/manifest")
	b.Do(chromedp.Navigate(server.URL + "/r/" + roundID))
	b.At("failed")
	if text := b.Eval(`document.querySelector('main').innerText`); !strings.Contains(text, "Kennung für Rückfragen: offline") {
		t.Error(text)
	}
}
