package chart_test

import "pulscheck/report/chart"

// column draws figures one under the other, row side by side.
type column struct {
	figures []chart.Figure
	across  bool
}

func (column) Alt() string { return "mehrere Figuren" }

func (f column) Draw(c chart.Canvas, b chart.Box) {
	for i, one := range f.figures {
		part := chart.Box{X: b.X, Y: b.Y + b.H*float64(i)/float64(len(f.figures)), W: b.W, H: b.H / float64(len(f.figures))}
		if f.across {
			part = chart.Box{X: b.X + b.W*float64(i)/float64(len(f.figures)), Y: b.Y, W: b.W / float64(len(f.figures)), H: b.H}
		}
		one.Draw(c, part)
	}
}

// ladderSamples are: higher than before, as before, lower, not assessed this time,
// never assessed, above every level of the model.
func ladderSamples() chart.Figure {
	return column{figures: []chart.Figure{
		chart.Ladder{Highest: 5, Level: new(3), Previous: new(1), Target: new(4), Words: "a"},
		chart.Ladder{Highest: 5, Level: new(2), Previous: new(2), Target: new(2), Words: "b"},
		chart.Ladder{Highest: 5, Level: new(1), Previous: new(2), Target: new(3), Words: "c"},
		chart.Ladder{Highest: 5, Previous: new(2), Target: new(3), Words: "d"},
		chart.Ladder{Highest: 5, Target: new(3), Empty: "noch nicht bewertet", Words: "e"},
		chart.Ladder{Lowest: 1, Highest: 5, Level: new(7), Words: "f"},
	}}
}

func ladderHead(names ...string) chart.Figure { return chart.LadderHead{Names: names, Words: "Stufen"} }

func filledSamples() chart.Figure {
	f := column{across: true, figures: []chart.Figure{chart.Filled{Empty: true, Words: "nicht bewertet"}}}
	for thirds := range 4 {
		f.figures = append(f.figures, chart.Filled{Thirds: thirds, Words: "bewertet"})
	}
	return f
}

func stepsSamples() chart.Figure {
	return column{across: true, figures: []chart.Figure{
		chart.Steps{Of: 4, Done: 1, Words: "neu"}, chart.Steps{Of: 4, Done: 4, Words: "erledigt"}, chart.Steps{Of: 4, Refused: true, Words: "nicht umsetzbar"},
	}}
}

// trackSamples are: upwards, downwards, beyond the target, worse, without a
// measurement, a goal to hold.
func trackSamples() chart.Figure {
	return column{figures: []chart.Figure{
		chart.Track{Baseline: new(40.0), Actual: new(55.0), Target: new(80.0), Words: "a"},
		chart.Track{Baseline: new(8.0), Actual: new(5.5), Target: new(4.0), Down: true, Words: "b"},
		chart.Track{Baseline: new(40.0), Actual: new(95.0), Target: new(80.0), Words: "c"},
		chart.Track{Baseline: new(8.0), Actual: new(9.5), Target: new(4.0), Down: true, Words: "d"},
		chart.Track{Baseline: new(40.0), Target: new(80.0), Empty: "Messung fehlt", Words: "e"},
		chart.Track{Baseline: new(5.0), Actual: new(5.0), Target: new(5.0), Words: "f"},
	}}
}

func squaresSample(planned, achieved, told int) chart.Squares {
	return chart.Squares{Words: "Quick Wins", Rows: []chart.SquareRow{
		{Label: "geplant", Count: planned}, {Label: "erreicht", Count: achieved, Mark: chart.StatusOK},
		{Label: "kommuniziert", Count: told, Mark: chart.StatusAct, Bold: true},
	}}
}

func dotsSample() chart.Dots {
	return chart.Dots{Words: "Themen", Rows: []chart.DotRow{
		{Label: "Zeit und Arbeitslast", Count: 14}, {Label: "Werkzeug", Count: 9},
		{Label: "Zusammenarbeit zwischen den Standorten und Lieferanten", Count: 5}, {Label: "Weitere", Count: 6},
	}}
}

func choicesSample(chosen int) chart.Choices {
	return chart.Choices{Labels: []string{"ja", "ja, geändert", "vertagt", "nein"}, Chosen: chosen, Words: "Entscheidung"}
}
