package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// panelGrid is how small multiples stand on a page.
type panelGrid struct {
	columns, onPage    int
	width, height, gap float64
}

// gridOf gives twelve panels to a page, three in a row; few are larger, two in a row.
func gridOf(panels int) panelGrid {
	if panels <= 4 {
		return panelGrid{2, 4, 79, 66, 7}
	}
	return panelGrid{3, 12, 51, 42, 6}
}

// manyTests is how many comparisons may stand side by side without a note on chance.
const manyTests = 10

// groups is V3 for processes, V4 for roles: who follows which path?
func (c *comparer) groups(name string, list []namedGroup) []Page {
	if len(list) == 0 {
		return nil
	}
	note := c.v(name + ".note")
	if c.two() {
		note = c.v("note-two")
	}
	if len(list) > manyTests {
		note += " " + c.v("chance", "n", len(list))
	}
	var pages []Page
	if c.two() {
		pages = append(pages, c.groupSlope(name, list, note))
	} else {
		grid := gridOf(len(list))
		for part := range slices.Chunk(c.panels(list), grid.onPage) {
			var blocks []Block
			for i, p := range part {
				x, y := left+float64(i%grid.columns)*(grid.width+grid.gap), top+float64(i/grid.columns)*(grid.height+5)
				blocks = append(blocks, Figure{chart.Box{X: x, Y: y, W: grid.width, H: grid.height}, p})
			}
			y := top + float64((len(part)+grid.columns-1)/grid.columns)*(grid.height+5)
			blocks = append(blocks, c.signs(y), Prose{Box: chart.Box{X: left, Y: y + 7, W: width, H: 12}, Small: true, Text: []string{note}})
			pages = append(pages, c.page(name, c.groupTitle(name, list), c.v(name+".subtitle", "name", c.constructName(c.measure()), "list", c.numbers()), blocks...))
		}
	}
	for i := range pages[1:] {
		pages[i+1].Kicker = c.t("continued", "kicker", pages[i+1].Kicker, "number", i+2)
	}
	return pages
}

func (c *comparer) groupSlope(name string, list []namedGroup, note string) Page {
	byKey := map[string]namedGroup{"": {name: c.t("total")}}
	keys := []string{""}
	for _, g := range list {
		k := g.group.Process + g.group.Role
		byKey[k], keys = g, append(keys, k)
	}
	s := c.slope(keys, func(k string) (tally.Group, string) { return byKey[k].group, c.measure() }, func(k string) string { return byKey[k].name })
	y := top + s.Height() + 4
	return c.page(name, c.groupTitle(name, list), c.v(name+".subtitle", "name", c.constructName(c.measure()), "list", c.numbers()),
		Figure{chart.Box{X: left, Y: top, W: width, H: s.Height()}, s}, c.signs(y),
		Prose{Box: chart.Box{X: left, Y: y + 7, W: width, H: 12}, Small: true, Text: []string{note}})
}

// panels are the small lines of groups with the whole behind them, all on one scale.
func (c *comparer) panels(list []namedGroup) []chart.Panel {
	var total []float64
	for _, p := range c.line(tally.Group{}, c.measure()) {
		if p.Value == nil {
			total = append(total, -1)
		} else {
			total = append(total, *p.Value)
		}
	}
	var panels []chart.Panel
	for _, g := range list {
		d := c.since(g.group, c.measure())
		p := chart.Panel{
			Title: compact(g.name, font.Semibold, 9, 36), Line: chart.Trend{Points: c.line(g.group, c.measure())}, Total: total, Ends: c.limits(),
			Empty: c.t("protected"), Words: g.name + ": " + c.course(g.group, c.measure()) + "; " + c.v("alt-since", "change", c.toldChange(d)),
		}
		if tested(d) || verdict(d) == tally.First {
			p.Change = c.sign(d)
		}
		panels = append(panels, p)
	}
	chart.SamePanels(panels)
	return panels
}

// groupTitle counts the groups that moved for certain and names the one that moved most.
func (c *comparer) groupTitle(name string, list []namedGroup) string {
	risen, fallen := 0, 0
	var most namedGroup
	best := 0
	for _, g := range list {
		d := c.since(g.group, c.measure())
		if !tested(d) || !clear(d.Verdict) {
			continue
		}
		if d.Verdict == score.ClearlyBetter {
			risen++
		} else {
			fallen++
		}
		if m := magnitude(*d.Difference); m > best {
			best, most = m, g
		}
	}
	if best == 0 {
		return c.v(name+".title-none", "from", c.from())
	}
	counted := c.v(name+".title-brief", "risen", risen, "fallen", fallen, "all", len(list))
	d := c.since(most.group, c.measure())
	return fit(c.v(name+".title", "risen", risen, "fallen", fallen, "all", len(list), "most", strings.ReplaceAll(most.name, "\u00ad", ""), "d", c.p.Signed(*d.Difference)), counted)
}

// heatGrid is V6: process by iteration, of acceptance and then of motivation; each on a
// page if one page cannot hold both.
func (c *comparer) heatGrid() []Page {
	list := c.everyProcess()
	if len(list) == 0 {
		return nil
	}
	const foot = 21.0 // signs and note
	grid := c.gridOf(c.measure(), list)
	if c.measure() != acceptanceKey || !c.asks(motivationKey) || c.series[lineKey{key: motivationKey}] == nil {
		return []Page{c.gridPage(c.measure(), list, Figure{chart.Box{X: left, Y: top, W: width, H: grid.Height()}, grid})}
	}
	second := c.gridOf(motivationKey, list)
	if y := top + 7 + grid.Height() + 4; y+7+second.Height()+foot <= bottom {
		return []Page{c.gridPage(acceptanceKey, list, append(headed(c.constructName(acceptanceKey), top, grid, grid.Height()),
			headed(c.constructName(motivationKey), y, second, second.Height())...)...)}
	}
	pages := []Page{
		c.gridPage(acceptanceKey, list, Figure{chart.Box{X: left, Y: top, W: width, H: grid.Height()}, grid}),
		c.gridPage(motivationKey, list, Figure{chart.Box{X: left, Y: top, W: width, H: second.Height()}, second}),
	}
	pages[1].Kicker = c.t("continued", "kicker", pages[1].Kicker, "number", 2)
	return pages
}

// gridPage is a page of V6 with signs and note below its figures.
func (c *comparer) gridPage(key string, list []namedGroup, blocks ...Block) Page {
	y := 0.0
	for _, b := range blocks {
		if f, is := b.(Figure); is {
			y = f.Box.Y + f.Box.H + 3
		}
	}
	name := c.constructName(key)
	if len(blocks) > 1 {
		name = c.p.List([]string{name, c.constructName(motivationKey)})
	}
	return c.page("V6", c.gridTitle(key, list), c.v("V6.subtitle", "name", name, "list", c.numbers()),
		append(blocks, c.signs(y), Prose{Box: chart.Box{X: left, Y: y + 7, W: width, H: 12}, Small: true, Text: []string{c.v("V6.note")}})...)
}

// gridOf is the table of a construct.
func (c *comparer) gridOf(key string, list []namedGroup) chart.HeatGrid {
	h := chart.HeatGrid{Heads: [2]string{c.t("acceptance.process"), c.v("since-first", "number", c.from())}}
	for i := range c.in.Data.Rounds {
		h.Times = append(h.Times, c.label(i))
	}
	low, _ := c.gridEnds(key, list)
	var words []string
	for _, g := range append(slices.Clone(list), namedGroup{name: c.t("total")}) {
		row := chart.HeatGridRow{Label: compact(g.name, font.Regular, 9, 39), Bold: g.group == (tally.Group{})}
		s := c.series[lineKey{g.group, key}]
		if s == nil {
			continue
		}
		for i, p := range s.Points {
			row.Cells = append(row.Cells, c.gridCell(p, low != nil && low.group == g.group && i == len(s.Points)-1))
		}
		if d := c.since(g.group, key); d != nil {
			row.Change = c.sign(d)
		}
		h.Rows = append(h.Rows, row)
		words = append(words, g.name+": "+c.course(g.group, key))
	}
	h.Words = strings.Join(words, ". ")
	return h
}

// gridTitle names both ends, of acceptance without saying so.
func (c *comparer) gridTitle(key string, list []namedGroup) string {
	low, high := c.gridEnds(key, list)
	if low == nil || high == low {
		return c.v("V6.title-none")
	}
	title := func(which string, args ...any) string {
		if key != c.measure() {
			which += "-other"
		}
		return c.v("V6."+which, append(args, "name", c.constructName(key))...)
	}
	lowName, highName := strings.ReplaceAll(low.name, "\u00ad", ""), strings.ReplaceAll(high.name, "\u00ad", "")
	x, y := *c.point(low.group, key, -1).Index, *c.point(high.group, key, -1).Index
	return fit(title("title", "low", lowName, "x", x, "high", highName, "y", y), title("title-low", "low", lowName, "x", x), title("title-range", "x", x, "y", y))
}

// gridEnds gives the processes with the lowest and the highest value now, of those with
// ten answers or more.
func (c *comparer) gridEnds(key string, list []namedGroup) (low, high *namedGroup) {
	value := func(g *namedGroup) int { return *c.point(g.group, key, -1).Index }
	for i := range list {
		p := c.point(list[i].group, key, -1)
		if p.Index == nil || p.State != tally.Shown {
			continue
		}
		if low == nil || *p.Index < value(low) {
			low = &list[i]
		}
		if high == nil || *p.Index > value(high) {
			high = &list[i]
		}
	}
	return low, high
}

func (c *comparer) gridCell(p tally.SeriesPoint, lowest bool) chart.HeatCell {
	cell := chart.HeatCell{Value: floating(p.Index), Band: c.band(p.Band), BandEnd: end(p.Band), Lowest: lowest, Hollow: p.State == tally.Indicative}
	if p.Index != nil {
		cell.Text = c.p.Integer(*p.Index)
	}
	switch p.State {
	case tally.NotAsked, tally.NotInvited, tally.Incomparable:
		cell.Absent = true
	}
	return cell
}
