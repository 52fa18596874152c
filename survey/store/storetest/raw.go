package storetest

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Raw names the files into which the engine of a database writes: tables, journals,
// redo and binary logs, those of its own log included. A server on another machine
// gives none, which is logged.
func Raw(t testing.TB, url string) []string {
	t.Helper()
	kind, rest, _ := strings.Cut(url, ":")
	patterns := []string{rest + "*"}
	if kind == "mysql" {
		db, err := sql.Open("mysql", rest)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close() //nolint:errcheck // only asked
		var dir, name string
		if err := db.QueryRow("SELECT @@datadir, DATABASE()").Scan(&dir, &name); err != nil {
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
		t.Logf("the files of %s cannot be read", kind)
	}
	return files
}

// Holds names the files of Raw that hold one of the values.
func Holds(t testing.TB, url string, values ...[]byte) []string {
	t.Helper()
	var holding []string
	for _, name := range Raw(t, url) {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Logf("%s cannot be read", filepath.Base(name))
			continue
		}
		for _, v := range values {
			if bytes.Contains(body, v) {
				holding = append(holding, filepath.Base(name))
				break
			}
		}
	}
	return holding
}

// Copy gives a copy of a database as a backup of the running server would be.
func Copy(t testing.TB, url string) string {
	t.Helper()
	kind, rest, _ := strings.Cut(url, ":")
	db, err := sql.Open(kind, rest)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // the copy is made
	if kind == "sqlite" {
		if _, err := db.Exec("VACUUM INTO ?", rest+".backup"); err != nil {
			t.Fatal(err)
		}
		return url + ".backup"
	}
	backup := MySQL(t)
	_, after, _ := strings.Cut(backup, "/")
	target, _, _ := strings.Cut(after, "?")
	rows, err := db.Query("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, name := range tables {
		for _, statement := range []string{"CREATE TABLE `" + target + "`." + name + " LIKE " + name, "INSERT INTO `" + target + "`." + name + " SELECT * FROM " + name} {
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	return backup
}
