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

// promised is what was said and what became of it, the longest texts last, and the
// improvements behind.
func promised() ([]survey.Pair, []survey.Improvement) {
	long := "Wir wissen bei hochpriorisierten Sicherheitsvorfällen am Wochenende nie, welche Eskalationsverantwortlichen gerade Rufbereitschaft haben und wen wir zuerst anrufen"
	pair := func(number int, process, said, did string, status survey.PairStatus, day string, of survey.RecordID) survey.Pair {
		return survey.Pair{
			Record: survey.Record{Number: number, Process: process}, Said: locale.Text{DE: said}, Did: locale.Text{DE: did}, Status: status, Day: day,
			Improvement: of, Released: true,
		}
	}
	hidden := pair(6, "", "Noch nicht freigegeben", "Noch nicht.", survey.PairDone, "", "")
	hidden.Released = false
	return []survey.Pair{
			pair(1, "INC", "Uns fehlt Übung mit dem neuen Werkzeug.", "Zwei feste Sprechstunden je Woche, im Tandem mit dem Prozessmanagement.", survey.PairWorking, "2026-04-20", "m1"),
			pair(2, "", "Von Erfolgen erfahren wir zu spät.", "Neues steht jeden Montag im Intranet und am Aushang.", survey.PairDone, "2026-03-23", "m2"),
			pair(3, "", "Das Formular ist zu lang.", "", survey.PairWorking, "2026-04-20", ""),
			pair(4, "", "Zwei Systeme nebeneinander kosten Zeit.", "Das alte System läuft bis Dezember weiter, weil die Abrechnung daran hängt.", survey.PairNotYet, "", ""),
			pair(5, "CFG", "Konfigurationsdaten pflegt nur Frau Muster.", "Geklärt.", survey.PairDone, "2026-03-19", ""),
			hidden,
			pair(7, "", long, long, survey.PairWorking, "2026-12-24", "m3"),
			pair(8, "", long, long, survey.PairNotYet, "", ""),
		}, []survey.Improvement{
			{Record: survey.Record{ID: "m1"}, Moves: "B4"}, {Record: survey.Record{ID: "m2"}, Moves: "C2"}, {Record: survey.Record{ID: "m3"}, Moves: "ACC"},
		}
}

// board is what the team sheet of a round is made of.
func board(in report.Input, pairs ...survey.Pair) report.TeamInput {
	_, improvements := promised()
	in.Iteration.Ends = time.Date(2026, 4, 30, 16, 0, 0, 0, time.UTC)
	o := *in.Organisation
	o.Contact = locale.Text{DE: "dienstags 10 bis 11 Uhr, Raum 2.14, Prozessmanagement", EN: "Tuesdays 10 to 11, room 2.14, process management"}
	round := *in.Round
	round.ID = "kQ2vX8mZtR5nB1cJ7hYpLw"
	return report.TeamInput{
		Organisation: &o, Programme: in.Programme, Public: "mXb4LdT0pV6hQe9sJw2kRg", Iteration: in.Iteration, Round: &round, Results: in.Results, First: len(in.Earlier) == 0,
		Pairs: pairs, Improvements: improvements, Base: "https://puls.example.org", At: time.Date(2026, 3, 25, 9, 0, 0, 0, time.UTC), Language: in.Language, Version: 1,
		Rounds: []survey.Round{{Kind: survey.PulseRound, Opens: time.Date(2026, 4, 6, 7, 0, 0, 0, time.UTC)}},
	}
}

// boards are team sheets by name: with answers, of a first iteration without any, of a
// round that shows nothing, with the longest texts.
func boards(t testing.TB) map[string]report.TeamInput {
	all, _ := promised()
	return map[string]report.TeamInput{
		"team answered": board(whole(t), all...), "team first": board(first(t)), "team few": board(few(t), all[1]), "team small": board(small(t), all[:3]...),
		"team long": board(later(t), all[6], all[6], all[6], all[7]),
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
	all, _ := promised()
	d := buildTeam(t, board(whole(t), all...))
	s := d.Pages[0].Blocks[0].(report.TeamSheet)
	want := []report.Pair{
		{Said: "Von Erfolgen erfahren wir zu spät.", Figure: "Von Erfolg gehört: 62 von 100", Did: "Neues steht jeden Montag im Intranet und am Aushang.", Word: "erledigt, 23.03.2026", State: report.PairDone},
		{Said: "Uns fehlt Übung mit dem neuen Werkzeug.", Figure: "Können: 43 von 100", Did: "Zwei feste Sprechstunden je Woche, im Tandem mit dem Prozessmanagement.", Word: "in Arbeit bis 20.04.2026", State: report.PairWorking},
		{Said: "Das Formular ist zu lang.", Did: "In Arbeit – Antwort bis 20.04.2026", Word: "in Arbeit", State: report.PairWorking},
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
	if s.Title != "Danke – 128 von 148 haben\u00a0geantwortet" || d.ID != "BW-I03-T1" {
		t.Errorf("%q, %s", s.Title, d.ID)
	}
}

// TestTeamSheetBeforeAnswers: as long as nothing is released, people read until when
// they are told more; the first sheet has a title of its own.
func TestTeamSheetBeforeAnswers(t *testing.T) {
	d := buildTeam(t, board(first(t)))
	s := d.Pages[0].Blocks[0].(report.TeamSheet)
	want := []report.Pair{{Said: "Eure Antworten liegen vor.", Did: "In Arbeit – Antwort bis 27.03.2026", Word: "in Arbeit"}}
	if diff := cmp.Diff(want, s.Pairs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s.Title != "Das habt ihr gesagt – das tun wir jetzt" || s.Lead != "Danke – 128 von 148 haben\u00a0geantwortet." {
		t.Errorf("%q, %q", s.Title, s.Lead)
	}
	if s := buildTeam(t, board(few(t))).Pages[0].Blocks[0].(report.TeamSheet); strings.ContainsAny(s.Lead, "0123456789") {
		t.Errorf("fewer than k are counted: %q", s.Lead)
	}
}

// TestTeamSheetIsPrinted finds every word again and, on the same day, the same bytes.
func TestTeamSheetIsPrinted(t *testing.T) {
	all, _ := promised()
	in := board(whole(t), all...)
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
