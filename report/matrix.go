package report

import (
	"fmt"

	"pulscheck/report/chart"
	"pulscheck/survey/tally"
)

// matrix is P6: where is it stuck?
func (b *builder) matrix() Page {
	shown, cells := b.cellsShown()
	combined := 2*shown >= cells
	page := Page{
		Name: "matrix", Kicker: b.t("matrix.kicker"), Title: b.matrixTitle(combined),
		Subtitle: b.t("matrix.subtitle", "number", b.Iteration.Number),
	}
	if !combined {
		page.Blocks = b.dotPlots()
		return page
	}
	y := top
	for _, key := range []string{acceptanceKey, motivationKey} {
		if len(b.Round.Questionnaire.ItemsOf(key)) == 0 {
			continue
		}
		h := b.heat(key)
		if y+h.Height() > bottom-12 {
			break
		}
		page.Blocks = append(page.Blocks, Figure{chart.Box{X: left, Y: y, W: width, H: h.Height()}, h})
		y += h.Height() + 6
	}
	page.Blocks = append(page.Blocks, Prose{Box: chart.Box{X: left, Y: y, W: width, H: 10}, Small: true, Text: []string{b.t("matrix.legend")}})
	return page
}

// cellsShown counts the combinations that people were invited for and those shown.
func (b *builder) cellsShown() (shown, cells int) {
	for _, g := range b.Results.Groups {
		if g.Group.Process != "" && g.Group.Role != "" {
			cells++
			if c := construct(b.group(g.Group), acceptanceKey); c.Index != nil || c.Band != "" {
				shown++
			}
		}
	}
	return shown, cells
}

// dotPlots stand in place of the table if most of it is protected.
func (b *builder) dotPlots() []Block {
	y := top
	blocks := []Block{Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Text: []string{b.t("matrix.too-small")}}}
	y += 8
	for _, key := range []string{acceptanceKey, motivationKey} {
		if len(b.Round.Questionnaire.ItemsOf(key)) == 0 {
			continue
		}
		byProcess := b.levels(key, b.Organisation.Processes, b.t("acceptance.process"), func(k string) tally.Group { return tally.Group{Process: k} })
		byRole := b.levels(key, b.Organisation.Roles, b.t("participation.roles"), func(k string) tally.Group { return tally.Group{Role: k} })
		for _, one := range []struct {
			head  string
			chart chart.Levels
		}{{b.t("matrix.by-process"), byProcess}, {b.t("matrix.by-role"), byRole}} {
			if y+one.chart.Height()+6 > bottom {
				return blocks
			}
			blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: b.constructName(key) + " " + one.head},
				Figure{chart.Box{X: left, Y: y + 6, W: width, H: one.chart.Height()}, one.chart})
			y += 6 + one.chart.Height() + 3
		}
	}
	return blocks
}

// heat is the table of a construct by process and role.
func (b *builder) heat(key string) chart.HeatTable {
	h := chart.HeatTable{Title: b.constructName(key), Total: b.t("total"), NHead: b.t("acceptance.n")}
	low := b.lowest(key)
	for _, r := range b.Organisation.Roles {
		h.Columns = append(h.Columns, b.p.In(r.Name))
		h.ColSum = append(h.ColSum, b.cell(tally.Group{Role: r.Key}, key, low))
	}
	for _, p := range b.Organisation.Processes {
		h.Rows = append(h.Rows, b.p.In(p.Name))
		var cells []chart.HeatCell
		for _, r := range b.Organisation.Roles {
			cells = append(cells, b.cell(tally.Group{Process: p.Key, Role: r.Key}, key, low))
		}
		h.Cells = append(h.Cells, cells)
		h.RowSum = append(h.RowSum, b.cell(tally.Group{Process: p.Key}, key, low))
		n := ""
		if g := b.group(tally.Group{Process: p.Key}); g != nil && g.N != nil {
			n = b.p.Integer(*g.N)
		}
		h.N = append(h.N, n)
	}
	h.Sum = b.cell(tally.Group{}, key, nil)
	h.N = append(h.N, b.p.Integer(*b.total.N))
	h.Words = b.matrixTitle(true)
	return h
}

func (b *builder) cell(g tally.Group, key string, low *tally.Group) chart.HeatCell {
	absent := true
	for _, one := range b.Results.Groups {
		absent = absent && one.Group != g
	}
	r := b.group(g)
	c := construct(r, key)
	cell := chart.HeatCell{Value: floating(c.Index), Absent: absent, Lowest: low != nil && *low == g}
	if c.Index != nil {
		cell.Text = b.p.Integer(*c.Index)
		cell.Hollow = r.State == tally.Indicative
	}
	cell.Band = b.band(c.Band)
	return cell
}

// extremes gives the lowest and highest shown combination, or process or role.
func (b *builder) extremes(key string, combined bool) (low, high *tally.GroupResult) {
	for i := range b.Results.Groups {
		g := &b.Results.Groups[i]
		x := construct(g, key).Index
		combination := g.Group.Process != "" && g.Group.Role != ""
		if g.State == tally.Protected || x == nil || g.Group.Unit != "" || g.Group == (tally.Group{}) ||
			g.Group.Process == tally.Others || g.Group.Role == tally.Others || combination != combined {
			continue
		}
		if low == nil || *x < *construct(low, key).Index {
			low = g
		}
		if high == nil || *x > *construct(high, key).Index {
			high = g
		}
	}
	return low, high
}

func (b *builder) lowest(key string) *tally.Group {
	if low, _ := b.extremes(key, true); low != nil {
		return &low.Group
	}
	return nil
}

func (b *builder) matrixTitle(combined bool) string {
	low, high := b.extremes(acceptanceKey, combined)
	if low == nil {
		return b.t("matrix.title-none")
	}
	return b.t("matrix.title", "low", b.cellName(low.Group), "x", *construct(low, acceptanceKey).Index,
		"high", b.cellName(high.Group), "y", *construct(high, acceptanceKey).Index)
}

func (b *builder) cellName(g tally.Group) string {
	if g.Process != "" && g.Role != "" {
		return fmt.Sprint(b.t("matrix.cell", "role", b.name(tally.Group{Role: g.Role}), "process", b.name(tally.Group{Process: g.Process})))
	}
	return b.name(g)
}
