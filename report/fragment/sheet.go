package fragment

import (
	"fmt"
	"slices"
	"strings"

	"pulscheck/report/chart"
)

// sheet is the numbers of a figure. Without rows its sentence says everything.
type sheet struct {
	title string
	heads []string
	rows  [][]string
}

// sheet gives the numbers that a figure shows, no others.
func (w *writer) sheet(f chart.Figure) sheet {
	switch f := f.(type) {
	case chart.Trend:
		return w.trend(f)
	case chart.Forest:
		return w.forest(f)
	case chart.Levels:
		return w.levels(f)
	case chart.Likert:
		return w.likert(f)
	case chart.HeatTable:
		return w.heat(f)
	case chart.Stages:
		s := sheet{title: f.Title, heads: []string{w.t("stage"), w.t("index")}}
		for _, b := range f.Bars {
			s.rows = append(s.rows, []string{b.Label, or(b.Text, b.Band)})
		}
		return s
	case chart.Shares:
		return w.shares(f)
	case chart.Dots:
		s := sheet{heads: []string{w.t("theme"), w.t("count")}}
		for _, r := range f.Rows {
			s.rows = append(s.rows, []string{r.Label, w.p.Integer(r.Count)})
		}
		return s
	case chart.Squares:
		s := sheet{heads: []string{w.t("state"), w.t("count")}}
		for _, r := range f.Rows {
			s.rows = append(s.rows, []string{r.Label, w.p.Integer(r.Count)})
		}
		return s
	}
	return w.compared(f)
}

// or gives the first text that is one, else a dash.
func or(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return "–"
}

// between gives an interval.
func between(low, high *float64) string {
	if low == nil || high == nil {
		return "–"
	}
	return strings.ReplaceAll(fmt.Sprintf("%.0f–%.0f", *low, *high), "–-", "–−")
}

func (w *writer) trend(f chart.Trend) sheet {
	s := sheet{title: f.Title, heads: []string{w.t("round"), w.t("value"), w.t("range")}}
	for _, p := range f.Points {
		label := p.Label
		if p.Pulse {
			label = w.t("pulse", "round", label)
			if p.Closed != "" {
				label += ", " + p.Closed
			}
		}
		s.rows = append(s.rows, []string{label, or(p.Text), between(p.Low, p.High)})
	}
	return s
}

func (w *writer) forest(f chart.Forest) sheet {
	s := sheet{heads: []string{f.Heads[0], f.Heads[1], f.Heads[2], f.Heads[3], w.t("verdict"), w.t("range"), f.Heads[4]}}
	for _, r := range f.Rows {
		change, verdict := or(r.Change.Text), or(r.Empty, w.glyph(r.Change.Glyph))
		if r.Value == nil {
			change = "–"
		}
		s.rows = append(s.rows, []string{r.Label, or(r.Prev), or(r.Now), change, verdict, w.signedRange(r.Low, r.High), or(r.N)})
	}
	return s
}

// signedRange gives the interval of a change.
func (w *writer) signedRange(low, high *float64) string {
	if low == nil || high == nil {
		return "–"
	}
	return w.t("signed-range", "low", w.p.Signed(int(*low)), "high", w.p.Signed(int(*high)))
}

func (w *writer) levels(f chart.Levels) sheet {
	s := sheet{heads: []string{f.Heads[0], f.Heads[1], w.t("range"), f.Heads[2]}}
	for _, r := range f.Rows {
		row := []string{r.Label, or(r.Text, r.Band, r.Empty), between(r.Low, r.High), or(r.N)}
		if f.Strength != "" {
			row = append(row, w.p.Integer(r.Strength), or(r.Share))
		}
		s.rows = append(s.rows, row)
	}
	if f.Strength != "" {
		s.heads = append(s.heads, f.Strength, or(f.Share, w.t("share")))
	}
	return s
}

func (w *writer) likert(f chart.Likert) sheet {
	s := sheet{heads: []string{w.t("question"), f.Heads[0], f.Heads[2], f.Heads[1], f.Heads[3]}}
	changed := f.Since != ""
	if changed {
		s.heads = append(s.heads, f.Since, w.t("verdict"))
	}
	for _, b := range f.Blocks {
		for _, r := range b.Rows {
			row := []string{strings.Join(r.Text, " "), "–", "–", "–", or(r.Index, r.Band)}
			if r.Band == "" && r.Empty == "" {
				row[1], row[3] = w.percent(r.Disagree), w.percent(r.Agree)
				if r.Neutral != nil {
					row[2] = w.p.Percent(*r.Neutral)
				}
			}
			if changed {
				row = append(row, or(r.Change.Text), or(w.glyph(r.Change.Glyph)))
			}
			s.rows = append(s.rows, row)
		}
	}
	return s
}

// percent adds shares up; several stand behind their sum.
func (w *writer) percent(shares []int) string {
	sum := 0
	parts := make([]string, len(shares))
	for i, share := range shares {
		sum += share
		parts[i] = w.p.Integer(share)
	}
	if len(shares) > 1 {
		return w.p.Percent(sum) + " (" + strings.Join(parts, " + ") + ")"
	}
	return w.p.Percent(sum)
}

func (w *writer) heat(f chart.HeatTable) sheet {
	s := sheet{title: f.Title, heads: slices.Concat([]string{w.t("group")}, f.Columns, []string{f.Total, f.NHead})}
	row := func(name string, cells []chart.HeatCell, sum chart.HeatCell, n string) {
		texts := []string{name}
		for _, c := range append(slices.Clone(cells), sum) {
			texts = append(texts, w.cell(c))
		}
		s.rows = append(s.rows, append(texts, or(n)))
	}
	for i, name := range f.Rows {
		row(name, f.Cells[i], f.RowSum[i], f.N[i])
	}
	row(f.Total, f.ColSum, f.Sum, f.N[len(f.Rows)])
	return s
}

// cell tells what a cell of a heat table shows.
func (w *writer) cell(c chart.HeatCell) string {
	if c.Absent {
		return ""
	}
	if sign := w.glyph(c.Glyph); sign != "" && c.Text != "" {
		return c.Text + " (" + sign + ")"
	}
	return or(c.Text, c.Band)
}

func (w *writer) shares(f chart.Shares) sheet {
	s := sheet{heads: []string{w.t("group"), w.t("invited"), w.t("answered")}}
	for _, r := range f.Rows {
		if !r.Head {
			s.rows = append(s.rows, []string{r.Label, w.p.Integer(r.Invited), or(r.Text)})
		}
	}
	return s
}

// glyph tells the sign of a change, nothing without one.
func (w *writer) glyph(g chart.Glyph) string {
	if g == chart.NoGlyph {
		return ""
	}
	return w.t(fmt.Sprintf("glyph.%d", g))
}

// banded reports whether a share stands somewhere in place of an index.
func banded(f chart.Figure) bool {
	switch f := f.(type) {
	case chart.Levels:
		return slices.ContainsFunc(f.Rows, func(r chart.LevelRow) bool { return r.Band != "" })
	case chart.Stages:
		return slices.ContainsFunc(f.Bars, func(b chart.StageBar) bool { return b.Band != "" })
	case chart.Likert:
		return slices.ContainsFunc(f.Blocks, func(b chart.LikertBlock) bool {
			return slices.ContainsFunc(b.Rows, func(r chart.LikertRow) bool { return r.Band != "" })
		})
	case chart.HeatTable:
		return slices.ContainsFunc(slices.Concat(append(slices.Clone(f.Cells), f.RowSum, f.ColSum, []chart.HeatCell{f.Sum})...), func(c chart.HeatCell) bool { return c.Band != "" })
	}
	return false
}
