package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/maturity"
)

// kept is the sample of many rounds with all modules.
func kept(t testing.TB) report.Input {
	in := whole(t)
	in.Iteration.Starts = time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	in.Modules = modules()
	return in
}

func modules() report.Modules {
	return report.Modules{
		Day: "2026-03-16", Maturity: levels(), Goals: aims(), QuickWins: wins(), Voices: said(),
		Act: &report.Act{
			Actions: []report.Action{
				{Rule: "A4", Owner: "Prozessmanagement Änderungen", Due: "2026-04-01", Effort: "M"},
				{Rule: "A6", Text: "Die offenen Erfolge in der Betriebsversammlung zeigen", Due: "2026-03-27"},
			},
			PulseFrom: "2026-05-04", PulseTo: "2026-05-13",
			Staff: "Die Sprechstunden beginnen im April; Änderungen bekommen eine zweite Ansprechperson.", StaffTold: "Team-Termine in der Woche vom 23. März",
		},
	}
}

func levels() *report.Maturity {
	model := maturity.ISO33020("2015")
	m := &report.Maturity{Model: model.Title, Levels: model.Levels, Before: &report.Share{Iteration: 2, Part: 1, Of: 5}}
	for _, a := range model.Attributes {
		m.Attributes = append(m.Attributes, report.MaturityAttribute{ID: a.ID, Name: a.Name})
	}
	rated := func(classes string) map[string]maturity.Class {
		r := map[string]maturity.Class{}
		for i, a := range model.Attributes {
			if i < len(classes) && classes[i] != '-' {
				r[a.ID] = maturity.Class(classes[i])
			}
		}
		return r
	}
	m.Processes = []report.MaturityProcess{
		{Process: "INC", Level: new(3), Previous: new(2), Target: new(3), Assessor: "Externe Beratung", Day: "2026-03-05", Measured: new(true), Ratings: rated("FFFLL--")},
		{Process: "REQ", Level: new(2), Previous: new(2), Target: new(2), Assessor: "Prozessverantwortung", Day: "2026-03-06", Measured: new(true), Ratings: rated("FLL----")},
		{Process: "CHG", Level: new(1), Previous: new(2), Target: new(3), Assessor: "Externe Beratung", Day: "2026-03-05", Measured: new(false), Provisional: true, Ratings: rated("LPN----")},
		{Process: "PRB", Previous: new(1), PreviousDay: "2025-09-12", Target: new(2), Measured: new(false)},
		{Process: "CFG", Target: new(2)},
	}
	return m
}

func aims() *report.Goals {
	return &report.Goals{Before: &report.Share{Iteration: 2, Part: 2, Of: 6}, Goals: []report.Goal{
		{ID: "Z1", Process: "INC", Name: "Störungen mit hoher Priorität schneller lösen", Metric: "Lösungszeit P1", Unit: "h", Direction: survey.Down, Baseline: new(8.5), Target: new(4.0), Actual: new(3.8), Measured: "2026-03-10", Owner: "Prozessmanagement", Due: "2026-03-31"},
		{ID: "Z2", Process: "INC", Name: "Mehr Störungen in der ersten Stufe lösen", Metric: "Erstlösungsquote", Unit: "%", Direction: survey.Up, Baseline: new(48.0), Target: new(65.0), Actual: new(60.0), Measured: "2026-03-10", Owner: "Service Desk", Due: "2026-04-30"},
		{ID: "Z3", Process: "CHG", Name: "Änderungen ohne Notfallverfahren durchführen", Metric: "Anteil Notfall-Änderungen", Unit: "%", Direction: survey.Down, Baseline: new(22.0), Target: new(10.0), Actual: new(24.0), Measured: "2026-03-09", Owner: "Prozessverantwortung", Due: "2026-03-10", Missing: "A"},
		{ID: "Z4", Process: "REQ", Name: "Serviceanfragen aus dem Katalog bestellen", Metric: "Anteil Katalogbestellungen", Unit: "%", Direction: survey.Up, Baseline: new(30.0), Target: new(60.5), Actual: new(52.25), Measured: "2026-03-11", Owner: "Service-Katalog", Due: "2026-03-31"},
		{ID: "Z5", Process: "CFG", Name: "Bestand der Server vollständig erfassen", Metric: "erfasste Server", Unit: "Stück", Direction: survey.Up, Baseline: new(410.0), Target: new(1240.0), Due: "2026-06-30", Missing: "MR"},
		{ID: "Z6", Process: "PRB", Name: "Wiederkehrende Störungen vermeiden", Direction: survey.Up, Missing: "SMAT"},
	}}
}

func wins() *report.QuickWins {
	return &report.QuickWins{Before: &report.Share{Iteration: 2, Part: 2, Of: 3}, Wins: []report.QuickWin{
		{ID: "Q1", Process: "INC", Name: "Ein Formular statt drei für Störungen", Status: survey.QuickWinConfirmed, Due: "2026-01-15", Reached: "2026-01-12", Told: "2026-01-19", Channel: "Intranet", Audience: "alle"},
		{ID: "Q2", Process: "REQ", Name: "Passwort selbst zurücksetzen", Status: survey.QuickWinDone, Due: "2026-02-01", Reached: "2026-02-10", Told: "2026-02-11", Channel: "Team-Termin", Audience: "Service Desk und Fachbereiche"},
		{ID: "Q3", Process: "INC", Name: "Bekannte Fehler in der Suche finden", Status: survey.QuickWinDone, Due: "2026-02-20", Reached: "2026-02-18"},
		{ID: "Q4", Process: "CHG", Name: "Standardänderungen ohne Gremium freigeben", Status: survey.QuickWinDone, Due: "2026-03-01", Reached: "2026-03-02"},
		{ID: "Q5", Process: "CHG", Name: "Kalender aller Änderungen für alle sichtbar", Status: survey.QuickWinDoing, Due: "2026-03-01"},
		{ID: "Q6", Process: "PRB", Name: "Wöchentliche Liste der häufigsten Ursachen", Status: survey.QuickWinPlanned, Due: "2026-04-15"},
	}}
}

func said() *report.Voices {
	load, tool, help := locale.Text{DE: "Zeit und Arbeitslast", EN: "Time and workload"}, locale.Text{DE: "Werkzeug", EN: "Tool"}, locale.Text{DE: "Hilfe im Alltag", EN: "Help in daily work"}
	v := &report.Voices{Texts: 31, Comments: []report.Voice{
		{Theme: load, Text: "Neben dem Tagesgeschäft bleibt für die neuen Schritte keine Zeit."},
		{Theme: tool, Text: "Die Maske fragt Dinge ab, die wir zu diesem Zeitpunkt noch gar nicht wissen können.", Edited: true},
		{Theme: help, Text: "Seit den Sprechstunden weiß ich, wen ich fragen kann. Das hat viel geändert."},
		{Theme: load, Text: "Drei Umstellungen zugleich sind zu viel."},
		{Text: "Endlich sehe ich, was aus meiner Meldung wird."},
	}}
	for i := range 9 {
		v.Comments = append(v.Comments, report.Voice{Theme: load, Text: fmt.Sprintf("Wir brauchen mehr Luft zwischen den Terminen, Team %d.", i)})
	}
	for i := range 6 {
		v.Comments = append(v.Comments, report.Voice{Theme: tool, Text: fmt.Sprintf("Das Werkzeug ist langsam, vor allem am Vormittag in Halle %d.", i)})
	}
	for i := range 4 {
		v.Comments = append(v.Comments, report.Voice{Theme: help, Text: fmt.Sprintf("Mehr Beispiele wären gut, etwa Nummer %d.", i)})
	}
	v.Register = []report.RegisterRow{
		{ID: "K1", Process: "INC", Criticism: "Störungen landen beim falschen Team und wandern dann tagelang", Potential: "Zuordnung nach Dienst statt nach Gerät", Status: survey.ImprovementDone, Received: "2025-09-20", Answered: "2025-10-01", Channel: "Team-Termin", Answer: "Die Zuordnung ist umgestellt", Effect: &report.Effect{Item: "A2", Before: new(50), Now: new(61), Verdict: report.Moved}},
		{ID: "K2", Process: "CHG", Criticism: "Das Gremium tagt zu selten", Potential: "Standardänderungen ohne Gremium", Status: survey.ImprovementPlanned, Received: "2025-09-22", Due: "2026-04-01", Answered: "2025-10-02", Channel: "Intranet", Effect: &report.Effect{Item: "A1", Before: new(48), Now: new(49), Verdict: report.NotMoved}},
		{ID: "K3", Criticism: "Es gibt keine Schulung für neue Kolleginnen und Kollegen", Status: survey.ImprovementNew, Received: "2026-02-20"},
		{ID: "K4", Process: "REQ", Criticism: "Der Katalog kennt unsere Sonderfälle nicht", Potential: "Freitextanfrage mit Rückfrage binnen eines Tages", Status: survey.ImprovementExamined, Received: "2026-03-01"},
		{ID: "K5", Criticism: "Wir möchten zum alten Werkzeug zurück", Status: survey.ImprovementInfeasible, Reason: "Der Hersteller hat die Wartung beendet, es gibt keine Sicherheitsupdates mehr", Received: "2025-10-04", Answered: "2025-10-20", Channel: "offene Tür", Effect: &report.Effect{Item: "A3", Verdict: "open"}},
	}
	return v
}

// endless is the crowded round with the longest texts that people may enter, and many
// of everything.
func endless(t testing.TB) report.Input {
	in := later(t)
	in.Version, in.Reason = 2, longText(40)
	model := maturity.ISO33020("2019")
	m := modules()
	m.Maturity = &report.Maturity{Levels: model.Levels}
	for _, a := range model.Attributes {
		m.Maturity.Attributes = append(m.Maturity.Attributes, report.MaturityAttribute{ID: a.ID, Name: a.Name})
	}
	m.Goals, m.QuickWins, m.Act.Actions = &report.Goals{}, &report.QuickWins{}, nil
	for i, p := range in.Organisation.Processes {
		m.Maturity.Processes = append(m.Maturity.Processes, report.MaturityProcess{
			Process: p.Key, Level: new(i % 6), Previous: new((i + 2) % 6), Target: new(5), Assessor: longText(8), Day: "2026-03-05", Provisional: i%2 == 0, Measured: new(true),
			Ratings: map[string]maturity.Class{"1.1": "F", "2.1": "L", "2.2": "P", "3.1": "N"},
		})
		m.Goals.Goals = append(m.Goals.Goals, report.Goal{
			ID: fmt.Sprint(i), Name: longText(20), Metric: longText(12), Unit: "Stück je Monat", Direction: survey.Up, Missing: "SMART"[:i%6],
			Baseline: new(1000.25), Actual: new(float64(1000 * i)), Target: new(12500.75), Measured: "2026-03-01", Owner: longText(6), Due: "2026-04-01",
		})
		for j := range 2 - i%2 {
			m.QuickWins.Wins = append(m.QuickWins.Wins, report.QuickWin{
				ID: fmt.Sprint(i, j), Process: p.Key, Name: longText(18), Status: survey.QuickWinDone, Due: "2026-01-01", Reached: "2026-01-02",
				Told: []string{"", "2026-02-28"}[j], Channel: longText(9), Audience: longText(9),
			})
			m.Voices.Register = append(m.Voices.Register, report.RegisterRow{
				ID: fmt.Sprint(i, j), Process: p.Key, Criticism: longText(60 + i), Potential: longText(50), Status: survey.ImprovementInfeasible, Reason: longText(30),
				Received: "2026-01-01", Answered: []string{"", "2026-02-01"}[j], Channel: longText(5), Answer: longText(40), Effect: &report.Effect{Item: "S1", Before: new(100), Now: new(100), Verdict: report.NotMoved},
			})
			m.Act.Actions = append(m.Act.Actions, report.Action{Text: longText(30), Owner: longText(12), Due: "2026-05-01", Measure: longText(15), Effort: "L"})
			m.Act.Decisions = append(m.Act.Decisions, report.Decision{Proposal: longText(40 + 2*i + j), Outcome: survey.Changed, Wording: longText(44), Owner: longText(12), Due: "2026-05-01"})
		}
	}
	for i := range m.Voices.Comments {
		m.Voices.Comments[i].Text = longText(80 + i)
		m.Voices.Comments[i].Edited = true
	}
	m.Act.Staff, m.Act.StaffTold = longText(100), longText(70)
	m.Edits = []report.Edit{{Finding: "F1", Head: longText(20), Evidence: longText(60)}}
	in.Modules = m
	return in
}

// longText gives words as long as German ones get.
func longText(words int) string {
	list := strings.Fields("Die Änderungsfreigabeverantwortung der Konfigurationsmanagementdatenbank und ihrer Servicekatalogverwaltung dauert zu lange weil niemand zuständig ist")
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(list[i%len(list)])
	}
	return fmt.Sprintf("%s %d", b.String(), words)
}

// started is the first iteration with modules that are there and empty.
func started(t testing.TB) report.Input {
	in := first(t)
	m := levels()
	m.Before = nil
	for i := range m.Processes {
		m.Processes[i].Previous, m.Processes[i].PreviousDay = nil, ""
	}
	in.Modules = report.Modules{Maturity: m, QuickWins: &report.QuickWins{}, Voices: said(), Act: &report.Act{}}
	in.Modules.Voices.Register = nil
	return in
}

// decided is the report that follows the meeting: an edited finding, proposals decided.
func decided(t testing.TB) report.Input {
	in := kept(t)
	in.Version, in.Reason = 2, "Beschlüsse vom 20. März"
	in.Modules.Edits = []report.Edit{{Finding: "F5", Evidence: "Die Sprechstunden beginnen im April."}}
	in.Modules.Act.Met = "2026-03-20"
	in.Modules.Act.Decisions = []report.Decision{
		{Rule: "A4", Outcome: survey.Accepted, Owner: "Prozessmanagement", Due: "2026-04-01"},
		{Rule: "A9", Outcome: survey.Changed, Wording: "Review erst nach der Umstellung des Werkzeugs", Due: "2026-06-15"},
		{Proposal: "Kennzahl, Quelle und Verantwortung festlegen", Outcome: survey.Postponed},
		{Proposal: "Budget für eine zweite Schulungsrunde freigeben", Outcome: survey.Declined},
	}
	return in
}
