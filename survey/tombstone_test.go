package survey_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// buried is a database from which something was removed since its backup.
type buried struct {
	*house
	backup   string
	person   survey.PersonID
	comments []survey.Comment
	user     account.UserID
	token    account.TokenID
	other    survey.OrganisationID
}

func newBuried(t testing.TB, url string) *buried {
	t.Helper()
	b := &buried{house: begin(t, url, 24)}
	for _, fragment := range b.links {
		b.answerWith(t, fragment, "Frau Berg hilft.")
	}
	if err := b.FinishRound(ctx, b.round.ID); err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	b.comments, err = b.store.ListComments(ctx, b.round.ID)
	must(err)
	people, err := b.ListPeople(ctx, account.System(), b.round.Organisation)
	must(err)
	b.person = people[0].ID
	user, err := b.InviteUser(ctx, account.System(), survey.UserInput{
		Email: "lea@nordlicht.example", Name: "Lea", Role: account.Lead, Language: locale.German, Organisation: b.round.Organisation,
	})
	must(err)
	b.user = user.ID
	token, _, err := b.CreateToken(ctx, account.System(), survey.TokenInput{Name: "import", Role: account.Lead, Organisation: b.round.Organisation})
	must(err)
	b.token = token.ID
	other, err := b.CreateOrganisation(ctx, account.System(), survey.OrganisationInput{Key: "sued", Name: "Süd"})
	must(err)
	b.other = other.ID
	b.witness(t)
	b.backup = storetest.Copy(t, url)
	b.now = b.now.Add(time.Hour)
	must(b.DeletePerson(ctx, account.System(), b.round.Organisation, b.person, people[0].Version))
	must(b.DeleteComment(ctx, account.System(), b.comments[0].ID, 0))
	_, err = b.RedactComment(ctx, account.System(), b.comments[1].ID, 0, []string{"Berg"})
	must(err)
	must(b.RemoveUser(ctx, account.System(), b.round.Organisation, b.user))
	must(b.RevokeToken(ctx, account.System(), b.round.Organisation, b.token))
	must(b.DeleteOrganisation(ctx, account.System(), b.other, false))
	return b
}

// check looks whether what was removed is gone from the restored database.
func (b *buried) check(t testing.TB, r *house) {
	t.Helper()
	if _, err := r.store.FindPerson(ctx, b.round.Organisation, b.person); fault.Of(err).Kind != fault.NotFound {
		t.Errorf("the person is back: %v", err)
	}
	if _, err := r.store.FindComment(ctx, b.comments[0].ID); fault.Of(err).Kind != fault.NotFound {
		t.Errorf("the comment is back: %v", err)
	}
	if c, err := r.store.FindComment(ctx, b.comments[1].ID); err != nil || strings.Contains(c.Text, "Berg") {
		t.Errorf("the blackened words are back: %v", err)
	}
	if c, err := r.store.FindComment(ctx, b.comments[2].ID); err != nil || c.Text != "Frau Berg hilft." {
		t.Errorf("another comment was changed: %v", err)
	}
	if u, err := r.store.FindUser(ctx, b.user); err == nil && (u.AskedBy(string(b.round.Organisation)) != nil || u.In(string(b.round.Organisation)) != nil) {
		t.Error("the account is back")
	}
	tokens, err := r.store.ListTokens(ctx, b.round.Organisation)
	if err != nil || slices.ContainsFunc(tokens, func(k account.Token) bool { return k.ID == b.token && k.Revoked == nil }) {
		t.Errorf("the token is back: %v", err)
	}
	if _, err := r.store.FindOrganisation(ctx, b.other); fault.Of(err).Kind != fault.NotFound {
		t.Errorf("the organisation is back: %v", err)
	}
	people, err := r.ListPeople(ctx, account.System(), b.round.Organisation)
	if err != nil || len(people) != 23 {
		t.Errorf("%d people, want 23: %v", len(people), err)
	}
}

// TestRemovedStaysRemoved: what was removed after the backup is removed again, at once, and
// the audit tells how much it was. The note beside the keys names nobody.
func TestRemovedStaysRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		b := newBuried(t, url)
		notes, err := filepath.Glob(filepath.Join(b.dir, "witness-*.json"))
		if err != nil || len(notes) != 1 {
			t.Fatalf("notes: %v %v", notes, err)
		}
		text, err := os.ReadFile(notes[0])
		if err != nil || strings.Contains(string(text), "nordlicht") || strings.Contains(string(text), "Lea") || !strings.Contains(string(text), string(b.person)) {
			t.Errorf("the note: %v\n%s", err, text)
		}
		r := b.over(t, b.backup, nil)
		r.witness(t)
		b.check(t, r)
		own := map[string]string{"persons": "1", "comments": "1", "redactions": "1", "users": "1", "tokens": "1"}
		all := maps.Clone(own)
		all["organisations"] = "1"
		if diff := cmp.Diff([]map[string]string{own, all}, r.restores(t)); diff != "" {
			t.Errorf("the audit (-want +got):\n%s", diff)
		}
		// The same backup once more, after another month: nobody keeps it that long.
		r = b.over(t, b.backup, nil)
		if is, err := r.IsRestored(ctx); is || err != nil {
			t.Errorf("restored twice: %v %v", is, err)
		}
		r.now = r.now.AddDate(0, 0, 30)
		r.witness(t)
		if text, err := os.ReadFile(notes[0]); err != nil || strings.Contains(string(text), string(b.person)) {
			t.Errorf("the note remembers after 30 days: %v\n%s", err, text)
		}
	})
}

// TestWhatCameBackStays: a restore takes away consent, a question of the open door and an
// account as they were last, and leaves an account that was removed and has joined again.
func TestWhatCameBackStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		id := h.round.Organisation
		again, _ := h.writer(t, "again@nordlicht.example", account.Full)
		advisor := &account.User{
			ID: account.UserID(survey.NewID()), Email: "advisor@nordlicht.example", Name: "Alex", Role: account.Consultant, Language: locale.German, Created: h.now,
			Member: []account.Membership{{Organisation: string(id), Consented: &h.now}},
		}
		question := &survey.Question{ID: survey.QuestionID(survey.NewID()), Organisation: id, Text: "sealed", Day: "2026-03-02"}
		_, err := h.store.CreateQuestion(ctx, question, make([]byte, 32), 1)
		if err := errors.Join(err, h.store.CreateUser(ctx, advisor)); err != nil {
			t.Fatal(err)
		}
		h.witness(t)
		backup := storetest.Copy(t, url)
		h.now = h.now.Add(time.Hour)
		tell := func(verb, subject string) audit.Entry {
			return audit.Entry{Organisation: string(id), At: h.now, Actor: audit.System, Verb: verb, Subject: subject}
		}
		err = errors.Join(
			h.ConsentUser(ctx, account.System(), id, advisor.ID, false), h.store.DeleteQuestion(ctx, question, tell("question.delete", string(question.ID))),
			h.store.Tell(ctx, tell("user.remove", string(again.ID))), h.store.Tell(ctx, tell("user.join", string(again.ID))),
		)
		if err != nil {
			t.Fatal(err)
		}
		h.witness(t)
		r := h.over(t, backup, nil)
		r.witness(t)
		if u, err := r.store.FindUser(ctx, again.ID); err != nil || u.In(string(id)) == nil {
			t.Errorf("who joined again was removed: %v", err)
		}
		if u, err := r.store.FindUser(ctx, advisor.ID); err != nil || u.In(string(id)) == nil || u.In(string(id)).Consented != nil {
			t.Errorf("the consent is back: %v", err)
		}
		if _, err := r.store.FindQuestion(ctx, question.ID); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("the question is back: %v", err)
		}
		want := map[string]string{"marked": "1", "questions": "1", "consents": "1"}
		if diff := cmp.Diff([]map[string]string{want, want}, r.restores(t)); diff != "" {
			t.Errorf("the audit (-want +got):\n%s", diff)
		}
	})
}
