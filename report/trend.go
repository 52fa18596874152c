package report

import (
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// points are the counted rounds of a construct, this one last. Rounds that asked
// something else under the same name are left out (decision 17).
func (b *builder) points(key string) []chart.TrendPoint {
	var points []chart.TrendPoint
	add := func(iteration int, round *survey.Round, r *tally.Results) {
		if !questionnaire.SameConstruct(round.Questionnaire, b.Round.Questionnaire, key) {
			return
		}
		total := find(r, tally.Group{})
		c := construct(total, key)
		p := chart.TrendPoint{
			Label: b.t("round-label", "number", iteration), Value: floating(c.Index), Pulse: round.Kind == survey.PulseRound,
			Hollow: total != nil && total.State == tally.Indicative,
		}
		p.Low, p.High = ends(c.CI)
		if c.Index != nil {
			p.Text = b.p.Integer(*c.Index)
		}
		points = append(points, p)
	}
	for _, e := range b.Earlier {
		add(e.Iteration, e.Round, e.Results)
	}
	add(b.Iteration.Number, b.Round, b.Results)
	return points
}

func (b *builder) trend(key string) chart.Trend {
	points := b.points(key)
	var values []string
	for _, p := range points {
		if p.Text != "" {
			values = append(values, p.Text)
		}
	}
	name := b.constructName(key)
	return chart.Trend{
		Title: name, Points: points, Window: b.t("window"), Empty: b.t("empty-line"),
		Words: b.t("acceptance.trend-alt", "name", name, "values", strings.Join(values, ", ")),
	}
}

func (b *builder) spark(key string) chart.Figure { return chart.Spark{Trend: b.trend(key)} }
