package survey_test

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
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
	var both sync.WaitGroup
	for range 4 { // who clicks twice opens once
		both.Go(func() {
			if _, err := r.OpenRound(ctx, account.System(), draft.ID); err != nil && !fault.Is(err, "round-open") && !fault.Is(err, "version-conflict") {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if links, _, err := r.Links(ctx, draft.ID); err != nil || len(links) != 14 {
		t.Errorf("its keys are not those of its manifest: %v", err)
	}
	again, err := r.store.FindRound(ctx, draft.ID)
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

// TestRestoredDraftThatWasCountedStaysClosed: a backup from before a round was opened does
// not have it ask everybody once more after it was counted.
func TestRestoredDraftThatWasCountedStaysClosed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 14)
		o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
		if err != nil {
			t.Fatal(err)
		}
		draft := storetest.Round(t, h.store, o, questionnaire.Check(), h.now)
		h.witness(t)
		backup := storetest.Copy(t, url)
		if _, err := h.OpenRound(ctx, account.System(), draft.ID); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(time.Hour)
		if err := h.CloseRound(ctx, account.System(), draft.ID); err != nil { // before its time
			t.Fatal(err)
		}
		if err := h.FinishRound(ctx, draft.ID); err != nil {
			t.Fatal(err)
		}
		r := h.over(t, backup, nil)
		r.witness(t)
		if err := r.OpenDueRound(ctx, draft.ID); err != nil {
			t.Error(err)
		}
		if err := r.CountDueRound(ctx, draft.ID); err != nil {
			t.Error(err)
		}
		if _, err := r.Invitation(ctx, draft.ID, survey.Claim{Handle: make([]byte, ballot.HandleSize), Secret: make([]byte, 16)}); !fault.Is(err, "round-closed") {
			t.Errorf("who has a link of then is told: %v", err)
		}
		got, err := r.store.FindRound(ctx, draft.ID)
		if err != nil || got.State != survey.Done || got.Restored == nil || got.CountedAt != nil {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestVetoOutlastsARestore: a round that an auditor stopped does not open because its
// database comes out of a backup.
func TestVetoOutlastsARestore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 14)
		o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
		if err != nil {
			t.Fatal(err)
		}
		draft := storetest.Round(t, h.store, o, questionnaire.Check(), h.now)
		if _, err := h.SubmitRound(ctx, account.System(), draft.ID); err != nil {
			t.Fatal(err)
		}
		h.witness(t)
		backup := storetest.Copy(t, url)
		auditor := account.Actor{ID: "auditor", Role: account.Auditor, Organisations: []string{string(o.ID)}}
		if _, err := h.VetoRound(ctx, auditor, draft.ID, "Die Gruppen sind zu klein."); err != nil {
			t.Fatal(err)
		}
		h.witness(t)
		r := h.over(t, backup, nil)
		r.witness(t)
		if err := r.OpenDueRound(ctx, draft.ID); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(map[string]string{"marked": "1", "vetoes": "1"}, r.restores(t)[0]); diff != "" {
			t.Errorf("the audit (-want +got):\n%s", diff)
		}
		got, err := r.store.FindRound(ctx, draft.ID)
		if err != nil || got.State != survey.Review || got.Vetoed == nil {
			t.Errorf("%+v, %v", got, err)
		}
	})
}
