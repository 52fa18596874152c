package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// promised is criticism with what became of it, the longest texts last.
func promised() []survey.Improvement {
	long := "Wir wissen bei hochpriorisierten Sicherheitsvorfällen am Wochenende nie, welche Eskalationsverantwortlichen gerade Rufbereitschaft haben und wen wir zuerst anrufen"
	visible := func(number int, process string, m survey.Improvement) survey.Improvement {
		m.Record, m.Visible = survey.Record{Number: number, Process: process}, true
		return m
	}
	return []survey.Improvement{
		visible(1, "INC", survey.Improvement{Criticism: "Uns fehlt Übung mit dem neuen Werkzeug.", Status: survey.ImprovementPlanned, Due: "2026-04-20",
			Answer: "Zwei feste Sprechstunden je Woche, im Tandem mit dem Prozessmanagement.", Answered: "2026-03-20", Moves: "B4"}),
		visible(2, "", survey.Improvement{Criticism: "Von Erfolgen erfahren wir zu spät.", Status: survey.ImprovementDone,
			Answer: "Neues steht jeden Montag im Intranet und am Aushang.", Answered: "2026-03-23", Moves: "C2"}),
		visible(3, "", survey.Improvement{Criticism: "Das Formular ist zu lang.", Status: survey.ImprovementExamined, Answer: "Wir prüfen, welche Felder entfallen.", Answered: "2026-03-20"}),
		visible(4, "", survey.Improvement{Criticism: "Zwei Systeme nebeneinander kosten Zeit.", Status: survey.ImprovementInfeasible,
			Reason: "Das alte System läuft bis Dezember weiter, weil die Abrechnung daran hängt.", Answer: "Ab Januar gibt es nur noch eines.", Answered: "2026-03-20"}),
		visible(5, "CFG", survey.Improvement{Criticism: "Konfigurationsdaten pflegt nur Frau Muster.", Status: survey.ImprovementDone, Answer: "Geklärt.", Answered: "2026-03-19"}),
		{Record: survey.Record{Number: 6}, Criticism: "Noch nicht freigegeben", Status: survey.ImprovementDone, Answer: "Noch nicht.", Answered: "2026-03-19"},
		visible(7, "", survey.Improvement{Criticism: long, Status: survey.ImprovementNew, Answer: long, Answered: "2026-03-19", Moves: "ACC"}),
	}
}

// board is what the team sheet of a round is made of.
func board(in report.Input, improvements ...survey.Improvement) report.TeamInput {
	in.Iteration.Ends = time.Date(2026, 4, 30, 16, 0, 0, 0, time.UTC)
	o := *in.Organisation
	o.OpenDoor = locale.Text{DE: "dienstags 10 bis 11 Uhr, Raum 2.14, Prozessmanagement", EN: "Tuesdays 10 to 11, room 2.14, process management"}
	round := *in.Round
	round.ID = "kQ2vX8mZtR5nB1cJ7hYpLw"
	return report.TeamInput{
		Organisation: &o, Programme: in.Programme, Iteration: in.Iteration, Round: &round, Results: in.Results, First: len(in.Earlier) == 0,
		Improvements: improvements, Base: "https://puls.example.org", At: time.Date(2026, 3, 25, 9, 0, 0, 0, time.UTC), Language: in.Language, Version: 1,
		Rounds: []survey.Round{{Kind: survey.PulseRound, Opens: time.Date(2026, 4, 6, 7, 0, 0, 0, time.UTC)}},
	}
}

// boards are team sheets by name: with answers, of a first iteration without any, of a
// round that shows nothing, with the longest texts.
func boards(t testing.TB) map[string]report.TeamInput {
	all := promised()
	return map[string]report.TeamInput{
		"team answered": board(whole(t), all...), "team first": board(first(t)), "team few": board(few(t), all[1]), "team small": board(small(t), all[:3]...),
		"team long": board(later(t), all[6], all[6], all[6], all[3]),
	}
}

func buildTeam(t testing.TB, in report.TeamInput) *report.Document {
	t.Helper()
	d, err := report.BuildTeam(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sheetText gives everything that a team sheet says.
func sheetText(d *report.Document) string {
	s := d.Pages[0].Blocks[0].(report.TeamSheet)
	parts := []string{s.Kicker, s.Title, s.Lead, s.Said, s.Did, s.Why, s.Next, s.Door, s.Address}
	for _, p := range s.Pairs {
		parts = append(parts, p.Said, p.Figure, p.Did, p.Word)
	}
	for _, t := range s.Dates {
		parts = append(parts, t.Day, t.What)
	}
	return strings.Join(append(parts, s.Infeasible...), "\n")
}

// TestTeamSheetIsShort: what is read standing has at most 150 words, whatever people
// write, and stands on one page.
func TestTeamSheetIsShort(t *testing.T) {
	for name, in := range boards(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			d := buildTeam(t, in)
			if n := len(strings.Fields(sheetText(d))); n > 150 || len(d.Pages) != 1 {
				t.Errorf("%s %s: %d words on %d pages", name, l, n, len(d.Pages))
			}
		}
	}
}

// TestTeamSheetShowsWhatWasReleased, done things first, and nothing about a process of
// fewer than 20 answers, in print as in the attached data.
func TestTeamSheetShowsWhatWasReleased(t *testing.T) {
	d := buildTeam(t, board(whole(t), promised()...))
	s := d.Pages[0].Blocks[0].(report.TeamSheet)
	want := []report.Pair{
		{Said: "Von Erfolgen erfahren wir zu spät.", Figure: "Von Erfolg gehört: 62 von 100", Did: "Neues steht jeden Montag im Intranet und am Aushang.", Word: "erledigt, 23.03.2026", State: report.PairDone},
		{Said: "Uns fehlt Übung mit dem neuen Werkzeug.", Figure: "Können: 43 von 100", Did: "Zwei feste Sprechstunden je Woche, im Tandem mit dem Prozessmanagement.", Word: "geplant bis 20.04.2026", State: report.PairPlanned},
		{Said: "Das Formular ist zu lang.", Did: "Wir prüfen, welche Felder entfallen.", Word: "in Arbeit"},
	}
	if diff := cmp.Diff(want, s.Pairs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := []report.TeamDate{{Day: "06.04.2026", What: "Kurzbefragung beginnt"}, {Day: "20.04.2026", What: "Zusage fällig"}, {Day: "30.04.2026", What: "Iteration 3 endet"}}; !cmp.Equal(want, s.Dates) {
		t.Errorf("%v", s.Dates)
	}
	for _, never := range []string{"Muster", "freigegeben"} {
		if strings.Contains(sheetText(d)+string(d.Files[0].Body), never) {
			t.Errorf("%q stands on the sheet", never)
		}
	}
	if s.Title != "Danke – 128 von 148 haben geantwortet" || d.ID != "BW-I03-T1" {
		t.Errorf("%q, %s", s.Title, d.ID)
	}
}

// TestTeamSheetBeforeAnswers: as long as nothing is released, people read until when
// they are told more; the first sheet has a title of its own.
func TestTeamSheetBeforeAnswers(t *testing.T) {
	d := buildTeam(t, board(first(t)))
	s := d.Pages[0].Blocks[0].(report.TeamSheet)
	want := []report.Pair{{Said: "Eure Antworten liegen vor.", Did: "In Arbeit – Antwort bis 27.\u00a0März 2026", Word: "in Arbeit"}}
	if diff := cmp.Diff(want, s.Pairs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s.Title != "Das habt ihr gesagt – das tun wir jetzt" || s.Lead != "Danke – 128 von 148 haben geantwortet." {
		t.Errorf("%q, %q", s.Title, s.Lead)
	}
	if s := buildTeam(t, board(few(t))).Pages[0].Blocks[0].(report.TeamSheet); strings.ContainsAny(s.Lead, "0123456789") {
		t.Errorf("fewer than k are counted: %q", s.Lead)
	}
}

// TestTeamSheetIsPrinted finds every word again and, on the same day, the same bytes.
func TestTeamSheetIsPrinted(t *testing.T) {
	in := board(whole(t), promised()...)
	body := draw(t, buildTeam(t, in))
	got := printed(t, body)
	for _, line := range strings.Split(sheetText(buildTeam(t, in)), "\n") {
		line = strings.ReplaceAll(line, "\u00a0", " ")
		if !strings.HasPrefix(line, "https://") && !strings.Contains(got, line) {
			t.Errorf("%q is not printed:\n%s", line, got)
		}
	}
	in.At = in.At.Add(time.Hour)
	if !bytes.Equal(draw(t, buildTeam(t, in)), body) {
		t.Error("an hour later the bytes differ")
	}
}
