package report_test

import (
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// cards gives the recommendations.
func cards(d *report.Document) []report.Card {
	for _, p := range d.Pages {
		for _, block := range p.Blocks {
			if c, ok := block.(report.Cards); ok {
				return c.Rows
			}
		}
	}
	return nil
}

// rulesOf lists the rules of cards.
func rulesOf(d *report.Document) []string {
	var ids []string
	for _, c := range cards(d) {
		ids = append(ids, c.Rule)
	}
	return ids
}

// setIndex gives the whole round an index of a question or construct.
func setIndex(in *report.Input, key string, x int) {
	for i := range in.Results.Groups {
		g := &in.Results.Groups[i]
		if g.Group != (tally.Group{}) {
			continue
		}
		for j := range g.Items {
			if g.Items[j].Key == key {
				g.Items[j].Index = &x
			}
		}
		for j := range g.Constructs {
			if g.Constructs[j].Key == key {
				g.Constructs[j].Index = &x
			}
		}
	}
}

// setBarrier makes a stage the barrier of the whole round, or none.
func setBarrier(in *report.Input, key string, x int) {
	for i := range in.Results.Barriers {
		b := &in.Results.Barriers[i]
		if b.Group != (tally.Group{}) {
			continue
		}
		b.Stage, b.Certainty = nil, score.NoBarrier
		if key == "" {
			continue
		}
		b.Stage, b.Certainty = &key, score.ClearBarrier
		for j := range b.Stages {
			if b.Stages[j].Key == key {
				b.Stages[j].Index = &x
			}
		}
	}
}

// TestActionsFollowTheirCauses: each rule fires for what it is about, with its measure
// of success, and not otherwise.
func TestActionsFollowTheirCauses(t *testing.T) {
	quiet := func(in *report.Input) {
		setBarrier(in, "", 0)
		setIndex(in, "A4", 60)
		setIndex(in, "W1", 60)
		setIndex(in, "LOAD", 60)
		in.Modules = report.Modules{}
	}
	for rule, c := range map[string]struct {
		cause   func(*report.Input)
		measure string
	}{
		"A1":  {func(in *report.Input) { setBarrier(in, "B1", 40) }, "Verstehen ≥\u00a065"},
		"A2":  {func(in *report.Input) { setBarrier(in, "B2", 40) }, "Wollen ≥\u00a060"},
		"A3":  {func(in *report.Input) { setBarrier(in, "B3", 40) }, "Wissen ≥\u00a065"},
		"A4":  {func(in *report.Input) { setBarrier(in, "B4", 47) }, "Können ≥\u00a055"},
		"A5":  {func(in *report.Input) { setBarrier(in, "B5", 44) }, "Dranbleiben ≥\u00a052"},
		"A6":  {func(in *report.Input) { in.Modules.QuickWins = wins(); setIndex(in, "C2", 42) }, "Von Erfolg gehört ≥\u00a050"},
		"A8":  {func(in *report.Input) { setIndex(in, "W1", 39); setIndex(in, "LOAD", 39) }, "≥\u00a045"},
		"A9":  {func(*report.Input) {}, "Änderungen ≥\u00a057"},
		"A10": {func(in *report.Input) { in.Modules.Day = "2026-03-16"; in.Modules.Voices = said() }, "100\u00a0% beantwortet"},
		"A11": {func(in *report.Input) { in.Modules.Goals = aims() }, "erster Wert liegt vor"},
		"A12": {func(in *report.Input) { in.Results.ResponseRate = new(0.41) }, "Beteiligung ≥\u00a060\u00a0%"},
		"A13": {func(in *report.Input) { setIndex(in, "A4", 44) }, "Umgehung bei Eile ≥\u00a055"},
	} {
		without, with := whole(t), whole(t)
		quiet(&without)
		quiet(&with)
		c.cause(&with)
		if ids := rulesOf(build(t, without)); rule != "A9" && slices.Contains(ids, rule) {
			t.Errorf("%s fires without a cause: %v", rule, ids)
		}
		found := cards(build(t, with))
		i := slices.IndexFunc(found, func(c report.Card) bool { return c.Rule == rule })
		if i < 0 {
			t.Errorf("%s does not fire: %v", rule, rulesOf(build(t, with)))
			continue
		}
		if got := found[i].Facts[2][1]; !strings.HasSuffix(got, c.measure) {
			t.Errorf("%s: success is %q, want %q", rule, got, c.measure)
		}
		if found[i].Number == 0 || found[i].Evidence == "" {
			t.Errorf("%s: %q leads to page %d", rule, found[i].Evidence, found[i].Number)
		}
	}
}

// TestLeadershipIsSilentWhereItIsNotAsked: the built-in check has no question about it.
func TestLeadershipIsSilentWhereItIsNotAsked(t *testing.T) {
	if ids := rulesOf(build(t, kept(t))); slices.Contains(ids, "A7") {
		t.Error(ids)
	}
}

// TestLoadCallsForLess: where the workload is too high, what rules propose beside its
// relief is two efforts M at most; what people added stays and counts.
func TestLoadCallsForLess(t *testing.T) {
	efforts := map[string]int{"klein": 1, "mittel": 2, "groß": 4}
	for _, added := range []bool{false, true} {
		in := kept(t)
		in.Modules.Act = &report.Act{}
		if added {
			in.Modules.Act.Actions = []report.Action{{Text: "Zwei Stellen im Service Desk besetzen", Effort: "M"}}
		}
		setIndex(&in, "W1", 39)
		setIndex(&in, "LOAD", 39)
		sum, relief := 0, false
		for _, c := range cards(build(t, in)) {
			if c.Rule == "A8" {
				relief = true
				continue
			}
			sum += efforts[c.Facts[3][1]]
		}
		if !relief || sum == 0 || sum > 4 {
			t.Errorf("added %v: relief %v, efforts %d: %v", added, relief, sum, rulesOf(build(t, in)))
		}
	}
	if in := kept(t); len(cards(build(t, in))) < 5 {
		t.Errorf("without a heavy load: %v", rulesOf(build(t, in)))
	}
}

// TestActionsOfPeople: they adjust, drop and add; texts keep to their words; at most
// six cards; nothing proposed is "keep the course" with free rows.
func TestActionsOfPeople(t *testing.T) {
	in := kept(t)
	in.Modules.Act.Actions = []report.Action{
		{Rule: "A4", Dropped: true}, {Rule: "A6", Text: longText(30)}, {Text: "Zwei Stellen besetzen", Owner: "Personal"},
	}
	d := build(t, in)
	if ids := rulesOf(d); slices.Contains(ids, "A4") || ids[0] != "" {
		t.Errorf("%v", ids)
	}
	for _, c := range cards(d) {
		if n := len(strings.Fields(strings.TrimSuffix(c.Head, "…"))); n > 18 {
			t.Errorf("%s has %d words", c.Rule, n)
		}
	}
	if cards(d)[0].Origin != "ergänzt" || !strings.Contains(text(d), longText(30)) {
		t.Error("origin or full text is missing")
	}
	calm := count(t, []people{{"INC", "staff", 60, 48, 4.4, false}, {"CHG", "user", 50, 40, 4.4, false}}, 1, 9)
	setIndex(&calm, "W1", 70)
	setIndex(&calm, "LOAD", 70)
	setIndex(&calm, "A4", 70)
	setBarrier(&calm, "", 0)
	got := build(t, calm)
	if len(cards(got)) != 0 || !strings.Contains(text(got), "Kurs halten") || !strings.Contains(text(got), "E3") {
		t.Errorf("%v", rulesOf(got))
	}
}

// TestProposalsAreHandedOn: what the committee is asked is what the page says.
func TestProposalsAreHandedOn(t *testing.T) {
	d := build(t, kept(t))
	if len(d.Proposals) == 0 || d.Proposals[0].Rule != "A4" || !strings.HasPrefix(d.Proposals[0].Text, "Coaching") {
		t.Errorf("%+v", d.Proposals)
	}
	if few := build(t, few(t)); len(few.Proposals) != 0 {
		t.Errorf("%+v", few.Proposals)
	}
}

// TestDecisionsStandInTheirBoxes: by rule, by text, and what was decided beside them.
func TestDecisionsStandInTheirBoxes(t *testing.T) {
	page := ""
	d := build(t, decided(t))
	for _, p := range d.Pages {
		if p.Name == "decisions" {
			page = text(&report.Document{Pages: []report.Page{p}})
		}
	}
	for _, want := range []string{"4 von 6 Vorschlägen entschieden", "[E1: ja]", "[E2: ja, geändert]", "Review erst nach der Umstellung", "[E5: vertagt]", "Budget für eine zweite", "[E6: nein]", "20.03.2026", "4.–13.\u00a0Mai 2026"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q:\n%s", want, page)
		}
	}
	for _, l := range []locale.Language{locale.German, locale.English} {
		in := kept(t)
		in.Language = l
		if got := text(build(t, in)); strings.Contains(got, string(survey.Postponed)+"]") && l == locale.German {
			t.Error("an outcome without words")
		}
	}
}

// TestProposingChangesNothing: that proposals were laid before the committee, with
// nothing decided, leaves report and data as they are.
func TestProposingChangesNothing(t *testing.T) {
	before, after := kept(t), kept(t)
	for _, p := range build(t, before).Proposals {
		after.Modules.Act.Decisions = append(after.Modules.Act.Decisions, report.Decision{Rule: p.Rule, Proposal: p.Text})
	}
	if want, got := build(t, before), build(t, after); want.Hash != got.Hash || text(want) != text(got) {
		t.Error("the report differs")
	}
}
