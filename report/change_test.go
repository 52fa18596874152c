package report_test

import (
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/survey/locale"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// verdicts are all that a change may have.
var verdicts = []string{
	score.ClearlyBetter, score.ProbablyBetter, score.NoClearChange, score.ProbablyWorse, score.ClearlyWorse, score.TooFewAnswers,
	tally.Stable, tally.Open, tally.First, tally.Incomparable,
}

// judged gives the sample of many rounds with a verdict about the whole round in a
// question or construct, and none about anything else.
func judged(t *testing.T, l locale.Language, key, verdict string, d int) report.Input {
	t.Helper()
	in := whole(t)
	in.Language = l
	found := false
	for i := range in.Results.Comparison {
		c := &in.Results.Comparison[i]
		if c.Group != (tally.Group{}) || c.Key != key {
			c.Verdict, c.Difference, c.CI = score.NoClearChange, new(1), &tally.Interval{Low: -4, High: 6}
			continue
		}
		found = true
		c.Verdict, c.Difference, c.CI = verdict, &d, &tally.Interval{Low: float64(d) - 6, High: float64(d) + 6}
		if slices.Contains([]string{tally.Open, tally.First, tally.Incomparable}, verdict) {
			c.Difference, c.CI = nil, nil
		}
	}
	if !found {
		t.Fatalf("the sample does not compare %s", key)
	}
	return in
}

// rows gives the findings of the summary.
func rows(d *report.Document) []report.Finding {
	for _, block := range d.Pages[1].Blocks {
		if f, ok := block.(report.Findings); ok {
			return f.Rows
		}
	}
	return nil
}

// TestOnlyAConfirmedChangeIsCalledARise: in heads and titles, and with what sign; in
// no language is there a verdict without words.
func TestOnlyAConfirmedChangeIsCalledARise(t *testing.T) {
	rise := []string{"steigt", "rises", "up "}
	for _, l := range []locale.Language{locale.German, locale.English} {
		for _, verdict := range verdicts {
			d := build(t, judged(t, l, "ACC", verdict, 9))
			said := d.Pages[1].Title + rows(d)[0].Head + d.Pages[3].Title
			calls := slices.ContainsFunc(rise, func(word string) bool { return strings.Contains(said, word) })
			if want := verdict == score.ClearlyBetter; calls != want {
				t.Errorf("%s %s: %s", l, verdict, said)
			}
			if strings.Contains(said, "finding.") || strings.Contains(text(d), `report.change`) {
				t.Errorf("%s %s has no words: %s", l, verdict, said)
			}
			if words := len(strings.Fields(rows(d)[0].Head)); words > 8 {
				t.Errorf("%s %s: %d words: %s", l, verdict, words, rows(d)[0].Head)
			}
			want := map[string]chart.Status{score.ClearlyBetter: chart.StatusOK, score.ClearlyWorse: chart.StatusAct}[verdict]
			if want == chart.StatusNone {
				want = chart.StatusWatch
			}
			if got := rows(d)[0].Status; got != want {
				t.Errorf("%s: status %v", verdict, got)
			}
		}
	}
}

// TestTilesShowSignAndWord: the sign of decision 12 stands before the change, and what
// was not compared has no number.
func TestTilesShowSignAndWord(t *testing.T) {
	for verdict, want := range map[string]report.Tile{
		score.ClearlyBetter:  {Change: chart.Change{Glyph: chart.ClearlyUp, Text: "+9"}, Line: "gesichert"},
		score.ProbablyBetter: {Change: chart.Change{Glyph: chart.ProbablyUp, Text: "+9"}, Line: "wahrscheinlich"},
		score.NoClearChange:  {Change: chart.Change{Glyph: chart.NotClear, Text: "+9"}, Line: "nicht gesichert"},
		tally.Stable:         {Change: chart.Change{Glyph: chart.SameLevel, Text: "+9"}, Line: "stabil"},
		score.TooFewAnswers:  {Line: "zu wenige Antworten"},
		tally.Open:           {Line: "Vergleich offen"},
		tally.First:          {Change: chart.Change{Glyph: chart.NewHere}, Line: "erstmals gemessen"},
		tally.Incomparable:   {Change: chart.Change{Glyph: chart.NotAlike}, Line: "nicht vergleichbar"},
	} {
		for _, block := range build(t, judged(t, locale.German, "ACC", verdict, 9)).Pages[1].Blocks {
			if tiles, ok := block.(report.Tiles); ok && (tiles.Tiles[0].Change != want.Change || tiles.Tiles[0].Line != want.Line) {
				t.Errorf("%s: %+v", verdict, tiles.Tiles[0])
			}
		}
	}
}

// TestRulesAboutChanges: F3 fires for a clear fall of what people do under pressure,
// F11 for the largest clear gain, never for a probable one or one of four points.
func TestRulesAboutChanges(t *testing.T) {
	for name, c := range map[string]struct {
		key, verdict string
		d            int
		rule         string
		fires        bool
	}{
		"bypassed more":     {"A4", score.ClearlyWorse, -9, "F3", true},
		"bypassed as ever":  {"A4", score.ProbablyWorse, -9, "F3", false},
		"clear gain":        {"S2", score.ClearlyBetter, 9, "F11", true},
		"gain of construct": {"SUP", score.ClearlyBetter, 9, "F11", true},
		"probable gain":     {"S2", score.ProbablyBetter, 9, "F11", false},
		"small gain":        {"S2", score.ClearlyBetter, 4, "F11", false},
		"told by F1":        {"ACC", score.ClearlyBetter, 9, "F11", false},
		"motivation":        {"MOT", score.ClearlyBetter, 9, "F2", true},
	} {
		for _, l := range []locale.Language{locale.German, locale.English} {
			found := false
			for _, r := range rows(build(t, judged(t, l, c.key, c.verdict, c.d))) {
				found = found || r.Rule == c.rule
				if heads, evidence := len(strings.Fields(r.Head)), len(strings.Fields(r.Evidence)); heads > 8 || evidence > 22 {
					t.Errorf("%s %s: %d and %d words: %s. %s", name, r.Rule, heads, evidence, r.Head, r.Evidence)
				}
			}
			if found != c.fires {
				t.Errorf("%s: %s fires: %v", name, c.rule, found)
			}
		}
	}
}

// TestAFirstRoundComparesNothing: no column, no sign, no verdict.
func TestAFirstRoundComparesNothing(t *testing.T) {
	got := text(build(t, first(t)))
	for _, bad := range []string{"Veränderung der Akzeptanz", "chart.Forest", "chart.Signs", "ggü.", "Alle Veränderungen", `"Glyph":1`} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is told", bad)
		}
	}
	if !strings.Contains(got, "Ausgangswert") {
		t.Error("the baseline is not told")
	}
}

// TestTrendWordsNeedATrend: direction and setbacks come from the results.
func TestTrendWordsNeedATrend(t *testing.T) {
	for direction, want := range map[string]string{
		score.Up: "Trend: steigt, +3,2 je Iteration (+1 bis +6)", score.Down: "Trend: fällt, +3,2 je Iteration (+1 bis +6)", score.NoTrend: "Kein gesicherter Trend",
	} {
		in := whole(t)
		for i := range in.Results.Trend {
			if x := &in.Results.Trend[i]; x.Group == (tally.Group{}) && x.Key == "ACC" {
				x.Direction, x.Slope, x.CI, x.Setbacks = &direction, new(3.2), &tally.Interval{Low: 1, High: 6}, []string{"r3"}
			}
		}
		got := text(build(t, in))
		if !strings.Contains(got, want) {
			t.Errorf("%s: no %q", direction, want)
		}
		if told := strings.Contains(got, "Gegen den Trend: Iteration 2"); told != (direction != score.NoTrend) {
			t.Errorf("%s: setback told: %v", direction, told)
		}
	}
}

// TestDriversSayHowSureTheyAre: with shares, without, with similar questions, with too
// few people.
func TestDriversSayHowSureTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*tally.Results)
		want   string
		order  string // the first driver
	}{
		"shares": {func(*tally.Results) {}, "relative Gewicht", ""},
		"fewer":  {func(r *tally.Results) { strip(r, false) }, "zu wenige alle Fragen", ""},
		"similar": {func(r *tally.Results) {
			strip(r, false)
			r.Warnings = append(r.Warnings, tally.Warning{Code: tally.SimilarItems})
		}, "zu ähnlich", ""},
		"few": {func(r *tally.Results) { strip(r, true) }, "Weniger als 30", "Zu viele Veränderungen"},
	} {
		in := whole(t)
		c.change(in.Results)
		for _, p := range build(t, in).Pages {
			if p.Name != "drivers" {
				continue
			}
			page := text(&report.Document{Pages: []report.Page{p}})
			if !strings.Contains(page, c.want) || !strings.Contains(page, "heißt nicht „bewirkt“") {
				t.Errorf("%s: %s", name, page)
			}
			levels := p.Blocks[0].(report.Figure).Chart.(chart.Levels)
			if c.order != "" && levels.Rows[0].Label != c.order {
				t.Errorf("%s: first %s", name, levels.Rows[0].Label)
			}
			if squares := levels.Rows[0].Strength; (squares == 0) != (name == "few") {
				t.Errorf("%s: %d squares", name, squares)
			}
		}
	}
}

// strip takes the shares of drivers away, and their strengths.
func strip(r *tally.Results, all bool) {
	for i := range r.Drivers {
		r.Drivers[i].Share = nil
		if all {
			r.Drivers[i].Strength, r.Drivers[i].P = nil, nil
		}
	}
}

// TestAGainInAShareIsDrawnAsOne: a question of yes and no has no index.
func TestAGainInAShareIsDrawnAsOne(t *testing.T) {
	for _, r := range rows(build(t, judged(t, locale.German, "QW", score.ClearlyBetter, 20))) {
		if r.Rule != "F11" {
			continue
		}
		points := r.Chart.(chart.Spark).Points
		if last := points[len(points)-1]; r.Head != "Verbesserung gespürt: +20\u00a0Pp seit Iteration 2" || last.Value == nil || last.Text != "52\u00a0%" {
			t.Errorf("%s: %+v", r.Head, last)
		}
		return
	}
	t.Error("F11 does not fire")
}
