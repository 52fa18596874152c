package report

import (
	"slices"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// points are the counted rounds of a construct or question in a group, this one last.
// Rounds that asked something else under the same name are left out (decision 17).
func (b *builder) points(g tally.Group, key string) []chart.TrendPoint {
	same, read := questionnaire.SameConstruct, func(r *tally.GroupResult) (*int, *tally.Interval) {
		c := construct(r, key)
		return c.Index, c.CI
	}
	if b.Round.Questionnaire.Item(key) != nil {
		same, read = questionnaire.SameItem, func(r *tally.GroupResult) (*int, *tally.Interval) {
			i := item(r, key)
			if b.yesNo(key) {
				return i.Favourable, nil
			}
			return i.Index, i.CI
		}
	}
	var points []chart.TrendPoint
	add := func(iteration int, round *survey.Round, r *tally.Results) {
		if !same(round.Questionnaire, b.Round.Questionnaire, key) {
			return
		}
		result := find(r, g)
		index, ci := read(result)
		p := chart.TrendPoint{
			Label: b.t("round-label", "number", iteration), Value: floating(index), Pulse: round.Kind == survey.PulseRound,
			Day: day(round.Closes), Hollow: result != nil && result.State == tally.Indicative,
		}
		p.Closed = b.closed(round)
		p.Low, p.High = ends(ci)
		if index != nil {
			p.Text = b.valueOf(result, key)
		}
		points = append(points, p)
	}
	for _, e := range b.Earlier {
		add(e.Iteration, e.Round, e.Results)
	}
	add(b.Iteration.Number, b.Round, b.Results)
	if slices.ContainsFunc(points, func(p chart.TrendPoint) bool { return p.Day == 0 }) {
		for i := range points {
			points[i].Day = 0 // of one nobody knows when: all equally far apart
		}
	}
	return points
}

// closed tells the day on which a round ended, nothing of one nobody knows when.
func (b *builder) closed(r *survey.Round) string {
	if r.Closes.IsZero() {
		return ""
	}
	return b.date(r.Closes)
}

// day counts days on an axis of time; 0 = not known.
func day(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix()) / (24 * 60 * 60)
}

// flags are the events of the iterations so far.
func (b *builder) flags() []chart.Flag {
	var flags []chart.Flag
	for _, e := range b.Events {
		at, err := time.ParseInLocation(time.DateOnly, e.Day, b.zone)
		if err == nil {
			flags = append(flags, chart.Flag{Day: day(at), Label: b.flagLabel(e)})
		}
	}
	return flags
}

// flagLabel names an event; quick wins are called as the report calls them.
func (b *builder) flagLabel(e survey.Event) string {
	if e.Kind == survey.QuickWinEvent {
		return b.t("quickwins.name")
	}
	return e.Label
}

// direction tells the trend of a construct over the headline rounds, and the
// iterations that went against it; nothing with fewer than three rounds.
func (b *builder) direction(key string) []string {
	for _, t := range b.Results.Trend {
		if t.Group != (tally.Group{}) || t.Key != key || t.Direction == nil {
			continue
		}
		if *t.Direction == score.NoTrend || t.Slope == nil || t.CI == nil {
			return []string{b.t("trend." + *t.Direction)}
		}
		lines := []string{b.t("trend."+*t.Direction+"-slope", "slope", b.p.SignedDecimal(*t.Slope, 1),
			"low", b.p.Signed(int(t.CI.Low)), "high", b.p.Signed(int(t.CI.High)))}
		if back := b.iterationsOf(t.Setbacks); len(back) > 0 {
			lines = append(lines, b.t("trend.setback", "iterations", b.p.List(back)))
		}
		return lines
	}
	return nil
}

// iterationsOf gives the numbers of the iterations of rounds.
func (b *builder) iterationsOf(rounds []string) []string {
	var numbers []string
	for _, id := range rounds {
		if id == b.Results.Round {
			numbers = append(numbers, b.p.Integer(b.Iteration.Number))
		}
		for _, e := range b.Earlier {
			if e.Results.Round == id {
				numbers = append(numbers, b.p.Integer(e.Iteration))
			}
		}
	}
	return numbers
}

func (b *builder) trend(key string) chart.Trend { return b.trendOf(tally.Group{}, key) }

func (b *builder) trendOf(g tally.Group, key string) chart.Trend {
	points := b.points(g, key)
	var values []string
	for _, p := range points {
		if p.Text != "" {
			values = append(values, p.Text)
		}
	}
	name := b.constructName(key)
	if b.Round.Questionnaire.Item(key) != nil {
		name = b.short(key)
	}
	words := b.t("acceptance.trend-alt", "name", name, "values", strings.Join(values, ", "))
	if c := b.change(g, key); c != nil {
		words += b.t("trend.last", "change", b.toldChange(c))
	}
	return chart.Trend{Title: name, Points: points, Window: b.t("window"), Empty: b.t("empty-line"), Words: words}
}

func (b *builder) spark(key string) chart.Figure { return chart.Spark{Trend: b.trend(key)} }
