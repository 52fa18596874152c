package report_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/survey/tally"
)

// TestReportTellsNothingBesideResults: a report is made of the results as JSON carries
// them and of nothing else that comes from answers, and so are the JSON and CSV in it.
// Whoever has the results has whatever the PDF tells: an attack on them covers it.
func TestReportTellsNothingBesideResults(t *testing.T) {
	bare := func(r *tally.Results) *tally.Results {
		body, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again := new(tally.Results)
		if err := json.Unmarshal(body, again); err != nil {
			t.Fatal(err)
		}
		again.CountedAt = r.CountedAt
		return again
	}
	for name, in := range samples(t) {
		full, stripped := in, in
		full.Results = bare(in.Results)
		full.Results.Texts = []tally.Comment{{Text: "Unterlagen fehlen", Kind: "obstacle"}}
		stripped.Results = bare(in.Results)
		stripped.Earlier = nil
		full.Earlier = nil
		for _, e := range in.Earlier {
			with := e
			with.Results = bare(e.Results)
			with.Results.Texts = full.Results.Texts
			full.Earlier = append(full.Earlier, with)
			e.Results = bare(e.Results)
			stripped.Earlier = append(stripped.Earlier, e)
		}
		want, got := build(t, stripped), build(t, full)
		if diff := cmp.Diff(want.Files, got.Files); diff != "" {
			t.Errorf("%s: the attached files tell more than the results:\n%s", name, diff)
		}
		if diff := cmp.Diff(text(want), text(got)); diff != "" {
			t.Errorf("%s: the report tells more than the results:\n%s", name, diff)
		}
	}
}

// TestReportIsGivenNoCounts: nothing that a report is built from leads to what the
// database keeps or to ballots.
func TestReportIsGivenNoCounts(t *testing.T) {
	allowed, seen := map[reflect.Type]bool{}, map[reflect.Type]bool{}
	reach(reflect.TypeFor[tally.Results](), allowed)
	reach(reflect.TypeFor[report.Input](), seen)
	if len(allowed) < 10 || len(seen) <= len(allowed) {
		t.Fatalf("%d types of results, %d of the report: too few to tell", len(allowed), len(seen))
	}
	from := reflect.TypeFor[tally.Results]().PkgPath()
	for is := range seen {
		if is.PkgPath() == from && !allowed[is] {
			t.Errorf("a report is given %s", is)
		}
	}
	reach(reflect.TypeFor[tally.Earlier](), allowed)
	if !allowed[reflect.TypeFor[tally.KeptGroup]()] {
		t.Error("the search does not find what is kept")
	}
}

// reach collects a type and all types that lie in it.
func reach(t reflect.Type, into map[reflect.Type]bool) {
	if into[t] {
		return
	}
	into[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		reach(t.Elem(), into)
	case reflect.Map:
		reach(t.Key(), into)
		reach(t.Elem(), into)
	case reflect.Struct:
		for i := range t.NumField() {
			reach(t.Field(i).Type, into)
		}
	}
}
