package apitest

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	v1 "pulscheck/api/v1"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// read decodes an answer of a status.
func read[T any](t *testing.T, answer *httptest.ResponseRecorder, status int) (out T) {
	t.Helper()
	if err := json.Unmarshal(answer.Body.Bytes(), &out); err != nil || answer.Code != status {
		t.Fatalf("%d %s, want %d", answer.Code, answer.Body, status)
	}
	return out
}

// found is what an assessor writes on a sheet: 4 with evidence up to a level, nothing
// beyond it.
func found(t *testing.T, form v1.SheetForm, level int, finished bool) string {
	t.Helper()
	said := v1.SheetSaid{Finished: finished}
	for _, a := range form.Attributes {
		value := 0
		if a.Level <= level {
			value = 4
		}
		for _, i := range a.Indicators {
			said.Answers = append(said.Answers, v1.AnswerSaid{
				Indicator: i.Key, Value: &value, Evidence: []v1.Evidence{{Kind: "document", Reference: "https://wiki.example/cab"}},
			})
		}
	}
	text, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestStagedFrameworkIsRatedEndToEnd: five stages of a framework that is not ours, from
// its file over two assessors to level, profile and stage of the organisation.
func TestStagedFrameworkIsRatedEndToEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		lead, owner := w.tokens[account.Lead], w.tokens[account.Owner]
		file, err := json.Marshal(v1.ModelNew{File: w.staged("fuenf-stufen")})
		w.check(err)
		models := "/organisations/" + w.own["organisation"] + "/maturity-models"
		for range 2 { // the same file again is no conflict
			m := read[v1.Model](t, w.send("POST", models, lead, string(file)), 201)
			if m.ID != "fuenf-stufen" || len(m.Levels) != 5 || m.Levels[0].Level != 1 || m.BuiltIn {
				t.Errorf("%+v", m)
			}
		}
		if got := w.send("POST", models, lead, strings.Replace(string(file), "Pläne werden verfolgt.", "Pläne gibt es.", 1)); got.Code != 409 || code(t, got) != "key-taken" {
			t.Errorf("another one of that id: %d %s", got.Code, got.Body)
		}
		iteration := w.nextIteration()
		made := read[v1.Assessment](t, w.send("POST", "/iterations/"+iteration+"/assessments", owner,
			`{"process":"INC","model":"fuenf-stufen","target":3,"core":true,"assessors":2}`), 201)
		sheet := "/assessments/" + made.ID + "/sheet"
		form := read[v1.SheetForm](t, w.send("GET", sheet, owner, ""), 200)
		if len(form.Ladder) != 5 || len(form.Levels) != 5 || len(form.Attributes) != 5 || form.Version != 0 {
			t.Errorf("%+v", form)
		}
		for _, c := range []struct {
			token, seen, body string
			status            int
		}{
			{owner, `"0"`, found(t, form, 2, false), 200},
			{owner, `"0"`, found(t, form, 2, true), 412},
			{owner, `"1"`, found(t, form, 2, true), 200},
			{lead, `"0"`, found(t, form, 3, true), 200},
			{lead, `"1"`, found(t, form, 5, true), 409},
		} {
			if got := w.send("PUT", sheet, c.token, c.body, "If-Match", c.seen); got.Code != c.status {
				t.Errorf("%s: %d %s, want %d", c.seen, got.Code, got.Body, c.status)
			}
		}
		w.told(made.ID, iteration)
	})
}

// nextIteration gives another iteration of the own programme.
func (w *world) nextIteration() string {
	w.t.Helper()
	got := w.send("POST", "/programmes/"+w.own["programme"]+"/iterations", w.tokens[account.Lead],
		`{"starts":"2026-08-01T08:00:00Z","checks":"2026-10-01T08:00:00Z","ends":"2026-11-01T08:00:00Z","scope":["INC","CHG"]}`)
	return read[v1.Iteration](w.t, got, 201).ID
}

// told is what everybody reads afterwards: of two assessors a level apart the lower one.
func (w *world) told(id, iteration string) {
	w.t.Helper()
	a := read[v1.Assessment](w.t, w.send("GET", "/assessments/"+id, w.tokens[account.Auditor], ""), 200)
	if a.State != "done" || a.Rating == nil || *a.Rating.Level != 2 || !a.Rating.Provisional || len(a.Sheets) != 2 || a.Sheets[0].Mine {
		w.t.Errorf("%+v", a)
	}
	m := read[v1.Maturity](w.t, w.send("GET", "/iterations/"+iteration+"/assessments/profile", w.tokens[account.Steering], ""), 200)
	if *m.Model != "fuenf-stufen" || len(m.Processes) != 2 || *m.Profile.Median != 2 || *m.Profile.Stage != 2 || m.Profile.Widest.Process != "INC" || m.Processes[0].Level != nil {
		w.t.Errorf("%+v", m)
	}
	settled := w.send("PUT", "/assessments/"+id+"/settled", w.tokens[account.Consultant],
		`{"settled":[{"attribute":"way","class":"F","reason":"Beide Protokolle gelesen"}]}`, "If-Match", fmt.Sprintf(`"%d"`, a.Version))
	if b := read[v1.Assessment](w.t, settled, 200); *b.Rating.Level != 3 || b.Rating.Provisional {
		w.t.Errorf("%+v", b.Rating)
	}
}

// TestFrameworksThatCannotBeReadSayWhere.
func TestFrameworksThatCannotBeReadSayWhere(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	models := "/organisations/" + w.own["organisation"] + "/maturity-models"
	sound := w.staged("own")
	for what, c := range map[string]struct{ file, pointer, code string }{
		"no YAML":      {"id: [", "/lines/1", "model-invalid"},
		"unknown key":  {strings.Replace(sound, "needs:", "colour: red\nneeds:", 1), "/lines/17", "model-invalid"},
		"wrong level":  {strings.Replace(sound, "level: 5\n    name: {de: lernend", "level: 7\n    name: {de: lernend", 1), "/levels/4/level", "level-order"},
		"ours":         {strings.Replace(sound, "id: own", "id: iso33020-2015", 1), "/id", "model-id-taken"},
		"not rateable": {strings.Replace(sound, "here: L", "here: X", 1), "/needs/here", "class-unknown"},
	} {
		body, err := json.Marshal(v1.ModelNew{File: c.file})
		w.check(err)
		got := w.send("POST", models, w.tokens[account.Lead], string(body))
		var told struct {
			Errors []struct{ Pointer, Code string }
		}
		w.check(json.Unmarshal(got.Body.Bytes(), &told))
		if got.Code != 422 || code(t, got) != "model-invalid" || len(told.Errors) == 0 || told.Errors[0].Pointer != c.pointer || told.Errors[0].Code != c.code {
			t.Errorf("%s: %d %s", what, got.Code, got.Body)
		}
	}
}
