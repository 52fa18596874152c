package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// expectedBlock is what R says of a group.
type expectedBlock struct {
	Invited    int                       `json:"invited"`
	Responses  int                       `json:"responses"`
	Items      map[string]expectedValues `json:"items"`
	Constructs map[string]expectedValues `json:"constructs"`
}

type expectedValues struct {
	N         int        `json:"n"`
	CannotSay int        `json:"n_cant_say"`
	Missing   int        `json:"n_missing"`
	Mean      float64    `json:"mean"`
	Index     float64    `json:"index"`
	Fav       int        `json:"n_fav"`
	Neutral   int        `json:"n_neutral"`
	Unfav     int        `json:"n_unfav"`
	Counts    []int      `json:"counts"`
	IndexCI   []*float64 `json:"index_ci_fpc"`
	MeanCI    []*float64 `json:"mean_ci_fpc"`
}

type expectedDecision struct {
	Key    string `json:"key"`
	N      int    `json:"n"`
	Status string `json:"status"`
}

type expectation struct {
	Total       map[string]expectedBlock `json:"total"`
	ByProcess   map[string]expectedBlock `json:"by_process_I3"`
	ByRole      map[string]expectedBlock `json:"by_role_I3"`
	Suppression struct {
		Respondents map[string][]expectedDecision `json:"respondents"`
		Display     map[string]struct {
			Withheld []expectedDecision `json:"withheld"`
			Guarded  []string           `json:"withheld_by_reader_guard"`
			Cells    []struct {
				Key        string `json:"key"`
				N          int    `json:"n"`
				Favourable string `json:"favourable"`
				Index      *int   `json:"index"`
				Banded     bool   `json:"banded"`
			} `json:"cells"`
		} `json:"display_I3"`
	} `json:"suppression"`
}

func readTable(t *testing.T, name string) (head []string, rows [][]string) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // opened for reading
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// referenceQuestionnaire writes items.csv as YAML and loads it, as an organisation
// does with its own questions.
func referenceQuestionnaire(t *testing.T) *questionnaire.Questionnaire {
	t.Helper()
	var y strings.Builder
	text := func(indent, key, value string) {
		fmt.Fprintf(&y, "%s%s: {de: %q, en: %q}\n", indent, key, value, value)
	}
	y.WriteString("id: reference\n")
	text("", "title", "Reference")
	_, items := readTable(t, "items.csv")
	scales, constructs := map[string][2]int{}, []string{}
	y.WriteString("items:\n")
	for _, r := range items {
		lo, _ := strconv.Atoi(r[3])
		hi, _ := strconv.Atoi(r[4])
		scales[r[2]] = [2]int{lo, hi}
		if len(constructs) == 0 || constructs[len(constructs)-1] != r[1] {
			constructs = append(constructs, r[1])
		}
		fmt.Fprintf(&y, "  - key: %s\n    construct: %s\n    scale: %s\n    reverse: %t\n    kind: %s\n", r[0], r[1], r[2], r[5] == "1", r[6])
		text("    ", "text", "Item "+r[0])
		text("    ", "short", r[0])
	}
	y.WriteString("constructs:\n")
	for _, c := range constructs {
		fmt.Fprintf(&y, "  - key: %s\n", c)
		text("    ", "name", c)
		text("    ", "short", c)
	}
	y.WriteString("scales:\n")
	for name, s := range scales {
		fmt.Fprintf(&y, "  %s:\n    lo: %d\n    hi: %d\n    labels:\n", name, s[0], s[1])
		for v := s[0]; v <= s[1]; v++ {
			text("      ", fmt.Sprintf("%q", strconv.Itoa(v)), strconv.Itoa(v))
		}
		text("      ", "CS", "cannot say")
	}
	q, err := questionnaire.Load(strings.NewReader(y.String()))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// referenceOrganisation has a person for everybody that invited.csv lists in one of
// the iterations.
func referenceOrganisation(t *testing.T, w *world, iteration string) (*survey.Organisation, []survey.Person) {
	t.Helper()
	o := &survey.Organisation{ID: survey.OrganisationID("org-" + iteration), Key: "ref" + strings.ToLower(iteration), Name: "Reference", Zone: "Europe/Berlin", K: 5}
	for _, p := range []string{"INC", "REQ", "CHG", "PRB", "CFG"} {
		o.Processes = append(o.Processes, survey.Named{Key: p, Name: locale.Text{DE: p, EN: p}})
	}
	for _, r := range []string{"agent", "specialist", "lead", "manager"} {
		o.Roles = append(o.Roles, survey.Named{Key: r, Name: locale.Text{DE: r, EN: r}})
	}
	var people []survey.Person
	_, invited := readTable(t, "invited.csv")
	for _, r := range invited {
		n, _ := strconv.Atoi(r[3])
		for range n {
			if r[0] != iteration {
				break
			}
			id := fmt.Sprintf("%s-%04d", iteration, len(people))
			people = append(people, survey.Person{
				ID: survey.PersonID(id), Organisation: o.ID, Email: id + "@reference.example", Name: id, Locale: locale.English,
				Roles: []survey.ProcessRole{{Process: r[1], Role: r[2]}},
			})
		}
	}
	ctx := context.Background()
	if err := w.store.CreateOrganisation(ctx, o); err != nil {
		t.Fatal(err)
	}
	if err := w.store.CreatePeople(ctx, people); err != nil {
		t.Fatal(err)
	}
	return o, people
}

// sheets are the answers of an iteration by process and role.
func sheets(t *testing.T, iteration string) map[survey.ProcessRole][]sheet {
	t.Helper()
	head, rows := readTable(t, "pulse.csv")
	all := map[survey.ProcessRole][]sheet{}
	for _, r := range rows {
		if r[0] != iteration {
			continue
		}
		s := sheet{Answers: map[string]ballot.Answer{}}
		for i, v := range r[3:] {
			if v == questionnaire.CannotSay {
				s.Answers[head[i+3]] = ballot.Answer{CannotSay: true}
			} else if n, err := strconv.Atoi(v); err == nil {
				s.Answers[head[i+3]] = ballot.Answer{Value: n}
			}
		}
		role := survey.ProcessRole{Process: r[1], Role: r[2]}
		all[role] = append(all[role], s)
	}
	return all
}

// TestReferenceThroughTheProtocol sends the answers of three iterations through HTTP
// and compares what the third shows with the values made with R.
func TestReferenceThroughTheProtocol(t *testing.T) {
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want expectation
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, url string) {
		w := startWorld(t, url)
		ctx := context.Background()
		q := referenceQuestionnaire(t)
		programme := survey.ProgrammeID("reference")
		if err := w.store.CreateProgramme(ctx, &survey.Programme{ID: programme, Organisation: "org-I1", Name: "Reference"}); err != nil {
			t.Fatal(err)
		}
		var round *survey.Round
		for i, iteration := range []string{"I1", "I2", "I3"} {
			w.set(time.Date(2026, time.Month(3*i+2), 2, 8, 0, 0, 0, time.UTC))
			o, _ := referenceOrganisation(t, w, iteration)
			var links map[survey.PersonID]string
			round, links = w.open(t, w.draft(t, o, programme, i+1, q))
			left := sheets(t, iteration)
			var mu sync.Mutex
			w.answer(t, round, links, func(_ survey.PersonID, who invitation) (sheet, bool) {
				mu.Lock()
				defer mu.Unlock()
				role := survey.ProcessRole{Process: who.Process, Role: who.Role}
				if len(left[role]) == 0 {
					return sheet{}, false
				}
				next := left[role][0]
				left[role] = left[role][1:]
				return next, true
			})
			w.count(t, round)
		}
		results, kept, err := w.store.FindResults(ctx, round.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := &comparison{t: t, want: &want, results: results, kept: kept}
		c.decisions("I3")
		c.display()
		c.block(tally.Group{}, want.Total["I3"])
		for p, b := range want.ByProcess {
			c.block(tally.Group{Process: p}, b)
		}
		for r, b := range want.ByRole {
			c.block(tally.Group{Role: r}, b)
		}
		c.histograms()
		t.Logf("%d values and decisions compared, %d differ", c.compared, c.differ)
		if c.compared < 1500 {
			t.Errorf("only %d values compared", c.compared)
		}
	})
}

type comparison struct {
	t                *testing.T
	want             *expectation
	results          *tally.Results
	kept             *tally.Kept
	compared, differ int
}

func (c *comparison) same(what string, got, want any) {
	c.t.Helper()
	c.compared++
	if fmt.Sprint(got) != fmt.Sprint(want) {
		c.differ++
		c.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func (c *comparison) group(key string) *tally.GroupResult {
	for i := range c.results.Groups {
		if c.results.Groups[i].Group.Key() == key {
			return &c.results.Groups[i]
		}
	}
	return nil
}

// decisions compares who is released at all.
func (c *comparison) decisions(iteration string) {
	for _, d := range c.want.Suppression.Respondents[iteration] {
		g := c.group(d.Key)
		if g == nil {
			c.same(d.Key, "no group", d.Status)
			continue
		}
		c.same(d.Key+" released", g.State != tally.Protected, d.Status == "released")
		if g.N != nil {
			c.same(d.Key+" n", *g.N, d.N)
		}
	}
}

// display compares every cell of every question: shown, band, share, index.
func (c *comparison) display() {
	for item, d := range c.want.Suppression.Display {
		shown := map[string]bool{}
		for _, cell := range d.Cells {
			shown[cell.Key] = true
			got := find(c.group(cell.Key), item)
			favourable := strings.TrimSpace(got.Band)
			if favourable == "" && got.Favourable != nil {
				favourable = strconv.Itoa(*got.Favourable)
			}
			c.same(item+" "+cell.Key, favourable, cell.Favourable)
			if got.N != nil {
				c.same(item+" n "+cell.Key, *got.N, cell.N)
			}
			switch {
			case cell.Index == nil:
				c.same(item+" index "+cell.Key, got.Index == nil, true)
			case got.Index == nil:
				c.same(item+" index "+cell.Key, nil, *cell.Index)
			default:
				c.same(item+" index "+cell.Key, *got.Index, *cell.Index)
			}
		}
		for _, g := range c.results.Groups {
			got := find(&g, item)
			visible := got.Band != "" || got.Favourable != nil
			c.same(item+" shown "+g.Group.Key(), visible, shown[g.Group.Key()])
		}
	}
}

func find(g *tally.GroupResult, key string) tally.ItemResult {
	if g != nil {
		for _, i := range g.Items {
			if i.Key == key {
				return i
			}
		}
	}
	return tally.ItemResult{}
}

// block compares the means and intervals of a group as far as they are shown.
func (c *comparison) block(g tally.Group, b expectedBlock) {
	got := c.group(g.Key())
	if got == nil || got.State == tally.Protected {
		return
	}
	c.same(g.Key()+" invited", *got.Invited, b.Invited)
	for _, i := range got.Items {
		want, known := b.Items[i.Key]
		if !known || i.Index == nil {
			continue
		}
		what := g.Key() + " " + i.Key
		c.same(what+" mean", *i.Mean, math.Floor(want.Mean*10+0.5)/10)
		c.interval(what, i.CI, want.IndexCI, want.N)
		if i.N != nil {
			c.same(what+" n", *i.N, want.N)
			c.same(what+" cs", *i.CannotSay, want.CannotSay)
			c.same(what+" none", *i.None, want.Missing)
		}
		if i.Neutral != nil {
			c.same(what+" neutral", *i.Neutral, share(want.Neutral, want.N))
			c.same(what+" unfavourable", *i.Unfavourable, share(want.Unfav, want.N))
		}
	}
	for _, i := range got.Constructs {
		want, known := b.Constructs[i.Key]
		if !known || i.Index == nil {
			continue
		}
		what := g.Key() + " " + i.Key
		c.same(what+" mean", *i.Mean, math.Floor(want.Mean*10+0.5)/10)
		c.same(what+" index", *i.Index, math.Floor(want.Index+0.5))
		c.same(what+" favourable", *i.Favourable, share(want.Fav, want.N))
		if want.MeanCI[0] != nil {
			c.interval(what, i.CI, []*float64{new((*want.MeanCI[0] - 1) * 25), new((*want.MeanCI[1] - 1) * 25)}, want.N)
		}
	}
}

func share(x, n int) int {
	step := 1.0
	if n < 100 {
		step = 5
	}
	return int(step * math.Floor(100*float64(x)/float64(n)/step+0.5))
}

func (c *comparison) interval(what string, got *tally.Interval, want []*float64, n int) {
	if len(want) != 2 || want[0] == nil {
		return
	}
	step := 1.0
	if n < 100 {
		step = 5
	}
	low := max(0, step*math.Floor(*want[0]/step+1e-9))
	high := min(100, step*math.Ceil(*want[1]/step-1e-9))
	if got == nil {
		c.same(what+" interval", "none", fmt.Sprint(low, high))
		return
	}
	c.same(what+" interval", fmt.Sprint(got.Low, got.High), fmt.Sprint(low, high))
}

// histograms compares what is kept of the whole round.
func (c *comparison) histograms() {
	for _, g := range c.kept.Groups {
		if g.Group != (tally.Group{}) {
			continue
		}
		for _, i := range g.Items {
			if want, known := c.want.Total["I3"].Items[i.Key]; known {
				c.same("histogram "+i.Key, i.Counts, want.Counts)
			}
		}
	}
}
