package chart_test

import "pulscheck/report/chart"

// sample is a figure with its box.
type sample struct {
	figure chart.Figure
	w, h   float64
}

// samples hold every figure in its usual and in its difficult forms.
func samples() map[string]sample {
	likert, heat, levels, shares := likertSample(), heatSample(), levelsSample(), sharesSample()
	return map[string]sample{
		"likert":           {likert, 165, likert.Height()},
		"likert-changes":   {changesSample(), 165, changesSample().Height()},
		"forest":           {forestSample(), 165, forestSample().Height()},
		"forest-wide":      {wideForest(), 165, wideForest().Height()},
		"trend-flags":      {flagTrend(), 80, 92},
		"trend-flags-wide": {flagTrend(), 165, 92},
		"drivers-shares":   {shareSample(), 165, shareSample().Height()},
		"signs": {chart.Signs{
			Clear: "gesichert", Probable: "wahrscheinlich", Stable: "stabil", NotClear: "nicht gesichert", New: "erstmals gemessen",
			NotAlike: "nicht vergleichbar", Words: "Zeichen",
		}, 165, chart.SignsHeight},
		"glyphs":           {glyphs{}, 80, 8},
		"likert-classes":   {classesSample(), 165, classesSample().Height()},
		"heat":             {heat, 165, heat.Height()},
		"heat-ten-by-five": {largeHeatSample(), 165, largeHeatSample().Height()},
		"levels":           {levels, 165, levels.Height()},
		"drivers":          {driversSample(), 165, driversSample().Height()},
		"shares":           {shares, 165, shares.Height()},
		"trend-first":      {firstTrend(), 80, 92},
		"trend":            {laterTrend(), 80, 92},
		"trend-many":       {manyTrend(), 80, 92},
		"trend-empty":      {chart.Trend{Title: "Motivation", Points: []chart.TrendPoint{{Label: "It. 1"}}, Empty: "noch kein Wert, der gezeigt werden darf", Words: "Motivation"}, 80, 92},
		"spark":            {chart.Spark{Trend: laterTrend()}, 47, 16},
		"spark-first":      {chart.Spark{Trend: firstTrend()}, 47, 16},
		"gap":              {gapSample(), 47, 16},
		"stages":           {stagesSample(false), 83, 100},
		"stages-panel":     {panelSample(), 77, 20},
		"stages-finding":   {stagesSample(true), 47, 16},
		"cycle":            {chart.Cycle{Phases: [4]string{"PLAN", "DO", "CHECK", "ACT"}, Active: 2, Number: 3, Iteration: "Iteration 3", Words: "PDCA-Zyklus: Phase CHECK, Iteration 3"}, 165, 16},
		"status":           {symbols{}, 40, 8},
		"ladder":           {ladderSamples(), 64, 12.5 * 6},
		"ladder-head":      {ladderHead("unvollständig", "durchgeführt", "gesteuert", "etabliert", "vorhersagbar", "innovierend"), 64, chart.LadderHeadHeight},
		"ladder-head-long": {ladderHead("incomplete", "initial and ad hoc, heroes", "repeatable but intuitive", "defined", "managed and measurable", "optimised"), 64, chart.LadderHeadHeight},
		"filled":           {filledSamples(), 60, 6},
		"letters":          {chart.Letters{Word: "SMART", Missing: "MT", Words: "SMART, es fehlen M und T"}, 17, 6},
		"steps":            {stepsSamples(), 80, chart.StepsHeight},
		"track":            {trackSamples(), 44, 12 * 6},
		"squares":          {squaresSample(6, 4, 2), 47, 16},
		"squares-wide":     {squaresSample(24, 18, 11), 165, 24},
		"squares-many":     {squaresSample(124, 80, 0), 47, 16},
		"themes":           {dotsSample(), 165, dotsSample().Height()},
		"choices":          {choicesSample(0), 34, choicesSample(0).Height()},
		"choices-made":     {choicesSample(2), 34, choicesSample(2).Height()},
		"blanks":           {chart.Blanks{Rows: [][2]string{{"Verantwortlich", ""}, {"Termin", "05.12.2025"}, {"Bemerkung", "mit dem Betriebsrat abgestimmt und auf zwei Standorte begrenzt"}}, Words: "Felder"}, 60, 21},
		"sign":             {chart.Sign{Status: chart.StatusNone, Word: "Messung fehlt"}, 19, 8},

		"paths":      {pathsSample(), 165, pathsSample().Height()},
		"panel":      {panelOf("Störungsmanagement"), 51, 42},
		"panel-long": {panelOf("Konfigurationsmanagement und mehr"), 51, 42},
		"slope":      {slopeSample(), 165, slopeSample().Height()},
		"timeline":   {timelineSample(), 165, timelineSample().Height()},
		"dumbbell":   {dumbbellSample(), 165, dumbbellSample().Height()},
		"grid":       {gridSample(), 165, gridSample().Height()},
		"wander":     {wanderSample(9), 165, 96},

		"abreast":         {abreastSample(), 105, abreastSample().Height()},
		"paths-narrow":    {pathsSample(), 105, pathsSample().Height()},
		"slope-narrow":    {slopeSample(), 105, slopeSample().Height()},
		"dumbbell-narrow": {dumbbellSample(), 105, dumbbellSample().Height()},
		"panel-narrow":    {panelOf("Konfigurationsmanagement und mehr"), 50, 42},

		"wander-two": {wanderSample(2), 165, 96},
		"stairs":     {stairsSample(), 165, 62},
		"throughput": {throughputSample(), 165, throughputSample().Height()},
	}
}

// symbols draws the four signs of a status side by side.
type symbols struct{}

func (symbols) Alt() string { return "im Plan, beobachten, handeln, ohne" }

func (symbols) Draw(c chart.Canvas, b chart.Box) {
	for i, s := range []chart.Status{chart.StatusOK, chart.StatusWatch, chart.StatusAct, chart.StatusNone} {
		chart.DrawStatus(c, s, chart.Point{X: b.X + 5 + 9*float64(i), Y: b.Y + b.H/2}, 6)
	}
}

func likertSample() chart.Likert {
	return chart.Likert{
		Legend: [5]string{"trifft gar nicht zu", "trifft eher nicht zu", "teils, teils", "trifft eher zu", "trifft voll zu"},
		Heads:  [4]string{"Ablehnung", "Zustimmung", "Teils, teils", "Index"},
		Axis:   "Anteil der Antworten in Prozent",
		Words:  "Antworten",
		Blocks: []chart.LikertBlock{
			{Name: "Akzeptanz", Index: "60", Rows: []chart.LikertRow{
				{Text: []string{"Der neue Ablauf ist für unsere", "Arbeit sinnvoll."}, Disagree: []int{5, 11}, Neutral: new(22), Agree: []int{39, 23}, Index: "66"},
				{Text: []string{"Geht leicht von der Hand"}, Disagree: []int{10, 22}, Neutral: new(21), Agree: []int{35, 12}, Index: "54", Footnote: true},
			}},
			{Name: "Unterstützung", Rows: []chart.LikertRow{
				{Text: []string{"Zu viele Veränderungen", "(umgekehrt gewertet)"}, Disagree: []int{24, 28}, Neutral: new(22), Agree: []int{19, 7}, Index: "39", Prevails: true},
				{Text: []string{"Weiß, wen ich frage"}, Band: "mind. 95\u00a0%", BandEnd: chart.HighEnd},
				{Text: []string{"Werde gehört"}, Band: "höchst. 5\u00a0%", BandEnd: chart.LowEnd},
				{Text: []string{"Bekannte Fehler finde ich leicht."}, Empty: "nicht ausgewiesen – weniger als 5 Antworten"},
				{Text: []string{"Alle sind dafür"}, Disagree: []int{0, 0}, Neutral: new(0), Agree: []int{1, 99}, Index: "97"},
			}},
		},
	}
}

// classesSample shows three classes and a question of yes and no.
func classesSample() chart.Likert {
	l := likertSample()
	l.Legend = [5]string{"strongly disagree", "rather disagree", "partly agree, partly disagree", "rather agree", "strongly agree"}
	l.Blocks = []chart.LikertBlock{{Name: "Weitere Fragen", Rows: []chart.LikertRow{
		{Text: []string{"Verbesserung gespürt"}, Disagree: []int{35}, Agree: []int{65}},
		{Text: []string{"Kritik bewirkt etwas"}, Disagree: []int{45}, Neutral: new(40), Agree: []int{15}, Index: "41", Prevails: true},
		{Text: []string{"Niemand ist dafür"}, Disagree: []int{100}, Neutral: new(0), Agree: []int{0}, Index: "12", Prevails: true},
	}}}
	return l
}

func cell(v float64, text string) chart.HeatCell { return chart.HeatCell{Value: &v, Text: text} }

func heatSample() chart.HeatTable {
	low, hollow := cell(36, "36"), cell(58, "58")
	low.Lowest, hollow.Hollow = true, true
	low.Glyph = chart.ClearlyDown
	return chart.HeatTable{
		Title: "Akzeptanz", Total: "Gesamt", NHead: "n", Words: "Am niedrigsten: Mitarbeit im Änderungsmanagement (36)",
		Columns: []string{"Prozess-verantwortung", "Prozess-management", "Mitarbeit", "Nutzung der Prozesse"},
		Rows:    []string{"Störungsmanagement", "Änderungsmanagement", "Konfigurationsmanagement"},
		Cells: [][]chart.HeatCell{
			{{Band: "mind. 90\u00a0%", BandEnd: chart.HighEnd}, cell(71, "71"), cell(68, "68"), hollow},
			{{}, cell(44, "44"), low, {Band: "höchst. 10\u00a0%", BandEnd: chart.LowEnd}},
			{{Absent: true}, {}, {Band: "mind. 80\u00a0%"}, cell(79, "79")},
		},
		RowSum: []chart.HeatCell{cell(68, "68"), cell(43, "43"), cell(72, "72")},
		ColSum: []chart.HeatCell{{}, cell(60, "60"), cell(55, "55"), cell(66, "66")},
		Sum:    cell(60, "60"), N: []string{"48", "35", "26", "109"},
	}
}

func largeHeatSample() chart.HeatTable {
	h := chart.HeatTable{Title: "Akzeptanz", Total: "Gesamt", NHead: "n", Words: "Akzeptanz", Sum: cell(61, "61"), N: []string{}}
	for range 5 {
		h.Columns = append(h.Columns, "Prozessmanagement")
		h.ColSum = append(h.ColSum, cell(62, "62"))
	}
	for i := range 10 {
		h.Rows = append(h.Rows, "Verwaltung der Service-Level und Verträge")
		h.Cells = append(h.Cells, []chart.HeatCell{cell(30+5*float64(i), "30"), {}, cell(64, "64"), {Band: "mind. 85\u00a0%", BandEnd: chart.HighEnd}, cell(49, "49")})
		h.RowSum = append(h.RowSum, cell(55, "55"))
		h.N = append(h.N, "1\u00a0024")
	}
	h.N = append(h.N, "10\u00a0240")
	return h
}

func levelsSample() chart.Levels {
	return chart.Levels{
		Heads: [3]string{"Prozess", "Index", "Antworten"}, Words: "Akzeptanz je Prozess",
		Rows: []chart.LevelRow{
			{Label: "Störungsmanagement", Value: new(68.0), Low: new(62.0), High: new(74.0), Text: "68", N: "48"},
			{Label: "Änderungsmanagement", Value: new(43.0), Low: new(33.0), High: new(53.0), Text: "43", N: "35", Prev: new(55.0)},
			{Label: "Problemmanagement", Value: new(58.0), Low: new(30.0), High: new(86.0), Text: "58", N: "50–74\u00a0%", Hollow: true},
			{Label: "Serviceanfragen", Band: "mind. 90\u00a0%", BandEnd: chart.HighEnd, N: "75–89\u00a0%"},
			{Label: "Anlagen", Band: "höchst. 10\u00a0%", BandEnd: chart.LowEnd, N: "40"},
			{Label: "Konfigurationsmanagement", Empty: "nicht ausgewiesen"},
			{Label: "Verwaltung der Service-Level und der Verträge mit Lieferanten", Value: new(100.0), Text: "100", N: "1\u00a0024"},
			{Label: "Gesamt", Value: new(60.0), Low: new(57.0), High: new(63.0), Text: "60", N: "109", Bold: true},
		},
	}
}

func driversSample() chart.Levels {
	return chart.Levels{
		Heads: [3]string{"Treiber", "Index", "n"}, Strength: "hängt zusammen", Words: "Treiber der Akzeptanz",
		Rows: []chart.LevelRow{
			{Label: "Führung", Glyph: chart.ClearlyUp, Value: new(42.0), Low: new(38.0), High: new(46.0), Prev: new(37.0), Text: "42", N: "104", Strength: 3},
			{Label: "Arbeitslast", Value: new(39.0), Low: new(35.0), High: new(44.0), Text: "39", N: "106", Strength: 2},
			{Label: "Beteiligung", Value: new(97.0), Low: new(93.0), High: new(100.0), Text: "97", N: "98", Strength: 1},
			{Label: "Information", Value: new(55.0), Low: new(50.0), High: new(60.0), Text: "55", N: "101"},
		},
	}
}

func sharesSample() chart.Shares {
	return chart.Shares{Words: "Beteiligung je Prozess und Rolle", Rows: []chart.ShareRow{
		{Label: "Prozesse", Head: true},
		{Label: "Störungsmanagement", Invited: 50, Answered: new(40), Text: "40 von 50 (80\u00a0%)"},
		{Label: "Änderungsmanagement", Invited: 19, Text: "50–74\u00a0%"},
		{Label: "Verwaltung der Service-Level und der Verträge", Invited: 1200, Answered: new(1199), Text: "1\u00a0199 von 1\u00a0200 (100\u00a0%)"},
		{Label: "Rollen", Head: true},
		{Label: "Nutzung", Invited: 30, Answered: new(0), Text: "0 von 30 (0\u00a0%)"},
	}}
}

func firstTrend() chart.Trend {
	return chart.Trend{Title: "Akzeptanz", Window: "Ausschnitt der Skala von 0 bis 100", Words: "Akzeptanz: 55", Target: new(65.0), Points: []chart.TrendPoint{
		{Label: "It. 1", Value: new(55.0), Low: new(52.0), High: new(58.0), Text: "55"},
	}}
}

func laterTrend() chart.Trend {
	return chart.Trend{Title: "Akzeptanz", Window: "Ausschnitt der Skala von 0 bis 100", Words: "Akzeptanz: 54, 51, 60", Points: []chart.TrendPoint{
		{Label: "It. 1", Value: new(54.0), Low: new(50.0), High: new(58.0), Text: "54"},
		{Label: "It. 2", Value: new(57.0), Pulse: true, Text: "57"},
		{Label: "It. 2", Value: new(51.0), Low: new(47.0), High: new(55.0), Text: "51", Hollow: true},
		{Label: "It. 3", Value: new(53.0), Low: new(44.0), High: new(60.0), Pulse: true, Text: "53"},
		{Label: "It. 3", Value: new(60.0), Low: new(57.0), High: new(63.0), Text: "60"},
	}}
}

// manyTrend has a gap, a wide range, and a pulse round behind the last check.
func manyTrend() chart.Trend {
	t := chart.Trend{Title: "Akzeptanz", Window: "Ausschnitt", Words: "Akzeptanz über 16 Runden", Target: new(70.0)}
	for i := range 32 {
		v := 20 + 2*float64(i)
		p := chart.TrendPoint{Label: "Iteration", Value: &v, Low: new(v - 6), High: new(v + 6), Text: "50", Pulse: i%2 == 1}
		if i == 14 {
			p.Value, p.Low, p.High = nil, nil, nil
		}
		t.Points = append(t.Points, p)
	}
	return t
}

func gapSample() chart.Gap {
	return chart.Gap{Words: "Serviceanfragen 69, Gesamt 64, Änderungsmanagement 46", Rows: []chart.GapRow{
		{Label: "Serviceanfragen", Value: 100, Text: "100"},
		{Label: "Gesamt", Value: 64, Text: "64", Total: true},
		{Label: "Änderungsmanagement", Value: 0, Text: "0", Mark: true},
	}}
}

func stagesSample(small bool) chart.Stages {
	return chart.Stages{Title: map[bool]string{false: "Alle Befragten"}[small], Limit: 60, Bracket: "Hürde", Small: small, Words: "Stufen", Bars: []chart.StageBar{
		{Label: "Verstehen", Value: new(100.0), Text: "100"},
		{Label: "Wollen", Value: new(71.0), Text: "71"},
		{Label: "Wissen", Value: new(63.0), Text: "63"},
		{Label: "Können", Value: new(47.0), Text: "47", Barrier: true},
		{Label: "Dranbleiben", Value: new(57.0), Text: "57"},
	}}
}

// panelSample is a small group: a band, a protected stage, indicative values.
func panelSample() chart.Stages {
	return chart.Stages{Title: "Prozessmanagement", Limit: 60, Small: true, Words: "Stufen", Bars: []chart.StageBar{
		{Label: "Verstehen", Band: "mind. 85\u00a0%", BandEnd: chart.HighEnd},
		{Label: "Wollen"},
		{Label: "Wissen", Value: new(64.0), Text: "64", Hollow: true},
		{Label: "Können", Value: new(44.0), Text: "44", Barrier: true, Hollow: true},
		{Label: "Dranbleiben", Value: new(0.0), Text: "0"},
	}}
}

// glyphs draws the signs of a change side by side.
type glyphs struct{}

func (glyphs) Alt() string { return "Zeichen einer Veränderung" }

func (glyphs) Draw(c chart.Canvas, b chart.Box) {
	for g := chart.NoGlyph; g <= chart.NotAlike; g++ {
		chart.DrawGlyph(c, g, chart.Point{X: b.X + 4 + 8*float64(g), Y: b.Y + b.H/2}, 5)
	}
}

// changesSample has a column of changes.
func changesSample() chart.Likert {
	l := likertSample()
	l.Since = "ggü. It. 12"
	l.Blocks[0].Change = chart.Change{Glyph: chart.ClearlyUp, Text: "+9"}
	for i, change := range []chart.Change{
		{Glyph: chart.ProbablyDown, Text: "−10"}, {Glyph: chart.NewHere, Text: "neu"}, {Text: "–"}, {Glyph: chart.NotAlike},
		{Text: "zu wenige"}, {Glyph: chart.NotClear, Text: "+19\u00a0Pp"},
	} {
		if i < 2 {
			l.Blocks[0].Rows[i].Change = change
		} else {
			l.Blocks[1].Rows[i-2].Change = change
		}
	}
	return l
}

func forestSample() chart.Forest {
	return chart.Forest{
		Heads: [5]string{"Prozess", "It. 12", "jetzt", "Veränderung", "Antworten"}, Words: "Veränderung der Akzeptanz",
		Rows: []chart.ForestRow{
			{Label: "Störungsmanagement", Value: new(13.0), Low: new(6.0), High: new(20.0), Change: chart.Change{Glyph: chart.ClearlyUp, Text: "+13"}, Prev: "55", Now: "68", N: "38"},
			{Label: "Problemmanagement", Value: new(-4.0), Low: new(-18.0), High: new(10.0), Change: chart.Change{Glyph: chart.NotClear, Text: "−4"}, Prev: "62", Now: "58", N: "50–74\u00a0%", Hollow: true},
			{Label: "Serviceanfragen", Change: chart.Change{Text: "–"}, Prev: "69", Now: "≥\u00a090\u00a0%", NowEnd: chart.HighEnd, Empty: "offen", N: "75–89\u00a0%"},
			{Label: "Anlagen", Change: chart.Change{Glyph: chart.NewHere}, Prev: "–", Now: "44", Empty: "erstmals gemessen", N: "40"},
			{Label: "Verwaltung der Service-Level und der Verträge mit Lieferanten", Change: chart.Change{Glyph: chart.NotAlike}, Prev: "100", Now: "100", Empty: "nicht vergleichbar", N: "1\u00a0024"},
			{Label: "Gesamt", Value: new(9.0), Low: new(3.0), High: new(15.0), Change: chart.Change{Glyph: chart.ClearlyUp, Text: "+9"}, Prev: "51", Now: "60", N: "109", Bold: true},
		},
	}
}

// wideForest reaches to both ends of the scale.
func wideForest() chart.Forest {
	f := forestSample()
	f.Rows[0].Low, f.Rows[1].High = new(-100.0), new(100.0)
	return f
}

// flagTrend has a time axis with four events, of which the latest three are drawn.
func flagTrend() chart.Trend {
	t := laterTrend()
	t.Lines = []string{"Trend: steigt, +3,2 je Iteration (+0,6 bis +5,9)", "Rückschritt in Iteration 2"}
	for i, day := range []float64{100, 160, 190, 250, 300} {
		t.Points[i].Day = day
	}
	t.Flags = []chart.Flag{{300, "Umzug Halle C"}, {20, "zu früh"}, {60, "Start Störung"}, {292, "Schulung Ä–Ü"}, {320, "danach"}}
	return t
}

// shareSample has shares of what goes together.
func shareSample() chart.Levels {
	l := driversSample()
	l.Share = "Anteil"
	for i, share := range []string{"34\u00a0%", "22\u00a0%", "100\u00a0%", "7\u00a0%"} {
		l.Rows[i].Share = share
	}
	return l
}

// abreastSample is organisations in half a page: with few answers, banded, withheld, and
// asked otherwise.
func abreastSample() chart.Levels {
	return chart.Levels{
		Heads: [3]string{"Organisation", "Index", "Antworten"}, Words: "Akzeptanz je Organisation",
		Rows: []chart.LevelRow{
			{Label: "Nordlicht Energie AG", Value: new(61.0), Low: new(57.0), High: new(65.0), Text: "61", N: "187"},
			{Label: "Ostseewerk Maschinenbau und Instandhaltung", Value: new(43.0), Low: new(22.0), High: new(64.0), Text: "43", N: "8", Hollow: true},
			{Label: "Südwind", Band: "≥ 85 %", BandEnd: chart.HighEnd, N: "1\u00a0024"},
			{Label: "Westend", Empty: "nicht ausgewiesen"},
			{Label: "Zeppelin Klinikverbund", Empty: "nicht vergleichbar", Glyph: chart.NotAlike},
		},
	}
}
