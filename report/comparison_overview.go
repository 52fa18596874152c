package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// cover says what this is, whose it is and when.
func (c *comparer) cover(d *Document) Page {
	rounds := c.in.Data.Rounds
	last := rounds[len(rounds)-1]
	facts := [][2]string{
		{c.v("cover.iterations"), c.numbers()},
		{c.v("cover.from"), c.period(c.in.Iterations[0].Round)},
		{c.v("cover.to"), c.period(c.Round)},
	}
	if last.Ballots != nil {
		facts = append(facts, [2]string{c.v("cover.last"), c.p.OutOf(*last.Ballots, last.Invited, percentOf(last))})
	}
	facts = append(facts,
		[2]string{c.t("cover.made-for"), c.v("cover.readers")}, [2]string{c.t("cover.made-on"), c.date(d.Created)},
		[2]string{c.t("cover.version"), c.p.Integer(c.Version) + " · " + d.ID + c.replaced()}, [2]string{c.t("cover.confidentiality"), c.t("confidentiality")})
	return Page{Name: "cover", Cover: true, Kicker: c.Organisation.Name, Title: c.v("kind"), Blocks: append(c.logo(),
		CoverTitle{chart.Box{X: left, Y: 96, W: width, H: 40}, c.Organisation.Name, c.v("kind"), c.in.Programme + ", " + c.v("iterations", "list", c.numbers())},
		Facts{Box: chart.Box{X: left, Y: 160, W: 130, H: 60}, Rows: facts},
	)}
}

// percentOf gives the rate of a round as a whole number.
func percentOf(r tally.ComparedRound) int {
	if r.ResponseRate == nil {
		return 0
	}
	return int(*r.ResponseRate*100 + 0.5)
}

// page is one of the comparison.
func (c *comparer) page(name, title, subtitle string, blocks ...Block) Page {
	return Page{Name: name, Kicker: c.v(name + ".kicker"), Title: title, Subtitle: subtitle, Blocks: blocks}
}

// overview is V1: what moved since the start?
func (c *comparer) overview() Page {
	var figure chart.Figure
	var height float64
	if c.two() {
		s := c.slope(c.constructs(), func(k string) (tally.Group, string) { return tally.Group{}, k }, c.constructName)
		figure, height = s, s.Height()
	} else {
		p := c.paths()
		p.Fill(bottom - top - 28)
		figure, height = p, p.Height()
	}
	y := top + height + 5
	blocks := []Block{Figure{chart.Box{X: left, Y: top, W: width, H: height}, figure}, c.signs(y)}
	notes := []string{c.v("V1.note")}
	if c.baseline() {
		notes[0] += " " + c.v("baseline-note", "from", c.in.Data.Rounds[0].Number+1, "to", c.in.Data.Rounds[1].Number-1)
	}
	blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y + 7, W: width, H: 14}, Small: true, Text: notes})
	return c.page("V1", c.moved(), c.v("V1.subtitle", "list", c.numbers(), "who", c.who()), blocks...)
}

// constructs are those of the last questionnaire of which something is shown.
func (c *comparer) constructs() []string {
	var keys []string
	for _, one := range c.Round.Questionnaire.Constructs {
		if c.series[lineKey{key: one.Key}] != nil {
			keys = append(keys, one.Key)
		}
	}
	return keys
}

// moved tells what became of acceptance since the start: a rise or fall only if it is
// confirmed.
func (c *comparer) moved() string {
	key := c.measure()
	p, d, name := c.point(tally.Group{}, key, -1), c.since(tally.Group{}, key), c.constructName(key)
	which := "title-unclear"
	switch {
	case p.Index == nil:
		return c.v("V1.title-none", "from", c.from())
	case !tested(d):
		which = "title-open"
	case d.Verdict == score.ClearlyBetter, d.Verdict == score.ClearlyWorse, d.Verdict == tally.Stable:
		which = "title-" + d.Verdict
	}
	args := []any{"name", name, "x", *p.Index, "from", c.from()}
	if tested(d) {
		args = append(args, "d", magnitude(*d.Difference))
	}
	return c.v("V1."+which, args...)
}

// paths is the figure of three iterations or more.
func (c *comparer) paths() chart.Paths {
	f := chart.Paths{Ends: c.limits(), Heads: [6]string{
		c.v("measure"), "", c.v("course"), "", c.v("since-first", "number", c.from()), c.v("last-step"),
	}}
	var words []string
	for _, key := range c.constructs() {
		first, last := c.point(tally.Group{}, key, 0), c.point(tally.Group{}, key, -1)
		whole, step := c.since(tally.Group{}, key), c.step(tally.Group{}, key)
		trend := c.trendWords(key)
		f.Rows = append(f.Rows, chart.PathRow{
			Notes: trend,
			Label: compact(c.constructName(key), font.Regular, 10, 31), Line: c.line(tally.Group{}, key), First: dash(c.read(first, key)), Last: dash(c.read(last, key)),
			LastEnd: end(last.Band), Whole: c.sign(whole), Step: c.sign(step), WholeWord: c.word(whole), StepWord: c.word(step), Bold: key == c.measure(),
		})
		words = append(words, c.constructName(key)+": "+c.course(tally.Group{}, key)+"; "+strings.Join(append([]string{c.v("alt-since", "change", c.toldChange(whole))}, trend...), ", "))
	}
	scale := f.Scale()
	f.Window, f.Words = c.v("window", "low", int(scale.Low), "high", int(scale.High)), strings.Join(words, ". ")
	return f
}

// trendWords tell the trend of a construct over the iterations; nothing where it was not
// tested, or over others than these.
func (c *comparer) trendWords(key string) []string {
	for _, t := range c.in.Trend {
		if t.Group != (tally.Group{}) || t.Key != key || t.Direction == nil || !c.trendOfThese(t) {
			continue
		}
		words := []string{c.v("V1.trend-" + *t.Direction)}
		if *t.Direction != score.NoTrend && t.Slope != nil {
			words = append(words, c.v("V1.trend-slope", "slope", c.p.SignedDecimal(*t.Slope, 1)))
		}
		return words
	}
	return nil
}

// trendOfThese says that a trend runs over the rounds that are compared, and no others.
func (c *comparer) trendOfThese(t tally.Trend) bool {
	n := 0
	for _, p := range t.Points {
		if p.Headline {
			n++
			if !slices.ContainsFunc(c.in.Data.Rounds, func(r tally.ComparedRound) bool { return r.Round == p.Round }) {
				return false
			}
		}
	}
	return n == len(c.in.Data.Rounds)
}

// word is how certain a change is, nothing where its sign says everything.
func (c *comparer) word(d *tally.Change) string {
	switch v := verdict(d); v {
	case score.TooFewAnswers, tally.First:
		return ""
	default:
		return c.certainty(v)
	}
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// course tells the values of a line.
func (c *comparer) course(g tally.Group, key string) string {
	var values []string
	for _, p := range c.series[lineKey{g, key}].Points {
		values = append(values, dash(c.read(p, key)))
	}
	return strings.Join(values, ", ")
}

// slope is the figure of two iterations: rows by key with the group and measure of each.
func (c *comparer) slope(keys []string, of func(string) (tally.Group, string), name func(string) string) chart.Slope {
	f := chart.Slope{Heads: c.limits()}
	var words []string
	for _, k := range keys {
		g, key := of(k)
		first, last, d := c.point(g, key, 0), c.point(g, key, -1), c.since(g, key)
		f.Rows = append(f.Rows, chart.SlopeRow{
			Label: compact(name(k), font.Regular, 9, 46), Short: compact(name(k), font.Regular, 8, 27), From: floating(first.Index), To: floating(last.Index), FromText: dash(c.read(first, key)), ToText: dash(c.read(last, key)),
			Change: c.sign(d), Word: c.word(d), Bold: g == (tally.Group{}) && key == c.measure(), Hollow: last.State == tally.Indicative,
		})
		words = append(words, name(k)+": "+c.course(g, key)+"; "+c.toldChange(d))
	}
	f.Words = strings.Join(words, ". ")
	return f
}

// interventions is V2: what did we do when?
func (c *comparer) interventions() Page {
	key := c.measure()
	line := c.line(tally.Group{}, key)
	line = slices.DeleteFunc(line, func(p chart.TrendPoint) bool { return p.Label == "" }) // time sets the baseline apart
	f := chart.Timeline{Names: [2]string{c.v("V2.rounds"), c.v("V2.events")}}
	known := true
	for i := range line {
		line[i].Day = day(c.in.Iterations[i].Round.Closes)
		known = known && line[i].Day > 0
	}
	for _, i := range c.in.Iterations {
		f.Windows = append(f.Windows, chart.Window{From: day(i.Round.Opens), To: day(i.Round.Closes), Label: c.t("round-label", "number", i.Iteration.Number)})
	}
	for _, r := range c.in.Pulses {
		f.Windows = append(f.Windows, chart.Window{From: day(r.Opens), To: day(r.Closes), Pulse: true})
	}
	slices.SortStableFunc(f.Windows, func(a, b chart.Window) int { return cmp.Compare(a.From, b.From) })
	f.Events = c.flags()
	slices.SortStableFunc(f.Events, func(a, b chart.Flag) int { return cmp.Compare(a.Day, b.Day) })
	f.Line = chart.Trend{Title: c.constructName(key), Points: line, Window: c.t("window"), Empty: c.t("empty-line")}
	f.Ticks = c.ticks(f)
	f.Words = c.v("V2.alt", "name", c.constructName(key), "values", dash(c.courseOr(key)), "events", dash(c.toldEvents()))
	if !known {
		return c.page("V2", c.v("V2.title-unknown"), c.v("V2.subtitle"))
	}
	title := c.v("V2.title-none", "rounds", len(f.Windows))
	if n := len(f.Events); n > 0 {
		title = c.v("V2.title", "n", n, "rounds", len(f.Windows))
	}
	return c.page("V2", title, c.v("V2.subtitle"),
		Figure{chart.Box{X: left, Y: top, W: width, H: f.Height()}, f},
		Prose{Box: chart.Box{X: left, Y: top + f.Height() + 2, W: width, H: 12}, Small: true, Text: []string{c.v("V2.note")}})
}

func (c *comparer) courseOr(key string) string {
	if c.series[lineKey{key: key}] == nil {
		return ""
	}
	return c.course(tally.Group{}, key)
}

// toldEvents names the events with their days.
func (c *comparer) toldEvents() string {
	var words []string
	for _, e := range c.in.Events {
		if at, err := time.ParseInLocation(time.DateOnly, e.Day, c.zone); err == nil {
			words = append(words, c.p.Date(at)+" "+c.flagLabel(e))
		}
	}
	return strings.Join(words, ", ")
}

// ticks are the begins of quarters, or of months within two years.
func (c *comparer) ticks(f chart.Timeline) []chart.Tick {
	from, to := c.in.Iterations[0].Round.Opens.In(c.zone), c.Round.Closes.In(c.zone)
	for _, e := range f.Events {
		if at := time.Unix(int64(e.Day*24*60*60), 0).In(c.zone); at.Before(from) {
			from = at
		}
	}
	return c.months(from, to)
}

func (c *comparer) months(from, to time.Time) []chart.Tick {
	step := 1
	if to.Sub(from) > 500*24*time.Hour {
		step = 3
	}
	var ticks []chart.Tick
	for at := time.Date(from.Year(), from.Month()+1, 1, 0, 0, 0, 0, c.zone); !at.After(to); at = at.AddDate(0, 1, 0) {
		if (int(at.Month())-1)%step == 0 {
			ticks = append(ticks, chart.Tick{Day: day(at), Label: at.Format("01/06")})
		}
	}
	return ticks
}
