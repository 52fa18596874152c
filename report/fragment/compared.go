package fragment

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
)

// compared gives the numbers of the figures of a comparison.
func (w *writer) compared(f chart.Figure) sheet {
	switch f := f.(type) {
	case chart.Paths:
		return w.paths(f)
	case chart.Slope:
		s := sheet{heads: []string{w.t("group"), f.Heads[0], f.Heads[1], w.t("change"), w.t("verdict")}}
		for _, r := range f.Rows {
			s.rows = append(s.rows, []string{r.Label, or(r.FromText), or(r.ToText), or(r.Change.Text), or(r.Word, w.glyph(r.Change.Glyph))})
		}
		return s
	case chart.Panel:
		return w.panel(f)
	case chart.Timeline:
		return w.trend(f.Line)
	case chart.Dumbbell:
		s := sheet{heads: slices.Clone(f.Heads[:])}
		for _, r := range f.Rows {
			if !r.Head {
				s.rows = append(s.rows, []string{r.Label, or(r.BeforeText), or(r.NowText), or(r.Change.Text), or(r.Word)})
			}
		}
		return s
	case chart.HeatGrid:
		s := sheet{heads: slices.Concat(f.Heads[:1], f.Times, f.Heads[1:])}
		for _, r := range f.Rows {
			row := []string{r.Label}
			for _, c := range r.Cells {
				row = append(row, w.cell(c))
			}
			s.rows = append(s.rows, append(row, w.signed(r.Change)))
		}
		return s
	case chart.Wander:
		return w.wander(f)
	case chart.Stairs:
		s := sheet{title: f.Title, heads: []string{"", w.t("count")}}
		for _, l := range f.Lines {
			s.rows = append(s.rows, []string{l.Label, w.p.Integer(len(l.Days))})
		}
		return s
	case chart.Throughput:
		s := sheet{heads: []string{f.Heads[0], f.Legend[0], f.Legend[1], f.Legend[2], f.Heads[1]}}
		for _, r := range f.Rows {
			s.rows = append(s.rows, []string{r.Label, w.p.Integer(r.Received), w.p.Integer(r.Answered), w.p.Integer(r.Done), or(r.Days)})
		}
		return s
	}
	return sheet{}
}

// signed tells a change with what its sign says.
func (w *writer) signed(c chart.Change) string {
	return or(strings.TrimSpace(c.Text+" "+w.glyph(c.Glyph)), "")
}

func (w *writer) paths(f chart.Paths) sheet {
	s := sheet{heads: []string{f.Heads[0]}}
	if len(f.Rows) > 0 {
		for _, p := range f.Rows[0].Line {
			if p.Label != "" {
				s.heads = append(s.heads, p.Label)
			}
		}
	}
	s.heads = append(s.heads, f.Heads[4], f.Heads[5])
	for _, r := range f.Rows {
		row := []string{r.Label}
		for _, p := range r.Line {
			if p.Label != "" {
				row = append(row, or(p.Text))
			}
		}
		s.rows = append(s.rows, append(row, w.signed(r.Whole), w.signed(r.Step)))
	}
	return s
}

func (w *writer) panel(f chart.Panel) sheet {
	s := sheet{title: f.Title, heads: []string{w.t("iteration"), w.t("value"), w.t("range"), w.t("whole")}}
	for i, p := range f.Line.Points {
		if p.Label == "" {
			continue
		}
		whole := "–"
		if i < len(f.Total) && f.Total[i] >= 0 {
			whole = w.p.Integer(int(f.Total[i]))
		}
		s.rows = append(s.rows, []string{p.Label, or(p.Text), between(p.Low, p.High), whole})
	}
	return s
}

func (w *writer) wander(f chart.Wander) sheet {
	s := sheet{heads: []string{w.t("stage")}}
	for i, one := range f.Stages {
		row := []string{one.Label}
		for _, b := range one.Bars {
			if i == 0 {
				s.heads = append(s.heads, b.Label)
			}
			text := or(b.Text)
			if b.Barrier {
				text += " (" + w.t("barrier") + ")"
			}
			row = append(row, text)
		}
		s.rows = append(s.rows, row)
	}
	return s
}
