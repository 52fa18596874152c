package participation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"pulscheck/api/apitest"
	"pulscheck/api/middleware"
	"pulscheck/api/participation"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// tab is one tab of a headless Chromium.
type tab struct{ *apitest.Tab }

// openTab opens one that speaks German.
func openTab(t *testing.T) *tab { return openTabIn(t, "de-DE") }

func openTabIn(t *testing.T, language string) *tab {
	t.Helper()
	return &tab{apitest.OpenTab(t, language)}
}

func (b *tab) click(css string) { b.T.Helper(); b.Do(chromedp.Click(chromedp.CSS(css))) }

// listener serves the routes on 127.0.0.1 and keeps what arrives with answers.
type listener struct {
	*httptest.Server
	down   atomic.Bool // connections are cut
	mu     sync.Mutex
	header http.Header
	body   string
}

func listen(t *testing.T, s participation.Service) *listener {
	t.Helper()
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(middleware.Headers, middleware.SameOrigin())
	participation.Register(engine, s, time.Now)
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.down.Load() {
			panic(http.ErrAbortHandler)
		}
		if strings.HasSuffix(r.URL.Path, "/ballots") {
			body, _ := io.ReadAll(r.Body)
			l.mu.Lock()
			l.header, l.body = r.Header.Clone(), string(body)
			l.mu.Unlock()
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		engine.ServeHTTP(w, r)
	}))
	t.Cleanup(l.Close)
	return l
}

func TestGermanSurveyInABrowser(t *testing.T) {
	m := newMemory(t)
	server := listen(t, m)
	page := server.URL + "/r/" + roundID
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Unit: "it", Locale: locale.German})
	b := openTab(t)
	b.Do(chromedp.Navigate(page + "#" + link.String()))
	b.At("landing")
	if got := b.Eval(`location.href`); got != page {
		t.Errorf("address %q still holds the secret, want %q", got, page)
	}
	b.Next("attributes")
	b.Do(chromedp.SetValue(chromedp.ID("unit"), ""))
	b.Eval(`String(document.getElementById('unit').dispatchEvent(new Event('change')))`)
	b.Next("q1")
	want := ballot.Payload{Attributes: ballot.Attributes{Process: "INC", Role: "staff"}, Answers: map[string]ballot.Answer{}}
	items := m.manifest.Questionnaire.Items
	for i, item := range items {
		switch i {
		case 1:
			b.click(`input[value="CS"]`)
			want.Answers[item.Key] = ballot.Answer{CannotSay: true}
		case 2: // nothing is mandatory
		default:
			b.click(`input[value="1"]`)
			want.Answers[item.Key] = ballot.Answer{Value: 1}
		}
		following := "comment"
		if i+1 < len(items) {
			following = "q" + strconv.Itoa(i+2)
		}
		b.Next(following)
	}
	want.Text = `<img src=x onerror=alert(1)> Rückfragen früher klären`
	b.Do(chromedp.SendKeys(chromedp.ID("text"), want.Text))
	b.Next("review")
	b.Next("done")

	if diff := cmp.Diff([]ballot.Payload{want}, m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
	server.carriesNothingPersonal(t, link)
	if len(b.Complaints()) > 0 {
		t.Errorf("the page complained: %q", b.Complaints())
	}
	if kept := b.Eval(`JSON.stringify(localStorage) + document.cookie`); kept != "{}" {
		t.Errorf("the device keeps %s", kept)
	}
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(page+"#"+link.String()))
	b.At("landing")
	b.Next("used")
}

// usual are the headers that a browser sends with every such request, the same for
// everybody with the same browser.
var usual = []string{
	"Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Length", "Content-Type", "Dnt", "Origin", "Pragma", "Priority",
	"Sec-Ch-Ua", "Sec-Ch-Ua-Mobile", "Sec-Ch-Ua-Platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-Storage-Access", "Sec-Gpc", "User-Agent",
}

// carriesNothingPersonal is T11: the request with the answers has no header beside the
// usual ones, no part of the link, and no field beside those of the contract.
func (l *listener) carriesNothingPersonal(t *testing.T, link ballot.Link) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.body == "" {
		t.Fatal("no answers arrived")
	}
	for name, values := range l.header {
		if !slices.Contains(usual, name) {
			t.Errorf("the answers carry the header %s: %q", name, values)
		}
	}
	for _, part := range strings.Split(link.String(), ".") {
		if strings.Contains(l.body, part) || strings.Contains(fmt.Sprint(l.header), part) {
			t.Error("the answers carry a part of the link")
		}
	}
	var body struct {
		Ticket, Attributes map[string]any
		Answers            map[string]any
		Text               string
		TextKind           string `json:"text_kind"`
	}
	d := json.NewDecoder(strings.NewReader(l.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&body); err != nil {
		t.Errorf("the answers carry another field: %v", err)
	}
	for _, key := range slices.Concat(slices.Collect(maps.Keys(body.Ticket)), slices.Collect(maps.Keys(body.Attributes))) {
		if !slices.Contains([]string{"nonce", "output", "process", "role", "unit"}, key) {
			t.Errorf("the answers carry the field %s", key)
		}
	}
}

// open reads what was sealed.
func (m *memory) open(t *testing.T) []ballot.Payload {
	t.Helper()
	var all []ballot.Payload
	for _, sealed := range m.ballots {
		p, err := m.keys.Open(sealed)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func TestPageWithForeignManifestSendsNothing(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC"})
	link.Fingerprint = bytes.Repeat([]byte{9}, ballot.FingerprintSize)
	b := openTab(t)
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("mismatch")
	if len(m.marks) != 0 {
		t.Error("a ticket was taken")
	}
}

// TestScriptMatchesGo is T7 in the browser: tickets of the script under the server's
// key, and a proof made with another key refused.
func TestScriptMatchesGo(t *testing.T) {
	m := newMemory(t)
	b := openTab(t)
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID))
	b.At("landing")
	other := newMemory(t)
	b.load()
	trips := 25
	if os.Getenv("PULSCHECK_TEST_SOAK") == "1" {
		trips = 1000
	}
	for i := range trips {
		blinded, err := e.DecodeString(b.Eval(`claim = js.newClaim('r1'), js.encode(claim.blinded)`))
		if err != nil {
			t.Fatal(err)
		}
		signer := m.keys
		if i%5 == 4 {
			signer = other.keys
		}
		evaluated, proof, err := signer.Evaluate(blinded)
		if err != nil {
			t.Fatal(err)
		}
		finish := `(() => { try { const t = js.finishClaim('r1', claim, js.decode('` + e.EncodeToString(m.keys.IssuerKey()) + `'), js.decode('` +
			e.EncodeToString(evaluated) + `'), js.decode('` + e.EncodeToString(proof) + `')); return js.encode(t.nonce) + '.' + js.encode(t.output) } catch { return 'refused' } })()`
		got := b.Eval(finish)
		if signer == other.keys {
			if got != "refused" {
				t.Fatal("the script took a ticket of another key")
			}
			continue
		}
		nonce, output, _ := strings.Cut(got, ".")
		n, _ := e.DecodeString(nonce)
		o, _ := e.DecodeString(output)
		if !m.keys.CheckTicket(ballot.Ticket{Nonce: n, Output: o}) {
			t.Fatalf("ticket %d of the script is not valid: %s", i, got)
		}
	}
}

// TestScriptPassesPublishedVectors replays appendix A.1.2 of RFC 9497 in the browser
// (T7): output of the right evaluation, refusal of a changed proof.
func TestScriptPassesPublishedVectors(t *testing.T) {
	data, err := os.ReadFile("../../survey/ballot/testdata/rfc9497_ristretto255.json")
	if err != nil {
		t.Fatal(err)
	}
	var suites []struct {
		PkSm    string
		Vectors []struct {
			Batch                                                   int
			Blind, BlindedElement, EvaluationElement, Input, Output string
			Proof                                                   struct{ Proof string }
		}
	}
	if err := json.Unmarshal(data, &suites); err != nil {
		t.Fatal(err)
	}
	m := newMemory(t)
	b := openTab(t)
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID))
	b.At("landing")
	b.load()
	compared := 0
	for _, s := range suites {
		for _, v := range s.Vectors {
			if v.Batch != 1 {
				continue
			}
			finalize := func(proof string) string {
				return b.Eval(`(() => { const h = (x) => Uint8Array.fromHex(x); try { return js.voprf.finalize(h('` + v.Input + `'), h('` + v.Blind +
					`'), h('` + v.EvaluationElement + `'), h('` + v.BlindedElement + `'), h('` + s.PkSm + `'), h('` + proof + `')).toHex() } catch { return 'refused' } })()`)
			}
			if got := finalize(v.Proof.Proof); got != v.Output {
				t.Errorf("output %s, want %s", got, v.Output)
			}
			if got := finalize("00" + v.Proof.Proof[2:]); got != "refused" {
				t.Errorf("a changed proof gave %s", got)
			}
			compared++
		}
	}
	if compared < 2 {
		t.Errorf("%d vectors compared", compared)
	}
}

// load imports the script of the cryptography as "js".
func (b *tab) load() {
	b.T.Helper()
	load := `import('/static/js/ticket.js').then(async (js) => { globalThis.js = js; return 'loaded'; })`
	if _, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](load, chromedp.EvalAwaitPromise)); err != nil {
		b.T.Fatal(err)
	}
}
