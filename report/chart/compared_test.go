package chart_test

import (
	"fmt"

	"pulscheck/report/chart"
)

// course is a line over n iterations with a gap that is withheld and a hollow point.
func course(n int) []chart.TrendPoint {
	var points []chart.TrendPoint
	for i := range n {
		v := 45 + float64(i*7%30)
		p := chart.TrendPoint{Label: fmt.Sprint("It. ", i+1), Value: &v, Low: new(v - 6), High: new(v + 6), Text: fmt.Sprint(v), Hollow: i == 1, Day: float64(90 * i)}
		if n > 3 && i == 3 {
			p = chart.TrendPoint{Label: p.Label, Withheld: true, Day: p.Day}
		}
		points = append(points, p)
	}
	return points
}

func pathsSample() chart.Paths {
	p := chart.Paths{Heads: [6]string{"Merkmal", "", "Verlauf", "", "seit It. 1", "letzter Schritt"}, Ends: [2]string{"It. 1", "It. 9"}, Window: "Skala 30–90", Words: "Verläufe über die Iterationen"}
	for i, name := range []string{"Akzeptanz", "Veränderungslast", "Gehör für Kritik"} {
		p.Rows = append(p.Rows, chart.PathRow{
			Label: name, Line: course(9), First: "45", Last: []string{"71", "≥ 90 %", "–"}[i], LastEnd: chart.End(2 * (i % 2)), Bold: i == 0,
			Whole: chart.Change{Glyph: chart.ClearlyUp, Text: "+26"}, WholeWord: "erstmals gemessen",
			Step: []chart.Change{{Glyph: chart.NotClear, Text: "−100"}, {Text: "zu wenige"}, {Text: "–"}}[i], StepWord: []string{"wahrscheinlich", "", "nicht vergleichbar"}[i],
		})
	}
	return p
}

func panelOf(name string) chart.Panel {
	p := []chart.Panel{{
		Title: name, Line: chart.Trend{Points: course(8)}, Total: []float64{40, 45, 50, 55, -1, 60, 62, 64}, Change: chart.Change{Glyph: chart.ProbablyDown, Text: "−100"},
		Ends: [2]string{"It. 1", "It. 8"}, Empty: "nicht ausgewiesen", Words: name + ": 45, 52, 59",
	}}
	chart.SamePanels(p)
	return p[0]
}

// slopeSample has twelve rows, of which several have the same values.
func slopeSample() chart.Slope {
	s := chart.Slope{Heads: [2]string{"It. 1", "It. 2"}, Words: "Veränderung je Prozess"}
	for i := range 12 {
		r := chart.SlopeRow{
			Label: "Kapazitäts- und Nachfragemanagement", Short: "Kapazitäts- und Nachfragemgmt.", From: new(50 + float64(i%3)), To: new(60 - float64(i%4)), FromText: "50", ToText: "60",
			Change: chart.Change{Glyph: chart.NotClear, Text: "+10"}, Word: "nicht gesichert", Bold: i == 0,
		}
		switch i {
		case 4:
			r.From, r.FromText, r.Change, r.Word = nil, "–", chart.Change{Glyph: chart.NewHere, Text: "neu"}, ""
		case 7:
			r.To, r.ToText = nil, "≥ 90 %"
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

func timelineSample() chart.Timeline {
	t := chart.Timeline{Line: chart.Trend{Title: "Akzeptanz", Points: course(4), Window: "Ausschnitt der Skala von 0 bis 100"}, Names: [2]string{"Befragungen", "Ereignisse"}, Words: "Akzeptanz über die Zeit"}
	for i := range 9 {
		t.Windows = append(t.Windows, chart.Window{From: float64(40*i) - 10, To: float64(40 * i), Label: []string{fmt.Sprint("It. ", i), ""}[i%2], Pulse: i%2 == 1})
		t.Events = append(t.Events, chart.Flag{Day: float64(41 * i), Label: "MMMMMMMMMMMM"})
		t.Ticks = append(t.Ticks, chart.Tick{Day: float64(30 * i), Label: fmt.Sprintf("%02d/26", i+1)})
	}
	return t
}

func dumbbellSample() chart.Dumbbell {
	return chart.Dumbbell{Heads: [5]string{"Frage", "It. 10", "It. 11", "Veränderung", "Urteil"}, Words: "Veränderung je Frage", Rows: []chart.DumbbellRow{
		{Head: true, Label: "Größte Zuwächse"},
		{Label: "Hilft bei der Arbeit", Before: new(50.0), Now: new(62.0), Low: new(55.0), High: new(69.0), BeforeText: "50", NowText: "62", Change: chart.Change{Glyph: chart.ClearlyUp, Text: "+12"}, Word: "gesichert"},
		{Label: "Verbesserung gespürt in den letzten Wochen", Before: new(50.0), Now: new(45.0), BeforeText: "100 %", NowText: "100 %", Change: chart.Change{Glyph: chart.NotClear, Text: "−100 Pp"}, Word: "nicht gesichert", Hollow: true},
	}}
}

func gridSample() chart.HeatGrid {
	h := chart.HeatGrid{Heads: [2]string{"Prozess", "seit It. 1"}, Words: "Prozesse über die Iterationen"}
	for i := range 9 {
		h.Times = append(h.Times, fmt.Sprint("It. ", i+3))
	}
	for r := range 3 {
		row := chart.HeatGridRow{Label: "Konfigurationsmanagement", Change: chart.Change{Glyph: chart.ProbablyUp, Text: "+12"}, Bold: r == 2}
		for i := range 9 {
			cell := chart.HeatCell{Value: new(35 + float64(6*i)), Text: fmt.Sprint(35 + 6*i), Lowest: i == 8 && r == 0}
			switch (r + i) % 6 {
			case 1:
				cell = chart.HeatCell{}
			case 3:
				cell = chart.HeatCell{Band: "≥ 90 %", BandEnd: chart.HighEnd}
			case 5:
				cell = chart.HeatCell{Absent: true}
			}
			row.Cells = append(row.Cells, cell)
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

func wanderSample(n int) chart.Wander {
	w := chart.Wander{Limit: 60, Words: "Stufen über die Iterationen"}
	for s, name := range []string{"Verstehen", "Wollen", "Wissen", "Können", "Dranbleiben"} {
		stage := chart.WanderStage{Label: name}
		for i := range n {
			v := 40 + float64((s*11+i*8)%60)
			b := chart.StageBar{Label: fmt.Sprint("It. ", i+1), Value: &v, Text: fmt.Sprint(v), Barrier: (s+i)%4 == 1, Hollow: i == 1}
			if s == 2 && i == 1 {
				b.Value = nil
			}
			stage.Bars = append(stage.Bars, b)
		}
		w.Stages = append(w.Stages, stage)
	}
	return w
}

func stairsSample() chart.Stairs {
	return chart.Stairs{Title: "Quick Wins, aufaddiert", From: 0, To: 360, Words: "Quick Wins über die Zeit", Lines: []chart.Stair{
		{Label: "7 geplant", Days: []float64{10, 40, 80, 120, 200, 260, 350}}, {Label: "6 erreicht", Days: []float64{60, 90, 130, 210, 270, 355}}, {Label: "6 kommuniziert", Days: []float64{70, 130, 140, 220, 280, 358}},
	}, Ticks: []chart.Tick{{Day: 30, Label: "02/26"}, {Day: 120, Label: "05/26"}, {Day: 210, Label: "08/26"}, {Day: 356, Label: "12/26"}}}
}

func throughputSample() chart.Throughput {
	return chart.Throughput{
		Heads: [2]string{"Iteration", "Tage (Median)"}, Legend: [3]string{"eingegangen", "beantwortet", "umgesetzt"}, Words: "Kritik je Iteration",
		Rows: []chart.ThroughputRow{{Label: "It. 1", Received: 120, Answered: 90, Done: 12, Days: "14,5"}, {Label: "It. 2", Days: "–"}, {Label: "It. 3", Received: 4, Answered: 4, Done: 4, Days: "3"}},
	}
}
