package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// acceptance is P4: are people coming along?
func (b *builder) acceptance() Page {
	x, y := construct(b.total, acceptanceKey).Index, construct(b.total, motivationKey).Index
	title := b.t("acceptance.title-none")
	switch band := construct(b.total, acceptanceKey).Band; {
	case band != "":
		title = b.t("summary.title-band", "band", b.band(band))
	case x != nil:
		title = b.acceptanceTitle(*x, y)
	}
	blocks := append(b.trends(), b.byGroup()...)
	return Page{
		Name: "acceptance", Kicker: b.t("acceptance.kicker"), Title: title,
		Subtitle: b.t("acceptance.subtitle", "count", *b.total.N), Blocks: blocks,
	}
}

// acceptanceTitle tells both constructs with their changes, as far as two lines hold
// them.
func (b *builder) acceptanceTitle(x int, y *int) string {
	first := b.clause(acceptanceKey, b.constructName(acceptanceKey), x)
	if y == nil {
		return first
	}
	plain := b.t("acceptance.title", "x", x, "y", *y)
	if b.unclear(acceptanceKey) && b.unclear(motivationKey) {
		return b.t("acceptance.title-unclear", "x", x, "y", *y)
	}
	return fit(first+", "+b.clause(motivationKey, b.midway(b.constructName(motivationKey)), *y), plain)
}

// unclear says that a construct changed neither clearly nor is stable.
func (b *builder) unclear(key string) bool {
	c := b.change(tally.Group{}, key)
	return tested(c) && !clear(c.Verdict) && c.Verdict != tally.Stable
}

// clause tells a construct with its change: only a confirmed one is called a rise or
// a fall.
func (b *builder) clause(key, name string, x int) string {
	c := b.change(tally.Group{}, key)
	switch {
	case !tested(c):
		return b.t("acceptance.clause", "name", name, "x", x)
	case b.unclear(key):
		return b.t("acceptance.clause-unclear", "name", name, "x", x)
	}
	return b.t("acceptance.clause-"+c.Verdict, "name", name, "x", x, "d", magnitude(*c.Difference))
}

// midway is a name within a sentence: English ones begin small there.
func (b *builder) midway(name string) string {
	if b.Language != locale.English {
		return name
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}

// single says that there is one process only: its groups are the roles.
func (b *builder) single() bool { return len(b.processes()) < 2 }

// groupsPage is the page that shows groups.
func (b *builder) groupsPage() string {
	if b.single() {
		return "acceptance"
	}
	return "matrix"
}

// parted is how P4 parts the whole: by process, of a single one by role.
type parted struct {
	list  []survey.Named
	head  string
	group func(string) tally.Group
	by    string // ending of catalogue keys
}

func (b *builder) parted() parted {
	if b.single() && len(b.roles()) > 1 {
		return parted{b.roles(), b.t("matrix.role"), func(k string) tally.Group { return tally.Group{Role: k} }, "-roles"}
	}
	return parted{b.processes(), b.t("acceptance.process"), func(k string) tally.Group { return tally.Group{Process: k} }, ""}
}

// groupFigure is the forest plot of changes of a construct, in the first iteration a
// dot plot of levels.
func (b *builder) groupFigure(key string, p parted) (f chart.Figure, height float64, hidden int) {
	if b.before == nil {
		levels := b.levels(key, p.list, p.head, p.group)
		hidden = hide(&levels)
		return levels, levels.Height(), hidden
	}
	forest := b.forest(key, p.list, p.head, p.group)
	return forest, forest.Height(), b.hidden(key, p)
}

// byGroup are the figures of groups with headings and note; of a single process
// motivation has one too, if there is room.
func (b *builder) byGroup() []Block {
	p, y := b.parted(), 158.0
	heading, note := b.t("acceptance.processes"+p.by), b.t("acceptance.note")
	if b.before != nil {
		heading, note = b.t("acceptance.changes"+p.by, "number", b.before.Iteration), b.t("acceptance.note-changes")
	}
	figure, height, hidden := b.groupFigure(acceptanceKey, p)
	blocks := headed(heading, y, figure, height)
	y += 7 + height
	const foot = 18.0 // signs and note
	if other, height, _ := b.groupFigure(motivationKey, p); p.by != "" && b.asks(motivationKey) && y+9+height+foot <= bottom {
		heading = b.t("acceptance.motivation")
		if b.before != nil {
			heading = b.t("acceptance.motivation-changes", "number", b.before.Iteration)
		}
		blocks = append(blocks, headed(heading, y+2, other, height)...)
		y += 9 + height
	}
	if hidden > 0 {
		note += " " + b.t("acceptance.hidden"+p.by, "n", hidden)
	}
	if slices.ContainsFunc(b.Earlier, func(e Earlier) bool { return e.Round.Kind == survey.PulseRound }) {
		note += " " + b.t("acceptance.pulses")
	}
	return append(blocks, b.legend(y+1.5, note)...)
}

// headed is a figure below its heading.
func headed(heading string, y float64, f chart.Figure, height float64) []Block {
	return []Block{
		Prose{Box: chart.Box{X: left, Y: y, W: width, H: 6}, Heading: heading},
		Figure{chart.Box{X: left, Y: y + 7, W: width, H: height}, f},
	}
}

// hidden counts the groups that show nothing of a construct.
func (b *builder) hidden(key string, p parted) int {
	n := 0
	for _, one := range p.list {
		if !b.shows(p.group(one.Key), key) {
			n++
		}
	}
	return n
}

// trends are the lines of acceptance and motivation on one scale, or acceptance alone.
func (b *builder) trends() []Block {
	acceptance, motivation := b.trend(acceptanceKey), b.trend(motivationKey)
	acceptance.Lines, motivation.Lines = b.direction(acceptanceKey), b.direction(motivationKey)
	acceptance.Flags, motivation.Flags = b.flags(), b.flags()
	if !b.asks(motivationKey) {
		return []Block{Figure{chart.Box{X: left, Y: top, W: width, H: 92}, acceptance}}
	}
	chart.SameScale(&acceptance, &motivation)
	for len(acceptance.Lines) < len(motivation.Lines) {
		acceptance.Lines = append(acceptance.Lines, "")
	}
	for len(motivation.Lines) < len(acceptance.Lines) {
		motivation.Lines = append(motivation.Lines, "")
	}
	return []Block{
		Figure{chart.Box{X: left, Y: top, W: 80, H: 92}, acceptance},
		Figure{chart.Box{X: 110, Y: top, W: 80, H: 92}, motivation},
	}
}

// hide takes the rows out that show nothing and tells how many they were.
func hide(l *chart.Levels) int {
	all := len(l.Rows)
	l.Rows = slices.DeleteFunc(l.Rows, func(r chart.LevelRow) bool { return r.Value == nil && r.Band == "" && !r.Bold })
	return all - len(l.Rows)
}

// levels shows a construct of all groups of a list and of the whole.
func (b *builder) levels(key string, list []survey.Named, head string, group func(string) tally.Group) chart.Levels {
	l := chart.Levels{Heads: [3]string{head, b.t("acceptance.index"), b.t("acceptance.n")}}
	var words []string
	add := func(name string, g *tally.GroupResult, bold bool) {
		c := construct(g, key)
		r := chart.LevelRow{Label: compact(name, font.Regular, 9, 59), Value: floating(c.Index), Band: b.band(c.Band), BandEnd: end(c.Band), Empty: b.t("protected"), Bold: bold}
		r.Low, r.High = ends(c.CI)
		if c.Index != nil {
			r.Text = b.p.Integer(*c.Index)
			words = append(words, name+" "+r.Text)
		}
		if change := b.changeOf(g, key); tested(change) {
			r.Prev = floating(construct(find(b.before.Results, g.Group), key).Index)
			r.Glyph = verdictGlyphs[change.Verdict]
		}
		if g != nil {
			r.Hollow = g.State == tally.Indicative
			r.N = b.rateClassOrN(g, c.N)
		}
		l.Rows = append(l.Rows, r)
	}
	for _, n := range list {
		add(b.p.In(n.Name), b.group(group(n.Key)), false)
	}
	if g := b.group(group(tally.Others)); g != nil {
		add(b.t("others"), g, false)
	}
	add(b.t("total"), b.total, true)
	l.Words = b.t("acceptance.levels-alt", "name", b.constructName(key), "values", strings.Join(words, ", "))
	return l
}

// rateClassOrN gives the number of answers, or the class of the rate where the
// number is hidden.
func (b *builder) rateClassOrN(g *tally.GroupResult, n *int) string {
	switch {
	case n != nil:
		return b.p.Integer(*n)
	case g.RateClass != "":
		return b.rateWords(g)
	}
	return ""
}
