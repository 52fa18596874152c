package main

import (
	"context"
	"slices"
	"strings"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// demoThemes are those of the comments, with words by which whoever moderates finds them.
var demoThemes = []struct {
	key   string
	name  locale.Text
	words []string
}{
	{"freigabe", locale.Text{DE: "Freigaben und Zuständigkeit", EN: "Approvals and responsibility"}, []string{"enehmig", "Gremium", "freigeben", "Notfall", "Dringlichkeit", "jeder, was"}},
	{"werkzeug", locale.Text{DE: "Formulare und Werkzeug", EN: "Forms and tool"}, []string{"ormular", "Pflichtfelder", "Gerätenummer", "Vorlagen", "Katalog", "kalender", "Bekannte Fehler"}},
	{"last", locale.Text{DE: "Viel auf einmal", EN: "Much at once"}, []string{"Umstellungen", "doppelt", "brennt"}},
	{"hilfe", locale.Text{DE: "Hilfe und Einarbeitung", EN: "Help and training"}, []string{"Ansprech", "Beispiele", "Einführung", "Fragen", "Handbuch", "Wegen"}},
	{"information", locale.Text{DE: "Information und Erfolge", EN: "Information and successes"}, []string{"erfahre", "Erfolge", "Runden", "Ursachen"}},
}

// demoReworded stands in place of a comment whose writer could be guessed.
var demoReworded = map[string]string{
	"Im Gremium sitzt niemand, der unsere Anwendung kennt.": "Im Gremium fehlt Wissen über einzelne Anwendungen.",
}

// foundThemes lists the themes of comments.
func (d *demoRun) foundThemes(ctx context.Context) error {
	for _, t := range demoThemes {
		if _, err := d.service.CreateEntry(ctx, d.lead(), d.organisation, survey.ThemeList, survey.EntryInput{Key: t.key, Name: t.name}); err != nil {
			return err
		}
	}
	return nil
}

// moderate decides about every comment: what several people wrote is read once.
func (d *demoRun) moderate(ctx context.Context, i *survey.Iteration) error {
	queue, err := d.service.ListQueue(ctx, d.consultant(), i.ID)
	if err != nil {
		return err
	}
	read := map[string]bool{}
	for _, c := range queue {
		in := survey.ModerationInput{Outcome: new(string(survey.CommentReleased)), Theme: new(demoTheme(c.Text))}
		switch wording := demoReworded[c.Text]; {
		case read[c.Text]:
			in = survey.ModerationInput{Outcome: new(string(survey.CommentWithheld)), Reason: new("Ein anderer Kommentar sagt dasselbe.")}
		case wording != "":
			in.Outcome, in.Wording = new(string(survey.CommentParaphrased)), &wording
		}
		read[c.Text] = true
		if _, err := d.service.ModerateComment(ctx, d.consultant(), c.ID, c.Version, in); err != nil {
			return err
		}
	}
	return nil
}

func demoTheme(text string) string {
	for _, t := range demoThemes {
		if slices.ContainsFunc(t.words, func(w string) bool { return strings.Contains(text, w) }) {
			return t.key
		}
	}
	return ""
}

// foundCoaching offers help for each process, and for whoever is new.
func (d *demoRun) foundCoaching(ctx context.Context) error {
	_, err := d.service.PutCoaching(ctx, d.lead(), d.organisation, 0, []survey.Offer{
		{Process: "INC", Who: "Sprechstunde am Service Desk", When: locale.Text{DE: "täglich 10 bis 11 Uhr", EN: "daily 10 to 11"}, Where: locale.Text{DE: "Raum 1.08 und Chat", EN: "room 1.08 and chat"}},
		{Process: "CHG", Who: "Prozessmanagement Änderungen", When: locale.Text{DE: "dienstags und donnerstags 14 bis 15 Uhr", EN: "Tuesdays and Thursdays 14 to 15"}, Where: locale.Text{DE: "Raum 3.02", EN: "room 3.02"}},
		{Role: "staff", Who: "Einführungsteam", When: locale.Text{DE: "montags 9 Uhr", EN: "Mondays at 9"}, Where: locale.Text{DE: "Kantine", EN: "canteen"}},
	})
	return err
}

// askDoor lets somebody leave a question without a name, once people know the rounds; it
// is answered a week later.
func (d *demoRun) askDoor(ctx context.Context, i *survey.Iteration) error {
	rounds, err := d.service.ListRounds(ctx, d.lead(), i.ID)
	if err != nil || i.Number != d.iterations {
		return err
	}
	at := slices.IndexFunc(rounds, func(r survey.Round) bool { return r.State.Opened() })
	if at < 0 {
		return nil
	}
	code, err := d.service.DrawDoorCode()
	if err != nil {
		return err
	}
	return d.service.Ask(ctx, rounds[at].ID, code, "Gilt die neue Freigaberegel auch am Wochenende?")
}

// answerDoor answers what was asked.
func (d *demoRun) answerDoor(ctx context.Context, _ *survey.Iteration) error {
	asked, err := d.service.ListQuestions(ctx, d.lead(), d.organisation)
	if err != nil {
		return err
	}
	for _, q := range asked {
		if q.Answer != "" {
			continue
		}
		if _, err := d.service.AnswerQuestion(ctx, d.lead(), q.ID, q.Version, "Ja, die Bereitschaft darf Standardänderungen auch am Wochenende freigeben."); err != nil {
			return err
		}
	}
	return nil
}
