package report_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// text prints a document for reading and comparing.
func text(d *report.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s · %s · %s · %s\n", d.Title, d.Subject, d.ID, d.Ribbon)
	for _, p := range d.Pages {
		fmt.Fprintf(&b, "\n== %s\n%s\n%s\n%s\n", p.Name, p.Kicker, p.Title, p.Subtitle)
		for _, block := range p.Blocks {
			if f, ok := block.(report.Figure); ok {
				r := &chart.Recorder{}
				f.Chart.Draw(r, f.Box)
				fmt.Fprintf(&b, "figure %T: %s\n", f.Chart, f.Chart.Alt())
				for _, line := range strings.Split(r.String(), "\n") {
					if strings.HasPrefix(line, "text ") {
						fmt.Fprintf(&b, "  %s\n", line[strings.Index(line, `"`):strings.LastIndex(line, `"`)+1])
					}
				}
				continue
			}
			switch f := block.(type) {
			case report.Findings:
				for i := range f.Rows {
					f.Rows[i].Chart = nil
				}
			case report.Table:
				printTable(&b, f)
				continue
			}
			line, err := json.Marshal(block)
			if err != nil {
				panic(err)
			}
			fmt.Fprintf(&b, "%T %s\n", block, line)
		}
	}
	return b.String()
}

// printTable prints the cells of a table, their notes and what figures in them say.
func printTable(b *strings.Builder, t report.Table) {
	fmt.Fprintf(b, "table %v:", t.Box)
	for i, c := range t.Columns {
		if i < len(t.Heads) && t.Heads[i].Chart != nil {
			c.Head = "[" + t.Heads[i].Chart.Alt() + "]"
		}
		fmt.Fprintf(b, " | %s", c.Head)
	}
	for _, r := range t.Rows {
		b.WriteString("\n ")
		if r.Bold || r.Tint {
			b.WriteString("*")
		}
		for i, cell := range r.Cells {
			if m := r.Mark(i); m.Chart != nil {
				cell = strings.TrimSpace("[" + m.Chart.Alt() + "] " + cell)
			}
			if i < len(r.Notes) && r.Notes[i] != "" {
				cell += " (" + r.Notes[i] + ")"
			}
			fmt.Fprintf(b, " | %s", cell)
		}
	}
	b.WriteString("\n")
}

// goldens are the samples that are kept as text: all pages of many rounds, of the others
// those that look different there.
var goldens = map[string]func(testing.TB) report.Input{
	"document": whole, "kept": kept, "started": started, "decided": decided, "small": small, "few": few,
}

// TestDocumentGolden compares documents in both languages; UPDATE_GOLDEN=1 writes them
// anew.
func TestDocumentGolden(t *testing.T) {
	alike := []string{"answers", "acceptance", "matrix", "stages", "drivers", "method", "data", "anonymity"}
	for name, sample := range goldens {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in := sample(t)
			in.Language = l
			d := build(t, in)
			if name != "document" {
				d.Pages = slices.DeleteFunc(d.Pages, func(p report.Page) bool { return slices.Contains(alike, p.Name) })
			}
			got := text(d)
			path := filepath.Join("testdata", name+"."+string(l)+".txt")
			if os.Getenv("UPDATE_GOLDEN") == "1" {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s %s (-golden +got):\n%s", name, l, diff)
			}
		}
	}
}

// TestNothingIsPromisedForAnswersFromElsewhere: how they were collected and what
// became of them is not known.
func TestNothingIsPromisedForAnswersFromElsewhere(t *testing.T) {
	for l, promises := range map[locale.Language][]string{
		locale.German:  {"persönlichen Link", "gelöscht", "Niemand kann einen Bogen", "Liste von Prüfwerten", "Befragung vom"},
		locale.English: {"personal link", "are deleted", "Nobody can assign", "list of keyed hashes", "Survey of"},
	} {
		in := golden(t, l)
		for _, elsewhere := range []bool{false, true} {
			in.Elsewhere = elsewhere
			d, err := report.Build(in)
			if err != nil {
				t.Fatal(err)
			}
			said := text(d)
			for _, promise := range promises {
				if strings.Contains(said, promise) == elsewhere {
					t.Errorf("%s, elsewhere %v: %q said %v", l, elsewhere, promise, !elsewhere)
				}
			}
		}
	}
}

// TestReportWithoutAcceptance: a round that asked nothing about acceptance says nothing
// about it, not that it is withheld.
func TestReportWithoutAcceptance(t *testing.T) {
	in := golden(t, locale.English)
	round := *in.Round
	q := *round.Questionnaire
	q.Items = slices.DeleteFunc(slices.Clone(q.Items), func(i questionnaire.Item) bool { return i.Construct == "ACC" })
	round.Questionnaire = &q
	in.Round = &round
	d, err := report.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Pages {
		if p.Name == "acceptance" || strings.HasPrefix(p.Title, "Acceptance") {
			t.Errorf("page %s: %s", p.Name, p.Title)
		}
	}
}

// golden is the sample of many rounds in a language.
func golden(t *testing.T, l locale.Language) report.Input {
	in := whole(t)
	in.Language = l
	return in
}

// build builds a sample.
func build(t testing.TB, in report.Input) *report.Document {
	t.Helper()
	d, err := report.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pageNames(d *report.Document) string {
	var names []string
	for _, p := range d.Pages {
		names = append(names, p.Name)
	}
	return strings.Join(names, " > ")
}

func TestPages(t *testing.T) {
	single := count(t, []people{{"INC", "staff", 60, 48, 3.4, false}}, 1, 3)
	for name, c := range map[string]struct {
		in   report.Input
		want string
	}{
		"many rounds":       {whole(t), "cover > summary > participation > acceptance > answers > answers > matrix > stages > drivers > actions > decisions > method > data > data > data > anonymity"},
		"first round":       {first(t), "cover > summary > participation > acceptance > answers > answers > matrix > stages > drivers > actions > decisions > method > data > data > anonymity"},
		"one process, role": {single, "cover > summary > participation > acceptance > answers > answers > stages > drivers > actions > decisions > method > data > data > anonymity"},
		"small round":       {small(t), "cover > summary > participation > acceptance > answers > answers > stages > actions > decisions > method > data > data > anonymity"},
		"all modules":       {kept(t), "cover > summary > participation > acceptance > answers > answers > matrix > stages > drivers > maturity > goals > quickwins > voices > actions > decisions > method > data > data > data > anonymity"},
		"empty modules":     {started(t), "cover > summary > participation > acceptance > answers > answers > matrix > stages > drivers > maturity > quickwins > voices > actions > decisions > method > data > data > anonymity"},
		"fewer than k":      {few(t), "cover > participation > notice > anonymity"},
	} {
		if got := pageNames(build(t, c.in)); got != c.want {
			t.Errorf("%s: pages %s, want %s", name, got, c.want)
		}
	}
}

// TestFewerThanK: neither the number of answers nor any value.
func TestFewerThanK(t *testing.T) {
	got := text(build(t, few(t)))
	for _, bad := range []string{"von 30", "4 von", "%", "Index 0"} {
		if strings.Contains(strings.ReplaceAll(got, "95\u00a0%", ""), bad) {
			t.Errorf("%q is told:\n%s", bad, got)
		}
	}
}

// TestSmallRound: a ribbon, no traffic lights, no comparison of groups.
func TestSmallRound(t *testing.T) {
	d := build(t, small(t))
	if d.Ribbon == "" {
		t.Error("no ribbon")
	}
	for _, block := range d.Pages[1].Blocks {
		switch b := block.(type) {
		case report.Tiles:
			for _, tile := range b.Tiles {
				if tile.Status != chart.StatusNone {
					t.Errorf("tile %s has a light", tile.Label)
				}
			}
		case report.Findings:
			for i, f := range b.Rows {
				if f.Status != chart.StatusNone || f.Rule == "F4" || f.Rule == "F6" {
					t.Errorf("%s with status %v", f.Rule, f.Status)
				}
				if i == 0 && f.Rule != "F0" {
					t.Errorf("first comes %s", f.Rule)
				}
			}
		}
	}
}

// TestProtectedGroupsAreNowhere: what a withheld group would hold stands neither in
// the document nor decides about a word of it.
func TestProtectedGroupsAreNowhere(t *testing.T) {
	for _, l := range []locale.Language{locale.German, locale.English} {
		in := kept(t)
		in.Language = l
		want := text(build(t, in))
		poisoned := 0
		for i := range in.Results.Groups {
			g := &in.Results.Groups[i]
			if g.State != tally.Protected {
				continue
			}
			poisoned++
			g.N, g.Invited, g.RateClass = new(7777), new(8888), "<25"
			for _, c := range []string{"ACC", "MOT"} {
				g.Constructs = append(g.Constructs, tally.ConstructResult{Key: c, N: new(7777), Index: new(1), CI: &tally.Interval{Low: 0, High: 2}})
			}
			for _, k := range []string{"A4", "B1", "B2"} {
				g.Items = append(g.Items, tally.ItemResult{Key: k, N: new(7777), Index: new(1), Favourable: new(1)})
			}
		}
		if poisoned == 0 {
			t.Fatal("the sample withholds nothing")
		}
		got := build(t, in)
		if diff := cmp.Diff(strings.ReplaceAll(want, hash(want), ""), strings.ReplaceAll(text(got), hash(text(got)), "")); diff != "" {
			t.Errorf("%s: a withheld group changed the document:\n%s", l, diff)
		}
	}
}

// hash gives the line of the document that tells the SHA-256 of the data.
func hash(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(line, "SHA-256") {
			return line
		}
	}
	return ""
}

// TestBandedGroupsShowTheirBandOnly: beside the band stands no value.
func TestBandedGroupsShowTheirBandOnly(t *testing.T) {
	in := whole(t)
	banded := 0
	for _, p := range build(t, in).Pages {
		for _, block := range p.Blocks {
			f, ok := block.(report.Figure)
			if !ok {
				continue
			}
			if h, ok := f.Chart.(chart.HeatTable); ok {
				for _, row := range append(h.Cells, h.RowSum, h.ColSum) {
					for _, c := range row {
						if c.Band != "" {
							banded++
							if c.Value != nil || c.Text != "" || c.Lowest {
								t.Errorf("%s: a banded cell shows %+v", p.Name, c)
							}
						}
					}
				}
			}
		}
	}
	if banded == 0 {
		t.Error("the sample has no banded group")
	}
}

// TestFindings: the rules that fire for what was planted, within their words.
func TestFindings(t *testing.T) {
	for name, c := range map[string]struct {
		in   report.Input
		want string
	}{
		"slow process, barrier, strength": {whole(t), "F1 > F2 > F5 > F4 > F11"},
		"first":                           {first(t), "F1 > F5 > F4 > F6 > F12"},
		"everything fine":                 {count(t, []people{{"INC", "staff", 60, 48, 4.4, false}, {"CHG", "user", 50, 40, 4.4, false}}, 1, 9), "F1 > F12 > F12 > F12 > F12"},
		"participation fell":              {fell(t), "F0 > F1 > F5 > F12"},
		"nothing to say":                  {count(t, []people{{"INC", "staff", 60, 48, 3.9, true}}, 1, 3), "F1 > F2 > F13"},
	} {
		rules := []string{}
		for _, block := range build(t, c.in).Pages[1].Blocks {
			f, ok := block.(report.Findings)
			if !ok {
				continue
			}
			for _, r := range f.Rows {
				rules = append(rules, r.Rule)
				if words := len(strings.Fields(r.Head)); words > 8 {
					t.Errorf("%s %s has a head of %d words: %s", name, r.Rule, words, r.Head)
				}
				if words := len(strings.Fields(r.Evidence)); words > 22 {
					t.Errorf("%s %s has evidence of %d words: %s", name, r.Rule, words, r.Evidence)
				}
				if r.Ref == "" || r.Number == 0 {
					t.Errorf("%s %s refers to no page", name, r.Rule)
				}
			}
		}
		if got := strings.Join(rules, " > "); got != c.want {
			t.Errorf("%s: findings %s, want %s", name, got, c.want)
		}
	}
}

// TestTitlesAreShort: at most 14 words, no place unfilled, in every sample and language.
func TestTitlesAreShort(t *testing.T) {
	for name, in := range samples(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			for _, p := range build(t, in).Pages {
				if words := len(strings.Fields(p.Title)); words > 14 {
					t.Errorf("%s %s: %d words: %s", name, p.Name, words, p.Title)
				}
				if all := p.Kicker + p.Title + p.Subtitle; strings.ContainsAny(all, "{}") || strings.Contains(all, "report.") {
					t.Errorf("%s %s: %s", name, p.Name, all)
				}
			}
			if got := text(build(t, in)); strings.Contains(got, `"report.`) || strings.Contains(got, "<no value>") {
				t.Errorf("%s: a text is missing", name)
			}
		}
	}
}

// TestDatesAreThoseOfTheOrganisation: a round that opens at midnight in Berlin opens
// on that day, not on the day before.
func TestDatesAreThoseOfTheOrganisation(t *testing.T) {
	in := first(t)
	in.Organisation.Zone = "Europe/Berlin"
	in.Round.Opens = time.Date(2026, 3, 1, 23, 0, 0, 0, time.UTC)
	if got := text(build(t, in)); !strings.Contains(got, "2.–13.\u00a0März 2026") || strings.Contains(got, "1.–13.\u00a0März 2026") {
		t.Error("the round opens on 1 March")
	}
	in.Organisation.Zone = "Nowhere/Land"
	if _, err := report.Build(in); err == nil {
		t.Error("an unknown zone is no error")
	}
}
