package survey_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// TestEveryVerbHasAWord reads every verb that the code tells the audit off the code, and
// compares with the words that pages show in its place.
func TestEveryVerbHasAWord(t *testing.T) {
	used := verbsOfTheCode(t)
	for _, list := range []survey.List{survey.ProcessList, survey.RoleList, survey.UnitList, survey.ThemeList} {
		used = append(used, string(list)+".create", string(list)+".update", string(list)+".delete")
	}
	for _, kind := range []survey.RecordKind{survey.GoalRecord, survey.KPIRecord, survey.QuickWinRecord, survey.ImprovementRecord, survey.DecisionRecord, survey.PairRecord} {
		used = append(used, string(kind)+".create", string(kind)+".update")
	}
	for _, what := range []string{"audit", "comparison", "improvements", "kpis", "results"} {
		used = append(used, "export."+what)
	}
	slices.Sort(used)
	var words []string
	for _, key := range locale.Keys("audit.verb.") { // a test of the catalogue sees to it that both languages have the same
		words = append(words, strings.TrimPrefix(key, "audit.verb."))
	}
	if diff := cmp.Diff(slices.Compact(used), words); diff != "" {
		t.Errorf("verbs and words (-code +catalogue):\n%s", diff)
	}
}

var verb = regexp.MustCompile(`^[a-z]+\.[a-z]+(-[a-z]+)*$`)

// verbsOfTheCode are the texts in the form of a verb in arguments of functions that tell,
// and in what is called verb. Verbs that are put together are listed above: every place
// that does so is counted.
func verbsOfTheCode(t *testing.T) (found []string) {
	t.Helper()
	joined := 0
	look := func(n ast.Expr) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				joined++
				return false
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && verb.MatchString(text) {
					found = append(found, text)
				}
			}
			return true
		})
	}
	for _, file := range goFiles(t, ".", "store", "audit", "mail", "tally") {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if at, tells := map[string]int{"tell": 2, "tellUser": 2, "ask": 4, "tellAttempt": 1, "mailingEntry": 1, "deletePerson": 3}[called(n)]; tells && len(n.Args) > at {
					look(n.Args[at])
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if strings.EqualFold(called(&ast.CallExpr{Fun: left}), "verb") && i < len(n.Rhs) {
						look(n.Rhs[i])
					}
				}
			case *ast.KeyValueExpr:
				if key, named := n.Key.(*ast.Ident); named && key.Name == "Verb" {
					look(n.Value)
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if strings.HasSuffix(name.Name, "Verb") && i < len(n.Values) {
						look(n.Values[i])
					}
				}
			}
			return true
		})
	}
	if want := 6; joined != want || len(found) < 60 { // lists create, update and delete, records create and update, exports
		t.Errorf("%d verbs are put together, want %d; %d are written out", joined, want, len(found))
	}
	return found
}

// called is the last part of the name of what is called.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func goFiles(t *testing.T, folders ...string) (all []*ast.File) {
	t.Helper()
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, e.Name()), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, file)
		}
	}
	return all
}

// TestAddressesGoBeforeTheirEntries: the network of whoever asked stands beside an entry
// for 30 days, the chain holds with it and without it, and a job has none.
func TestAddressesGoBeforeTheirEntries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		if _, err := o.CreateProgramme(audit.From(ctx, "203.0.113.77"), o.lead(), o.org.ID, survey.ProgrammeInput{Name: ptr("Umstellung")}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.CreateProgramme(ctx, account.System(), o.org.ID, survey.ProgrammeInput{Name: ptr("Nachtrag")}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			days int
			want string
		}{{0, "203.0.113.0/24"}, {29, "203.0.113.0/24"}, {31, ""}} {
			o.now = time.Date(2026, 3, 2+c.days, 8, 0, 0, 0, time.UTC)
			if err := o.Purge(ctx); err != nil {
				t.Fatal(err)
			}
			all, err := o.ListAudit(ctx, o.lead(), o.org.ID)
			if err != nil || len(all) != 2 || all[0].Address != c.want || all[1].Address != "" || audit.Verify(all) != nil {
				t.Errorf("after %d days: %+v, %v, want %q", c.days, all, err, c.want)
			}
		}
		if n := rows(t, url, "SELECT COUNT(*) FROM audit_addresses"); n != 0 {
			t.Errorf("%d addresses are left", n)
		}
	})
}

// TestLatestEventsAreForThoseWhoMayHear: the latest first, nothing of people; who did it
// hears only who reads the audit, and what belongs to another right only who has it.
func TestLatestEventsAreForThoseWhoMayHear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		o.goal(t, i.ID, survey.GoalInput{Name: ptr("Weniger Rückläufer"), Process: ptr("INC")})
		if _, err := o.CreatePerson(ctx, o.lead(), o.org.ID, survey.PersonInput{Name: "Anna", Unit: "it", Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}}}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			who  account.Actor
			want []string
		}{
			{o.lead(), []string{"goal.create Weniger Rückläufer", "iteration.create 1", "programme.create ITSM-Einführung"}},
			{account.Actor{ID: "s", Role: account.Steering, Organisations: []string{string(o.org.ID)}}, []string{"goal.create Weniger Rückläufer", "iteration.create 1", "programme.create ITSM-Einführung"}},
			{o.consultant(), []string{"goal.create Weniger Rückläufer", "iteration.create 1", "programme.create ITSM-Einführung"}},
			{o.owner(), []string{"iteration.create 1", "programme.create ITSM-Einführung"}},
		} {
			all, err := o.LatestEvents(ctx, c.who, o.org.ID)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range all {
				name := e.What.Text.DE
				if e.What.Number > 0 {
					name = strconv.Itoa(e.What.Number)
				}
				got = append(got, e.Verb+" "+name)
				if hears := c.who.May(account.ReadAudit) == nil; (e.Actor != "") != hears {
					t.Errorf("%s hears who did it: %q", c.who.Role, e.Actor)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s hears (-want +got):\n%s", c.who.Role, diff)
			}
		}
		stranger := account.Actor{ID: "x", Role: account.Lead, Organisations: []string{"elsewhere"}}
		if _, err := o.LatestEvents(ctx, stranger, o.org.ID); fault.Of(err).Key != "not-found" {
			t.Errorf("of a foreign organisation: %v", err)
		}
		if _, err := o.LatestEvents(ctx, account.Actor{ID: "op", Role: account.Operator}, o.org.ID); fault.Of(err).Key != "forbidden" {
			t.Errorf("an operator: %v", err)
		}
	})
}
