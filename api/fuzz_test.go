package api_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/survey/ballot"
)

// Fuzz tests of everything that strangers send, through the whole front door. The
// package imports neither browser nor database, so that it is quickly instrumented.

// door is a server over rows in memory and what a right request would hold.
type door struct {
	*api.Server
	log    bytes.Buffer
	places *strings.Replacer
}

func openDoor(f *testing.F) *door {
	f.Helper()
	d := &door{}
	d.open(f, &d.log)
	return d
}

func (d *door) open(f *testing.F, log io.Writer) {
	f.Helper()
	service, keys, link := newRows(f)
	claim, err := ballot.NewClaim(fuzzed, keys.IssuerKey())
	if err != nil {
		f.Fatal(err)
	}
	evaluated, proof, err := keys.Evaluate(claim.Blinded)
	if err != nil {
		f.Fatal(err)
	}
	ticket, err := claim.Finish(evaluated, proof)
	if err != nil {
		f.Fatal(err)
	}
	d.Server = api.New(api.Options{
		Participation: service, Ready: ready, Proxies: []string{"192.0.2.0/24"}, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(log, nil)),
	})
	d.places = strings.NewReplacer("NONCE", e.EncodeToString(ticket.Nonce), "OUTPUT", e.EncodeToString(ticket.Output),
		"HANDLE", e.EncodeToString(link.Handle), "SECRET", e.EncodeToString(link.Secret), "BLINDED", e.EncodeToString(claim.Blinded), "LINK", link.String())
}

// answers sends a request and looks at the answer: never a 5xx, a problem or a page
// where it is not right, our headers on everything, and in the log nothing but
// templates.
func (d *door) answers(t *testing.T, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	d.log.Reset()
	a := httptest.NewRecorder()
	d.ServeHTTP(a, r)
	if a.Code >= http.StatusInternalServerError {
		t.Errorf("%d: %s", a.Code, a.Body)
	}
	kind := a.Header().Get("Content-Type")
	if a.Code >= http.StatusBadRequest && kind != "application/problem+json" && !strings.HasPrefix(kind, "text/html") {
		t.Errorf("%d as %s", a.Code, kind)
	}
	if a.Header().Get("Content-Security-Policy") == "" || a.Header().Get("Set-Cookie") != "" {
		t.Errorf("%d with headers %v", a.Code, a.Header())
	}
	if line := d.log.String(); strings.Count(line, "\n") != 1 || len(line) > 200 {
		t.Errorf("the log says %q", line)
	}
	return a
}

// stranger sends whatever the fuzzer thinks of to one route.
func stranger(f *testing.F, path, mediaType string, seeds ...string) {
	d := openDoor(f)
	for _, s := range seeds {
		f.Add(d.places.Replace(s))
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", mediaType)
		d.answers(t, r)
	})
}

const (
	fuzzedAPI = "/api/v1/rounds/" + fuzzed
	formType  = "application/x-www-form-urlencoded"
)

func FuzzBallot(f *testing.F) {
	stranger(f, fuzzedAPI+"/ballots", "application/json",
		`{"ticket":{"nonce":"NONCE","output":"OUTPUT"},"attributes":{"process":"INC","role":null,"unit":"it"},"answers":{"A1":4,"A2":"CS"},"text":"gut","text_kind":"idea"}`,
		`{"ticket":{},"answers":[]}`, `[1,2]`, `{"a":1}{}`, `{"ticket":{"nonce":"NONCE","output":"OUTPUT"},"answers":{"A1":1e3}}`, `null`, ``,
		`{"text":"`+strings.Repeat(`\u202e`, 20)+`"}`, strings.Repeat(`{"a":`, 50))
}

func FuzzInvitation(f *testing.F) {
	stranger(f, fuzzedAPI+"/invitation", "application/json", `{"handle":"HANDLE","secret":"SECRET"}`, `{"handle":"","secret":null}`, `{"secret":"\ud800"}`)
}

func FuzzTicket(f *testing.F) {
	stranger(f, fuzzedAPI+"/tickets", "application/json", `{"handle":"HANDLE","secret":"SECRET","blinded":"BLINDED"}`, `{"handle":1}`, `{}`)
}

func FuzzPlain(f *testing.F) {
	stranger(f, "/r/"+fuzzed+"/plain", formType, "lang=de&link=LINK", "link=%23LINK", "link=%", "a=b&a=c", "link="+strings.Repeat("a", 3000))
}

func FuzzPlainBallot(f *testing.F) {
	stranger(f, "/r/"+fuzzed+"/plain/ballot", formType,
		"nonce=NONCE&output=OUTPUT&process=INC&a_A1=4&a_A2=CS&text=gut&text_kind=idea", "nonce=NONCE&output=OUTPUT&process=INC&a_A1=99", "a_=", "text=%00")
}

// FuzzAddress asks for whatever path: round ids, files, queries.
func FuzzAddress(f *testing.F) {
	d := openDoor(f)
	for _, s := range []string{
		"/r/" + fuzzed, "/r/%00", "/r/r1%20?kiosk", fuzzedAPI + "/manifest", fuzzedAPI + "/tickets.txt", "/static/js/steps.js",
		"/static/../../go.mod", "/static/%2e%2e%2f%2e%2e/x", "//evil.example/r/x", "/r/\xff", "/api/v1/rounds//manifest", "/%zz", "*", "http://a/r/r1",
	} {
		f.Add(http.MethodGet, s)
	}
	f.Add(http.MethodPost, "/r/r1/plain")
	f.Add("TRACE", "/healthz")
	f.Add(http.MethodConnect, "evil.example:443")
	f.Fuzz(func(t *testing.T, method, address string) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(method + " " + address + " HTTP/1.1\r\nHost: h\r\n\r\n")))
		if err != nil {
			return // net/http refuses it: FuzzConnection
		}
		d.answers(t, r)
	})
}

// FuzzHeaders makes up what stands in the headers that are read, of a client and of a
// proxy that is trusted.
func FuzzHeaders(f *testing.F) {
	d := openDoor(f)
	f.Add("198.51.100.7, 192.0.2.1", "en-GB,en;q=0.8", formType, `"x"`, "same-origin", "192.0.2.1:1234")
	f.Add("::ffff:192.0.2.9%eth0", "*", formType+"; charset=latin1", "W/\"x\"", "cross-site", "[2001:db8::1]:1")
	f.Add("unknown, , ,\x00", strings.Repeat("a,", 500), "a/b; c=\"", "", "", "@")
	f.Fuzz(func(t *testing.T, forwarded, language, mediaType, tag, site, remote string) {
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			path := "/r/" + fuzzed + "/plain"
			if method == http.MethodGet {
				path = fuzzedAPI + "/manifest"
			}
			r := httptest.NewRequest(method, path, strings.NewReader("link=x"))
			r.RemoteAddr = remote
			for name, value := range map[string]string{
				"X-Forwarded-For": forwarded, "X-Real-Ip": forwarded, "Accept-Language": language, "Content-Type": mediaType,
				"If-None-Match": tag, "Sec-Fetch-Site": site, "Origin": site,
			} {
				r.Header.Set(name, value)
			}
			d.answers(t, r)
		}
	})
}

// FuzzConnection writes bytes on a connection. Every answer that comes back is one of
// ours, whatever net/http makes of them.
func FuzzConnection(f *testing.F) {
	var d door
	d.open(f, io.Discard) // several connections at once
	l, err := net.Listen("unix", filepath.Join(f.TempDir(), "s"))
	if err != nil {
		f.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Serve(ctx, l) }()
	f.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			f.Error(err)
		}
	})
	for _, s := range []string{
		"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"POST /r/r1/plain HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nExpect: more\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: h\r\nBad Header: x\r\n\r\n", "POST /r/r1/plain HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
		"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "\x16\x03\x01\x02\x00\x01",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		c, err := net.Dial("unix", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()                //nolint:errcheck // the server closes it first
		c.Write(sent)                  //nolint:errcheck // the server may have refused it already
		c.(*net.UnixConn).CloseWrite() //nolint:errcheck // as above
		everything, _ := io.ReadAll(c) // the end may be hard: what came counts
		for r := bufio.NewReader(bytes.NewReader(everything)); ; {
			a, err := http.ReadResponse(r, nil)
			if err != nil {
				return // the end, or the answer to a HEAD
			}
			if _, err := io.Copy(io.Discard, a.Body); err != nil {
				return
			}
			if a.StatusCode >= 200 && a.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("%s with headers %v", a.Status, a.Header)
			}
			if kind := a.Header.Get("Content-Type"); a.StatusCode >= 400 && kind != "application/problem+json" && !strings.HasPrefix(kind, "text/html") {
				t.Errorf("%s as %s", a.Status, kind)
			}
		}
	})
}
