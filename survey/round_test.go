package survey_test

import (
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestEarlyEndIsTheEnd: whoever ends a round before its time is told that end from then on,
// beside the one that was announced; one that ends in time has only one.
func TestEarlyEndIsTheEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		for name, c := range map[string]struct{ after, ends time.Duration }{
			"before its time": {3*time.Hour + 1500*time.Millisecond, 3*time.Hour + time.Second},
			"at its time":     {0, 0},
		} {
			t.Run(name, func(t *testing.T) {
				h := begin(t, url, 10)
				planned := h.round.Closes
				want := planned
				if h.now = planned; c.after > 0 {
					h.now = h.round.Opens.Add(c.after)
					want = h.round.Opens.Add(c.ends)
				}
				if err := h.CloseRound(ctx, account.System(), h.round.ID); err != nil {
					t.Fatal(err)
				}
				got, err := h.ShowRound(ctx, account.System(), h.round.ID)
				if err != nil || !got.Closes.Equal(want) || !got.AnnouncedEnd().Equal(planned) || (got.Announced != nil) != (c.after > 0) {
					t.Errorf("closes %s, announced %s (%v), %v; want %s and %s", got.Closes, got.AnnouncedEnd(), got.Announced, err, want, planned)
				}
				h.now = h.now.Add(time.Hour)
				if err := h.CloseRound(ctx, account.System(), h.round.ID); err != nil {
					t.Fatal(err)
				}
				if again, err := h.ShowRound(ctx, account.System(), h.round.ID); err != nil || !again.Closes.Equal(want) {
					t.Errorf("closed again: %s, %v", again.Closes, err)
				}
			})
		}
	})
}

// TestRoundThatNeverBeganEndsWhereItWouldHaveBegun, so that no period runs backwards.
func TestRoundThatNeverBeganEndsWhereItWouldHaveBegun(t *testing.T) {
	h := begin(t, storetest.SQLite(t), 10)
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	later := storetest.Round(t, h.store, o, questionnaire.Check(), h.now.AddDate(0, 1, 0))
	if later, err = h.OpenRound(ctx, account.System(), later.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.CloseRound(ctx, account.System(), later.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := h.ShowRound(ctx, account.System(), later.ID); err != nil || !got.Closes.Equal(later.Opens) {
		t.Errorf("closes %s, %v; want %s", got.Closes, err, later.Opens)
	}
}

// TestTriedOutHoldsForTheQuestionsItWas: with other questions it is to be tried again, and a
// frozen round is past it.
func TestTriedOutHoldsForTheQuestionsItWas(t *testing.T) {
	h := begin(t, storetest.SQLite(t), 10)
	opens, closes := h.now.AddDate(0, 0, 7), h.now.AddDate(0, 0, 14)
	draft, err := h.CreateRound(ctx, account.System(), h.round.Iteration, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
	if err != nil || draft.TriedOut() {
		t.Fatalf("a new draft: tried out %v, %v", draft.TriedOut(), err)
	}
	for range 2 {
		if draft, err = h.TryRound(ctx, account.System(), draft.ID); err != nil || !draft.TriedOut() || draft.Pinned {
			t.Fatalf("tried out: %v, pinned %v, %v", draft.TriedOut(), draft.Pinned, err)
		}
	}
	own, err := questionnaire.WithOwn("pulse", []locale.Text{{DE: "Ich finde Rat.", EN: "I find advice."}})
	if err != nil {
		t.Fatal(err)
	}
	if draft, err = h.UpdateRound(ctx, account.System(), draft.ID, survey.RoundInput{Seen: draft.Version, Questionnaire: own}); err != nil || draft.TriedOut() {
		t.Errorf("with another question: tried out %v, %v", draft.TriedOut(), err)
	}
	if _, err := h.TryRound(ctx, account.System(), h.round.ID); !fault.Is(err, "round-open") {
		t.Errorf("an open round: %v, want round-open", err)
	}
}
