package table_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"pulscheck/survey/table"
)

// written puts a file into a folder of the test.
func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll gives the header and the rows of a file.
func readAll(path string) (rows [][]string, err error) {
	c, err := table.Open(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	rows = append(rows, c.Columns)
	for {
		more, err := c.Next()
		if err != nil || !more {
			return rows, err
		}
		rows = append(rows, append([]string(nil), c.Row...))
	}
}

func TestCSVForms(t *testing.T) {
	want := [][]string{{"Größe", "b"}, {"ä, ö; ü", "2"}, {"", "3"}}
	plain := "Größe;b\n\"ä, ö; ü\";2\n;3\n"
	narrow, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"semicolon": plain, "comma": "Größe,b\n\"ä, ö; ü\",2\n,3\n", "tab": "Größe\tb\n\"ä, ö; ü\"\t2\n\t3\n",
		"byte order mark": "\uFEFF" + plain, "Windows-1252": narrow, "Windows line ends": strings.ReplaceAll(plain, "\n", "\r\n"),
		"quoted header": "\"Größe\";\"b\"\n\"ä, ö; ü\";\"2\"\n\"\";3", "spaces": " Größe ; b \n\"ä, ö; ü\";2 \n ;3\n", "decomposed": "Gro\u0308ße;b\n\"ä, ö; ü\";2\n;3\n",
	} {
		got, err := readAll(written(t, "x.csv", content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestCSVEncodingOfALongFile: the only umlaut stands far behind what is looked at
// together, or is cut in two there.
func TestCSVEncodingOfALongFile(t *testing.T) {
	for shift := range 3 {
		filler := strings.Repeat("x", 64<<10-len("a\n")-1-shift)
		for name, umlaut := range map[string]string{"UTF-8": "ü", "Windows-1252": "\xFC"} {
			got, err := readAll(written(t, "x.csv", "a\n"+filler+umlaut+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			if got[1][0] != filler+"ü" {
				t.Errorf("%s, %d: ends in %q", name, shift, got[1][0][len(filler):])
			}
		}
	}
}

func TestCSVSaysWhatIsWrong(t *testing.T) {
	for content, want := range map[string]string{
		"":                       "x.csv: is empty; expected a header",
		"a;b;a\n1;2;3\n":         `x.csv, line 1, column 3: the name "a" stands in column 1 too`,
		"a;;b\n":                 "x.csv, line 1, column 2: the column has no name",
		"a;b\n1;2\n1;2;3\n":      "x.csv, line 3: has 3 cells, the header has 2",
		"a;b\n1;\"2\n3;4\n":      "x.csv, line 2: a quotation mark opens here and is never closed",
		"a;b\n1;2\"\n":           "x.csv, line 2: a quotation mark stands where none may be",
		"PK\x03\x04rest":         "x.csv: is a workbook; save the sheet as",
		"\xFF\xFEa\x00;\x00":     "x.csv: is written in UTF-16",
		"a;b\n1;\x00\n":          "x.csv: is no text",
		"a;b\n\"1\n2\";2\n1;2;3": "x.csv, line 4: has 3 cells",
		"\uFEFF":                 "x.csv: is empty",
	} {
		_, err := readAll(written(t, "x.csv", content))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s…", content, err, want)
		}
	}
	if _, err := readAll(filepath.Join(t.TempDir(), "none.csv")); err == nil || !strings.HasPrefix(err.Error(), "none.csv: cannot be opened") {
		t.Errorf("missing file: %v", err)
	}
}
