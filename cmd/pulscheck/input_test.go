package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// submitted stands in everything that is sent, and must stand in no log.
const submitted = "Zwergplumplori4711"

// TestBadInput walks the rows of threat-model.md section 8 that concern respondents,
// on every route that takes a body and on both engines.
func TestBadInput(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := openDesk(t, url, 60)
		t.Run("any route", d.anyRoute)
		t.Run("JSON", d.tortureJSON)
		t.Run("answers", d.badAnswers)
		t.Run("text", d.badTexts)
		t.Run("claims", d.badClaims)
		t.Run("forms", d.badForms)
		t.Run("tickets", d.badTickets)
		t.Run("rounds", d.strangeRounds)
		t.Run("lengths", d.lyingLengths)
		if d.log.Len() == 0 {
			t.Fatal("nothing was logged")
		}
		for _, bad := range []string{submitted, "127.0.0.1", "10.0.", string(d.round.ID), "status=500", "level=ERROR"} {
			if strings.Contains(d.log.String(), bad) {
				t.Errorf("the log holds %q", bad)
			}
		}
		for _, l := range d.links {
			if strings.Contains(d.log.String(), b64.EncodeToString(l.Secret)) {
				t.Error("the log holds a secret")
			}
		}
	})
}

// expect compares status and code.
func (r reply) expect(t *testing.T, what string, status int, code string) {
	t.Helper()
	if r.status != status || r.code != code {
		t.Errorf("%s: %d %q, want %d %q\n%.300s", what, r.status, r.code, status, code, r.body)
	}
}

func (d *desk) anyRoute(t *testing.T) {
	for _, path := range []string{toInvitation, toTickets, toBallots, toPlain, toPlainBallot} {
		field, isJSON := "link="+submitted, media(path) == "application/json"
		if path == toPlainBallot {
			field = "text=" + submitted
		}
		if isJSON {
			field = `{"handle":"` + submitted + `"}`
			if path == toBallots {
				field = `{"text":"` + submitted + `"}`
			}
		}
		for _, kind := range []string{"", "text/plain", "multipart/form-data; boundary=x", "application/xml", "*/*", media(path) + "; charset=latin1", submitted} {
			d.send(t, path, field, "Content-Type", kind).expect(t, path+" as "+kind, 415, "unsupported-media-type")
		}
		if got := d.send(t, path, field, "Content-Type", strings.ToUpper(media(path))+"; charset=UTF-8"); got.status == 415 {
			t.Errorf("%s: the right type in capitals is refused", path)
		}
		full := strings.Replace(field, submitted, strings.Repeat("a", 16<<10-len(field)+len(submitted)), 1)
		if got := d.send(t, path, full); got.status == 413 {
			t.Errorf("%s: 16 KiB are refused", path)
		}
		long := strings.Replace(full, "a", submitted[:2], 1)
		d.send(t, path, long).expect(t, path+" over 16 KiB", 413, "body-too-large")
		chunked := d.request(t, http.MethodPost, path, struct{ io.Reader }{strings.NewReader(long)})
		chunked.Header.Set("Content-Type", media(path))
		d.do(t, chunked).expect(t, path+" over 16 KiB in chunks", 413, "body-too-large")
		wrong, twice, unknown := "link=%ff"+submitted, field+"&"+field, field+"&org_id=1"
		if path == toPlainBallot {
			wrong = "text=%ff" + submitted
		}
		if isJSON {
			wrong = strings.Replace(field, submitted, submitted+"\xff", 1)
			twice = field[:len(field)-1] + "," + field[1:]
			unknown = field[:len(field)-1] + `,"org_id":1}`
		}
		d.send(t, path, wrong).expect(t, path+" not UTF-8", 400, "invalid-utf8")
		d.send(t, path, twice).expect(t, path+" twice", 400, "duplicate-field")
		d.send(t, path, unknown).expect(t, path+" unknown field", 400, "unknown-field")
		d.send(t, path+"?"+strings.Repeat("a", 2048), field).expect(t, path+" long", 414, "uri-too-long")
		got := d.do(t, d.request(t, http.MethodGet, path, nil))
		got.expect(t, "GET "+path, 405, "method-not-allowed")
		if got.header.Get("Allow") != "POST" {
			t.Errorf("%s: Allow %q", path, got.header.Get("Allow"))
		}
		if isJSON {
			d.send(t, path, field, "Sec-Fetch-Site", "cross-site").expect(t, path+" cross-site", 403, "cross-origin-request")
			d.send(t, path, field, "Origin", "https://evil.example").expect(t, path+" other origin", 403, "cross-origin-request")
		}
	}
}

// tortureJSON sends what is no JSON object on each route that takes one.
func (d *desk) tortureJSON(t *testing.T) {
	for path, key := range map[string]string{toInvitation: "handle", toTickets: "blinded", toBallots: "text"} {
		for _, body := range []string{
			"", " ", "{", "}", "[", "[]", "[{}]", "{]", "null", "true", "1", "-", "NaN", `"` + submitted + `"`, "{}{}", "{}[]", "{}x", "{},", ",{}", "\ufeff{}", "\x00{}",
			`{"KEY"}`, `{"KEY":}`, `{"KEY":1`, `{"KEY":"a",}`, `{,}`, `{"KEY" "a"}`, `{"KEY":"a" "text":"b"}`, `{KEY:"a"}`, `{'KEY':'a'}`, `{"KEY":'a'}`,
			"{\"KEY\":\"a\nb\"}", "{\"KEY\":\"a\x00b\"}", `{"KEY":"\x41"}`, `{"KEY":"\u12"}`, `{"KEY":"\uZZZZ"}`, `{"KEY":"` + submitted, `{"KEY":NaN}`, `{"KEY":Infinity}`,
			`{"KEY":01}`, `{"KEY":+1}`, `{"KEY":.5}`, `{"KEY":1.}`, `{"KEY":0x1}`, `{"KEY":1e}`, `{"KEY":tru}`, "// " + submitted + "\n{}", `{/**/}`, `{1:2}`, `{null:1}`,
			`{"KEY":` + strings.Repeat("[", 8) + strings.Repeat("]", 8) + `}`, strings.Repeat(`{"KEY":`, 500), strings.Repeat("[", 16<<10),
		} {
			d.send(t, path, strings.ReplaceAll(body, "KEY", key)).expect(t, path+" "+body[:min(60, len(body))], 400, "malformed-json")
		}
	}
	for _, body := range []string{`{"text":1}`, `{"text":{}}`, `{"text":["a"]}`, `{"text_kind":true}`, `{"ticket":[]}`, `{"ticket":"x"}`, `{"attributes":1}`, `{"answers":[]}`, `{"answers":"A1"}`} {
		d.send(t, toBallots, body).expect(t, body, 400, "malformed-json")
	}
	for body, code := range map[string]string{
		`{"ticket":{"nonce":"a","nonce":"b"}}`: "duplicate-field", `{"answers":{"A1":1,"A1":1}}`: "duplicate-field", `{"answers":{"A1":1,"\u00411":1}}`: "duplicate-field",
		`{"ticket":{"alg":"none"}}`: "unknown-field", `{"attributes":{"k":1}}`: "unknown-field", `{"Text":"a"}`: "unknown-field", `{"text\u0000":"a"}`: "unknown-field",
	} {
		d.send(t, toBallots, body).expect(t, body, 400, code)
	}
}

// badAnswers sends with one ticket, which none of it may spend.
func (d *desk) badAnswers(t *testing.T) {
	ticket := d.ticket(t)
	for _, c := range []struct{ answers, code string }{
		{`{"A1":1.0}`, "answer-type"}, {`{"A1":1e0}`, "answer-type"}, {`{"A1":"4"}`, "answer-type"}, {`{"A1":"cs"}`, "answer-type"}, {`{"A1":true}`, "answer-type"},
		{`{"A1":[4]}`, "answer-type"}, {`{"A1":{"value":4}}`, "answer-type"}, {`{"A1":99999999999999999999}`, "answer-type"}, {`{"A1":1E400}`, "answer-type"},
		{`{"A1":` + `"` + submitted + `"}`, "answer-type"}, {`{"A1":"\u0043S "}`, "answer-type"},
		{`{"A1":0}`, "answer-out-of-range"}, {`{"A1":6}`, "answer-out-of-range"}, {`{"A1":-1}`, "answer-out-of-range"}, {`{"A1":9223372036854775807}`, "answer-out-of-range"},
		{`{"ZZ":1}`, "unknown-question"}, {`{"a1":1}`, "unknown-question"}, {`{"A1 ":1}`, "unknown-question"}, {`{"":1}`, "unknown-question"},
		{`{"__proto__":1}`, "unknown-question"}, {`{"A1":1,"` + submitted + `":1}`, "unknown-question"}, {`{"\u202eA1":1}`, "unknown-question"},
		{`{}`, "answer-missing"}, {`null`, "answer-missing"}, {`{"A1":null}`, "answer-missing"},
	} {
		d.send(t, toBallots, ballotOf(ticket, `"answers":`+c.answers)).expect(t, c.answers, 422, c.code)
	}
	for _, attributes := range []string{`{}`, `null`, `{"process":""}`, `{"process":"inc"}`, `{"process":"INC "}`, `{"process":"INC","role":"boss"}`, `{"process":"INC","unit":"\u0000"}`, `{"process":"' OR 1=1 --"}`} {
		body := strings.Replace(ballotOf(ticket, `"answers":{"A1":1}`), `{"process":"INC"}`, attributes, 1)
		d.send(t, toBallots, body).expect(t, attributes, 422, "attributes-invalid")
	}
	d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1},"text":"a","text_kind":"rant"`)).expect(t, "text kind", 422, "answer-type")
	d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1,"A2":-0,"A3":null}`)).expect(t, "minus nought", 422, "answer-out-of-range")
	d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1}`)).expect(t, "the ticket is still good", 201, "")
}

// badTexts sends hostile Unicode: what is refused, and what must come through.
func (d *desk) badTexts(t *testing.T) {
	ticket := d.ticket(t)
	for _, r := range []string{
		"\u0001", "\u0007", "\b", "\f", "\r", "\u001b[2J", "\u007f", "\u0085", "\u009b", "\u061c", "\u200e", "\u200f",
		"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u0000",
	} {
		d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1},"text":`+asJSON(submitted+r+"x"))).expect(t, asJSON(r), 422, "control-character")
		d.send(t, toPlainBallot, formOf(ticket, "a_A1=1&text="+url.QueryEscape(submitted+r+"x"))).expect(t, "form "+asJSON(r), 422, "page")
	}
	for name, text := range map[string]string{
		"501 runes": strings.Repeat("a", 501), "over 2,000 bytes": strings.Repeat("\U0001F600", 501), "grows when normalised": strings.Repeat("\ufb2c", 400), "501 marks": "a" + strings.Repeat("\u0488", 500),
	} {
		d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1},"text":`+asJSON(text))).expect(t, name, 422, "text-length")
		d.send(t, toPlainBallot, formOf(ticket, "a_A1=1&text="+url.QueryEscape(text))).expect(t, "form "+name, 422, "page")
	}
	for name, text := range map[string]string{
		"family": "\U0001F468\u200d\U0001F469\u200d\U0001F467", "zalgo": "Z\u0335\u0321\u0322a\u0334\u0327\u030a", "Hebrew": "שלום עולם", "separators": "a\u2028b\u2029c",
		"no characters": "\ufffe\uffff\U0001FFFF", "private": "\ue000\U0010FFFD", "tags": "\U000E0041", "line\nend\ttab": "line\nend\ttab", "escapes": `\u0000 \\ " </script><img src=x onerror=alert(1)>`,
		"formula": "=HYPERLINK(\"x\")", "SQL": "'; DROP TABLE ballots; --", "format": "%s%n{{.}}${jndi:ldap://x}", "full": strings.Repeat("\U0001F600", 500),
	} {
		d.send(t, toBallots, ballotOf(d.ticket(t), `"answers":{"A1":1},"text":`+asJSON(text))).expect(t, name, 201, "")
	}
	d.send(t, toBallots, ballotOf(d.ticket(t), `"answers":{"A1":1},"text":"\ud800 \udfff\ud83d"`)).expect(t, "halves of characters", 201, "")
}

func asJSON(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func (d *desk) badClaims(t *testing.T) {
	link := d.link(t)
	mutated := link
	mutated.Secret = bytes.Clone(link.Secret)
	mutated.Secret[15] ^= 1
	other := d.link(t)
	other.Secret = link.Secret
	blinded := func(b []byte) string { return `,"blinded":"` + b64.EncodeToString(b) + `"` }
	claim, err := ballot.NewClaim(string(d.round.ID), d.keys.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]string{
		"mutated": claimOf(mutated, ""), "of another": claimOf(other, ""), "empty": `{}`, "null": `{"handle":null,"secret":null}`, "numbers": `{"handle":1,"secret":2}`,
		"lists": `{"handle":["` + submitted + `"],"secret":{}}`, "padded": strings.Replace(claimOf(link, ""), `","`, `==","`, 1), "blank": strings.Replace(claimOf(link, ""), `":"`, `":" `, 1),
		"standard alphabet": `{"handle":"` + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{255}, 16)) + `","secret":""}`, "short": `{"handle":"AA","secret":"AA"}`,
	} {
		d.send(t, toInvitation, c).expect(t, name, 404, "invitation-invalid")
		d.send(t, toTickets, strings.Replace(strings.TrimSuffix(c, "}")+blinded(claim.Blinded)+"}", "{,", "{", 1)).expect(t, name, 404, "invitation-invalid")
	}
	for name, b := range map[string]string{
		"none": "", "null": `,"blinded":null`, "number": `,"blinded":1`, "text": `,"blinded":"` + submitted + `"`, "identity": blinded(make([]byte, 32)),
		"not canonical": blinded(bytes.Repeat([]byte{255}, 32)), "short": blinded(claim.Blinded[:31]), "long": blinded(append(bytes.Clone(claim.Blinded), 0)),
		"negative": blinded(append([]byte{1}, make([]byte, 31)...)), "padded": `,"blinded":"` + base64.URLEncoding.EncodeToString(claim.Blinded) + `"`,
	} {
		d.send(t, toTickets, claimOf(link, b)).expect(t, name, 422, "blinded-message-invalid")
	}
	d.send(t, toTickets, claimOf(link, blinded(claim.Blinded))).expect(t, "nothing of it took the ticket", 200, "")
	d.send(t, toTickets, claimOf(link, blinded(claim.Blinded))).expect(t, "the same again", 200, "")
	second, err := ballot.NewClaim(string(d.round.ID), d.keys.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	d.send(t, toTickets, claimOf(link, blinded(second.Blinded))).expect(t, "a second ticket", 409, "ticket-already-issued")
	d.send(t, toPlain, "link="+link.String()).expect(t, "a second ticket without script", 409, "page")
}

func (d *desk) badForms(t *testing.T) {
	link := d.link(t)
	for _, body := range []string{
		"", "link=", "link=" + submitted, "link=%23", "link=a.b.c", "link=" + link.String() + ".x", "link=" + link.String()[1:], "link=" + strings.ToUpper(link.String()),
		"link=" + url.QueryEscape("https://evil.example/r/x#"+submitted), "link=%00", "link=" + link.String() + "%0a.", "lang=xx&link=%e2%80%ae",
	} {
		d.send(t, toPlain, body).expect(t, body, 404, "page")
	}
	for _, body := range []string{"link=%", "link=%zz", "%%%=1", "a;b"} {
		d.send(t, toPlain, body).expect(t, body, 400, "malformed-json")
	}
	ticket := d.ticket(t)
	for _, rest := range []string{"", "a_A1=", "a_A1=6", "a_A1=04", "a_A1=4.0", "a_A1=%2b4", "a_A1=" + submitted, "a_=1", "a_ZZ=1", "a_a1=1", "a_A1=99999999999999999999", "a_A1=1&role=boss", "a_A1=1&text=x&text_kind=rant"} {
		d.send(t, toPlainBallot, formOf(ticket, rest)).expect(t, rest, 422, "page")
	}
	for _, rest := range []string{"", "nonce=&output=", "nonce=AA%3D%3D&output=AA", "nonce=" + submitted} {
		d.send(t, toPlainBallot, rest).expect(t, rest, 403, "page")
	}
	d.send(t, toPlain, "link="+link.String(), "Origin", "null").expect(t, "an old browser", 200, "page")
	d.send(t, toPlainBallot, formOf(ticket, "a_A1=1"), "Origin", "null").expect(t, "an old browser", 200, "page")
}

func (d *desk) badTickets(t *testing.T) {
	o := storetest.Organisation(t, d.store)
	storetest.People(t, d.store, o, 12)
	other, links := d.open(t, storetest.Round(t, d.store, o, questionnaire.Check(), d.now()))
	keys, err := d.world.keys.Load(string(other.ID))
	if err != nil {
		t.Fatal(err)
	}
	ticket := d.ticket(t)
	for i := range ballot.OutputSize {
		forged := ballot.Ticket{Nonce: ticket.Nonce, Output: bytes.Clone(ticket.Output)}
		forged.Output[i] ^= 1
		d.send(t, toBallots, ballotOf(forged, `"answers":{"A1":1}`)).expect(t, "forged", 403, "ticket-invalid")
	}
	for name, forged := range map[string]ballot.Ticket{
		"foreign": newTicket(t, other, keys), "foreign key, own round": newTicket(t, d.round, keys), "own key, foreign round": newTicket(t, other, d.keys),
		"empty": {}, "short": {Nonce: ticket.Nonce[:31], Output: ticket.Output}, "long": {Nonce: append(bytes.Clone(ticket.Nonce), 0), Output: ticket.Output},
		"swapped": {Nonce: ticket.Output, Output: ticket.Nonce},
	} {
		d.send(t, toBallots, ballotOf(forged, `"answers":{"A1":1}`)).expect(t, name, 403, "ticket-invalid")
		d.send(t, toPlainBallot, formOf(forged, "a_A1=1")).expect(t, name, 403, "page")
	}
	for _, fragment := range links {
		foreign, err := ballot.ParseLink(fragment)
		if err != nil {
			t.Fatal(err)
		}
		d.send(t, toInvitation, claimOf(foreign, "")).expect(t, "a link of another round", 404, "invitation-invalid")
		d.send(t, toPlain, "link="+fragment).expect(t, "a link of another round", 404, "page")
		break
	}
	d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1}`)).expect(t, "new", 201, "")
	d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":1,"A2":null}`)).expect(t, "the same again", 200, "")
	d.send(t, toBallots, ballotOf(ticket, `"answers":{"A1":2}`)).expect(t, "other answers", 409, "ticket-used")
	d.send(t, toPlainBallot, formOf(ticket, "a_A1=1")).expect(t, "the same without script", 200, "page")
	d.send(t, toPlainBallot, formOf(ticket, "a_A1=3")).expect(t, "other answers without script", 409, "page")
}

// strangeRounds asks for rounds that do not exist, and for such that a database might
// take for one that does.
func (d *desk) strangeRounds(t *testing.T) {
	id, link := string(d.round.ID), d.link(t)
	for _, round := range []string{
		"none", strings.Repeat("A", 22), id + "%20", "%20" + id, id + "%00", id + "%0a", strings.ToLower(id) + "x", id[:21], "%ff%fe", "%f0%9f%98%80", "%c3%a4", strings.Repeat("a", 500),
		"..%2f..%2fetc", "'%20OR%201=1%20--%20", "%25", submitted, id + "\u0301", id + "%e2%80%8b",
	} {
		for _, path := range []string{toInvitation, toTickets, toBallots, toPlain, toPlainBallot} {
			body := map[string]string{
				toInvitation: claimOf(link, ""), toTickets: claimOf(link, `,"blinded":""`), toBallots: ballotOf(ballot.Ticket{}, `"answers":{"A1":1}`),
				toPlain: "link=" + link.String(), toPlainBallot: "a_A1=1",
			}[path]
			code := "not-found"
			if media(path) != "application/json" {
				code = "page"
			}
			if strings.Contains(round, "%2f") {
				code = "not-found" // a longer path, which no route has
			}
			d.send(t, strings.Replace(path, "ROUND", round, 1), body).expect(t, path+" "+round, 404, code)
		}
		for _, path := range []string{"/api/v1/rounds/ROUND/manifest", "/api/v1/rounds/ROUND/tickets.txt"} {
			d.do(t, d.request(t, http.MethodGet, strings.Replace(path, "ROUND", round, 1), nil)).expect(t, path+" "+round, 404, "not-found")
		}
	}
}

// lyingLengths says one length and sends another.
func (d *desk) lyingLengths(t *testing.T) {
	const jsonType, chunks = "Content-Type: application/json\r\n", "Transfer-Encoding: chunked\r\n"
	link, ticket := d.link(t), d.ticket(t)
	for path, body := range map[string]string{
		toInvitation: claimOf(link, ""), toTickets: "{}", toBallots: ballotOf(ticket, `"answers":{"A1":1}`),
		toPlain: "link=" + link.String(), toPlainBallot: formOf(ticket, "a_A1=4"),
	} {
		for name, c := range map[string]struct {
			rest   string
			status int
		}{
			"less than said":     {"Content-Length: 1000\r\n\r\n" + body, 400},
			"less than nothing":  {"Content-Length: -1\r\n\r\n{}", 400},
			"more than numbers":  {"Content-Length: 99999999999999999999\r\n\r\n{}", 400},
			"a terabyte":         {"Content-Length: 1099511627776\r\n\r\n{}", 400},
			"no last chunk":      {chunks + "\r\n" + fmt.Sprintf("%x", len(body)) + "\r\n" + body + "\r\n", 400},
			"short chunk":        {chunks + "\r\n5\r\n{}\r\n0\r\n\r\n", 400},
			"size no number":     {chunks + "\r\n" + submitted + "\r\n{}\r\n0\r\n\r\n", 400},
			"size over 64 bits":  {chunks + "\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n", 400},
			"two ways of length": {chunks + "Content-Length: 3\r\n\r\n3\r\n" + submitted[:3] + "\r\n0\r\n\r\n", 400},
		} {
			kind := jsonType
			if media(path) != "application/json" {
				kind = "Content-Type: " + media(path) + "\r\n"
			}
			got := d.raw(t, "POST "+strings.Replace(path, "ROUND", string(d.round.ID), 1)+" HTTP/1.1\r\nHost: h\r\n"+kind+c.rest)
			if got.StatusCode != c.status || got.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s, %s: %s as %s", path, name, got.Status, got.Header.Get("Content-Type"))
			}
		}
	}
}

// raw sends bytes on a connection, ends it on this side and gives the first answer.
func (d *desk) raw(t *testing.T, text string) *http.Response {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(d.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // it may be closed already
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	if err := c.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if err := c.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	io.Copy(io.Discard, answer.Body) //nolint:errcheck // status and headers count
	answer.Body.Close()
	return answer
}
