package storetest

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Raw names the files into which the engine of a database writes: tables, journals,
// redo and binary logs, those of its own log included. A server on another machine
// gives none, which is logged.
func Raw(t testing.TB, url string) []string {
	t.Helper()
	db, isMySQL := Past(t, url)
	patterns := []string{strings.TrimPrefix(url, "sqlite:") + "*"}
	if isMySQL {
		var dir, name string
		if err := db.QueryRowContext(context.Background(), "SELECT @@datadir, DATABASE()").Scan(&dir, &name); err != nil {
			t.Fatal(err)
		}
		patterns = []string{
			filepath.Join(dir, name, "*"), filepath.Join(dir, "ib*"), filepath.Join(dir, "#ib*"), filepath.Join(dir, "#ib*", "*"),
			filepath.Join(dir, "undo*"), filepath.Join(dir, "*bin.*"), filepath.Join(dir, "binlog.*"), filepath.Join(dir, "*.log"), filepath.Join(dir, "..", "*.log"),
		}
	}
	var files []string
	for _, p := range patterns {
		found, err := filepath.Glob(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				files = append(files, name)
			}
		}
	}
	if len(files) == 0 {
		t.Log("the files of the database cannot be read")
	}
	return files
}

// Holds names the tables and the files of Raw that hold one of the values, each of at
// least two bytes.
func Holds(t testing.TB, url string, values ...[]byte) []string {
	t.Helper()
	holding, sought := map[string]bool{}, newNeedles(values)
	look := func(where string, in []byte) {
		if sought.in(in) {
			holding[where] = true
		}
	}
	for table, rows := range ReadAll(t, url) {
		for _, row := range rows {
			for column, v := range row {
				look("table "+table+"."+column, []byte(v))
			}
		}
	}
	for _, name := range Raw(t, url) {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Logf("%s cannot be read", filepath.Base(name))
			continue
		}
		look("file "+filepath.Base(name), body)
	}
	return slices.Sorted(maps.Keys(holding))
}

// needles looks for many values at once.
type needles struct {
	begin  [1 << 16]bool // by the first two bytes
	values map[[2]byte][][]byte
}

func newNeedles(values [][]byte) *needles {
	n := &needles{values: map[[2]byte][][]byte{}}
	for _, v := range values {
		first := [2]byte(v)
		n.begin[int(first[0])<<8|int(first[1])] = true
		n.values[first] = append(n.values[first], v)
	}
	return n
}

func (n *needles) in(text []byte) bool {
	for i := 0; i+1 < len(text); i++ {
		if !n.begin[int(text[i])<<8|int(text[i+1])] {
			continue
		}
		for _, v := range n.values[[2]byte(text[i:])] {
			if bytes.HasPrefix(text[i:], v) {
				return true
			}
		}
	}
	return false
}

// Copy gives a copy of a database as a backup of the running server would be.
func Copy(t testing.TB, url string) string {
	t.Helper()
	db, isMySQL := Past(t, url)
	if !isMySQL {
		if _, err := db.ExecContext(context.Background(), "VACUUM INTO ?", strings.TrimPrefix(url, "sqlite:")+".backup"); err != nil {
			t.Fatal(err)
		}
		return url + ".backup"
	}
	backup := MySQL(t)
	_, after, _ := strings.Cut(backup, "/")
	target, _, _ := strings.Cut(after, "?")
	for _, name := range append(Tables(t, url), versions) {
		for _, statement := range []string{"CREATE TABLE `" + target + "`." + name + " LIKE " + name, "INSERT INTO `" + target + "`." + name + " SELECT * FROM " + name} {
			if _, err := db.ExecContext(context.Background(), statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	return backup
}
