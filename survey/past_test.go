package survey_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// pastFile is what another tool counted of two processes, one of them tiny: A1 and A4,
// which is reversed, and a question of its own.
const pastFile = `item;text;process;invited;1;2;3;4;5;cs
A1;;INC;40;2;4;6;10;8;2
A1;;CHG;6;0;0;1;1;1;0
A4;;INC;40;8;10;6;4;2;0
A4;;CHG;6;1;1;1;0;0;0
T1;Werkzeug passt;INC;40;1;2;3;12;12;
T1;Werkzeug passt;CHG;6;0;1;1;1;0;
`

// history is an office with an iteration that is over.
func history(t *testing.T, url string) (*house, *survey.Iteration) {
	t.Helper()
	h := begin(t, url, 40)
	i, err := h.store.FindIteration(ctx, h.round.Iteration)
	if err != nil {
		t.Fatal(err)
	}
	old := &survey.Iteration{
		ID: survey.IterationID(survey.NewID()), Programme: i.Programme, Number: 2, Phase: survey.Plan,
		Starts: h.now.AddDate(0, -8, 0), Checks: h.now.AddDate(0, -6, 0), Ends: h.now.AddDate(0, -5, 0),
	}
	if err := h.store.CreateIteration(ctx, old); err != nil {
		t.Fatal(err)
	}
	return h, old
}

func (h *house) importPast(i *survey.Iteration, file string) (*survey.Round, []survey.RowError, error) {
	return h.ImportPast(ctx, account.System(), i.ID, survey.PastInput{File: strings.NewReader(file), Kind: survey.CheckRound, Closes: i.Checks})
}

// TestPastGoesThroughTheRelease: what another tool counted becomes a counted round that
// shows no small group and nothing that isolates one, once however often it is sent.
func TestPastGoesThroughTheRelease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, i := history(t, url)
		r, wrong, err := h.importPast(i, pastFile)
		if err != nil || len(wrong) > 0 {
			t.Fatal(wrong, err)
		}
		if r.State != survey.Done || !r.Imported || r.Invited != 46 || r.CountedAt == nil {
			t.Errorf("%+v", r)
		}
		results, kept, err := h.store.FindResults(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		states := map[string]string{}
		for _, g := range results.Groups {
			states[g.Group.Key()] = g.State
		}
		// 3 of 6 answered CHG; INC beside a total would tell what they said
		if states["total"] != tally.Shown || states["process=CHG"] != tally.Protected || states["process=INC"] != tally.Protected || states["process=_others"] != tally.Shown || len(kept.Groups) != 2 {
			t.Errorf("%v, kept %d", states, len(kept.Groups))
		}
		total := results.Groups[0]
		a1 := total.Items[0]
		if *a1.N != 33 || *a1.CannotSay != 2 || *a1.Mean != 3.6 || total.Items[1].Key != "A4" || *total.Items[1].Mean != 3.6 {
			t.Errorf("%+v", total.Items)
		}
		if c := total.Constructs[0]; c.Key != "ACC" || *c.Index != (*a1.Index+*total.Items[1].Index)/2 || c.CI != nil || c.Alpha != nil || len(results.Drivers) > 0 {
			t.Errorf("%+v, drivers %v", c, results.Drivers)
		}
		if results.Warnings[0].Code != tally.Imported {
			t.Errorf("%+v", results.Warnings)
		}
		again, _, err := h.importPast(i, pastFile)
		if err != nil || again.ID != r.ID || again.CountedAt == nil {
			t.Errorf("%+v %v", again, err)
		}
		if _, _, err := h.importPast(i, strings.Replace(pastFile, ";10;8;2", ";9;9;2", 1)); !fault.Is(err, "past-differs") {
			t.Errorf("another file: %v", err)
		}
		if i, err := h.store.FindIteration(ctx, i.ID); err != nil || i.Phase != survey.Finished {
			t.Errorf("%+v %v", i, err)
		}
	})
}

// TestPastIsComparedWith: a round of ours beside imported results: questions with the
// same wording are tested, constructs are left open.
func TestPastIsComparedWith(t *testing.T) {
	h, i := history(t, storetest.SQLite(t))
	file := "item;process;invited;1;2;3;4;5\n"
	for _, item := range questionnaire.Check().Items {
		if item.Scale == "yesno" {
			continue
		}
		file += fmt.Sprintf("%s;INC;60;10;12;10;6;2\n%s;CHG;60;10;12;10;6;2\n", item.Key, item.Key)
	}
	past, wrong, err := h.importPast(i, file)
	if err != nil {
		t.Fatal(wrong, err)
	}
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	next := storetest.NextRound(t, h.store, o, i.Programme, 3, questionnaire.Check(), h.now)
	if h.round, err = h.OpenRound(ctx, account.System(), next.ID); err != nil {
		t.Fatal(err)
	}
	if h.links, _, err = h.Links(ctx, next.ID); err != nil {
		t.Fatal(err)
	}
	h.answerAll(t, 40)
	if err := h.FinishRound(ctx, next.ID); err != nil {
		t.Fatal(err)
	}
	results, _, err := h.store.FindResults(ctx, next.ID)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]string{}
	for _, c := range results.Comparison {
		if c.Group == (tally.Group{}) && c.From == string(past.ID) {
			verdicts[c.Key] = c.Verdict
		}
	}
	if verdicts["ACC"] != tally.Open || verdicts["A1"] == "" || verdicts["A1"] == tally.Open || verdicts["QW"] != tally.First {
		t.Errorf("%v", verdicts)
	}
	for _, trend := range results.Trend {
		if trend.Group == (tally.Group{}) && trend.Key == "ACC" && (len(trend.Points) != 2 || trend.Points[0].Index == nil) {
			t.Errorf("%+v", trend)
		}
	}
	here, err := h.store.FindIteration(ctx, next.Iteration)
	if err != nil {
		t.Fatal(err)
	}
	side, err := h.CompareIterations(ctx, account.System(), here.Programme)
	if err != nil || len(side.Data.Rounds) != 2 || !side.Data.Rounds[0].Imported || side.Data.Rounds[1].Imported {
		t.Errorf("the comparison does not say what was imported: %+v, %v", side, err)
	}
	e, err := h.ExportComparison(ctx, account.System(), here.Programme, locale.German)
	if err != nil {
		t.Fatal(err)
	}
	for n, sheet := range []int{0, 2} { // values and rounds
		var out strings.Builder
		if err := table.WriteCSV(&out, table.Commas, e.Sheets[sheet]); err != nil {
			t.Fatal(err)
		}
		lines, ours := strings.Count(out.String(), string(past.ID)+`"`), strings.Count(out.String(), `"yes"`) // an id that begins with a hyphen stands behind "'"
		if lines == 0 || ours != lines || n == 1 && lines != 1 {
			t.Errorf("of %d lines of what was imported %d say so:\n%s", lines, ours, out.String())
		}
	}
	book, err := h.ExportCodebook(ctx, account.System(), past.ID, locale.German)
	if err != nil || len(book.Sheets) != 2 {
		t.Fatal(book, err)
	}
	var out strings.Builder
	if err := table.WriteCSV(&out, table.Commas, book.Sheets[1]); err != nil || !strings.Contains(out.String(), `"imported","yes","yes = aus einem anderen Werkzeug übernommen"`) {
		t.Errorf("the codebook says of what was imported: %s, %v", out.String(), err)
	}
	h.now = here.Ends.AddDate(0, 0, 1)
	in := survey.PastInput{File: strings.NewReader(file), Kind: survey.CheckRound, Closes: here.Ends}
	if _, _, err := h.ImportPast(ctx, account.System(), here.ID, in); !fault.Is(err, "past-counted-here") {
		t.Errorf("in the place of what was answered here: %v", err)
	}
	if err := h.DeleteRound(ctx, account.System(), past.ID, past.Version); !fault.Is(err, "past-compared") {
		t.Errorf("later results refer to it: %v", err)
	}
}

// TestPastIsTakenBack: what was imported wrongly goes with the drafts that may tell of it,
// and makes room for the right file; what a report told of when it was issued stays.
func TestPastIsTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, i := history(t, url)
		r, _, err := h.importPast(i, pastFile)
		if err != nil {
			t.Fatal(err)
		}
		report := func() *survey.Report {
			sum := make([]byte, 32)
			report := &survey.Report{
				ID: survey.ReportID(survey.NewID()), Iteration: i.ID, Kind: survey.CheckReport, Language: "de", Number: 1,
				Document: "doc", DataHash: sum, FileName: "x.pdf", FileHash: sum, Body: []byte("x"), Created: h.now,
			}
			if err := h.store.CreateReport(ctx, report); err != nil {
				t.Fatal(err)
			}
			return report
		}
		draft, actor := report(), account.Actor{ID: "c", Role: account.Consultant, Organisations: []string{string(r.Organisation)}}
		owner := actor
		if owner.Role = account.Owner; !fault.Is(h.DeleteRound(ctx, owner, r.ID, r.Version), "forbidden") {
			t.Error("an owner deletes a round")
		}
		if err := h.DeleteRound(ctx, actor, r.ID, r.Version+1); !fault.Is(err, "version-conflict") {
			t.Errorf("unseen: %v", err)
		}
		if err := h.DeleteRound(ctx, actor, r.ID, r.Version); err != nil {
			t.Fatal(err)
		}
		_, _, results := h.store.FindResults(ctx, r.ID)
		_, round := h.store.FindRound(ctx, r.ID)
		_, told := h.store.FindReport(ctx, draft.ID)
		for what, err := range map[string]error{"results": results, "round": round, "draft": told} {
			if fault.Of(err).Kind != fault.NotFound {
				t.Errorf("the %s is there: %v", what, err)
			}
		}
		entries, err := h.store.ListAudit(ctx, r.Organisation)
		if last := entries[len(entries)-1]; err != nil || last.Verb != "round.withdraw" || last.Subject != string(r.ID) {
			t.Errorf("%+v, %v", last, err)
		}
		r, _, err = h.importPast(i, strings.Replace(pastFile, ";10;8;2", ";9;9;2", 1))
		if err != nil {
			t.Fatalf("the right file: %v", err)
		}
		if err := h.store.IssueReport(ctx, report(), h.now, nil); err != nil {
			t.Fatal(err)
		}
		if err := h.DeleteRound(ctx, actor, r.ID, r.Version); !fault.Is(err, "past-reported") {
			t.Errorf("a report tells of it: %v", err)
		}
	})
}

// TestPastSaysWhatIsWrong, by line and column, and stores nothing.
func TestPastSaysWhatIsWrong(t *testing.T) {
	h, i := history(t, storetest.SQLite(t))
	for _, c := range []struct {
		old, new, want string
	}{
		{"A1;;CHG;6;0", "A1;;XYZ;6;0", "3 process process-unknown"},
		{"A1;;CHG;6;0", "A1;;;6;0", "3 process past-group-open"},
		{"A1;;CHG;6;0;0;1", "A1;;CHG;6;0;x;1", "3 2 past-count-invalid"},
		{"A1;;CHG;6;0;0;1", "A1;;CHG;6;0;-1;1", "3 2 past-count-invalid"},
		{"A1;;CHG;6;0;0;1", "A1;;CHG;6;4;4;1", "3 invited past-invited-few"},
		{"A4;;CHG;6", "A4;;CHG;7", "5 invited past-invited-differs"},
		{"A4;;INC;40;8", "A1;;INC;40;8", "4 item past-row-twice"},
		{"A4;;INC", "A4;Etwas anderes;INC", "4 item past-item-differs"},
		{"T1;Werkzeug passt;INC", "T1;;INC", "6 text past-item-unknown"},
		{"T1;Werkzeug passt;INC;40;1;2;3;12;12", "T1;Werkzeug passt;INC;40;1;;;;", "6 item past-scale-invalid"},
		{"T1;Werkzeug passt;INC", "T 1;Werkzeug passt;INC", "6 item key-invalid"},
		{"T1;Werkzeug passt;INC", "T1;Werkzeug\u202epasst;INC", "6 text control-character"},
		{"T1;Werkzeug passt;INC", "T1;\"Werkzeug\rHOST COMMAND\";INC", "6 text control-character"},
		{"A1;;INC;40;2;4;6;10;8;2", "QW;;INC;40;2;4;6;10;8;2", "2 2 answer-out-of-range"},
	} {
		if !strings.Contains(pastFile, c.old) {
			t.Fatalf("no %q", c.old)
		}
		_, wrong, err := h.importPast(i, strings.Replace(pastFile, c.old, c.new, 1))
		if got := fmt.Sprint(wrong); !fault.Is(err, "import-row-invalid") || len(wrong) == 0 || !strings.Contains(got, c.want) {
			t.Errorf("%q: %v %v, want %s", c.new, wrong, err, c.want)
		}
	}
	for file, want := range map[string]string{"": "file-invalid", "item;1;2\nA1;1;2\n": "past-columns", "item;invited;1;2\n": "past-columns", "item;invited;1;2\nA1;\"": "file-invalid"} {
		if _, _, err := h.importPast(i, file); !fault.Is(err, want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
	running := *i
	running.ID, running.Number, running.Ends = survey.IterationID(survey.NewID()), 9, h.now.Add(time.Hour)
	if err := h.store.CreateIteration(ctx, &running); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.importPast(&running, pastFile); !fault.Is(err, "past-not-over") {
		t.Errorf("an iteration that goes on: %v", err)
	}
	late := *i
	late.Checks = i.Ends.Add(time.Hour)
	if _, _, err := h.importPast(&late, pastFile); !fault.Is(err, "round-window-invalid") {
		t.Errorf("an end outside the iteration: %v", err)
	}
	if rounds, err := h.store.ListRoundsOf(ctx, i.ID); err != nil || len(rounds) > 0 {
		t.Errorf("%d rounds are stored, %v", len(rounds), err)
	}
}
