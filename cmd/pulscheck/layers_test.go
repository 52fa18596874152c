package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms is the house from the front door down: a room imports only rooms of a
// later rank. Rooms of equal rank never import each other.
var rooms = []struct {
	rank int
	path string
}{
	{0, "cmd/pulscheck"}, {0, "api/apitest"},
	{1, "api"}, {2, "api/participation"}, {3, "api/web"}, {3, "api/v1"},
	{4, "api/session"}, {4, "api/middleware"}, {5, "api/respond"}, {5, "api/request"}, {6, "api/view"}, {6, "api/view/build"},
	{7, "report/pdf"}, {7, "report/fragment"}, {7, "report/source"}, {8, "report"}, {9, "report/chart"}, {9, "report/font"},
	{10, "survey/store/storetest"}, {11, "survey/store"}, {12, "survey/mail"}, {12, "survey/schedule"},
	{13, "survey"}, {14, "survey/tally"}, {14, "survey/account"}, {14, "survey/audit"},
	{15, "survey/ballot"}, {16, "survey/score"}, {16, "survey/protect"},
	{17, "survey/maturity"}, {17, "survey/cadence"},
	{18, "survey/questionnaire"}, {19, "survey/yamlfile"},
	{20, "survey/locale"}, {20, "survey/fault"}, {20, "survey/table"}, {21, "migrations"},
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
	"github.com/boombuler/barcode":   {"report/pdf", "api/view"},
	"golang.org/x/crypto":            {"survey/account"},
	"github.com/coreos/go-oidc":      {"api/session"},
	"golang.org/x/oauth2":            {"api/session"},
	"github.com/zitadel/oidc":        {}, // the provider of tests
	"filippo.io/edwards25519":        {"survey/ballot"},
	"github.com/cloudflare/circl":    {}, // the oracle of tests
	"crypto/hpke":                    {"survey/ballot"},
	"gonum.org/":                     {"survey/score"},
	"github.com/wneessen/go-mail":    {"survey/mail"},
	"github.com/prometheus":          {"api/middleware"},
	"github.com/rickar/cal":          {"survey/cadence"},
	"github.com/goccy/go-yaml":       {"survey/yamlfile"},
	"github.com/xuri/excelize":       {"survey/table"},
}

// calls names for each function of the standard library that reaches outside the
// process the rooms that may use it: others are given what they need.
var calls = map[string][]string{
	"os.Getenv":    {"cmd/pulscheck", "survey/store/storetest", "api/apitest"},
	"os.LookupEnv": {"cmd/pulscheck"},
	"os.Environ":   {"cmd/pulscheck"},
	"time.Now":     {"cmd/pulscheck"},
}

// topLevel is everything that stands at the top, beside what .gitignore names.
var topLevel = []string{
	"cmd", "api", "survey", "report", "migrations", "go.mod", "go.sum", "Dockerfile", "README.md",
	"Makefile", "compose.yaml", "LICENSE", ".ci", ".golangci.yml", ".gitignore", ".dockerignore", ".git",
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

// The image holds nothing but the binary: without zones of its own no organisation in
// Europe/Berlin could plan a round or print a report there.
func TestTheBinaryCarriesTimeZones(t *testing.T) {
	for _, p := range packages(t) {
		if carries := slices.Contains(p.Imports, "time/tzdata"); carries != (p.ImportPath == "cmd/pulscheck") {
			t.Errorf("%s imports time/tzdata: %v", p.ImportPath, carries)
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

// uses gives the functions of calls that a source names, however they are imported.
func uses(source *ast.File) (found []string) {
	packages := map[string]string{} // name in this file to import path
	for _, i := range source.Imports {
		importPath, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(importPath)
		if i.Name != nil {
			name = i.Name.Name
		}
		packages[name] = importPath
	}
	ast.Inspect(source, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && len(calls[packages[x.Name]+"."+s.Sel.Name]) > 0 {
				found = append(found, packages[x.Name]+"."+s.Sel.Name)
			}
		}
		return true
	})
	return found
}

func TestEnvironmentAndClockComeFromAbove(t *testing.T) {
	root, seen := filepath.Join("..", ".."), map[string]bool{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (name == ".git" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, call := range uses(source) {
			seen[call] = true
			if !in(path.Dir(name), calls[call]) {
				t.Errorf("%s uses %s; its door is %v", name, call, calls[call])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !seen["time.Now"] || !seen["os.Environ"] {
		t.Errorf("only %v found: the test looks past the sources", seen)
	}
}

func TestUsesSeesThroughNames(t *testing.T) {
	source, err := parser.ParseFile(token.NewFileSet(), "x.go",
		"package x\nimport (clock \"time\"; \"os\")\nvar now = clock.Now\nfunc f() { os.Getenv(\"A\"); os.Exit(1) }", 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(uses(source), " "); got != "time.Now os.Getenv" {
		t.Errorf("%q, want time.Now os.Getenv", got)
	}
}

func TestTopLevel(t *testing.T) {
	root := filepath.Join("..", "..")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	allowed := strings.Fields(string(ignored))
	for _, e := range entries {
		if in(e.Name(), topLevel) {
			continue
		}
		mayStand := false
		for _, pattern := range allowed {
			match, err := path.Match(strings.Trim(pattern, "/"), e.Name())
			mayStand = mayStand || err == nil && match
		}
		if !mayStand {
			t.Errorf("%s does not belong to the top level", e.Name())
		}
	}
}
