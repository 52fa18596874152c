package survey_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestFilesOfMeasurements: the same file again changes nothing, a longer one adds what is
// new, one that contradicts is refused as a whole.
func TestFilesOfMeasurements(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		k := o.kpi(t, i.ID, survey.KPIInput{Process: ptr("CHG")})
		read := func(text string, dryRun bool) (*survey.MeasurementFile, error) {
			return o.ImportMeasurements(ctx, o.owner(), k.ID, strings.NewReader(text), dryRun)
		}
		var year strings.Builder
		year.WriteString("Datum;Wert;Notiz\r\n")
		for n := range 700 {
			fmt.Fprintf(&year, "%02d.%02d.%d;%d,5;Lösung\r\n", 1+n%28, 1+n/28%12, 2024+n/336, n)
		}
		for n, c := range []struct {
			text           string
			dryRun         bool
			new, unchanged int
		}{
			{"day,value,key\n2026-03-02,31.5,desk-1\n2026-03-03,30,desk-1\n", true, 2, 0},
			{"day,value,key\n2026-03-02,31.5,desk-1\n2026-03-03,30,desk-1\n", false, 2, 0},
			{"day,value,key\n2026-03-02,31.5,desk-1\n2026-03-03,30,desk-1\n", false, 0, 2},
			{"key,day,value\ndesk-1,2026-03-03,3e1\ndesk-1,2026-03-04,-2\ndesk-1,2026-03-04,-2.0\n", false, 1, 1},
			{year.String(), false, 700, 0},
			{year.String(), false, 0, 700},
		} {
			out, err := read(c.text, c.dryRun)
			if err != nil || out.New != c.new || out.Unchanged != c.unchanged || out.Errors != nil {
				t.Errorf("%d: %+v, %v, want %d new, %d unchanged", n, out, err, c.new, c.unchanged)
			}
		}
		wrong := "day;value;key;note\n2026-03-02;99;desk-1;\n2026-02-30;1;;\n2026-03-05;viel;;\n2026-03-06;1,234;;\n2026-03-07;1;ä;\n2026-03-08;1;;\n2026-03-08;2;;\n;1;;\n2026-03-09;1e16;;\u202e\n"
		want := []survey.RowError{
			{Row: 2, Column: "value", Code: "measurement-differs"}, {Row: 3, Column: "day", Code: "date-invalid"}, {Row: 4, Column: "value", Code: "number-invalid"},
			{Row: 5, Column: "value", Code: "number-invalid"}, {Row: 6, Column: "key", Code: "key-invalid"}, {Row: 8, Column: "value", Code: "import-row-differs", Other: 7},
			{Row: 9, Column: "day", Code: "date-invalid"}, {Row: 10, Column: "value", Code: "number-out-of-range"}, {Row: 10, Column: "note", Code: "control-character"},
		}
		out, err := read(wrong, false)
		if !fault.Is(err, "import-row-invalid") {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.Errors); diff != "" {
			t.Error(diff)
		}
		all, err := o.ListMeasurements(ctx, o.owner(), k.ID)
		if err != nil || len(all) != 703 || all[702].Value != -2 || all[699].Note != "Lösung" || all[0].Day != "2024-01-01" {
			t.Errorf("%d measurements, %+v, %v", len(all), all[702], err)
		}
		entries, err := o.store.ListAudit(ctx, o.org.ID)
		imports := 0
		for _, e := range entries {
			if e.Verb == "measurement.import" {
				imports++
			}
		}
		if err != nil || imports != 3 || audit.Verify(entries) != nil {
			t.Errorf("%d imports in the audit, want 3; %v", imports, err)
		}
	})
}

// TestFilesThatAreNoneOfMeasurements say what is missing and where.
func TestFilesThatAreNoneOfMeasurements(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	k := o.kpi(t, i.ID, survey.KPIInput{Process: ptr("CHG")})
	fed := o.kpi(t, i.ID, survey.KPIInput{Process: ptr("CHG"), Pulse: ptr("ACC")})
	for text, want := range map[string]fault.Field{
		"":                           {Pointer: "/lines/0", Code: "file-invalid"},
		"day;wert\n1;2;3\n":          {Pointer: "/lines/2", Code: "file-invalid"},
		"day;note\n2026-03-02;x\n":   {Pointer: "/value", Code: "import-column-missing"},
		"value\n1\n":                 {Pointer: "/day", Code: "import-column-missing"},
		"day;Tag;value\n1;2;3\n":     {Pointer: "/day", Code: "import-column-twice"},
		"PK\x03\x04workbook;of;some": {Pointer: "/lines/0", Code: "file-invalid"},
	} {
		_, err := o.ImportMeasurements(ctx, o.lead(), k.ID, strings.NewReader(text), false)
		if f := fault.Of(err); f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0] != want {
			t.Errorf("%q: %v %+v, want %+v", text, err, f.Fields, want)
		}
	}
	if _, err := o.ImportMeasurements(ctx, o.lead(), k.ID, strings.NewReader("day;value\n"+strings.Repeat("2026-03-02;1\n", 10_001)), false); !fault.Is(err, "import-too-large") {
		t.Errorf("10,001 rows: %v", err)
	}
	if _, err := o.ImportMeasurements(ctx, o.lead(), fed.ID, strings.NewReader("day;value\n"), false); !fault.Is(err, "kpi-from-pulse") {
		t.Errorf("a figure from the pulse: %v", err)
	}
	if _, err := o.ImportMeasurements(ctx, o.auditor(), k.ID, strings.NewReader("day;value\n"), false); !fault.Is(err, "forbidden") {
		t.Errorf("an auditor: %v", err)
	}
}
