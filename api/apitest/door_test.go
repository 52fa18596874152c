package apitest

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestDoorLeavesNoTrace walks the open door from the question to the answer and looks
// for the code, the texts, and whatever a browser sends along in logs, tables, files and
// journals.
func TestDoorLeavesNoTrace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		var log bytes.Buffer
		door := api.New(api.Options{Participation: w.service, Ready: w.store.Ping, Now: func() time.Time { return w.now }, Log: slog.New(slog.NewTextHandler(&log, nil))})
		question, marks := "Wer darf Quastenflosser freigeben?", []string{"203.0.113.77", "Zwergpinguin/9.9", "nachtportier.example"}
		form := func(path string, sent fields) string {
			t.Helper()
			r := httptest.NewRequest("POST", path, strings.NewReader(sent.Encode()))
			r.RemoteAddr = marks[0] + ":4711"
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("User-Agent", marks[1])
			r.Header.Set("Referer", "https://"+marks[2]+"/x")
			r.Header.Set("Origin", "null")
			answer := httptest.NewRecorder()
			door.ServeHTTP(answer, r)
			if answer.Code != 200 || len(answer.Result().Cookies()) > 0 {
				t.Fatalf("%s: %d %s", path, answer.Code, answer.Body)
			}
			return answer.Body.String()
		}
		ask := "/d/" + w.own["round"]
		code := regexp.MustCompile(`name="code" value="([0-9a-z-]{32})"`).FindStringSubmatch(form(ask, fields{"lang": {"de"}, "text": {question}}))
		if code == nil {
			t.Fatal("no code")
		}
		if body := form(ask, fields{"lang": {"de"}, "text": {question}, "code": {code[1]}}); !strings.Contains(body, code[1]) {
			t.Error(body)
		}
		w.answerAll(question, "Der Kapitän Tintenfass.")
		if body := form("/d", fields{"lang": {"de"}, "code": {code[1]}}); !strings.Contains(body, "Tintenfass") || !strings.Contains(body, question) {
			t.Error(body)
		}
		secrets := slices.Concat(marks, []string{code[1], strings.ReplaceAll(code[1], "-", "")})
		var values [][]byte
		for _, s := range secrets {
			values = append(values, []byte(s))
		}
		if where := storetest.Holds(t, database, values...); len(where) > 0 {
			t.Errorf("a trace stands in %v", where)
		}
		for _, s := range append(secrets, "Quastenflosser", "Tintenfass", w.own["round"], w.own["organisation"]) {
			if strings.Contains(log.String(), s) {
				t.Errorf("the log holds %q:\n%s", s, log.String())
			}
		}
		if !strings.Contains(log.String(), "route=/d/:round") {
			t.Errorf("nothing was logged:\n%s", log.String())
		}
	})
}

type fields = url.Values

// answerAll answers a question over the API as the lead does.
func (w *world) answerAll(question, answer string) {
	w.t.Helper()
	lead := w.tokens[account.Lead]
	var page struct {
		Items []struct{ ID, Text string }
	}
	w.check(json.Unmarshal(w.send("GET", "/organisations/"+w.own["organisation"]+"/questions", lead, "").Body.Bytes(), &page))
	for _, q := range page.Items {
		if q.Text != question {
			continue
		}
		if got := w.send("PATCH", "/questions/"+q.ID, lead, `{"answer":"`+answer+`"}`, "If-Match", `"0"`); got.Code != 200 {
			w.t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
}
