package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/report/pdf"
)

// finding gives the one of an id, in the words of its rule.
func finding(t *testing.T, d *report.Document, id string) *report.Found {
	t.Helper()
	i := slices.IndexFunc(d.Found, func(f report.Found) bool { return f.ID == id })
	if i < 0 {
		t.Fatalf("no finding %s in %+v", id, d.Found)
	}
	return &d.Found[i]
}

// TestEditedFindingsAreMarked: the printed page has the words of the consultant, marked,
// and none of what was left out, which made room for the next; why stands in the data.
func TestEditedFindingsAreMarked(t *testing.T) {
	in := whole(t)
	rule := build(t, in)
	changed, left := finding(t, rule, "F5"), finding(t, rule, "F4-CHG")
	in.Modules.Edits = []report.Edit{
		{Finding: "F5", Evidence: "Die Sprechstunden beginnen im April.", Rule: changed},
		{Finding: "F4-CHG", LeftOut: true, Reason: "Das Team wird gerade geteilt.", Rule: left},
	}
	d := build(t, in)
	var rules []string
	for _, r := range rows(d) {
		rules = append(rules, r.Rule)
		if r.Rule == "F5" && (r.Head != changed.Head || r.Evidence != "Die Sprechstunden beginnen im April. (bearbeitet)") {
			t.Errorf("changed: %s. %s", r.Head, r.Evidence)
		}
		if strings.Contains(r.Evidence, "bearbeitet") != (r.Rule == "F5") {
			t.Errorf("%s: %s", r.Rule, r.Evidence)
		}
	}
	if diff := cmp.Diff([]string{"F1", "F2", "F5", "F11", "F6"}, rules); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if got := finding(t, d, "F5"); *got != *changed {
		t.Errorf("the words of the rule are %+v", got)
	}
	if got := d.Found[len(d.Found)-1]; got != *left {
		t.Errorf("left out last of all is %+v", got)
	}
	text := strings.Join(strings.Fields(printed(t, draw(t, d))), " ")
	for want, there := range map[string]bool{"beginnen im April. (bearbeitet)": true, left.Head: false, "gerade geteilt": false} {
		if strings.Contains(text, want) != there {
			t.Errorf("%q on paper: %v", want, !there)
		}
	}
	data := string(attached(t, d, "daten.json"))
	for _, want := range []string{"Das Team wird gerade geteilt.", left.Head, `"finding":"F4-CHG"`, changed.Evidence, "Sprechstunden beginnen"} {
		if !strings.Contains(data, want) {
			t.Errorf("%q is not in the data", want)
		}
	}
}

// TestEditsEndWithTheirFinding: what was said of other values, or of another process, is
// not said of these.
func TestEditsEndWithTheirFinding(t *testing.T) {
	in := whole(t)
	want := rows(build(t, in))
	in.Modules.Edits = []report.Edit{
		{Finding: "F5", Evidence: "Nur Können fehlt.", Rule: &report.Found{Head: "Größte Hürde ist Können", Evidence: "Damals."}},
		{Finding: "F4-INC", LeftOut: true, Reason: "Umbau"}, {Finding: "F4", LeftOut: true, Reason: "Umbau"}, {Finding: "F99", Head: "Erfunden"},
	}
	got := rows(build(t, in))
	for i := range want {
		if got[i].Head != want[i].Head || got[i].Evidence != want[i].Evidence {
			t.Errorf("%s: %s. %s", got[i].Rule, got[i].Head, got[i].Evidence)
		}
	}
}

// TestEverythingLeftOut: a page without findings still stands.
func TestEverythingLeftOut(t *testing.T) {
	in := whole(t)
	for range 9 { // each makes room for others
		for _, f := range build(t, in).Found {
			if !slices.ContainsFunc(in.Modules.Edits, func(e report.Edit) bool { return e.Finding == f.ID }) {
				in.Modules.Edits = append(in.Modules.Edits, report.Edit{Finding: f.ID, LeftOut: true, Reason: "ja"})
			}
		}
	}
	d := build(t, in)
	if got := rows(d); len(got) != 0 {
		t.Errorf("left are %+v", got)
	}
	draw(t, d)
}

// TestHostileWordsStayInPlace: a word without an end is broken, marks stay text.
func TestHostileWordsStayInPlace(t *testing.T) {
	in := whole(t)
	in.Modules.Edits = []report.Edit{
		{Finding: "F1", Head: strings.Repeat("W", 120), Evidence: strings.Repeat("M", 500)},
		{Finding: "F5", Head: "<script>alert(1)</script>", Evidence: "=1+1 {{.}} %d (Tj) </dl>"},
	}
	d := build(t, in)
	placed, err := pdf.Layout(d)
	if err != nil {
		t.Fatal(err)
	}
	standApart(t, "hostile", slices.DeleteFunc(placed, func(p pdf.Placed) bool { return d.Pages[p.Page].Name != "summary" }))
	if text := printed(t, draw(t, d)); !strings.Contains(text, "=1+1 {{.}} %d (Tj) </dl>") {
		t.Error("what was typed is not what is printed")
	}
}
