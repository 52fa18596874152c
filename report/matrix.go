package report

import (
	"slices"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// maxProcesses is how many processes stand in a table.
const maxProcesses = 10

// matrix is P6: where is it stuck? It is left out for a single process, whose roles P4
// shows.
func (b *builder) matrix() []Page {
	if b.single() {
		return nil
	}
	shown, cells := b.cellsShown()
	combined := cells > 0 && 2*shown >= cells
	figures, note := b.dotPlots(), b.t("matrix.too-small")
	if combined {
		figures, note = b.heats(), b.t("matrix.legend")
	}
	if !combined && b.before != nil {
		note += " " + b.t("matrix.before", "number", b.before.Iteration)
	}
	end := bottom - 14
	if b.before != nil {
		end = bottom - 20
	}
	var pages []Page
	var ends []float64 // of the figures of each page
	y := bottom
	for i, f := range figures {
		if i == 0 || y+f.height > end || figures[i-1].key != f.key && y+heightOf(figures[i:], f.key) > end {
			pages = append(pages, Page{
				Name: "matrix", Kicker: b.t("matrix.kicker"), Title: b.matrixTitle(f.key, combined),
				Subtitle: b.t("matrix.subtitle", "round", b.roundBeside()),
			})
			ends, y = append(ends, top), top
		}
		page := &pages[len(pages)-1]
		page.Blocks = append(page.Blocks, f.blocks(y)...)
		y += f.height
		ends[len(ends)-1] = y
	}
	for i := range pages {
		if i > 0 {
			pages[i].Kicker = b.t("continued", "kicker", pages[i].Kicker, "number", i+1)
		}
		pages[i].Blocks = append(pages[i].Blocks, b.legend(ends[i], note)...)
	}
	return pages
}

// legend explains figures that end at y: the signs of changes, if there are any, and a
// note.
func (b *builder) legend(y float64, note string) []Block {
	var blocks []Block
	if b.before != nil {
		blocks, y = append(blocks, b.signs(y)), y+6
	}
	return append(blocks, Prose{Box: chart.Box{X: left, Y: y, W: width, H: 10}, Small: true, Text: []string{note}})
}

// stacked is a figure that knows its height, with what it is about.
type stacked struct {
	key    string // of the construct
	height float64
	blocks func(y float64) []Block
}

// heightOf adds up the figures about a construct.
func heightOf(list []stacked, key string) float64 {
	sum := 0.0
	for _, f := range list {
		if f.key == key {
			sum += f.height
		}
	}
	return sum
}

// measures are the constructs that P6 shows.
func (b *builder) measures() []string {
	return slices.DeleteFunc([]string{acceptanceKey, motivationKey}, func(key string) bool {
		return len(b.Round.Questionnaire.ItemsOf(key)) == 0
	})
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
func (b *builder) dotPlots() []stacked {
	var list []stacked
	for _, key := range b.measures() {
		byProcess := b.levels(key, b.processes(), b.t("acceptance.process"), func(k string) tally.Group { return tally.Group{Process: k} })
		byRole := b.levels(key, b.roles(), b.t("matrix.role"), func(k string) tally.Group { return tally.Group{Role: k} })
		for _, one := range []struct {
			head  string
			chart chart.Levels
		}{{b.t("matrix.by-process"), byProcess}, {b.t("matrix.by-role"), byRole}} {
			list = append(list, stacked{key, one.chart.Height() + 11, func(y float64) []Block {
				return []Block{
					Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: b.constructName(key) + " " + one.head},
					Figure{chart.Box{X: left, Y: y + 6, W: width, H: one.chart.Height()}, one.chart},
				}
			}})
		}
	}
	return list
}

// heats are the tables of the constructs, each of at most ten processes.
func (b *builder) heats() []stacked {
	var list []stacked
	for _, key := range b.measures() {
		for part := range slices.Chunk(b.processes(), maxProcesses) {
			h := b.heat(key, part)
			list = append(list, stacked{key, h.Height() + 8, func(y float64) []Block {
				return []Block{Figure{chart.Box{X: left, Y: y, W: width, H: h.Height()}, h}}
			}})
		}
	}
	return list
}

// heat is the table of a construct by process and role.
func (b *builder) heat(key string, processes []survey.Named) chart.HeatTable {
	h := chart.HeatTable{Title: b.constructName(key), Total: b.t("total"), NHead: b.t("acceptance.n"), Words: b.matrixTitle(key, true)}
	low := b.lowest(key)
	roles := b.roles()
	column := min(24, 104/float64(len(roles)+1)-1) // width of a cell in the figure, mm
	for _, r := range roles {
		h.Columns = append(h.Columns, breakable(b.p.In(r.Name), font.Semibold, 8, column))
		h.ColSum = append(h.ColSum, b.cell(tally.Group{Role: r.Key}, key, nil))
	}
	for _, p := range processes {
		h.Rows = append(h.Rows, compact(b.p.In(p.Name), font.Regular, 9, 43))
		var cells []chart.HeatCell
		for _, r := range roles {
			cells = append(cells, b.cell(tally.Group{Process: p.Key, Role: r.Key}, key, low))
		}
		h.Cells = append(h.Cells, cells)
		h.RowSum = append(h.RowSum, b.cell(tally.Group{Process: p.Key}, key, nil))
		n := ""
		if g := b.group(tally.Group{Process: p.Key}); g != nil && g.N != nil {
			n = b.p.Integer(*g.N)
		}
		h.N = append(h.N, n)
	}
	h.Sum = b.cell(tally.Group{}, key, nil)
	h.N = append(h.N, b.or(b.total.N))
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
		if change := b.change(g, key); tested(change) {
			cell.Glyph = verdictGlyphs[change.Verdict]
		}
	}
	cell.Band, cell.BandEnd = b.band(c.Band), end(c.Band)
	return cell
}

// extremes gives the lowest and highest combination with ten answers or more, or
// process or role.
func (b *builder) extremes(key string, combined bool) (low, high *tally.GroupResult) {
	for i := range b.Results.Groups {
		g := &b.Results.Groups[i]
		x := construct(g, key).Index
		combination := g.Group.Process != "" && g.Group.Role != ""
		if g.State != tally.Shown || x == nil || g.Group.Unit != "" || g.Group == (tally.Group{}) ||
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

// lowest gives the combination that the table frames.
func (b *builder) lowest(key string) *tally.Group {
	if low, _ := b.extremes(key, true); low != nil {
		return &low.Group
	}
	return nil
}

// matrixTitle names both ends, of acceptance without saying so.
func (b *builder) matrixTitle(key string, combined bool) string {
	title := func(which string, args ...any) string {
		if key != acceptanceKey {
			which += "-other"
		}
		return b.t("matrix."+which, append(args, "name", b.constructName(key))...)
	}
	low, high := b.extremes(key, combined)
	if low == nil {
		return title("title-none")
	}
	lowName, x := b.cellName(low.Group), *construct(low, key).Index
	highName, y := b.cellName(high.Group), *construct(high, key).Index
	if low == high {
		return fit(title("title-one", "low", lowName, "x", x), title("title-none"))
	}
	return fit(title("title", "low", lowName, "x", x, "high", highName, "y", y),
		title("title-low", "low", lowName, "x", x), title("title-range", "x", x, "y", y))
}

func (b *builder) cellName(g tally.Group) string {
	if g.Process != "" && g.Role != "" {
		return b.t("matrix.cell", "role", b.name(tally.Group{Role: g.Role}), "process", b.name(tally.Group{Process: g.Process}))
	}
	return b.name(g)
}
