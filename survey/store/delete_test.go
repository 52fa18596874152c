package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/audit"
	"pulscheck/survey/store/storetest"
)

// installation are the tables whose rows belong to no organisation. Every other table
// must lose its rows with the organisation: a new one is covered without being named
// here, if it refers to what it belongs to by a column of tenant.columns.
var installation = []string{"attempts", "heartbeats", "installations", "mail_pace"}

// tenant is an organisation with one row in every table.
type tenant struct{ name string }

// columns are the values by which rows refer to each other.
func (o tenant) columns(table string) map[string]any {
	own := map[string]string{
		"organisations": "o", "programmes": "p", "iterations": "i", "rounds": "r", "people": "m", "users": "u", "records": "k",
		"assessments": "a", "questions": "q", "comments": "c", "tokens": "t", "reports": "d", "questionnaires": "f",
	}
	id := func(kind string) string { return kind + o.name }
	of := map[string]any{
		"organisation": id("o"), "organisation_id": id("o"), "programme": id("p"), "iteration": id("i"), "round": id("r"), "person": id("m"),
		"account": id("u"), "kpi": id("k"), "assessment": id("a"), "question": id("q"), "comment": id("c"), "questionnaire": id("f"), "report": id("d"),
	}
	if kind, known := own[table]; known {
		of["id"] = id(kind)
	}
	switch table {
	case "questionnaires":
		of["hash"] = id("f")
	case "idempotency":
		of["actor"] = "user:" + id("u")
	}
	return of
}

// seed puts a row into a table, made of its columns alone, whatever they are.
func (o tenant) seed(t *testing.T, db *sql.DB, table string, also map[string]any) {
	t.Helper()
	given := o.columns(table)
	maps.Copy(given, also)
	var names, places []string
	var values []any
	for _, c := range columnsOf(t, db, table) {
		v, known := given[c.Name()]
		if !known {
			v = filler(c.DatabaseTypeName(), o.name)
		}
		names, places, values = append(names, c.Name()), append(places, "?"), append(values, v)
	}
	statement := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), strings.Join(places, ", "))
	if _, err := db.ExecContext(ctx, statement, values...); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

func columnsOf(t *testing.T, db *sql.DB, table string) []*sql.ColumnType {
	t.Helper()
	rows, err := db.QueryContext(ctx, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // nothing is read
	types, err := rows.ColumnTypes()
	if err := errors.Join(err, rows.Err()); err != nil {
		t.Fatal(err)
	}
	return types
}

func filler(kind, name string) any {
	switch {
	case strings.Contains(kind, "INT") || kind == "REAL" || kind == "DOUBLE":
		return len(name)
	case strings.Contains(kind, "DATETIME"):
		return now
	case strings.Contains(kind, "BLOB") || strings.Contains(kind, "BINARY"):
		return hash(name)[:16]
	}
	return name
}

// TestDeletedOrganisationLeavesNothing: of an organisation that had a row in every table
// nothing is left, and the other one has what it had.
func TestDeletedOrganisationLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		db, _ := storetest.Past(t, url)
		stays, goes := tenant{"stays"}, tenant{"gone"}
		tables := storetest.Tables(t, url)
		for _, table := range tables {
			stays.seed(t, db, table, nil)
		}
		both := map[string]any{"id": "both", "email": "both@nordlicht.example"}
		stays.seed(t, db, "users", both)
		stays.seed(t, db, "user_organisations", map[string]any{"account": "both"})
		before := storetest.ReadAll(t, url)
		for _, table := range tables {
			if !slices.Contains(installation, table) {
				goes.seed(t, db, table, nil)
			}
		}
		goes.seed(t, db, "user_organisations", map[string]any{"account": "both"})
		goes.seed(t, db, "outbox", map[string]any{"id": "letter", "organisation": "", "kind": "access", "recipient": goes.name})
		goes.seed(t, db, "idempotency", map[string]any{"actor": "token:tgone"})
		told := audit.Entry{At: now, Actor: audit.System, Verb: "organisation.delete", Subject: "ogone"}
		if err := s.DeleteOrganisation(ctx, "ogone", told); err != nil {
			t.Fatal(err)
		}
		after := storetest.ReadAll(t, url)
		after["audit_entries"] = slices.DeleteFunc(after["audit_entries"], func(row map[string]string) bool {
			return row["organisation"] == "" && row["verb"] == told.Verb
		})
		for _, table := range tables {
			if diff := cmp.Diff(before[table], after[table]); diff != "" {
				t.Errorf("%s does not hold what it held before the organisation came (-before +after):\n%s", table, diff)
			}
		}
		if entries, err := s.ListAudit(ctx, ""); err != nil || len(entries) != 1 || entries[0].Subject != "ogone" {
			t.Errorf("the installation's log tells %+v, %v", entries, err)
		}
	})
}
