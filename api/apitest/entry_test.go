package apitest

import (
	"net/url"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// TestProcessesOfTheTemplateAreChosen: an empty catalogue takes the seven usual ones with
// one button, as its text says; later each is chosen, and what is there cannot be.
func TestProcessesOfTheTemplateAreChosen(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	o, err := w.service.CreateOrganisation(ctx, account.System(), survey.OrganisationInput{Key: "leer", Name: "Leer"})
	w.check(err)
	w.own = map[string]string{"organisation": string(o.ID), "home": string(o.ID)}
	d, at := w.desk(account.Lead), "/organisations/"+string(o.ID)+"/processes"
	empty := d.get(at).want(200)
	if got := empty.text("main"); !strings.Contains(got, "sieben übliche ITSM-Prozesse sofort da") {
		t.Fatalf("an empty catalogue says %s", got)
	}
	if got := d.submit(empty, "main form").want(200).all("tbody tr"); len(got) != 7 {
		t.Errorf("%d processes after taking the seven", len(got))
	}
	chosen := d.get(at + "/template").want(200)
	if there := chosen.all("input[name=key][disabled]"); len(there) != 7 || len(chosen.all("input[name=key]")) != 15 {
		t.Errorf("%d of the template are shown as there", len(there))
	}
	d.send("POST", at+"/template", url.Values{"csrf": {csrfOf(d)}}).want(422)
	d.send("POST", at+"/template", url.Values{"csrf": {csrfOf(d)}, "key": {"REL", "INC"}}).want(303)
	if got := d.get(at).want(200).all("tbody tr"); len(got) != 8 {
		t.Errorf("%d processes after one more", len(got))
	}
}

// TestEntriesNeverUsedAreDeleted: what a round, a person or a record refers to is only
// archived, wherever it is referred to; anything else goes, and its key is free again.
func TestEntriesNeverUsedAreDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		o, name := survey.OrganisationID(w.own["organisation"]), locale.Text{DE: "Probe", EN: "Sample"}
		d := w.desk(account.Lead)
		for list, path := range map[survey.List]string{
			survey.ProcessList: "processes", survey.UnitList: "units", survey.RoleList: "process-roles", survey.ThemeList: "themes",
		} {
			_, err := w.service.CreateEntry(ctx, account.System(), o, list, survey.EntryInput{Key: "probe", Name: name})
			w.check(err)
			home := "/organisations/" + string(o) + "/" + path
			entry := d.get(home + "/probe").want(200)
			if got := entry.text("main"); !strings.Contains(got, "Wird nirgends verwendet") {
				t.Errorf("%s, never used: %s", path, got)
			}
			if left := d.submit(d.get(home+"/probe/delete").want(200), "form.bar").want(200); strings.Contains(left.text("main"), "Probe") {
				t.Errorf("%s is still there after it was deleted: %s", path, left.text("main"))
			}
			_, err = w.service.CreateEntry(ctx, account.System(), o, list, survey.EntryInput{Key: "probe", Name: name})
			w.check(err)
		}
		said, process, role, theme := "Sample", "INC", "probe", "probe"
		_, err := w.service.CreateImprovement(ctx, account.System(), survey.IterationID(w.own["iteration"]), survey.ImprovementInput{
			Criticism: &said, Process: &process, Role: &role,
		})
		w.check(err)
		comment, err := w.service.ShowComment(ctx, account.System(), survey.CommentID(w.own["comment"]))
		w.check(err)
		_, err = w.service.ModerateComment(ctx, account.System(), comment.ID, comment.Version, survey.ModerationInput{Theme: &theme})
		w.check(err)
		for path, key := range map[string]string{"processes": "INC", "units": "it", "process-roles": "probe", "themes": "probe"} {
			home := "/organisations/" + string(o) + "/" + path + "/" + key
			if got := d.get(home).want(200).text("main"); !strings.Contains(got, "nur archivieren, nicht löschen") {
				t.Errorf("%s, in use: %s", path, got)
			}
			if got := d.send("POST", home+"/delete", url.Values{"csrf": {csrfOf(d)}, "seen": {"1"}}).want(409).text("#problem"); !strings.Contains(got, "nur archivieren") {
				t.Errorf("%s, in use, deleted: %s", path, got)
			}
		}
	})
}
