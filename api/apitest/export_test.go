package apitest

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// download gives the rows of a CSV file, by name of the column.
func (w *world) download(path, token string, comma rune) (rows []map[string]string) {
	w.t.Helper()
	got := w.send("GET", path, token, "")
	if got.Code != 200 || !strings.HasPrefix(got.Header().Get("Content-Disposition"), `attachment; filename="`) || !strings.Contains(got.Header().Get("Content-Disposition"), "; filename*=UTF-8''") || got.Header().Get("Content-Security-Policy") != "sandbox" {
		w.t.Fatalf("%s: %d %v %s", path, got.Code, got.Header(), got.Body)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.Body.String(), "\ufeff")))
	r.Comma = comma
	all, err := r.ReadAll()
	w.check(err)
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// released lets the counted round show two groups, one of them with a band, and
// withhold a third.
func (w *world) released(url string) {
	w.t.Helper()
	r, err := w.store.FindRound(ctx, survey.RoundID(w.own["round"]))
	w.check(err)
	item := tally.ItemResult{Key: "A1", N: new(12), Mean: new(3.5), Index: new(62), Favourable: new(60), CI: &tally.Interval{Low: 50, High: 75}}
	change := func(g tally.Group) tally.Change {
		return tally.Change{From: "before", To: string(r.ID), Group: g, Key: "A1", Difference: new(7), P: new("<0.05"), Verdict: "clear_up"}
	}
	total, inc, chg := tally.Group{}, tally.Group{Process: "INC"}, tally.Group{Process: "CHG"}
	results := &tally.Results{
		Round: string(r.ID), Iteration: string(r.Iteration), Invited: 12, Ballots: new(12), K: 5, Questionnaire: r.Questionnaire.Hash(),
		Groups: []tally.GroupResult{
			{Group: total, Invited: new(12), N: new(12), State: tally.Shown, Items: []tally.ItemResult{item}},
			{Group: inc, Invited: new(8), RateClass: ">=90", State: tally.Indicative, Items: []tally.ItemResult{{Key: "A1", Band: ">=80"}}},
			{Group: chg, State: tally.Protected},
		},
		Comparison: []tally.Change{change(total), change(inc), change(chg)}, Warnings: []tally.Warning{},
	}
	text, err := json.Marshal(results)
	w.check(err)
	db, _ := storetest.Past(w.t, url)
	_, err = db.ExecContext(ctx, "UPDATE results SET results = ? WHERE round = ?", string(text), w.own["round"])
	w.check(err)
}

// TestExports: what leaves the house is what was displayed, an owner's part is the own
// one, no text is a formula, and the audit knows.
func TestExports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		w.released(url)
		path, lead := "/rounds/"+w.own["round"], w.tokens[account.Lead]
		rows := w.download(path+"/results.csv", lead, ';')
		if len(rows) != 3 || rows[0]["mean"] != "3,5" || rows[0]["verdict"] != "clear_up" || rows[0]["change"] != "7" || rows[1]["band"] != ">=80" || rows[1]["mean"] != "" || rows[2]["state"] != "protected" || rows[2]["respondents"] != "" || rows[2]["change"] != "" {
			t.Errorf("%v", rows)
		}
		if rows := w.download(path+"/results.csv?lang=en", lead, ','); rows[0]["mean"] != "3.5" || rows[0]["text"] != questionnaire.Check().Items[0].Short.EN {
			t.Errorf("%v", rows[0])
		}
		if rows := w.download(path+"/results.csv", w.tokens[account.Owner], ';'); len(rows) != 2 || rows[1]["process"] != "INC" {
			t.Errorf("an owner gets %v", rows)
		}
		if got := w.send("GET", path+"/results", w.tokens[account.Owner], "").Body.String(); strings.Contains(got, "CHG") {
			t.Errorf("an owner sees changes of others: %s", got)
		}
		if got := w.send("GET", path+"/results.csv?lang=fr", lead, ""); got.Code != 422 {
			t.Errorf("unknown language: %d", got.Code)
		}
		w.workbook(path + "/results.xlsx")
		w.codebook(path)
		w.registers()
		w.chain()
	})
}

// workbook checks that a workbook holds its sheets and no formula.
func (w *world) workbook(path string) {
	w.t.Helper()
	body := w.send("GET", path, w.tokens[account.Lead], "").Body.Bytes()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	w.check(err)
	sheets := 0
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		sheets++
		r, err := f.Open()
		w.check(err)
		text, err := io.ReadAll(r)
		w.check(err)
		if bytes.Contains(text, []byte("<f")) {
			w.t.Errorf("%s holds a formula", f.Name)
		}
	}
	if sheets != 5 {
		w.t.Errorf("%d sheets, want 5", sheets)
	}
}

// codebook checks that every answer has its label, and that both syntaxes have them.
func (w *world) codebook(path string) {
	w.t.Helper()
	rows, q := w.download(path+"/codebook.csv", w.tokens[account.Lead], ';'), questionnaire.Check()
	want := 0
	for _, i := range q.Items {
		want += len(q.Scales[i.Scale].Labels)
	}
	if len(rows) != want || slices.ContainsFunc(rows, func(r map[string]string) bool { return r["label"] == "" || r["text"] == "" }) {
		w.t.Errorf("%d rows, want %d with labels", len(rows), want)
	}
	for file, says := range map[string]string{"labels.R": `attr(data[["A1"]], "label") <- "` + q.Items[0].Text.DE, "labels.sps": "A1 '" + q.Items[0].Text.DE} {
		if got := w.send("GET", path+"/"+file, w.tokens[account.Steering], "").Body.String(); !strings.Contains(got, says) {
			w.t.Errorf("%s: %s", file, got)
		}
	}
}

// registers checks improvements and KPIs.
func (w *world) registers() {
	w.t.Helper()
	lead, iteration := w.tokens[account.Lead], "/iterations/"+w.own["iteration"]
	for i, formula := range []string{"=HYPERLINK(\"x\")", "\u3000＝1", "@a"} {
		body, err := json.Marshal(map[string]string{"criticism": formula, "process": []string{"INC", "CHG", ""}[i]})
		w.check(err)
		if got := w.send("POST", iteration+"/improvements", lead, string(body)); got.Code != 201 {
			w.t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	formulas := 0
	for _, r := range w.download(iteration+"/improvements.csv", lead, ';') {
		if strings.HasPrefix(r["criticism"], "'") {
			formulas++
		}
	}
	if mine := w.download(iteration+"/improvements.csv", w.tokens[account.Owner], ';'); formulas != 3 || len(mine) != 2 {
		w.t.Errorf("%d texts behind apostrophes, want 3; an owner gets %v", formulas, mine)
	}
	for day, value := range map[string]string{"2026-03-01": "31.5", "2026-03-02": "-2"} {
		if got := w.send("POST", "/kpis/"+w.own["kpi"]+"/measurements", lead, `{"day":"`+day+`","value":`+value+`}`); got.Code != 200 {
			w.t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	rows := w.download(iteration+"/kpis.csv?lang=en", lead, ',')
	if len(rows) != 2 || rows[0]["value"] != "31.5" || rows[1]["value"] != "-2" || rows[0]["name"] != "Sample" {
		w.t.Errorf("%v", rows)
	}
}

// chain checks that whoever has the file can follow the chain to the export itself. Ids
// are random: one that begins with a sign of formulas stands behind an apostrophe.
func (w *world) chain() {
	w.t.Helper()
	var entries []audit.Entry
	for _, r := range w.download("/audit.csv", w.tokens[account.Auditor], ';') {
		id := func(column string) string { return strings.TrimPrefix(r[column], "'") }
		e := audit.Entry{Organisation: id("organisation"), Actor: id("actor"), Verb: r["verb"], Subject: id("subject")}
		var err error
		e.Seq, err = strconv.Atoi(r["seq"])
		w.check(err)
		e.At, err = time.Parse(time.RFC3339Nano, r["at"])
		w.check(err)
		w.check(json.Unmarshal([]byte(r["detail"]), &e.Detail))
		e.Previous, err = hex.DecodeString(r["previous"])
		w.check(err)
		e.Hash, err = hex.DecodeString(r["hash"])
		w.check(err)
		entries = append(entries, e)
	}
	w.check(audit.Verify(entries))
	verbs := map[string]int{}
	for _, e := range entries {
		verbs[e.Verb]++
	}
	if verbs["export.results"] != 4 || verbs["export.improvements"] != 2 || verbs["export.kpis"] != 1 || entries[len(entries)-1].Verb != "export.audit" {
		w.t.Errorf("the audit knows of %v", verbs)
	}
}
