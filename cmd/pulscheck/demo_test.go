package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// demoFolder is where the sample organisation of the tests lives; TestMain removes it.
var demoFolder string

// livedDemo is the sample organisation after its whole life, one for all tests: they only
// look at it.
var livedDemo = sync.OnceValues(func() (*demoRun, error) {
	var err error
	if demoFolder, err = os.MkdirTemp("", "pulscheck-demo-"); err != nil {
		return nil, err
	}
	o, err := demoFlags([]string{"--once", "--dir", filepath.Join(demoFolder, "demo")})
	if err != nil {
		return nil, err
	}
	d, err := startDemo(context.Background(), o)
	if err != nil {
		return nil, err
	}
	return d, d.live(context.Background())
})

// demoResults gives the sample organisation and the results that it leaves.
func demoResults(t *testing.T) (*demoRun, *tally.Results) {
	t.Helper()
	d, err := livedDemo()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.write(t.Context()); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(d.dir, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := new(tally.Results)
	if err := json.Unmarshal(body, r); err != nil {
		t.Fatal(err)
	}
	return d, r
}

// demoPlanted are the questions and constructs that grow, in all processes but one.
// COM is information: one of its two questions grows.
var demoPlanted = map[string]bool{"SUP": true, "S1": true, "S2": true, "COM": true, "C2": true, "QW": true}

// TestDemoTellsWhatWasPlanted: the last step of the sample organisation is clearly
// better where its people improved, and nowhere else.
func TestDemoTellsWhatWasPlanted(t *testing.T) {
	d, r := demoResults(t)
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
	effects(t, d)
	decided(t, d)
	asked, err := d.service.ListQuestions(t.Context(), d.lead(), d.organisation)
	if err != nil || len(asked) != 1 || asked[0].Answer == "" {
		t.Errorf("asked at the open door: %+v, %v", asked, err)
	}
}

// effects checks what the last report says of exactly the questions that were to move,
// and of what was told late.
func effects(t *testing.T, d *demoRun) {
	t.Helper()
	p, err := d.service.Progress(t.Context(), d.consultant(), d.done[2])
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, m := range p.Improvements {
		if m.Effect != nil {
			got[m.Moves+" "+m.Process] = string(m.Effect.State)
		}
	}
	for _, q := range p.QuickWins {
		got[q.Name] = fmt.Sprint(q.Lag() != nil && *q.Lag() > 30, " ", q.Heard.State)
	}
	want := map[string]string{
		"A2 CHG": "not_moved", "S1 INC": "moved", "C2 ": "moved", "Passwort selbst zurücksetzen, ohne Ticket": "true moved",
		"Standardbestellungen unter 200 Euro ohne Genehmigung": "true moved", "Vorlagen für die zehn häufigsten Störungen": "false moved",
		"Änderungskalender auf einen Blick": "false open",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("effects (-want +got):\n%s", diff)
	}
	m, err := d.service.Maturity(t.Context(), d.consultant(), d.done[2])
	if err != nil || m.Profile.AtTarget != 3 || m.Profile.WithTarget != 4 {
		t.Errorf("%d of %d processes are at their target, %v", m.Profile.AtTarget, m.Profile.WithTarget, err)
	}
	reached := map[string]bool{}
	for _, g := range p.Goals {
		reached[g.Name] = g.Attainment().Word == score.Reached
	}
	if !reached["Störungen schneller lösen"] || reached["Kleine Änderungen schneller freigeben"] || len(reached) != 4 {
		t.Errorf("goals reached: %v", reached)
	}
}

// decided checks that decisions make another version of a report, with its reason, and
// that the last report still waits for them.
func decided(t *testing.T, d *demoRun) {
	t.Helper()
	for n, id := range d.done {
		reports, err := d.service.ListReports(t.Context(), d.consultant(), id)
		if err != nil {
			t.Fatal(err)
		}
		last := survey.Report{}
		for _, r := range reports {
			if r.Kind == survey.CheckReport && r.State == survey.ReportIssued {
				last = r
			}
		}
		want, reason := 2, "Beschlüsse vom"
		if n == len(d.done)-1 {
			want, reason = 1, ""
		}
		if last.Number != want || !strings.HasPrefix(last.Reason, reason) {
			t.Errorf("iteration %d: version %d, %q", n+1, last.Number, last.Reason)
		}
		all, err := d.service.ListDecisions(t.Context(), d.consultant(), id)
		if err != nil || len(all) < 3 {
			t.Errorf("iteration %d: %d proposals, %v", n+1, len(all), err)
		}
		for _, e := range all {
			if open := n == len(d.done)-1 && e.Since == 0; (e.Outcome == "") != open && e.Since == 0 {
				t.Errorf("iteration %d, E%d: %q", n+1, e.Number, e.Outcome)
			}
		}
	}
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
