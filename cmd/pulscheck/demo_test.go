package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// demoResults lives the sample organisation's whole life and gives what it leaves.
func demoResults(t *testing.T) *tally.Results {
	t.Helper()
	o, err := demoFlags([]string{"--once", "--dir", filepath.Join(t.TempDir(), "demo")})
	if err != nil {
		t.Fatal(err)
	}
	d, err := startDemo(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.store.Close() //nolint:errcheck // a test is over
	if err := d.live(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.write(t.Context()); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(o.dir, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := new(tally.Results)
	if err := json.Unmarshal(body, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// demoPlanted are the questions and constructs that grow, in all processes but one.
// COM is information: one of its two questions grows.
var demoPlanted = map[string]bool{"SUP": true, "S1": true, "S2": true, "COM": true, "C2": true, "QW": true}

// TestDemoTellsWhatWasPlanted: the last step of the sample organisation is clearly
// better where its people improved, and nowhere else.
func TestDemoTellsWhatWasPlanted(t *testing.T) {
	r := demoResults(t)
	change, better := score.ClearlyBetter, score.ProbablyBetter
	open, tested := 0, map[string]map[string]string{}
	for _, c := range r.Comparison {
		g := c.Group.Key()
		if tested[g] == nil {
			tested[g] = map[string]string{}
		}
		tested[g][c.Key] = c.Verdict
		if c.Verdict == tally.Open {
			open++
		}
		slow := c.Group.Process == demoSlow
		if planted := demoPlanted[c.Key] && !slow; !planted && strings.HasPrefix(c.Verdict, "clearly") {
			t.Errorf("%s %s: %s, but nothing was planted", g, c.Key, c.Verdict)
		} else if planted && strings.HasSuffix(c.Verdict, "worse") {
			t.Errorf("%s %s: %s, but it grows", g, c.Key, c.Verdict)
		}
	}
	none := score.NoClearChange
	for group, want := range map[string]map[string]string{
		"total": {
			"SUP": change, "C2": change, "QW": change,
			"ACC": none, "MOT": none, "LOAD": none, "VOICE": none, "C1": none, "B1": none, "B2": none, "B3": none, "B5": none,
		},
		"process=INC": {"SUP": change, "C2": change, "QW": better, "MOT": none},
		"process=CHG": {"SUP": none, "C2": none, "MOT": none},
	} {
		got := map[string]string{}
		for key := range want {
			got[key] = tested[group][key]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-planted +told):\n%s", group, diff)
		}
	}
	if 4*open > len(r.Comparison) {
		t.Errorf("%d of %d comparisons are open: nobody would see what changed", open, len(r.Comparison))
	}
	directions(t, r)
	protected(t, r)
}

// directions checks the lines over all iterations.
func directions(t *testing.T, r *tally.Results) {
	t.Helper()
	got := map[string]string{}
	for _, line := range r.Trend {
		if line.Direction != nil {
			got[line.Group.Key()+" "+line.Key] = *line.Direction
		}
	}
	for key, want := range map[string]string{
		"total SUP": "up", "total ACC": "none", "total MOT": "none", "total LOAD": "none", "total VOICE": "none", "process=CHG SUP": "none",
	} {
		if got[key] != want {
			t.Errorf("the trend of %s is %q, want %q", key, got[key], want)
		}
	}
}

// protected checks the groups that the sample organisation has to show protection:
// one too small, one withheld for its sake, one of one mind.
func protected(t *testing.T, r *tally.Results) {
	t.Helper()
	withheld, bands := map[string]bool{}, 0
	for _, g := range r.Groups {
		withheld[g.Group.Key()] = g.State == tally.Protected
		if g.Group.Process != demoUnanimous.Process || g.Group.Role != demoUnanimous.Role {
			continue
		}
		for _, i := range g.Items {
			if strings.HasPrefix(i.Key, "A") && strings.HasPrefix(i.Band, ">=") {
				bands++
			}
		}
	}
	if !withheld["process=CFG"] || !withheld["process=PRB"] || withheld["process=_others"] || withheld["process=CHG"] {
		t.Errorf("withheld are %v, want CFG for its size, PRB for its sake and both together shown", withheld)
	}
	if bands == 0 {
		t.Error("the group of one mind shows no band")
	}
}
