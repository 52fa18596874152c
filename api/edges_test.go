package api_test

import (
	"io"
	"strings"
	"testing"

	"pulscheck/api"
)

// TestWhatIsNoRequest: what net/http refuses before any handler is a problem like
// every other, with the same headers, and repeats nothing of what was sent.
func TestWhatIsNoRequest(t *testing.T) {
	const marker, get, host = "Zwergplumplori", "GET /healthz HTTP/1.1\r\n", "Host: h\r\n"
	address, _ := start(t, api.Options{Participation: closed{}})
	for name, c := range map[string]struct {
		raw    string
		status int
		code   string
	}{
		"no request":        {marker + "\r\n\r\n", 400, "malformed-request"},
		"no version":        {"GET /" + marker + "\r\n\r\n", 400, "malformed-request"},
		"HTTP/0.9":          {"GET / HTTP/0.9\r\n" + host + "\r\n", 505, "http-version-unknown"},
		"HTTP/3.0":          {"GET / HTTP/3.0\r\n" + host + "\r\n", 505, "http-version-unknown"},
		"HTTP/" + marker:    {"GET / HTTP/" + marker + "\r\n" + host + "\r\n", 400, "malformed-request"},
		"bad address":       {"GET /%zz" + marker + " HTTP/1.1\r\n" + host + "\r\n", 400, "malformed-request"},
		"no host":           {get + "X: " + marker + "\r\n\r\n", 400, "malformed-request"},
		"two hosts":         {get + host + "Host: " + marker + "\r\n\r\n", 400, "malformed-request"},
		"bad host":          {get + "Host: " + marker + "/ä\r\n\r\n", 400, "malformed-request"},
		"blank in name":     {get + host + marker + " Name: x\r\n\r\n", 400, "malformed-request"},
		"folded first line": {get + " " + marker + ": x\r\n" + host + "\r\n", 400, "malformed-request"},
		"NUL in value":      {get + host + "X: " + marker + "\x00\r\n\r\n", 400, "malformed-request"},
		"no colon":          {get + host + marker + "\r\n\r\n", 400, "malformed-request"},
		"two lengths":       {get + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "malformed-request"},
		"length no number":  {get + host + "Content-Length: " + marker + "\r\n\r\n", 400, "malformed-request"},
		"unknown coding":    {get + host + "Transfer-Encoding: " + marker + "\r\n\r\n", 501, "transfer-coding-unknown"},
		"two codings":       {get + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501, "transfer-coding-unknown"},
		"expectation":       {get + host + "Expect: " + marker + "\r\n\r\n", 417, "expectation-failed"},
		"TLS on plain":      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "malformed-request"},
	} {
		t.Run(name, func(t *testing.T) {
			c2 := dial(t, address)
			if _, err := io.WriteString(c2, c.raw); err != nil {
				t.Fatal(err)
			}
			answer, body := read(t, c2)
			if answer.StatusCode != c.status || body["code"] != c.code || answer.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %v %s, want %d %s", answer.StatusCode, body, answer.Header.Get("Content-Type"), c.status, c.code)
			}
			if !answer.Close || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("headers %v, want the usual ones and the end of the connection", answer.Header)
			}
			for _, values := range answer.Header {
				if strings.Contains(strings.Join(values, ""), marker) {
					t.Error("a header repeats what was sent")
				}
			}
			if strings.Contains(body["title"].(string), marker) || len(body) != 4 {
				t.Errorf("%v repeats what was sent", body)
			}
		})
	}
}

// TestMethods: methods that do not exist on a route are refused with those that do,
// and TRACE gives nothing back.
func TestMethods(t *testing.T) {
	address, _ := start(t, api.Options{Participation: closed{}})
	for _, c := range []struct {
		line   string
		status int
		code   any
	}{
		{"TRACE /healthz", 405, "method-not-allowed"},
		{"OPTIONS /healthz", 405, "method-not-allowed"},
		{"OPTIONS *", 404, "not-found"},
		{"CONNECT /healthz", 405, "method-not-allowed"},
		{"CONNECT evil.example:443", 404, "not-found"},
		{"PROPFIND /api/v1/rounds/x/ballots", 405, "method-not-allowed"},
		{"GET /api/v1/rounds/x/ballots", 405, "method-not-allowed"},
		{"get /healthz", 405, "method-not-allowed"},
		{"PRI * HTTP/2.0", 404, "not-found"},
	} {
		t.Run(c.line, func(t *testing.T) {
			if !strings.Contains(c.line, "HTTP/") {
				c.line += " HTTP/1.1"
			}
			conn := dial(t, address)
			send(t, conn, c.line, "Host: h", "X-Secret: marker")
			answer, body := read(t, conn)
			if answer.StatusCode != c.status || body["code"] != c.code {
				t.Errorf("%d %v, want %d %v", answer.StatusCode, body, c.status, c.code)
			}
			if (answer.Header.Get("Allow") != "") != (c.status == 405) {
				t.Errorf("Allow %q", answer.Header.Get("Allow"))
			}
		})
	}
}
