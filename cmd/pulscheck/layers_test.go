package main

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// rooms is the house from the front door down: a room imports only rooms of a
// later rank. Rooms of equal rank never import each other.
var rooms = []struct {
	rank int
	path string
}{
	{0, "cmd/pulscheck"},
	{1, "api"}, {2, "api/participation"}, {3, "api/web"}, {3, "api/v1"},
	{4, "api/session"}, {4, "api/middleware"}, {5, "api/respond"}, {5, "api/request"}, {6, "api/view"}, {6, "api/view/build"},
	{7, "report/pdf"}, {8, "report"}, {9, "report/chart"}, {9, "report/font"},
	{10, "survey/store/storetest"}, {11, "survey/store"}, {12, "survey/mail"}, {12, "survey/schedule"},
	{13, "survey"}, {14, "survey/tally"}, {14, "survey/account"}, {14, "survey/audit"},
	{15, "survey/ballot"}, {16, "survey/score"}, {16, "survey/protect"},
	{17, "survey/maturity"}, {17, "survey/cadence"},
	{18, "survey/questionnaire"}, {19, "survey/locale"}, {19, "survey/fault"},
	{20, "migrations"},
}

// doors names for each outside library the rooms that may import it.
var doors = map[string][]string{
	"github.com/gin-gonic/gin":       {"api"},
	"github.com/danielgtaylor/huma":  {"api"},
	"gorm.io/":                       {"survey/store"},
	"github.com/go-sql-driver/mysql": {"survey/store", "survey/store/storetest"},
	"modernc.org/sqlite":             {"survey/store"},
	"database/sql":                   {"survey/store", "survey/store/storetest", "migrations"},
	"codeberg.org/go-pdf/fpdf":       {"report/pdf"},
	"github.com/cloudflare/circl":    {"survey/ballot"},
	"crypto/hpke":                    {"survey/ballot"},
	"gonum.org/":                     {"survey/score"},
	"github.com/wneessen/go-mail":    {"survey/mail"},
	"github.com/prometheus":          {"api/middleware"},
}

type listed struct {
	ImportPath string
	Doc        string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,Imports", "pulscheck/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for dec.More() {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, "pulscheck/")
		all = append(all, p)
	}
	return all
}

func rank(path string) (int, bool) {
	for _, r := range rooms {
		if r.path == path {
			return r.rank, true
		}
	}
	return 0, false
}

func TestCallsOnlyGoDown(t *testing.T) {
	for _, p := range packages(t) {
		from, known := rank(p.ImportPath)
		if !known {
			t.Errorf("%s is no room of the house", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			to, ours := rank(strings.TrimPrefix(i, "pulscheck/"))
			if strings.HasPrefix(i, "pulscheck/") && ours && to <= from {
				t.Errorf("%s imports %s, which does not lie below it", p.ImportPath, i)
			}
		}
	}
}

func TestOneDoorPerLibrary(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			for library, allowed := range doors {
				if strings.HasPrefix(i, library) && !in(p.ImportPath, allowed) {
					t.Errorf("%s imports %s; its door is %v", p.ImportPath, i, allowed)
				}
			}
		}
	}
}

func in(path string, rooms []string) bool {
	for _, r := range rooms {
		if path == r || (r == "api" && strings.HasPrefix(path, "api/")) {
			return true
		}
	}
	return false
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, p := range packages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}
