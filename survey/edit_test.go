package survey_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// found is what the rules found of a draft.
func found() []survey.Finding {
	return []survey.Finding{
		{ID: "F1", Rule: "F1", Head: "Akzeptanz steigt auf 60", Evidence: "Vorher 51."},
		{ID: "F4-INC", Rule: "F4", Head: "Stö\u00adrungen liegt zurück", Evidence: "48 zu 60."},
	}
}

// drafted is a counted round with a draft of its report.
func drafted(t *testing.T, url string) (h *house, r *survey.Report, lead account.Actor) {
	t.Helper()
	h = begin(t, url, 12)
	h.now = h.round.Closes
	if err := h.FinishRound(ctx, h.round.ID); err != nil {
		t.Fatal(err)
	}
	r = &survey.Report{
		ID: "draft", Iteration: h.round.Iteration, Kind: survey.CheckReport, Language: locale.German, Number: 1, Document: "NL-I01-B1",
		DataHash: make([]byte, 32), FileName: "check-bericht.pdf", FileHash: make([]byte, 32), Body: []byte("%PDF"), Created: h.now, Findings: found(),
	}
	if err := h.store.CreateReport(ctx, r); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	return h, r, account.Actor{ID: "anna", Role: account.Lead, Organisations: []string{string(h.round.Organisation)}}
}

// edit says something of a finding.
func edit(finding, choice, head, evidence, reason string) survey.EditInput {
	return survey.EditInput{Finding: finding, Choice: &choice, Head: &head, Evidence: &evidence, Reason: &reason}
}

// TestFindingsAreEdited: what is said is kept with who said it and when, the audit hears
// the words of the rule alone, the draft is drawn again, and nobody issues it before.
func TestFindingsAreEdited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, r, lead := drafted(t, url)
		_, edits, err := h.EditFindings(ctx, lead, r.ID, 0, []survey.EditInput{
			edit("F1", "changed", "Akzeptanz steigt auf 60", "Die Schulung\r\nhat gewirkt.", ""),
			edit("F4-INC", "left_out", "Störungen liegt zurück", "48 zu 60.", "Das Team wird geteilt."),
		})
		if err != nil || edits.Version != 1 {
			t.Fatalf("%+v, %v", edits, err)
		}
		f := found()
		want := map[string]survey.Edit{
			"F1":     {Choice: survey.FindingChanged, Evidence: "Die Schulung hat gewirkt.", Of: f[0], By: "anna", Role: account.Lead, At: h.now},
			"F4-INC": {Choice: survey.FindingLeftOut, Reason: "Das Team wird geteilt.", Of: f[1], By: "anna", Role: account.Lead, At: h.now},
		}
		findings, kept, err := h.ListFindings(ctx, lead, r.ID)
		if diff := cmp.Diff(want, kept.Of); err != nil || diff != "" || cmp.Diff(f, findings) != "" {
			t.Errorf("%v, %v\n%s", findings, err, diff)
		}
		entries, err := h.store.ListAudit(ctx, h.round.Organisation)
		if err != nil || len(entries) < 2 {
			t.Fatalf("%+v, %v", entries, err)
		}
		for i, e := range entries[len(entries)-2:] {
			choice := []string{"changed", "left_out"}[i]
			told := map[string]string{"finding": f[i].ID, "choice": choice, "language": "de", "head": f[i].Head, "evidence": f[i].Evidence}
			if diff := cmp.Diff(told, e.Detail); e.Verb != "finding.edit" || e.Subject != string(r.ID) || e.Actor != "anna" || diff != "" {
				t.Errorf("%s of %s:\n%s", e.Verb, e.Subject, diff)
			}
		}
		due, err := h.store.ListDueJobs(ctx, h.now, []survey.JobKind{survey.ReportJob}, 10)
		if err != nil || len(due) != 2 { // of counting, of the edits
			t.Errorf("%+v, %v", due, err)
		}
		if _, err := h.IssueReport(ctx, lead, r.ID, r.Version); !fault.Is(err, "version-conflict") {
			t.Errorf("issued as it was before: %v", err)
		}
		now, err := h.ShowReport(ctx, lead, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.IssueReport(ctx, lead, r.ID, now.Version); !fault.Is(err, "report-outdated") {
			t.Errorf("issued without its edits: %v", err)
		}
		drawn := *r
		drawn.ID, drawn.Edits, drawn.FileHash = "another", 1, append(make([]byte, 31), 1)
		if err := h.store.CreateReport(ctx, &drawn); err != nil || drawn.ID != r.ID || drawn.Version != now.Version+1 {
			t.Fatalf("drawn again it is %s %d, %v", drawn.ID, drawn.Version, err)
		}
		if _, err := h.IssueReport(ctx, lead, drawn.ID, drawn.Version); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.EditFindings(ctx, lead, r.ID, 1, []survey.EditInput{edit("F1", "kept", "", "", "")}); !fault.Is(err, "report-issued") {
			t.Errorf("edited after it was issued: %v", err)
		}
		if err := h.store.PutEdits(ctx, &drawn, kept, nil); !fault.Is(err, "report-issued") {
			t.Errorf("edited while it was issued: %v", err)
		}
	})
}

// TestEditsAreRefused: of who may not, of what there is not, of an older version, and
// texts that are none.
func TestEditsAreRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, r, lead := drafted(t, url)
		in := lead.Organisations
		for _, c := range []struct {
			actor account.Actor
			want  string
		}{
			{account.Actor{ID: "x", Role: account.Lead, Organisations: []string{"another"}}, "not-found"},
			{account.Actor{ID: "x", Role: account.Consultant}, "not-found"},
			{account.Actor{ID: "x", Role: account.Steering, Organisations: in}, "forbidden"},
			{account.Actor{ID: "x", Role: account.Auditor, Organisations: in}, "forbidden"},
			{account.Actor{ID: "x", Role: account.Owner, Organisations: in}, "forbidden"},
			{account.Actor{ID: "x", Role: account.Operator}, "forbidden"},
		} {
			if _, _, err := h.EditFindings(ctx, c.actor, r.ID, 0, []survey.EditInput{edit("F1", "left_out", "", "", "weil")}); !fault.Is(err, c.want) {
				t.Errorf("%s: %v, want %s", c.actor.Role, err, c.want)
			}
		}
		if _, _, err := h.EditFindings(ctx, lead, "none", 0, nil); !fault.Is(err, "not-found") {
			t.Errorf("no such report: %v", err)
		}
		if _, _, err := h.EditFindings(ctx, lead, r.ID, 7, nil); !fault.Is(err, "version-conflict") {
			t.Errorf("another version: %v", err)
		}
		long := strings.Repeat("ä", 501)
		for name, c := range map[string]struct {
			in   survey.EditInput
			want string // pointer and code
		}{
			"unknown finding":      {edit("F5", "kept", "", "", ""), "/findings/0/finding finding-unknown"},
			"finding of a process": {edit("F4", "kept", "", "", ""), "/findings/0/finding finding-unknown"},
			"unknown choice":       {edit("F1", "deleted", "", "", ""), "/findings/0/choice choice-unknown"},
			"nothing changed":      {edit("F1", "changed", "Akzeptanz steigt auf 60", "Vorher 51.", ""), "/findings/0/evidence finding-same"},
			"soft hyphens alone":   {edit("F4-INC", "changed", "Störungen liegt zurück", "", ""), "/findings/0/evidence finding-same"},
			"head too long":        {edit("F1", "changed", long[:2*121], "", ""), "/findings/0/head text-length"},
			"evidence too long":    {edit("F1", "changed", "", long, ""), "/findings/0/evidence text-length"},
			"reason too long":      {edit("F1", "left_out", "", "", long), "/findings/0/reason text-length"},
			"no reason":            {edit("F1", "left_out", "", "", " \r\n"), "/findings/0/reason text-length"},
			"turned around":        {edit("F1", "changed", "Akzeptanz \u202egelogen", "", ""), "/findings/0/head control-character"},
			"nothing in it":        {edit("F1", "left_out", "", "", "a\x00b"), "/findings/0/reason control-character"},
		} {
			_, _, err := h.EditFindings(ctx, lead, r.ID, 0, []survey.EditInput{c.in})
			if f := fault.Of(err); len(f.Fields) != 1 || f.Fields[0].Pointer+" "+f.Fields[0].Code != c.want {
				t.Errorf("%s: %+v, want %s", name, f.Fields, c.want)
			}
		}
		if _, _, err := h.EditFindings(ctx, lead, r.ID, 0, make([]survey.EditInput, 21)); codes(err)[0] != "too-many-items" {
			t.Errorf("too many: %v", err)
		}
		_, edits, err := h.EditFindings(ctx, lead, r.ID, 0, []survey.EditInput{edit("F1", "kept", "", "", ""), {Finding: "F4-INC"}})
		if err != nil || edits.Version != 0 || len(edits.Of) != 0 {
			t.Errorf("kept as it is: %+v, %v", edits, err)
		}
	})
}

// TestEditsAtOnce: of several who edit at once one is heard, the others look again.
func TestEditsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, r, lead := drafted(t, url)
		for seen := range 2 {
			var people sync.WaitGroup
			heard := make(chan string, 4)
			for _, reason := range []string{"a", "b", "c", "d"} {
				people.Go(func() {
					_, _, err := h.EditFindings(ctx, lead, r.ID, seen, []survey.EditInput{edit("F1", "left_out", "", "", reason+string(rune('0'+seen)))})
					switch {
					case err == nil:
						heard <- reason
					case !fault.Is(err, "version-conflict"):
						t.Error(err)
					}
				})
			}
			people.Wait()
			if len(heard) != 1 {
				t.Fatalf("%d were heard", len(heard))
			}
		}
	})
}

// TestEditsOfOtherValuesAreSaidAgain: an edit of what a rule no longer says does not hold;
// said again it does.
func TestEditsOfOtherValuesAreSaidAgain(t *testing.T) {
	h, r, lead := drafted(t, storetest.SQLite(t))
	in := []survey.EditInput{edit("F1", "left_out", "", "", "weil")}
	if _, _, err := h.EditFindings(ctx, lead, r.ID, 0, in); err != nil {
		t.Fatal(err)
	}
	r.Findings[0].Evidence, r.Edits = "Vorher 52.", 1
	if err := h.store.CreateReport(ctx, r); err != nil {
		t.Fatal(err)
	}
	findings, edits, err := h.ListFindings(ctx, lead, r.ID)
	if e := edits.Of["F1"]; err != nil || e.Holds(findings[0]) {
		t.Errorf("%+v holds, %v", e, err)
	}
	findings, edits, err = h.EditFindings(ctx, lead, r.ID, 1, in)
	if e := edits.Of["F1"]; err != nil || !e.Holds(findings[0]) || edits.Version != 2 {
		t.Errorf("%+v does not hold, %v", e, err)
	}
}
