package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/tally"
)

// written puts a file into a folder of the test.
func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// smallFiles are those of a small analysis; each may be replaced by a test.
func smallFiles() map[string]string {
	answers := "iteration,process,role,A,B\n"
	for i := range 12 {
		answers += fmt.Sprintf("I1,INC,agent,%d,%d\n", 1+i%5, i%2)
	}
	return map[string]string{
		"items.csv":   "item,construct,scale,lo,hi,reverse,kind\nA,X,five,1,5,0,core\nB,,yesno,0,1,0,extra\n",
		"invited.csv": "iteration,process,role,invited\nI1,INC,agent,20\n",
		"pulse.csv":   answers,
	}
}

// put writes files and gives the options that name them.
func put(t *testing.T, files map[string]string) (args []string) {
	t.Helper()
	for name, content := range files {
		option := map[string]string{"items.csv": "--items", "pulse.csv": "--answers", "invited.csv": "--invited"}[name]
		args = append(args, option, written(t, name, content))
	}
	return args
}

// analyzeSmall runs the command over files.
func analyzeSmall(t *testing.T, files map[string]string, more ...string) error {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.json")
	err := run(t.Context(), slices.Concat([]string{"analyze", "--json", out}, put(t, files), more))
	if _, missing := os.Stat(out); err != nil && missing == nil {
		t.Error("something was written in spite of the error")
	}
	return err
}

// TestAnalyzeRefusesBadFiles: every mistake is told with its place and what was
// expected, and ends with 65.
func TestAnalyzeRefusesBadFiles(t *testing.T) {
	if err := analyzeSmall(t, smallFiles()); err != nil {
		t.Fatalf("good files: %v", err)
	}
	for _, c := range []struct{ file, old, new, want string }{
		{"pulse.csv", "I1,INC,agent,3,0\n", "I1,INC,agent,7,0\n", `pulse.csv, line 4, column 4 (A): 7 lies outside the scale; expected a whole number from 1 to 5, CS for “cannot say”, or nothing`},
		{"pulse.csv", "I1,INC,agent,3,0\n", "I1,INC,agent,3,yes\n", `pulse.csv, line 4, column 5 (B): "yes" is no answer; expected a whole number from 0 to 1`},
		{"pulse.csv", "I1,INC,agent,3,0\n", "I1,INC,agent,3.5,0\n", `pulse.csv, line 4, column 4 (A): "3.5" is no answer`},
		{"pulse.csv", "role,A,B", "role,A,C", `pulse.csv, line 1: the column "B" is missing: items.csv, line 3, asks it`},
		{"pulse.csv", "role,A,B", "role,A,A", `pulse.csv, line 1, column 5: the name "A" stands in column 4 too`},
		{"pulse.csv", "process,role", "process,rolle", `pulse.csv, line 1: the column "role" is missing: groups are made of process and role unless --group`},
		{"pulse.csv", "iteration,", "round,", `pulse.csv, line 1: the column "iteration" is missing; invited.csv has it`},
		{"items.csv", "B,,yesno,0,1,0,extra\n", "", `pulse.csv, line 1, column 5 (B): unknown item: neither an item of items.csv`},
		{"pulse.csv", "I1,INC,agent,3,0\n", "I1,INC,agnet,3,0\n", `pulse.csv, line 4, column 3 (role): nobody of role "agnet" was invited in iteration "I1"`},
		{"pulse.csv", "I1,INC,agent,3,0\n", "I2,INC,agent,3,0\n", `pulse.csv, line 4, column 1 (iteration): nobody was invited in iteration "I2"`},
		{"pulse.csv", "I1,INC,agent,3,0\n", ",INC,agent,3,0\n", `pulse.csv, line 4, column 1 (iteration): is empty`},
		{"pulse.csv", "I1,INC,agent,3,0\n", "I1,INC,agent,3\n", `pulse.csv, line 4: has 4 cells, the header has 5`},
		{"pulse.csv", "I1,INC,agent,3,0\n", "I1,_others,agent,3,0\n", `pulse.csv, line 4, column 2 (process): "_others" stands for the rest`},
		{"pulse.csv", "*", "", `pulse.csv: is empty`},
		{"pulse.csv", "*", "iteration,process,role,A,B\n", `pulse.csv: holds a header but no answers`},
		{"pulse.csv", "*", "iteration,process,role,A,B\nI1,INC,agent,3,0\n", `pulse.csv, line 2: is the only answer`},
		{"pulse.csv", "*", "iteration,process,role,A,B\nI1,INC,agent,,\nI1,INC,agent,CS,\n", `pulse.csv: not one of 2 lines answers an item`},
		{"invited.csv", "agent,20", "agent,11", `invited.csv: 11 people invited in iteration "I1" (process "INC", role "agent"), but pulse.csv holds 12 answers`},
		{"invited.csv", "agent,20", "agent,many", `invited.csv, line 2, column 4 (invited): is "many"; expected a whole number`},
		{"invited.csv", "agent,20\n", "agent,20\nI1,INC,agent,3\n", `invited.csv, line 3: the same group stands in line 2 already`},
		{"invited.csv", "role,invited", "role,number", `invited.csv, line 1: the column "invited" is missing`},
		{"items.csv", "*", "item,construct,scale,lo,hi,reverse,kind\n", `items.csv: holds a header but no question`},
		{"items.csv", "reverse", "reversed", `items.csv, line 1: the column "reverse" is missing`},
		{"items.csv", "five,1,5", "five,1,1", `items.csv, line 2, column 5 (hi): is 1 and the lowest answer 1`},
		{"items.csv", "five,1,5", "five,a,5", `items.csv, line 2, column 4 (lo): is "a"`},
		{"items.csv", "5,0,core", "5,no,core", `items.csv, line 2, column 6 (reverse): is "no"; expected 1 if agreement is bad`},
		{"items.csv", "0,core", "0,kern", `items.csv, line 2, column 7 (kind): "kern" is no kind of item`},
		{"items.csv", "B,,yesno", "A,,yesno", `items.csv, line 3, column 1 (item): the item "A" stands in line 2 too`},
		{"items.csv", "B,,yesno,0,1", "B,,five,0,1", `items.csv, line 3, column 3 (scale): five runs from 0 to 1 here and from 1 to 5 above`},
	} {
		files := smallFiles()
		if c.old == "*" {
			files[c.file] = c.new
		} else {
			if !strings.Contains(files[c.file], c.old) {
				t.Fatalf("%s holds no %q", c.file, c.old)
			}
			files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
		}
		err := analyzeSmall(t, files)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s with %q: %v\nwant %s…", c.file, c.new, err, c.want)
			continue
		}
		if got := status(err); got != 65 {
			t.Errorf("%v: exit %d, want 65", err, got)
		}
	}
}

// TestAnalyzeOptions: what is no option ends with 64.
func TestAnalyzeOptions(t *testing.T) {
	for _, more := range [][]string{
		{"--group", "a,b,c,d"}, {"--group", "role,role"}, {"--group", "role,"}, {"--lang", "fr"}, {"--exactly"}, {"left"},
	} {
		if got := status(analyzeSmall(t, smallFiles(), more...)); got != 64 {
			t.Errorf("%v: exit %d, want 64", more, got)
		}
	}
	files := smallFiles()
	delete(files, "invited.csv")
	if got := status(analyzeSmall(t, files, "--pdf", filepath.Join(t.TempDir(), "x.pdf"))); got != 64 {
		t.Errorf("report without invited: exit %d, want 64", got)
	}
}

// foreignFiles is another instrument: six points, 0 to 10, yes/no, a construct over two
// scales, an item asked once only, three columns of groups with names of their own.
func foreignFiles(iterations int) map[string]string {
	random := rand.New(rand.NewPCG(1, 2))
	var answers strings.Builder
	answers.WriteString("shift;iteration;site;R&D;q1;q2;q3;q4;q5;q6\n")
	invited := "site;R&D;shift;invited\n"
	sites, teams, shifts := []string{"Zürich", "Bern"}, []string{"R&D", "a=b", "{\"group\":"}, []string{"early", "late"}
	for _, site := range sites {
		for _, team := range teams {
			for _, shift := range shifts {
				invited += fmt.Sprintf("%s;%s;%s;30\n", site, quoted(team), shift)
				for i := range iterations {
					for range 8 + random.IntN(12) {
						if random.IntN(9) == 0 {
							shift = "" // not stated
						}
						fmt.Fprintf(&answers, "%s;W%d;%s;%s;%d;%d;%d;%d;%d;", shift, i+9, site, quoted(team),
							1+random.IntN(6), 1+random.IntN(6), random.IntN(11), random.IntN(2), random.IntN(11)-5)
						if i == 0 {
							fmt.Fprint(&answers, 1+random.IntN(6))
						}
						answers.WriteString("\n")
					}
				}
			}
		}
	}
	return map[string]string{
		"items.csv": "item;construct;scale;lo;hi;reverse;kind\nq1;T;six;1;6;0;core\nq2;T;six;1;6;1;core\nq3;T;ten;0;10;0;core\n" +
			"q4;;yesno;0;1;0;extra\nq5;U;signed;-5;5;0;rotating\nq6;U;six;1;6;0;rotating\n",
		"invited.csv": invited, "pulse.csv": answers.String(),
	}
}

func quoted(cell string) string { return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"` }

// TestAnalyzeOtherInstrument: JSON and report of somebody else's questions.
func TestAnalyzeOtherInstrument(t *testing.T) {
	for _, iterations := range []int{1, 2, 3} {
		files := foreignFiles(iterations)
		report := filepath.Join(t.TempDir(), "report.pdf")
		got := analyzeFiles(t, append(put(t, files), "--group", "site,R&D,shift", "--exact", "--pdf", report)...)
		if out, err := exec.Command("qpdf", "--check", report).CombinedOutput(); err != nil {
			t.Errorf("report of %d iterations: %v\n%s", iterations, err, out)
		}
		list := got["iterations"].([]any)
		if len(list) != iterations {
			t.Fatalf("%d iterations, want %d", len(list), iterations)
		}
		columns := map[string]int{}
		for _, g := range list[0].(map[string]any)["groups"].([]any) {
			columns[strings.Join(slices.Sorted(maps.Keys(g.(map[string]any)["group"].(map[string]any))), " ")]++
		}
		want := map[string]int{"": 1, "site": 2, "R&D": 3, "shift": 2, "R&D site": 6, "shift site": 4, "R&D shift": 6, "R&D shift site": 12}
		if diff := cmp.Diff(want, columns); diff != "" {
			t.Errorf("groups by columns (-want +got):\n%s", diff)
		}
		exact := got["exact"].(map[string]any)
		if team := exact["by_site_R&D_W9"].(map[string]any)["Bern|{\"group\":"]; team == nil {
			t.Error("no team of Bern in the exact statistics")
		}
		if _, trend := exact["trend"]; trend != (iterations == 3) {
			t.Errorf("trend of %d iterations: %v", iterations, trend)
		}
		delete(files, "invited.csv")
		if err := analyzeSmall(t, files, "--group", "shift", "--exact"); err == nil || !strings.Contains(err.Error(), `(site): unknown item`) {
			t.Errorf("columns that nobody explains: %v", err)
		}
		if err := analyzeSmall(t, files, "--group", "shift,site,R&D", "--exact"); err != nil {
			t.Error(err)
		}
	}
}

// TestAnalyzeComparesCommonItems: U has q5 and q6 in the first iteration, q5 alone in
// the second; then q5 alone is compared.
func TestAnalyzeComparesCommonItems(t *testing.T) {
	got := analyzeFiles(t, append(put(t, foreignFiles(2)), "--group", "site,R&D,shift", "--exact")...)
	exact := got["exact"].(map[string]any)
	u := exact["compare_primary"].(map[string]any)["W9_W10"].(map[string]any)["U"].(map[string]any)
	q5 := exact["compare_exploratory_W9_W10"].(map[string]any)["q5|total"].(map[string]any)
	for _, key := range []string{"n1", "n2", "mean1", "mean2", "bm_p", "diff_ci"} {
		(&walk{t: t}).same(key, u[key], q5[key])
	}
	seen := false
	for _, one := range got["iterations"].([]any)[1].(map[string]any)["comparison"].([]any) {
		if c := one.(map[string]any); c["key"] == "U" && len(c["group"].(map[string]any)) == 0 {
			seen = true
			if c["verdict"] == tally.Incomparable || c["d"] == nil {
				t.Errorf("%v, want a verdict from q5", c)
			}
		}
	}
	if !seen {
		t.Error("U is not compared")
	}
}

// TestAnalyzeNothingInCommon: iterations that share no question, one that nobody
// answered, and groups of which nobody states anything.
func TestAnalyzeNothingInCommon(t *testing.T) {
	items := "item,construct,scale,lo,hi,reverse,kind\na,T,five,1,5,0,core\nb,T,five,1,5,0,stage\n"
	answers := "iteration,role,a,b\n"
	for i := range 30 {
		answers += fmt.Sprintf("I1,,%d,\nI2,,,%d\nI3,,,\n", 1+i%5, 1+i%3)
	}
	got := analyzeFiles(t, append(put(t, map[string]string{"items.csv": items, "pulse.csv": answers}), "--group", "role", "--exact")...)
	list := got["iterations"].([]any)
	for i, want := range []any{30.0, 30.0, nil} {
		if n := list[i].(map[string]any)["ballots"]; n != want {
			t.Errorf("iteration %d: %v ballots, want %v", i+1, n, want)
		}
	}
	if stage := got["exact"].(map[string]any)["barrier_I2"].(map[string]any)["total"].(map[string]any)["stage"]; stage != 1.0 {
		t.Errorf("stage %v holds people up, want 1", stage)
	}
}

// TestAnalyzeOtherScales compares with numbers worked out by hand.
func TestAnalyzeOtherScales(t *testing.T) {
	rows := "site,six,back,yes,net\n"
	for v := range 6 {
		for range 2 {
			rows += fmt.Sprintf("A&B,%d,%d,%d,%d\n", v+1, 10-2*v, v%2, 5+v)
		}
	}
	items := "item,construct,scale,lo,hi,reverse,kind\nsix,T,six,1,6,0,core\nback,T,ten,0,10,1,core\nyes,,yesno,0,1,0,extra\nnet,,net10,0,10,0,extra\n"
	got := analyzeFiles(t, append(put(t, map[string]string{"items.csv": items, "pulse.csv": rows + "A&B,CS,,,\n"}), "--group", "site", "--exact")...)
	w := walk{t: t}
	w.same("exact", got["exact"], map[string]any{
		"by_site_1": map[string]any{"A&B": map[string]any{"responses": 12.0, "invited": nil, "response_rate": nil}},
		"total": map[string]any{"1": map[string]any{
			"items": map[string]any{
				"six": map[string]any{"n": 12.0, "n_cant_say": 1.0, "n_missing": 0.0, "mean": 3.5, "index": 50.0, "n_fav": 4.0, "n_neutral": 4.0, "n_unfav": 4.0,
					"counts": []any{2.0, 2.0, 2.0, 2.0, 2.0, 2.0}},
				"back": map[string]any{"n_missing": 1.0, "mean": 5.0, "index": 50.0, "n_fav": 4.0, "n_neutral": 4.0, "n_unfav": 4.0},
				"yes":  map[string]any{"mean": 0.5, "n_fav": 6.0, "n_neutral": 0.0, "n_unfav": 6.0, "counts": []any{6.0, 6.0}},
			},
			"constructs": map[string]any{"T": map[string]any{"n": 12.0, "mean": 50.0, "index": 50.0, "n_fav": 4.0}},
			"net10":      map[string]any{"n": 12.0, "promoters": 1.0 / 3, "passives": 1.0 / 3, "detractors": 1.0 / 3, "net": 0.0},
		}},
		"compare_primary": nil, "trend": nil,
	})
	iteration := got["iterations"].([]any)[0].(map[string]any)
	w.same("iteration", iteration, map[string]any{"iteration": "1", "invited": nil, "ballots": 13.0, "response_rate": nil, "comparison": []any{},
		"warnings": []any{map[string]any{"code": "no-roster-guard"}, map[string]any{"code": "invited-unknown"}}})
	groups := iteration["groups"].([]any)
	w.same("total", groups[0].(map[string]any), map[string]any{"group": map[string]any{}, "invited": nil})
	w.same("site", groups[1].(map[string]any), map[string]any{"group": map[string]any{"site": "A&B"}, "invited": nil, "state": "shown"})
}

// TestAnalyzeNeverNaN: tiny, equal, separated and missing answers leave null behind;
// JSON cannot hold anything else, so a number that is none would be an error.
func TestAnalyzeNeverNaN(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	items := "item,construct,scale,lo,hi,reverse,kind\na,ACC,five,1,5,0,core\nb,ACC,five,1,5,1,core\nc,ACC,five,1,5,0,core\nd,U,ten,0,10,0,core\n" +
		"e,U,five,1,5,0,rotating\nf,,yesno,0,1,0,extra\ng,,net10,0,10,0,extra\nh,,five,1,5,0,stage\n"
	for n := range 150 {
		iterations, rows, spread := 1+random.IntN(5), 2+random.IntN(60), 1+random.IntN(5)
		answers, invited := "iteration,process,a,b,c,d,e,f,g,h\nI1,P0,1,1,1,1,1,1,1,1\n", "iteration,process,invited\n"
		for i := range iterations {
			for p := range 3 {
				invited += fmt.Sprintf("I%d,P%d,%d\n", i+1, p, rows+1-random.IntN(2))
			}
		}
		for range rows - 1 {
			i := random.IntN(iterations)
			answers += fmt.Sprintf("I%d,P%d", i+1, random.IntN(3))
			for _, most := range []int{5, 5, 5, 5, 5, 1, 5, 5} {
				switch v := min(most, 1+random.IntN(spread)+(n%3)*i); {
				case random.IntN(8) == 0:
					answers += ","
				case random.IntN(12) == 0:
					answers += ",CS"
				default:
					answers += fmt.Sprintf(",%d", v)
				}
			}
			answers += "\n"
		}
		files := map[string]string{"items.csv": items, "pulse.csv": answers, "invited.csv": invited}
		if n%4 == 0 {
			delete(files, "invited.csv")
		}
		if err := analyzeSmall(t, files, "--group", "process", "--exact"); err != nil {
			t.Fatalf("%v\n%s", err, answers)
		}
	}
}
