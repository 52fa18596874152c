package main

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"

	v1 "pulscheck/api/v1"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// get asks for something as whoever has a session.
func (f *filled) get(path, secret, accept string) string {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), http.MethodGet, f.base+path, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "__Host-session", Value: secret})
	r.Header.Set("Accept", accept)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		f.t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	return string(body)
}

// TestOwnerSeesOwnGroupsOnly: on pages, in JSON, tables and workbooks an owner finds the
// whole and the groups of the own process, not even the names of the others, and can
// subtract no group that is too small from what is shown.
func TestOwnerSeesOwnGroupsOnly(t *testing.T) {
	f := startFilled(t)
	owner, lead := f.signedIn(account.Owner, locale.German), f.signedIn(account.Lead, locale.German)
	o, err := f.store.FindOrganisation(t.Context(), f.organisation)
	if err != nil {
		t.Fatal(err)
	}
	var foreign []string // keys and names of other processes
	for _, p := range o.Processes {
		if p.Key != "INC" {
			foreign = append(foreign, p.Name.DE)
		}
	}
	results, comparison := "/rounds/"+string(f.round)+"/results", "/programmes/"+string(f.programme)+"/comparison"
	named := 0 // places where a lead reads of other processes
	for _, path := range []string{
		results + "?tab=overview", results + "?tab=answers", results + "?tab=matrix", results + "?tab=stages", results + "?tab=participation", comparison,
	} {
		for who, secret := range map[string]string{"lead": lead, "owner": owner} {
			_, main, _ := strings.Cut(f.get(path, secret, "text/html"), "<main")
			for _, name := range foreign {
				switch {
				case !strings.Contains(main, name):
				case who == "lead":
					named++
				default:
					t.Errorf("%s tells an owner of %s", path, name)
				}
			}
		}
	}
	if named < 10 {
		t.Errorf("a lead reads of other processes %d times: nothing was looked at", named)
	}
}

// TestOwnerSubtractsNothing: what an owner gets as JSON, CSV and workbook names no other
// process, and no part of what is shown is left over that has fewer people than k.
func TestOwnerSubtractsNothing(t *testing.T) {
	f := startFilled(t)
	owner := f.signedIn(account.Owner, locale.German)
	at := v1.Prefix + "/rounds/" + string(f.round) + "/results"
	var all, mine tally.Results
	for secret, into := range map[string]*tally.Results{owner: &mine, f.signedIn(account.Lead, locale.German): &all} {
		if err := json.Unmarshal([]byte(f.get(at, secret, "application/json")), into); err != nil {
			t.Fatal(err)
		}
	}
	if len(mine.Groups) < 3 || len(mine.Groups) >= len(all.Groups) {
		t.Fatalf("an owner gets %d groups of %d", len(mine.Groups), len(all.Groups))
	}
	own := func(g tally.Group) bool { return g == tally.Group{} || g.Process == "INC" }
	for _, g := range mine.Groups {
		if !own(g.Group) {
			t.Errorf("an owner gets %s", g.Group.Key())
		}
	}
	for _, c := range mine.Comparison {
		if !own(c.Group) {
			t.Errorf("an owner gets the comparison of %s", c.Group.Key())
		}
	}
	for _, p := range mine.Trend {
		if !own(p.Group) {
			t.Errorf("an owner gets the trend of %s", p.Group.Key())
		}
	}
	for _, b := range mine.Barriers {
		if !own(b.Group) {
			t.Errorf("an owner gets the stages of %s", b.Group.Key())
		}
	}
	f.leavesNobodyOver(&mine)
	f.inTables(at, owner)
}

// inTables looks at what an owner downloads as a table and as a workbook.
func (f *filled) inTables(at, owner string) {
	f.t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(f.get(at+".csv", owner, "text/csv"), "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 50 || !slices.Equal(rows[0][:3], []string{"process", "role", "unit"}) {
		f.t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if row[0] != "INC" && row[0]+row[1]+row[2] != "" {
			f.t.Errorf("an owner gets the row %v", row)
		}
	}
	for secret, want := range map[string]bool{owner: false, f.signedIn(account.Lead, locale.German): true} {
		body := f.get(at+".xlsx", secret, "*/*")
		z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		if err != nil {
			f.t.Fatal(err)
		}
		found := false
		for _, file := range z.File {
			text, err := fs.ReadFile(z, file.Name)
			if err != nil {
				f.t.Fatal(err)
			}
			found = found || strings.Contains(string(text), ">CHG<")
		}
		if found != want {
			f.t.Errorf("a workbook names another process: %v, want %v", found, want)
		}
	}
}

// leavesNobodyOver subtracts from everything with a number the parts of it that have one,
// each alone and all together.
func (f *filled) leavesNobodyOver(r *tally.Results) {
	f.t.Helper()
	compared := 0
	for _, whole := range r.Groups {
		if whole.N == nil || whole.Group.Role != "" || whole.Group.Unit != "" {
			continue
		}
		if *whole.N < r.K {
			f.t.Errorf("%s is shown with %d people", whole.Group.Key(), *whole.N)
		}
		together := *whole.N
		for _, part := range r.Groups {
			byProcess := whole.Group == tally.Group{} && part.Group.Process != "" && part.Group.Role == ""
			byRole := whole.Group.Process != "" && part.Group.Process == whole.Group.Process && part.Group.Role != ""
			if part.N == nil || !byProcess && !byRole {
				continue
			}
			compared++
			together -= *part.N
			if rest := *whole.N - *part.N; rest != 0 && rest < r.K {
				f.t.Errorf("%s without %s are %d people", whole.Group.Key(), part.Group.Key(), rest)
			}
		}
		if together != 0 && together < r.K {
			f.t.Errorf("%s without its parts are %d people", whole.Group.Key(), together)
		}
	}
	if compared == 0 {
		f.t.Error("nothing was subtracted")
	}
}
