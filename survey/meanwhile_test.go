package survey_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// meanwhile is a store in which something else happens just before a round is opened or
// submitted.
type meanwhile struct {
	survey.Store
	do func()
}

func (m meanwhile) OpenRound(ctx context.Context, o survey.Opened) error {
	m.do()
	return m.Store.OpenRound(ctx, o)
}

func (m meanwhile) SubmitRound(ctx context.Context, r *survey.Round, f survey.Frozen, letters []survey.Letter, told audit.Entry) error {
	m.do()
	return m.Store.SubmitRound(ctx, r, f, letters, told)
}

// beside gives a service on the same database in which do happens meanwhile.
func (o *office) beside(t testing.TB, do func()) *survey.Service {
	t.Helper()
	keys, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return survey.NewService(survey.Options{
		Store: meanwhile{o.store, do}, Keys: keys, Now: func() time.Time { return o.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
}

// TestOpenedAsItWasConfirmed: a draft that changes while a second person opens or an
// auditor is sent it stays a draft, and nobody's wish comes back with it.
func TestOpenedAsItWasConfirmed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		o.staff(t, 20)
		anna, bert := o.leadNamed(t, "anna"), o.leadNamed(t, "bert")
		if err := o.second(t, anna, true); err != nil {
			t.Fatal(err)
		}
		opens, closes := o.now.Add(48*time.Hour), o.now.Add(100*time.Hour)
		r, err := o.CreateRound(ctx, o.consultant(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			what string
			pass func(*survey.Service) error
		}{
			{"opened", func(s *survey.Service) error { _, err := s.OpenRound(ctx, bert, r.ID); return err }},
			{"submitted", func(s *survey.Service) error { _, err := s.SubmitRound(ctx, anna, r.ID); return err }},
		} {
			if r, err = o.AskRound(ctx, anna, r.ID); err != nil {
				t.Fatal(err)
			}
			changed := o.beside(t, func() {
				later := r.Closes.Add(time.Hour)
				if _, err := o.UpdateRound(ctx, anna, r.ID, survey.RoundInput{Seen: r.Version, Closes: &later}); err != nil {
					t.Error(err)
				}
			})
			if err := c.pass(changed); !fault.Is(err, "version-conflict") {
				t.Errorf("%s though it changed: %v", c.what, err)
			}
			if r, err = o.store.FindRound(ctx, r.ID); err != nil || r.State != survey.Draft || r.Asked() != nil {
				t.Fatalf("%s: %+v, %v", c.what, r, err)
			}
		}
	})
}

// TestVetoWhileOpening: the veto that came first counts.
func TestVetoWhileOpening(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		o.staff(t, 20)
		opens, closes := o.now.Add(48*time.Hour), o.now.Add(100*time.Hour)
		r, err := o.CreateRound(ctx, o.consultant(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
		if err != nil {
			t.Fatal(err)
		}
		if r, err = o.SubmitRound(ctx, o.lead(), r.ID); err != nil {
			t.Fatal(err)
		}
		o.now = opens
		vetoed := o.beside(t, func() {
			if _, err := o.VetoRound(ctx, o.auditor(), r.ID, "Die Gruppen sind zu klein."); err != nil {
				t.Error(err)
			}
		})
		if _, err := vetoed.OpenRound(ctx, account.System(), r.ID); !fault.Is(err, "version-conflict") {
			t.Errorf("opened: %v", err)
		}
		if r, err = o.store.FindRound(ctx, r.ID); err != nil || r.State != survey.Review || r.Vetoed == nil {
			t.Errorf("%+v, %v", r, err)
		}
	})
}
