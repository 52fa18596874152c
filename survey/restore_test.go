package survey_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
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
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"

	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// over gives a service as a new process has it: on a database, through with if that is not
// nil, and with the keys of h.
func (h *house) over(t testing.TB, url string, with func(survey.Store) survey.Store) *house {
	t.Helper()
	o := &house{now: h.now, dir: h.dir, round: h.round, links: h.links, store: storetest.Open(t, url)}
	var err error
	if o.keys, err = ballot.OpenKeystore(h.dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	var in survey.Store = o.store
	if with != nil {
		in = with(in)
	}
	o.Service = survey.NewService(survey.Options{
		Store: in, Keys: o.keys, Now: func() time.Time { return o.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	return o
}

// witness notes how far the database is.
func (h *house) witness(t testing.TB) {
	t.Helper()
	if err := h.Witness(ctx); err != nil {
		t.Fatal(err)
	}
}

// restores gives what the audit tells of restores, by organisation.
func (h *house) restores(t testing.TB) (all []map[string]string) {
	t.Helper()
	for _, id := range []survey.OrganisationID{h.round.Organisation, ""} {
		entries, err := h.store.ListAudit(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if err := audit.Verify(entries); err != nil {
			t.Error(err)
		}
		for _, e := range entries {
			if e.Verb == "organisation.restore" {
				all = append(all, e.Detail)
			}
		}
	}
	return all
}

func (h *house) found(t testing.TB) *survey.Round {
	t.Helper()
	r, err := h.store.FindRound(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRestoredOpenRoundIsMarked: a round that takes answers when its database comes out of
// a backup goes on, and says so wherever its results are read. The audit tells it once, of
// the organisation and of the installation, and whoever was signed in is not any more.
func TestRestoredOpenRoundIsMarked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 30)
		h.witness(t)
		fragments := slices.Sorted(maps.Values(h.links))
		for _, fragment := range fragments[:12] {
			h.answer(t, fragment, 3)
		}
		_, session := account.NewSession("someone", account.Full, h.now)
		if err := h.store.CreateSession(ctx, session, nil); err != nil {
			t.Fatal(err)
		}
		backup := storetest.Copy(t, url)
		h.witness(t) // a minute later
		late := fragments[12]
		first := h.ticket(t, late)
		if _, err := h.claim(t, late); !fault.Is(err, "ticket-already-issued") {
			t.Fatalf("a second ticket: %v", err)
		}

		r := h.over(t, backup, nil)
		if is, err := r.IsRestored(ctx); !is || err != nil {
			t.Fatalf("not recognised: %v %v", is, err)
		}
		for range 2 { // also when it starts again
			r.witness(t)
		}
		want := []map[string]string{{"marked": "1"}, {"marked": "1"}}
		if diff := cmp.Diff(want, r.restores(t)); diff != "" {
			t.Errorf("the audit (-want +got):\n%s", diff)
		}
		if got := r.found(t); got.State != survey.Open || got.Restored == nil {
			t.Errorf("the round is %s, restored %v", got.State, got.Restored)
		}
		if n := rows(t, backup, "SELECT COUNT(*) FROM sessions"); n != 0 {
			t.Errorf("%d are still signed in", n)
		}
		// What the report says is true: who took a ticket between may take another, and both count.
		given := r.answer(t, late, 3)
		given.Ticket = first
		if created, err := r.CastBallot(ctx, r.round.ID, given); !created || err != nil {
			t.Errorf("a ticket of the time between: %v, %v", created, err)
		}
		r.now = r.round.Closes
		if err := r.FinishRound(ctx, r.round.ID); err != nil {
			t.Fatal(err)
		}
		results, _, err := r.store.FindResults(ctx, r.round.ID)
		if err != nil || !slices.ContainsFunc(results.Warnings, func(w tally.Warning) bool { return w.Code == tally.Restored }) || *results.Ballots != 14 {
			t.Errorf("the results do not say that the database was restored: %v", err)
		}
	})
}

// TestRestoredCountedRoundStaysClosed: a round that was counted, and that a backup brings
// back as open or closed, asks nobody, is never counted again and ends; also if the process
// died before it destroyed the keys.
func TestRestoredCountedRoundStaysClosed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		for i, c := range []struct {
			name         string
			closed, keys bool
		}{{"open", false, false}, {"closed", true, false}, {"keys left", false, true}} {
			at := url
			if strings.HasPrefix(url, "sqlite") {
				at = fmt.Sprintf("%s.%d", url, i)
			}
			h := begin(t, at, 30)
			h.witness(t)
			h.answerAll(t, 20)
			if c.closed {
				if err := h.CloseRound(ctx, account.System(), h.round.ID); err != nil {
					t.Fatal(err)
				}
			}
			backup := storetest.Copy(t, at)
			file := filepath.Join(h.dir, string(h.round.ID)+".key")
			keys, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.FinishRound(ctx, h.round.ID); err != nil {
				t.Fatal(err)
			}
			if c.keys {
				if err := os.WriteFile(file, keys, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			r := h.over(t, backup, nil)
			r.witness(t)
			if err := r.CountDueRound(ctx, r.round.ID); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			if got := r.found(t); got.State != survey.Done || got.Restored == nil || got.CountedAt != nil {
				t.Errorf("%s: the round is %s, restored %v, counted %v", c.name, got.State, got.Restored, got.CountedAt)
			}
			if _, _, err := r.store.FindResults(ctx, r.round.ID); fault.Of(err).Kind != fault.NotFound {
				t.Errorf("%s: it was counted again: %v", c.name, err)
			}
			for _, table := range []string{"ballots", "members", "issue_marks"} {
				if n := rows(t, backup, "SELECT COUNT(*) FROM "+table+" WHERE round = '"+string(r.round.ID)+"'"); n != 0 {
					t.Errorf("%s: %d rows of %s are left", c.name, n, table)
				}
			}
			if r.keys.Has(string(r.round.ID)) {
				t.Errorf("%s: its keys are there", c.name)
			}
			link, err := ballot.ParseLink(slices.Sorted(maps.Values(h.links))[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.Invitation(ctx, r.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret}); !fault.Is(err, "round-closed") {
				t.Errorf("%s: it asks for answers: %v", c.name, err)
			}
			want := []map[string]string{{"over": "1"}, {"over": "1"}}
			if diff := cmp.Diff(want, r.restores(t)); diff != "" {
				t.Errorf("%s: the audit (-want +got):\n%s", c.name, diff)
			}
		}
	})
}

// TestRestoredDraftThatWasOpenedGetsNewKeys: tickets of the opening that the backup does
// not know are worth nothing once the round is opened anew.
func TestRestoredDraftThatWasOpenedGetsNewKeys(t *testing.T) {
	url := storetest.SQLite(t)
	h := begin(t, url, 14)
	h.witness(t)
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	draft := storetest.Round(t, h.store, o, questionnaire.Check(), h.now)
	backup := storetest.Copy(t, url)
	first, err := h.OpenRound(ctx, account.System(), draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.witness(t)
	r := h.over(t, backup, nil)
	r.witness(t)
	again, err := r.OpenRound(ctx, account.System(), draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(first.Fingerprint, again.Fingerprint) || again.Restored != nil {
		t.Errorf("opened with the manifest %x as before, restored %v", again.Fingerprint, again.Restored)
	}
	if diff := cmp.Diff([]map[string]string{{"marked": "1", "reopened": "1"}, {"marked": "1", "reopened": "1"}}, r.restores(t)); diff != "" {
		t.Errorf("the audit (-want +got):\n%s", diff)
	}
}

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

// cutOff is a store that fails from the n-th call on: a process that dies there.
type cutOff struct {
	survey.Store
	left *int
}

var errCut = errors.New("cut off")

func (c cutOff) pass() error {
	if *c.left--; *c.left < 0 {
		return errCut
	}
	return nil
}

func (c cutOff) FindGeneration(ctx context.Context) (*survey.Generation, error) {
	g, err := c.Store.FindGeneration(ctx)
	return g, errors.Join(err, c.pass())
}

func (c cutOff) NextGeneration(ctx context.Context, from, to int64) (bool, error) {
	done, err := c.Store.NextGeneration(ctx, from, to)
	return done, errors.Join(err, c.pass())
}

func (c cutOff) ListHeads(ctx context.Context) ([]audit.Entry, error) {
	list, err := c.Store.ListHeads(ctx)
	return list, errors.Join(err, c.pass())
}

func (c cutOff) RestoreDatabase(ctx context.Context, r survey.Restoration) (bool, error) {
	if err := c.pass(); err != nil {
		return false, err
	}
	done, err := c.Store.RestoreDatabase(ctx, r)
	return done, errors.Join(err, c.pass())
}

func (c cutOff) DeletePerson(ctx context.Context, p *survey.Person, mark []byte, told ...audit.Entry) error {
	err := c.Store.DeletePerson(ctx, p, mark, told...)
	return errors.Join(err, c.pass())
}

func (c cutOff) DeleteOrganisation(ctx context.Context, id survey.OrganisationID, told ...audit.Entry) error {
	err := c.Store.DeleteOrganisation(ctx, id, told...)
	return errors.Join(err, c.pass())
}

// TestRestoreMayBeCutOff: wherever a process dies that takes up a restored database, the
// next one ends it, and it is told once.
func TestRestoreMayBeCutOff(t *testing.T) {
	ended := false
	for calls := 0; !ended; calls++ {
		b := newBuried(t, storetest.SQLite(t))
		left := calls
		err := b.over(t, b.backup, func(s survey.Store) survey.Store { return cutOff{s, &left} }).Witness(ctx)
		if ended = err == nil; !ended && !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		r := b.over(t, b.backup, nil)
		r.witness(t)
		b.check(t, r)
		if n := len(r.restores(t)); n != 2 {
			t.Errorf("cut off after %d calls it was told %d times, want 2", calls, n)
		}
	}
}

// TestOrdinaryEndsAreNoRestore: a process that dies at any moment, a chain that was cut
// after a year, and an organisation that was removed, are no restore.
func TestOrdinaryEndsAreNoRestore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		h.witness(t)
		for calls, ended := 0, false; !ended; calls++ {
			left := calls
			dies := h.over(t, url, func(s survey.Store) survey.Store { return cutOff{s, &left} })
			if err := dies.store.Tell(ctx, audit.Entry{Organisation: string(h.round.Organisation), At: h.now, Actor: audit.System, Verb: "person.update"}); err != nil {
				t.Fatal(err)
			}
			ended = dies.Witness(ctx) == nil
			if is, err := h.over(t, url, nil).IsRestored(ctx); is || err != nil {
				t.Fatalf("a process that died after %d calls is taken for a restore: %v", calls, err)
			}
		}
		h.now = h.now.AddDate(0, 14, 0)
		if err := h.store.CutAudit(ctx, h.now.AddDate(0, -12, 0), h.now); err != nil {
			t.Fatal(err)
		}
		if is, err := h.over(t, url, nil).IsRestored(ctx); is || err != nil {
			t.Errorf("a chain that was cut is taken for a restore: %v", err)
		}
		h.witness(t)
		if err := h.store.DeleteOrganisation(ctx, h.round.Organisation); err != nil { // as if it died before it told of it
			t.Fatal(err)
		}
		if is, err := h.over(t, url, nil).IsRestored(ctx); is || err != nil {
			t.Errorf("an organisation that was removed is taken for a restore: %v", err)
		}
	})
}

// TestShortenedAuditIsNoticed: entries taken from the end of a chain, which leave one that
// verifies, are told like a restore.
func TestShortenedAuditIsNoticed(t *testing.T) {
	url := storetest.SQLite(t)
	h := begin(t, url, 12)
	if err := h.store.Tell(ctx, audit.Entry{Organisation: string(h.round.Organisation), At: h.now, Actor: audit.System, Verb: "person.export"}); err != nil {
		t.Fatal(err)
	}
	h.witness(t)
	db, _ := storetest.Past(t, url)
	if _, err := db.ExecContext(ctx, "DELETE FROM audit_entries WHERE verb = 'person.export'"); err != nil {
		t.Fatal(err)
	}
	if is, err := h.IsRestored(ctx); !is || err != nil {
		t.Errorf("not noticed: %v", err)
	}
}

// TestOlderBackupsAreRecognised: a backup of a release that gave databases no names is one of
// the database whose organisations it holds; a new database beside the same keys is none.
func TestOlderBackupsAreRecognised(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		backup := storetest.Copy(t, url)
		h.witness(t)
		r := h.over(t, backup, nil)
		r.witness(t)
		if got := r.found(t); got.Restored == nil {
			t.Error("not recognised")
		}
		o := h.over(t, storetest.SQLite(t), nil)
		storetest.Organisation(t, o.store)
		o.witness(t)
		if n, err := o.store.ListAudit(ctx, ""); err != nil || len(n) > 0 {
			t.Errorf("a new database is told as restored: %v %v", n, err)
		}
	})
}

// TestReplicasWitnessTogether: processes that share database and key store at once raise no
// alarm.
func TestReplicasWitnessTogether(t *testing.T) {
	url := storetest.SQLite(t)
	h := begin(t, url, 12)
	h.witness(t)
	done := make(chan error)
	for range 3 {
		r := h.over(t, url, nil)
		go func() {
			var err error
			for range 20 {
				err = errors.Join(err, r.Witness(ctx), r.store.Tell(ctx, audit.Entry{Organisation: string(h.round.Organisation), At: h.now, Actor: audit.System, Verb: "person.update"}))
			}
			done <- err
		}()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if told := h.restores(t); len(told) > 0 {
		t.Errorf("taken for a restore: %v", told)
	}
}
