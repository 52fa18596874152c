package report_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// fed are goals with a figure from the surveys, one for each thing that can be said.
func fed() *report.Goals {
	goal := func(id string, actual *float64, p report.Pulse) report.Goal {
		return report.Goal{
			ID: id, Process: "CHG", Name: "Akzeptanz von Änderungen " + id, Metric: "Akzeptanz", Unit: "Punkte", Direction: survey.Up,
			Baseline: new(50.0), Target: new(60.0), Actual: actual, Measured: "2026-03-10", Due: "2026-06-30", Pulse: &p,
		}
	}
	return &report.Goals{Goals: []report.Goal{
		goal("G1", new(66.0), report.Pulse{Enough: true, CI: &tally.Interval{Low: 61, High: 71}}),
		goal("G2", new(64.0), report.Pulse{Enough: true, CI: &tally.Interval{Low: 59, High: 69}}),
		goal("G3", new(66.0), report.Pulse{}),
		goal("G4", nil, report.Pulse{Withheld: true}),
	}}
}

// TestGoalsFromThePulse: what is reached by too few answers is open, a target within the
// interval is not certain, and a withheld value is no missing measurement.
func TestGoalsFromThePulse(t *testing.T) {
	in := count(t, []people{{"INC", "staff", 60, 48, 3.9, true}, {"CHG", "staff", 60, 48, 3.9, true}}, 1, 3)
	in.Modules.Goals = fed()
	d := build(t, in)
	at := slices.IndexFunc(d.Pages, func(p report.Page) bool { return p.Name == "goals" })
	if at < 0 {
		t.Fatal("no page of goals")
	}
	if page := d.Pages[at]; page.Title != "2 von 4 Zielen im Plan, 0 verfehlt, 2 ohne Messung" {
		t.Errorf("title %q", page.Title)
	}
	var got []string
	for _, b := range d.Pages[at].Blocks {
		if table, is := b.(report.Table); is {
			for _, r := range table.Rows {
				got = append(got, r.Marks[7].Chart.Alt()+": "+r.Notes[0])
			}
		}
	}
	want := []string{
		"erreicht: Akzeptanz, Punkte", "erreicht: Akzeptanz, Punkte · noch nicht gesichert",
		"offen: Akzeptanz, Punkte · zu wenige Antworten", "offen: Akzeptanz, Punkte · nicht ausgewiesen",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
