package storetest

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"
)

// Dump is everything in a database: by table, the rows with their columns as text.
type Dump map[string][]map[string]string

// versions is the table in which migrations keep how far they are.
const versions = "goose_db_version"

// Past opens a database past the store, until the end of the test.
func Past(t testing.TB, url string) (db *sql.DB, isMySQL bool) {
	t.Helper()
	kind, rest, _ := strings.Cut(url, ":")
	db, err := sql.Open(kind, rest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() }) //nolint:errcheck // a test is over
	return db, kind == "mysql"
}

// Tables names the tables but for that of the migrations, sorted.
func Tables(t testing.TB, url string) []string {
	t.Helper()
	db, isMySQL := Past(t, url)
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if isMySQL {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
	}
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	var names []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n != versions {
			names = append(names, n)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// ReadAll reads a whole database.
func ReadAll(t testing.TB, url string) Dump {
	t.Helper()
	db, _ := Past(t, url)
	d := Dump{}
	for _, table := range Tables(t, url) {
		d[table] = readTable(t, db, table)
	}
	return d
}

func readTable(t testing.TB, db *sql.DB, table string) (all []map[string]string) {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), "SELECT * FROM "+table) //nolint:gosec // names come from the schema
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, c := range columns {
			row[c] = string(values[i])
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
