// Package storetest gives tests a migrated database of their own on every engine,
// and rows to begin with. It is for tests only. PULSCHECK_TEST_MYSQL names a MySQL
// or MariaDB server (a DSN without database); without it the tests run on SQLite,
// or fail if PULSCHECK_TEST_REQUIRE=1.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql" // to create databases

	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store"
)

// Each runs a test on SQLite and on MySQL, each with an empty database named by url.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("mysql", func(t *testing.T) { test(t, MySQL(t)) })
}

// SQLite names a database file of the test.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "pulscheck.db")
}

// MySQL makes a database on the test server and removes it with the test.
func MySQL(t testing.TB) string {
	t.Helper()
	server := os.Getenv("PULSCHECK_TEST_MYSQL")
	if server == "" {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatal("PULSCHECK_TEST_MYSQL names no server")
		}
		t.Skip("PULSCHECK_TEST_MYSQL names no server")
	}
	db, err := sql.Open("mysql", server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("pulscheck_test_%s", strings.NewReplacer("-", "_").Replace(survey.NewID()))
	if _, err := db.ExecContext(context.Background(), "CREATE DATABASE `"+name+"` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		t.Fatalf("create test database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.Background(), "DROP DATABASE `"+name+"`"); err != nil {
			t.Errorf("drop test database: %v", err)
		}
		db.Close() //nolint:errcheck // the test is over
	})
	before, after, _ := strings.Cut(server, "?")
	if after != "" {
		after = "?" + after
	}
	return "mysql:" + strings.TrimRight(before, "/") + "/" + name + after
}

// Open opens and migrates the database and closes it with the test. Test servers may
// run with settings that are faster than safe.
func Open(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), url, store.Options{Migrate: true, AllowWeakDurability: true})
	if err != nil {
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close test database: %v", err)
		}
	})
	return s
}

// Organisation stores an organisation with two processes, the usual roles and two units.
func Organisation(t testing.TB, s *store.Store) *survey.Organisation {
	t.Helper()
	o := &survey.Organisation{
		ID: survey.OrganisationID(survey.NewID()), Key: strings.ToLower("o" + fmt.Sprintf("%x", survey.NewID())[:10]),
		Name: "Nordlicht AG", Zone: "Europe/Berlin", K: survey.FloorK,
		Processes: named("INC", "CHG"), Units: named("it", "hr"),
	}
	for _, r := range questionnaire.Roles() {
		o.Roles = append(o.Roles, survey.Named{Key: r.Key, Name: r.Name})
	}
	if err := s.CreateOrganisation(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	return o
}

func named(keys ...string) []survey.Named {
	list := make([]survey.Named, len(keys))
	for i, k := range keys {
		list[i] = survey.Named{Key: k, Name: locale.Text{DE: k, EN: k}}
	}
	return list
}

// People stores n people with one process role each.
func People(t testing.TB, s *store.Store, o *survey.Organisation, n int) []survey.Person {
	t.Helper()
	people := make([]survey.Person, n)
	for i := range people {
		people[i] = survey.Person{
			ID: survey.PersonID(survey.NewID()), Organisation: o.ID, Email: fmt.Sprintf("p%05d@nordlicht.example", i),
			Name: fmt.Sprintf("Person %05d", i), Unit: o.Units[i%len(o.Units)].Key, Locale: locale.German,
			Roles: []survey.ProcessRole{{Process: o.Processes[i/3%len(o.Processes)].Key, Role: o.Roles[i/5%len(o.Roles)].Key}},
		}
	}
	if err := s.CreatePeople(context.Background(), people); err != nil {
		t.Fatal(err)
	}
	return people
}

// Round stores a programme, an iteration and a draft of a round of it that is open
// for a day around now.
func Round(t testing.TB, s *store.Store, o *survey.Organisation, q *questionnaire.Questionnaire, now time.Time) *survey.Round {
	t.Helper()
	ctx := context.Background()
	p := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: o.ID, Name: "ITSM"}
	if err := s.CreateProgramme(ctx, p); err != nil {
		t.Fatal(err)
	}
	return NextRound(t, s, o, p.ID, 1, q, now)
}

// NextRound stores iteration number of a programme with the draft of its check round.
func NextRound(t testing.TB, s *store.Store, o *survey.Organisation, p survey.ProgrammeID, number int, q *questionnaire.Questionnaire, now time.Time) *survey.Round {
	t.Helper()
	ctx := context.Background()
	i := &survey.Iteration{
		ID: survey.IterationID(survey.NewID()), Programme: p, Number: number, Phase: survey.Do,
		Starts: now.AddDate(0, -1, 0), Ends: now.AddDate(0, 1, 0),
	}
	if err := s.CreateIteration(ctx, i); err != nil {
		t.Fatal(err)
	}
	r := &survey.Round{
		ID: survey.RoundID(survey.NewID()), Organisation: o.ID, Iteration: i.ID, Kind: survey.CheckRound, Title: q.Title,
		State: survey.Draft, Opens: now.Add(-time.Hour), Closes: now.Add(24 * time.Hour), K: o.K, Questionnaire: q,
	}
	if err := s.CreateRound(ctx, r); err != nil {
		t.Fatal(err)
	}
	return r
}
