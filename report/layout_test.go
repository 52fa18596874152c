package report_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// printable builds every kind of document in every state.
func printable(t testing.TB, l locale.Language) map[string]*report.Document {
	all := map[string]*report.Document{}
	inputs := samples(t)
	inputs["restored"], inputs["restored crowded"] = restored(inputs["whole"]), restored(inputs["crowded"])
	inputs["longest"], inputs["branded"], inputs["branded crowded"] = longest(t), branded(t, whole(t)), branded(t, crowded(t))
	for name, in := range inputs {
		in.Language = l
		all[name] = build(t, in)
	}
	for name, in := range boards(t) {
		in.Language = l
		all[name] = buildTeam(t, in)
	}
	for name, in := range comparisons(t) {
		in.Language = l
		all["comparison "+name] = buildComparison(t, in)
	}
	all["council"] = council(t, told(t, l))
	return all
}

// TestEverythingStandsApart lays every document out with texts as wide as they are and
// 15 % wider, and looks whether something leaves the page, its figure or overlaps.
func TestEverythingStandsApart(t *testing.T) {
	defer font.Widen(0)
	for _, thousandths := range []int{0, 150} {
		font.Widen(thousandths)
		for _, l := range []locale.Language{locale.German, locale.English} {
			for name, d := range printable(t, l) {
				placed, err := pdf.Layout(d)
				if err != nil {
					t.Fatal(err)
				}
				at := fmt.Sprintf("%s %s +%d", name, l, thousandths/10)
				pages := map[int][]pdf.Placed{}
				for _, p := range placed {
					pages[p.Page] = append(pages[p.Page], p)
				}
				for n, all := range pages {
					standApart(t, fmt.Sprintf("%s, page %d (%s)", at, n+1, d.Pages[n].Name), all)
				}
			}
		}
	}
}

// standApart checks a page: texts against each other, against figures and the edges.
func standApart(t *testing.T, where string, all []pdf.Placed) {
	t.Helper()
	const slack, left, right, top, bottom = 0.3, 25.0, 190.0, 10.0, 277.0 // mm
	for i, p := range all {
		b := p.Box
		lowest := bottom
		if p.Block < 0 {
			lowest = 286
		}
		if b.X < left-slack || b.X+b.W > right+slack || b.Y < top || b.Y+b.H > lowest {
			t.Errorf("%s: %s leaves the page", where, spot(p))
		}
		if p.Text != "" && p.Size < 8 && p.Block >= 0 {
			t.Errorf("%s: %s has %.1f points", where, spot(p), p.Size)
		}
		for _, q := range all[:i] {
			if p.Text == "" && q.Text == "" {
				if overlap(b, q.Box, slack) {
					t.Errorf("%s: figure %s lies on figure %s", where, spot(p), spot(q))
				}
				continue
			}
			if p.Text != "" && q.Text != "" && overlap(b, q.Box, slack) {
				t.Errorf("%s: %s lies on %s", where, spot(p), spot(q))
			}
			if figure, text := q, p; q.Text == "" && p.Block != q.Block && overlap(figure.Box, text.Box, slack) {
				t.Errorf("%s: %s lies on figure %s", where, spot(text), spot(figure))
			}
			if figure, text := p, q; p.Text == "" && p.Block != q.Block && overlap(figure.Box, text.Box, slack) {
				t.Errorf("%s: %s lies on figure %s", where, spot(text), spot(figure))
			}
		}
	}
}

func overlap(a, b chart.Box, slack float64) bool {
	return a.X < b.X+b.W-slack && b.X < a.X+a.W-slack && a.Y < b.Y+b.H-slack && b.Y < a.Y+a.H-slack
}

func spot(p pdf.Placed) string {
	return fmt.Sprintf("%q at %.1f–%.1f, %.1f–%.1f (block %d)", strings.TrimSpace(p.Text), p.Box.X, p.Box.X+p.Box.W, p.Box.Y, p.Box.Y+p.Box.H, p.Block)
}

// longest is a crowded round with names of 60 characters and a fifth role.
func longest(t testing.TB) report.Input {
	in := later(t)
	long := func(i int) locale.Text {
		name := []rune(fmt.Sprintf("%d Bereitstellungsmanagement und Softwareverteilung Außenstelle Süd", i))[:60]
		return locale.Text{DE: string(name), EN: string(name)}
	}
	o := *in.Organisation
	o.Processes, o.Roles = slices.Clone(o.Processes), append(slices.Clone(o.Roles), survey.Named{Key: "guest"})
	for i := range o.Processes {
		o.Processes[i].Name = long(i + 1)
	}
	for i := range o.Roles {
		o.Roles[i].Name = long(i + 1)
	}
	in.Organisation = &o
	results := *in.Results
	for _, g := range in.Results.Groups {
		if g.Group.Role == "user" {
			g.Group.Role = "guest"
			results.Groups = append(results.Groups, g)
		}
	}
	in.Results = &results
	return in
}

// TestBodyTextHasEvenEdges: running text across the page is justified, what follows a
// heading in a narrow column is not, and no line has holes.
func TestBodyTextHasEvenEdges(t *testing.T) {
	placed, err := pdf.Layout(build(t, few(t)))
	if err != nil {
		t.Fatal(err)
	}
	full := map[float64]float64{} // right edge of the lines of body text across the page, by y
	for _, p := range placed {
		if p.Page == 2 && p.Size == report.BodySize && p.Block >= 0 {
			full[p.Box.Y] = max(full[p.Box.Y], p.Box.X+p.Box.W)
		}
	}
	even := 0
	for _, edge := range full {
		if math.Abs(edge-190) < 0.05 {
			even++
		}
	}
	if even < len(full)/2 {
		t.Errorf("%d of %d lines end at the edge", even, len(full))
	}
}
