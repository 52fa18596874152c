package survey_test

import (
	"context"
	"errors"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/audit"

	"pulscheck/survey/store/storetest"
)

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
