package migrations

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func steps(t *testing.T, d Dialect) []string {
	t.Helper()
	names, err := fs.Glob(files, string(d)+"/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no steps for %s: %v", d, err)
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestReleasedStepsNeverChange compares every step with checksums.txt; a new step is
// added there by UPDATE_CHECKSUMS=1.
func TestReleasedStepsNeverChange(t *testing.T) {
	var got strings.Builder
	for _, d := range []Dialect{MySQL, SQLite} {
		for _, name := range steps(t, d) {
			fmt.Fprintf(&got, "%x  %s\n", sha256.Sum256([]byte(read(t, name))), name)
		}
	}
	if os.Getenv("UPDATE_CHECKSUMS") == "1" {
		if err := os.WriteFile("checksums.txt", []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("checksums.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("a released step changed (-checksums.txt +now):\n%s", diff)
	}
}

var (
	table  = regexp.MustCompile(`(?s)CREATE TABLE IF NOT EXISTS (\w+) \((.*)\)`)
	column = regexp.MustCompile(`(?m)^ {4}([a-z_0-9]+) +(\w+)`)
	change = regexp.MustCompile(`(ALTER TABLE \w+ ADD COLUMN \w+|UPDATE \w+ SET \w+|CREATE UNIQUE INDEX).*`)
	key    = regexp.MustCompile(`(?m)^ {4}(PRIMARY KEY|UNIQUE) (\(.*?\))`)
)

// TestBothDialectsGiveTheSameColumns: same numbers, names, tables, columns and keys,
// and one statement in each step.
func TestBothDialectsGiveTheSameColumns(t *testing.T) {
	shape := func(d Dialect) (shapes []string) {
		for _, name := range steps(t, d) {
			text := read(t, name)
			if n := strings.Count(text, ";"); n != 1 {
				t.Errorf("%s holds %d statements", name, n)
			}
			m := table.FindStringSubmatch(text)
			if m == nil {
				c := change.FindStringSubmatch(text)
				if c == nil {
					t.Errorf("%s is no step that can be run again after it was cut off", name)
					continue
				}
				shapes = append(shapes, path.Base(name)+" "+c[1])
				continue
			}
			line := path.Base(name) + " " + m[1] + ":"
			for _, c := range column.FindAllStringSubmatch(m[2], -1) {
				line += " " + c[1]
			}
			for _, k := range key.FindAllStringSubmatch(m[2], -1) {
				line += " " + k[1] + k[2]
			}
			shapes = append(shapes, line)
		}
		return shapes
	}
	if diff := cmp.Diff(shape(MySQL), shape(SQLite)); diff != "" {
		t.Errorf("dialects differ (-mysql +sqlite):\n%s", diff)
	}
}
