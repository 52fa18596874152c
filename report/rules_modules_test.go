package report_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// heads gives the heads of findings by rule.
func heads(d *report.Document) map[string]string {
	all := map[string]string{}
	for _, r := range rows(d) {
		all[r.Rule] = r.Head
	}
	return all
}

// TestRulesAboutModules: F7 to F10 fire for what was planted and stay silent below
// their limits.
func TestRulesAboutModules(t *testing.T) {
	register := func(answered, open int, received string) *report.Voices {
		v := &report.Voices{}
		for range answered {
			v.Register = append(v.Register, report.RegisterRow{Criticism: "a", Status: survey.ImprovementDone, Answered: "2026-01-01"})
		}
		for range open {
			v.Register = append(v.Register, report.RegisterRow{Criticism: "b", Status: survey.ImprovementNew, Received: received})
		}
		return v
	}
	told := wins()
	for i := range told.Wins {
		told.Wins[i].Told = "2026-03-10"
	}
	process := func(level, previous, target *int) *report.Maturity {
		return &report.Maturity{Processes: []report.MaturityProcess{{Process: "CHG", Level: level, Previous: previous, Target: target}}}
	}
	measured := aims()
	measured.Goals = measured.Goals[:2]
	behind, late := aims(), aims()
	behind.Goals[2].Due, late.Goals[2].Due = "2026-04-30", "2026-04-30"
	missed := late.Goals[2]
	missed.Due = "2026-03-10"
	late.Goals = append(late.Goals[:3], missed)
	for name, c := range map[string]struct {
		modules    report.Modules
		rule, want string // head, empty = silent
	}{
		"untold":           {report.Modules{QuickWins: wins()}, "F7", "4 Quick Wins erreicht, 2 kommuniziert"},
		"all told":         {report.Modules{QuickWins: told}, "F7", ""},
		"goals":            {report.Modules{Goals: aims()}, "F8", "3 von 6 Zielen verfehlt oder ohne Messung"},
		"goals behind":     {report.Modules{Goals: behind}, "F8", "3 von 6 Zielen in Verzug oder ohne Messung"},
		"goals late":       {report.Modules{Goals: late}, "F8", "2 von 4 Zielen verfehlt oder in Verzug"},
		"goals on track":   {report.Modules{Goals: measured}, "F8", ""},
		"lost a level":     {report.Modules{Maturity: process(new(1), new(2), nil)}, "F9", "Änderungen: Reifegrad 1, davor 2"},
		"two below target": {report.Modules{Maturity: process(new(1), nil, new(3))}, "F9", "Änderungen: Reifegrad 1, Ziel 3"},
		"one below target": {report.Modules{Maturity: process(new(2), new(2), new(3))}, "F9", ""},
		"not assessed":     {report.Modules{Maturity: process(nil, new(2), new(3))}, "F9", ""},
		"79 % answered":    {report.Modules{Day: "2026-03-16", Voices: register(3, 1, "2026-03-10")}, "F10", "1 Kritikpunkt ohne Antwort"},
		"80 % answered":    {report.Modules{Day: "2026-03-16", Voices: register(4, 1, "2026-03-10")}, "F10", ""},
		"open for 14 days": {report.Modules{Day: "2026-03-16", Voices: register(9, 1, "2026-03-02")}, "F10", ""},
		"open for 15 days": {report.Modules{Day: "2026-03-16", Voices: register(9, 1, "2026-03-01")}, "F10", "1 Kritikpunkt ohne Antwort"},
		"no module":        {report.Modules{}, "F7", ""},
	} {
		in := count(t, []people{{"INC", "staff", 60, 48, 3.9, true}, {"CHG", "staff", 60, 48, 3.9, true}}, 1, 3)
		in.Iteration.Starts = time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
		in.Modules = c.modules
		if got := heads(build(t, in))[c.rule]; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestWordsOfModules: heads, evidence, notes and titles keep to their words with every
// rule firing, whatever people typed.
func TestWordsOfModules(t *testing.T) {
	count := func(s string) int { return len(strings.Fields(strings.ReplaceAll(s, " …", "…"))) }
	for name, in := range map[string]report.Input{"kept": kept(t), "started": started(t), "endless": endless(t)} {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			d := build(t, in)
			for _, r := range rows(d) {
				if count(r.Head) > 8 || count(r.Evidence) > 22 {
					t.Errorf("%s %s %s: %d and %d words: %s. %s", name, l, r.Rule, count(r.Head), count(r.Evidence), r.Head, r.Evidence)
				}
			}
			for _, p := range d.Pages {
				for _, block := range p.Blocks {
					switch b := block.(type) {
					case report.Prose:
						if b.Small && p.Name != "data" && count(strings.Join(b.Text, " ")) > 60 {
							t.Errorf("%s %s %s: a note of %d words", name, l, p.Name, count(strings.Join(b.Text, " ")))
						}
					case report.Quotes:
						for _, q := range b.Quotes {
							if count(q.Text) > 30 {
								t.Errorf("%s: a quote of %d words", name, count(q.Text))
							}
						}
					}
				}
			}
		}
	}
}

// TestShortenedTextsStandInFull: whatever of people ends with an ellipsis is found whole
// in the appendix.
func TestShortenedTextsStandInFull(t *testing.T) {
	d := build(t, endless(t))
	full := text(&report.Document{Pages: slices.DeleteFunc(slices.Clone(d.Pages), func(p report.Page) bool { return p.Name != "texts" })})
	for _, words := range []int{20, 18, 60, 50, 30, 40, 100, 70} {
		if !strings.Contains(strings.Join(strings.Fields(full), " "), longText(words)) {
			t.Errorf("the text of %d words is not there in full", words)
		}
	}
}

// TestTilesOfModules: what is kept shows part and whole with the change, what is not
// says so.
func TestTilesOfModules(t *testing.T) {
	tiles := func(in report.Input) []report.Tile {
		return build(t, in).Pages[1].Blocks[0].(report.Tiles).Tiles
	}
	for i, want := range []report.Tile{
		{Label: "Reifegrad", Value: "2/5", Unit: "am Ziel", Line: "seit Iteration 2", Change: chart.Change{Text: "+1"}, Status: chart.StatusAct, Word: "handeln"},
		{Label: "SMART-Ziele", Value: "3/6", Unit: "im Plan", Line: "seit Iteration 2", Change: chart.Change{Text: "+1"}, Status: chart.StatusAct, Word: "handeln"},
		{Label: "Quick Wins", Value: "2/4", Unit: "mitgeteilt", Line: "seit Iteration 2", Change: chart.Change{Text: "±0"}, Status: chart.StatusAct, Word: "handeln"},
	} {
		if got := tiles(kept(t))[2+i]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got := tiles(whole(t))[2+i]; got.Value != "–" || got.Status != chart.StatusNone || got.Line != "noch nicht erfasst" {
			t.Errorf("%+v without the module", got)
		}
	}
	in := small(t)
	in.Modules = modules()
	for _, tile := range tiles(in) {
		if tile.Status != chart.StatusNone {
			t.Errorf("a small round has a light: %+v", tile)
		}
	}
}

// TestTitlesOfTheSummary: all lights green, most red, a confirmed rise first.
func TestTitlesOfTheSummary(t *testing.T) {
	fine := count(t, []people{{"INC", "staff", 60, 48, 4.4, false}, {"CHG", "user", 50, 40, 4.4, false}}, 1, 9)
	past := *fine.Round
	past.ID = "r0"
	fine.Earlier = []report.Earlier{{Iteration: 0, Round: &past, Results: fine.Results}}
	setBarrier(&fine, "", 0)
	fine.Modules = report.Modules{QuickWins: &report.QuickWins{Wins: wins().Wins[:2]}, Goals: &report.Goals{Goals: aims().Goals[:1]}}
	for want, in := range map[string]report.Input{
		" trägt – jetzt halten":              fine,
		"3 von 5 Ampeln stehen auf Handeln":  kept(t),
		"Motivation steigt auf 62 – Können ": whole(t),
		"Ausgangslage: Akzeptanz 62":         first(t),
	} {
		if got := build(t, in).Pages[1].Title; !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSmallRoundsWithModules: no comparison of groups, no praise for gains, no light;
// fewer than k: nothing of the modules either.
func TestSmallRoundsWithModules(t *testing.T) {
	in := small(t)
	in.Modules = modules()
	for _, r := range rows(build(t, in)) {
		if slices.Contains([]string{"F4", "F6", "F11"}, r.Rule) || r.Status != chart.StatusNone {
			t.Errorf("%s with status %v", r.Rule, r.Status)
		}
	}
	in = few(t)
	in.Modules = modules()
	d := build(t, in)
	if len(d.Pages) != 4 || strings.Contains(text(d), "Quick") || strings.Contains(string(attached(t, d, "daten.json")), "modules") {
		t.Errorf("%s", pageNames(d))
	}
}

// TestModulesAreInTheData: numbers of page 2 are found in the JSON under the names of
// their modules, and the table has a line for each.
func TestModulesAreInTheData(t *testing.T) {
	d := build(t, decided(t))
	var data struct {
		Counts struct {
			Maturity  report.Share         `json:"maturity_at_target"`
			Goals     report.GoalCount     `json:"goals"`
			QuickWins report.WinCount      `json:"quick_wins"`
			Register  report.RegisterCount `json:"register"`
			Changes   map[string]int       `json:"changes"`
		} `json:"counts"`
		Modules report.Modules `json:"modules"`
	}
	if err := json.Unmarshal(attached(t, d, "daten.json"), &data); err != nil {
		t.Fatal(err)
	}
	if c := data.Counts; c.Maturity != (report.Share{Iteration: 3, Part: 2, Of: 5}) || c.Goals != (report.GoalCount{Of: 6, OnTrack: 3, Missed: 1, NotMeasured: 2}) ||
		c.QuickWins != (report.WinCount{Planned: 6, Achieved: 4, Told: 2}) || c.Register != (report.RegisterCount{Of: 5, Answered: 3, Done: 1, Longest: 24}) || c.Changes["goals"] != 1 {
		t.Errorf("%+v", c)
	}
	if len(data.Modules.Act.Decisions) != 4 || len(data.Modules.Voices.Themes) != 3 {
		t.Errorf("%+v", data.Modules.Voices)
	}
	table := string(attached(t, d, "daten.csv"))
	for _, kind := range []string{";maturity;INC;", ";goal;Z1;", ";quick_win;Q3;", ";criticism;K1;", ";theme;", ";decision;E1;"} {
		if !strings.Contains(table, kind) {
			t.Errorf("no line %s", kind)
		}
	}
	known := map[string]bool{}
	for _, n := range regexp.MustCompile(`[0-9]+`).FindAllString(string(attached(t, d, "daten.json")), -1) {
		known[n] = true
	}
	for _, block := range d.Pages[1].Blocks {
		switch b := block.(type) {
		case report.Tiles:
			for _, tile := range b.Tiles {
				for _, n := range regexp.MustCompile(`[0-9]+`).FindAllString(tile.Value+tile.Change.Text, -1) {
					if !known[n] {
						t.Errorf("%s of %s is not in the data", n, tile.Label)
					}
				}
			}
		case report.Findings:
			for _, r := range b.Rows {
				for _, n := range regexp.MustCompile(`[0-9]+`).FindAllString(r.Head, -1) {
					if !known[n] {
						t.Errorf("%s of %q is not in the data", n, r.Head)
					}
				}
			}
		}
	}
}

// TestVoicesAreProtected: below 2k comments neither quote nor theme leaves, in no file
// either; a theme of fewer than k is told only together with others, or not at all; the
// order of quotes does not follow the order in which they came.
func TestVoicesAreProtected(t *testing.T) {
	in := kept(t)
	in.Modules.Voices.Texts = 9
	d := build(t, in)
	everything := text(d) + string(attached(t, d, "daten.json")) + string(attached(t, d, "daten.csv"))
	for _, bad := range []string{"Drei Umstellungen", "Zeit und Arbeitslast", "Time and workload", `"texts":9`} {
		if strings.Contains(everything, bad) {
			t.Errorf("%q is told of nine comments", bad)
		}
	}
	rare := locale.Text{DE: "Kantine", EN: "Canteen"}
	for name, c := range map[string]struct {
		n      int
		others bool
	}{"alone": {3, false}, "with others": {4, true}} { // one comment has no theme
		in := kept(t)
		for range c.n {
			in.Modules.Voices.Comments = append(in.Modules.Voices.Comments, report.Voice{Theme: rare, Text: "Das Essen."})
		}
		d := build(t, in)
		everything := text(d) + string(attached(t, d, "daten.json")) + string(attached(t, d, "daten.csv"))
		if strings.Contains(everything, rare.DE) || strings.Contains(everything, "Weitere\"") != c.others {
			t.Errorf("%s: a theme of %d comments", name, c.n)
		}
	}
	quotes := func(in report.Input) string {
		for _, p := range build(t, in).Pages {
			for _, block := range p.Blocks {
				if q, ok := block.(report.Quotes); ok {
					line, _ := json.Marshal(q.Quotes)
					return string(line)
				}
			}
		}
		return ""
	}
	turned := kept(t)
	slices.Reverse(turned.Modules.Voices.Comments)
	if want := quotes(kept(t)); want == "" || quotes(turned) != want {
		t.Error("the order of the comments shows in the quotes")
	}
}

// TestEffectsAreToldAsGiven: an effect that is withheld has no number.
func TestEffectsAreToldAsGiven(t *testing.T) {
	in := kept(t)
	in.Modules.Voices.Register = []report.RegisterRow{
		{Criticism: "a", Status: survey.ImprovementDone, Answered: "2026-01-02", Effect: &report.Effect{Item: "A2", Before: new(50), Now: new(61), Verdict: report.Moved}},
		{Criticism: "b", Status: survey.ImprovementDone, Answered: "2026-01-02", Effect: &report.Effect{Item: "MOT", Verdict: tally.Open}},
	}
	got := text(build(t, in))
	for _, want := range []string{"| 50 auf 61 (bewegt: Geht leicht von der Hand)", "| – (noch offen: Motivation)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}
