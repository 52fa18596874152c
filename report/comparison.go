package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// ComparisonInput is everything a comparison report is made of.
type ComparisonInput struct {
	Organisation *survey.Organisation
	Programme    string
	Iterations   []ComparedIteration // oldest first, two or more
	Data         *tally.Comparison   // of the headline rounds of these iterations
	Trend        []tally.Trend       // that the last headline round tells
	Pulses       []survey.Round      // other counted rounds of the same time, for the axis of time
	Events       []survey.Event
	CountedAt    time.Time // of the last headline round
	Language     locale.Language
	Version      int             // of the report, from 1
	Reason       string          // why there is another version, empty for the first
	Software     string          // version of the program, may be empty
	Own          locale.Language // of what people typed
	Logo         *survey.Logo    // on the cover; nil = there is none
	Measure      string          // key of the construct that groups are compared by; empty = acceptance
	Who          string          // name of the group that stands for the whole; empty = everybody does
}

// ComparedIteration is one of the iterations that stand side by side.
type ComparedIteration struct {
	Iteration survey.Iteration
	Round     *survey.Round // its headline round
	Modules   Modules
}

// comparer holds what the pages of a comparison share: the builder of the last round
// for names and words, and the rounds beside each other.
type comparer struct {
	*builder
	in     ComparisonInput
	series map[lineKey]*tally.Series
}

// lineKey names a construct or question of a group.
type lineKey struct {
	group tally.Group
	key   string
}

// BuildComparison says what the comparison report contains (V1 to V10 of the design):
// only what was asked alike stands on one line, and what one of two rounds withholds is
// open. It fails if the time zone of the organisation is unknown.
func BuildComparison(in ComparisonInput) (*Document, error) {
	last := in.Iterations[len(in.Iterations)-1]
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("comparison of round %s: %w", last.Round.ID, err)
	}
	c := &comparer{in: in, series: map[lineKey]*tally.Series{}, builder: &builder{
		Input: Input{
			Organisation: in.Organisation, Programme: in.Programme, Iteration: last.Iteration, Round: last.Round, Language: in.Language, Own: in.Own,
			Version: in.Version, Reason: in.Reason, Events: in.Events, Logo: in.Logo, Results: &tally.Results{K: last.Round.K},
		},
		p: locale.New(in.Language), zone: zone,
	}}
	for i := range in.Data.Series {
		s := &in.Data.Series[i]
		c.series[lineKey{s.Group, s.Key}] = s
	}
	d, err := c.document()
	if err != nil {
		return nil, fmt.Errorf("comparison of round %s: %w", last.Round.ID, err)
	}
	d.Pages = slices.Concat([]Page{c.cover(d), c.overview(), c.interventions()}, c.groups("V3", c.everyProcess()), c.groups("V4", c.everyRole()),
		c.questions(), c.heatGrid(), c.wander(), c.delivery(), c.throughput(), []Page{c.comparability(d)})
	return d, nil
}

// document is the report without its pages.
func (c *comparer) document() (*Document, error) {
	id := fmt.Sprintf("%s-I%02d-V%d", strings.ToUpper(c.Organisation.Key), c.Iteration.Number, c.Version)
	data, hash, err := c.canonical()
	if err != nil {
		return nil, err
	}
	return &Document{
		Language: c.Language, Title: c.v("kind"), Organisation: c.Organisation.Name, ID: id, Hash: hash,
		Programme: c.in.Programme + " · " + c.v("iterations", "list", c.numbers()), Subject: c.in.Programme + ", " + c.v("iterations", "list", c.numbers()),
		Foot:   c.t("foot", "confidentiality", c.t("confidentiality"), "id", id, "hash", hash[:4]+" "+hash[4:8]+" "+hash[8:12]),
		PageOf: c.t("page"), Created: c.madeLast(), Software: c.in.Software, Files: c.files(data, hash), Brand: brand(c.Organisation),
	}, nil
}

// v gives a text of the comparison's catalogue.
func (c *comparer) v(key string, args ...any) string { return c.p.T("comparison."+key, args...) }

// who names those whose answers stand for the whole.
func (c *comparer) who() string {
	if c.in.Who != "" {
		return c.in.Who
	}
	return c.v("everybody")
}

// numbers names the iterations: "1 bis 3", or with gaps "1, 4, 5".
func (c *comparer) numbers() string {
	rounds := c.in.Data.Rounds
	first, last := rounds[0].Number, rounds[len(rounds)-1].Number
	if last-first == len(rounds)-1 && len(rounds) > 2 {
		return c.v("from-to", "from", first, "to", last)
	}
	if c.baseline() {
		return c.v("baseline-and", "first", first, "from", rounds[1].Number, "to", last)
	}
	var words []string
	for _, r := range rounds {
		words = append(words, c.p.Integer(r.Number))
	}
	return c.p.List(words)
}

// baseline says that the first iteration stands apart: others between it and the
// second one are left out.
func (c *comparer) baseline() bool {
	rounds := c.in.Data.Rounds
	return len(rounds) == survey.MaxCompared && rounds[1].Number > rounds[0].Number+1
}

// two says that there are two iterations only, which slopes join.
func (c *comparer) two() bool { return len(c.in.Data.Rounds) == 2 }

// from and to are the numbers of the first and the last iteration.
func (c *comparer) from() int { return c.in.Data.Rounds[0].Number }

func (c *comparer) to() int { return c.Iteration.Number }

// label is how an iteration is told on an axis.
func (c *comparer) label(i int) string {
	return c.t("round-label", "number", c.in.Data.Rounds[i].Number)
}

// limits are the labels of the first and the last iteration.
func (c *comparer) limits() [2]string {
	return [2]string{c.label(0), c.label(len(c.in.Data.Rounds) - 1)}
}

// line gives a line over the iterations, with a gap behind a baseline that stands
// apart; nil if nothing is shown on it.
func (c *comparer) line(g tally.Group, key string) []chart.TrendPoint {
	s := c.series[lineKey{g, key}]
	if s == nil {
		return nil
	}
	var points []chart.TrendPoint
	for i, p := range s.Points {
		one := chart.TrendPoint{
			Label: c.label(i), Value: floating(p.Index), Hollow: p.State == tally.Indicative, Text: c.read(p, key),
			Withheld: p.State == tally.Protected || p.Band != "",
		}
		one.Low, one.High = ends(p.CI)
		points = append(points, one)
		if i == 0 && c.baseline() {
			points = append(points, chart.TrendPoint{})
		}
	}
	return points
}

// read gives what a point shows: index, share of yes or band; empty if nothing.
func (c *comparer) read(p tally.SeriesPoint, key string) string {
	switch {
	case p.Band != "":
		return c.band(p.Band)
	case p.Index == nil:
		return ""
	case c.yesNo(key):
		return c.p.Percent(*p.Index)
	}
	return c.p.Integer(*p.Index)
}

// point gives point i of a line; one that shows nothing without a line. A negative i
// counts from the end.
func (c *comparer) point(g tally.Group, key string, i int) tally.SeriesPoint {
	s := c.series[lineKey{g, key}]
	if s == nil {
		return tally.SeriesPoint{State: tally.Protected}
	}
	if i < 0 {
		i += len(s.Points)
	}
	return s.Points[i]
}

// since gives the change of a construct or question from the first round on, step that
// of the last step; nil if it was not asked.
func (c *comparer) since(g tally.Group, key string) *tally.Change {
	return c.changed(c.in.Data.Rounds[0].Round, g, key)
}

func (c *comparer) step(g tally.Group, key string) *tally.Change {
	return c.changed(c.in.Data.Rounds[len(c.in.Data.Rounds)-2].Round, g, key)
}

func (c *comparer) changed(from string, g tally.Group, key string) *tally.Change {
	for i := range c.in.Data.Changes {
		if d := &c.in.Data.Changes[i]; d.From == from && d.Group == g && d.Key == key {
			return d
		}
	}
	return nil
}

// everyProcess and everyRole are the groups that a line can stand for, in catalogue order.
func (c *comparer) everyProcess() []namedGroup {
	return c.lines(c.Organisation.Processes, func(k string) tally.Group { return tally.Group{Process: k} })
}

func (c *comparer) everyRole() []namedGroup {
	return c.lines(c.Organisation.Roles, func(k string) tally.Group { return tally.Group{Role: k} })
}

// namedGroup is a group with its name.
type namedGroup struct {
	group tally.Group
	name  string
}

func (c *comparer) lines(list []survey.Named, group func(string) tally.Group) []namedGroup {
	var found []namedGroup
	for _, n := range list {
		if g := group(n.Key); c.series[lineKey{g, c.measure()}] != nil {
			found = append(found, namedGroup{g, c.p.In(n.Name)})
		}
	}
	return found
}

// measure is the construct that groups are compared by: acceptance, or the first one
// that the questionnaire has.
func (c *comparer) measure() string {
	if c.in.Measure != "" && c.asks(c.in.Measure) {
		return c.in.Measure
	}
	if c.asks(acceptanceKey) || len(c.Round.Questionnaire.Constructs) == 0 {
		return acceptanceKey
	}
	return c.Round.Questionnaire.Constructs[0].Key
}
