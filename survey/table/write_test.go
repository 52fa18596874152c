package table_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/table"
)

// formulas is what somebody may write into a text that spreadsheets compute.
var formulas = []string{
	"=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "=HYPERLINK(\"http://example.org\";\"x\")", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
	"\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "'=1+1", "\"=1+1", "=1+1\"", ";=1+1", "x;=1+1\n=2+2", "=DDE(\"a\";\"b\";\"c\")",
	"=WEBSERVICE(\"http://example.org\")", "=IMPORTXML(\"http://example.org\";\"a\")", "{=1+1}", "-1", "+49 40 1234", "@home", "=", "-", "--", "=-1",
	"%0A=1+1", "|=1+1", "1+1", "Grüße", "2026-03-02", "1.5", "1,5", "TRUE", "",
}

// corpus is a sheet of these texts beside numbers, as words and as a column's name.
func corpus() table.Sheet {
	half, minus := 1234.5, -0.5
	return table.Sheet{Name: "corpus", Columns: []string{"text", "=1+1", "@number"}, Rows: func(yield func([]table.Cell) bool) {
		for _, f := range formulas {
			if !yield([]table.Cell{table.Text(f), table.Number(&half), table.Number(&minus)}) {
				return
			}
		}
	}}
}

// TestCSVNeverBeginsAFormula: every cell stands in quotation marks, risky texts stand
// behind an apostrophe, numbers are numbers of the language.
func TestCSVNeverBeginsAFormula(t *testing.T) {
	for name, c := range map[string]struct {
		form         table.Form
		separator    rune
		half, number string
	}{"de": {table.Semicolons, ';', "1234,5", "-0,5"}, "en": {table.Commas, ',', "1234.5", "-0.5"}} {
		var out bytes.Buffer
		if err := table.WriteCSV(&out, c.form, corpus()); err != nil {
			t.Fatal(err)
		}
		text := strings.TrimPrefix(out.String(), "\ufeff")
		r := csv.NewReader(strings.NewReader(text))
		r.Comma = c.separator
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"text", "'=1+1", "'@number"}; !slices.Equal(rows[0], want) {
			t.Errorf("%s: head %q, want %q", name, rows[0], want)
		}
		risky := regexp.MustCompile(`^[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]`)
		for i, row := range rows[1:] {
			if f := strings.ReplaceAll(formulas[i], "\r\n", "\n"); strings.TrimPrefix(row[0], "'") != strings.TrimPrefix(f, "'") || risky.MatchString(row[0]) {
				t.Errorf("%s: %q became %q", name, f, row[0])
			}
			if row[1] != c.half || row[2] != c.number {
				t.Errorf("%s: numbers %q, want %s and %s", name, row[1:], c.half, c.number)
			}
		}
		if bare := regexp.MustCompile(`(?m)^[^"]`).FindString(strings.Split(text, "\r\n")[1]); bare != "" {
			t.Errorf("%s: a cell begins with %q", name, bare)
		}
	}
}

// TestNoFormulaInLibreOffice: what LibreOffice makes of the files holds no formula, the
// texts as they were and the numbers as numbers.
func TestNoFormulaInLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatal("there is no LibreOffice")
		}
		t.Skip("there is no LibreOffice")
	}
	dir := t.TempDir()
	for name, write := range map[string]func(io.Writer) error{
		"book.xlsx": func(f io.Writer) error { return table.WriteXLSX(f, corpus(), corpus2()) },
		"de.csv":    func(f io.Writer) error { return table.WriteCSV(f, table.Semicolons, corpus()) },
		"en.csv":    func(f io.Writer) error { return table.WriteCSV(f, table.Commas, corpus()) },
	} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := write(f); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	convert := func(name, filter string) string {
		t.Helper()
		args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "fods", "--outdir", dir, filepath.Join(dir, name)}
		if filter != "" {
			args = append([]string{args[0], "--infilter=" + filter}, args[1:]...)
		}
		if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(name, filepath.Ext(name))+".fods"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, c := range []struct {
		name, filter string
		cells        int
	}{
		{"book.xlsx", "", 2 * (3 + len(formulas) - 1)},                   // heads, and all texts but the empty one
		{"de.csv", "CSV:59,34,76,1,,1031,false,true", len(formulas) - 3}, // here 1.5 may become a date, 1,5 a number and TRUE true
		{"en.csv", "CSV:44,34,76,1,,1033,false,true", len(formulas) - 3},
	} {
		got := convert(c.name, c.filter)
		if found := strings.Count(got, "table:formula="); found > 0 {
			t.Errorf("%s: %d cells are formulas", c.name, found)
		}
		texts, numbers := strings.Count(got, `office:value-type="string"`), strings.Count(got, `office:value-type="float"`)
		if texts < c.cells || numbers < 2*len(formulas) {
			t.Errorf("%s: %d texts and %d numbers, want at least %d and %d", c.name, texts, numbers, c.cells, 2*len(formulas))
		}
		t.Logf("%s: %d texts, %d numbers, 0 formulas", c.name, texts, numbers)
	}
}

// corpus2 is another sheet of the same workbook.
func corpus2() table.Sheet {
	s := corpus()
	s.Name = "again"
	return s
}

// TestWorkbookKeepsWhatIsWritten: texts are texts, cell by cell.
func TestWorkbookKeepsWhatIsWritten(t *testing.T) {
	var out bytes.Buffer
	if err := table.WriteXLSX(&out, corpus()); err != nil {
		t.Fatal(err)
	}
	rows, err := table.Workbook(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows[1:] {
		got = append(got, r[0])
	}
	if diff := cmp.Diff(formulas, got); diff != "" {
		t.Error(diff)
	}
}
