package survey_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// TestBoardShowsWhatWasReleased: the latest three and one that cannot be done yet, the
// offers of the organisation, and nothing that is not released.
func TestBoardShowsWhatWasReleased(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		system, now := account.System(), h.now
		for n, p := range []survey.PairInput{
			{Day: ptr("2026-01-01")}, {Day: ptr("2026-01-05")}, {Day: ptr("2026-01-03")}, {Day: ptr("2026-01-04")}, {Day: ptr("2026-02-01"), Status: ptr("not_yet")},
			{Day: ptr("2026-02-02"), Status: ptr("not_yet")}, {Day: ptr("2026-03-01"), Released: ptr(false)},
		} {
			said := "Nummer " + string(rune('0'+n))
			p.Said, p.Did = &locale.Text{DE: said}, &locale.Text{EN: said}
			if p.Released == nil {
				p.Released = ptr(true)
			}
			if _, err := h.CreatePair(ctx, system, h.round.Iteration, p); err != nil {
				t.Fatal(err)
			}
		}
		offers := []survey.Offer{{Process: "INC", Who: " Prozessbüro ", When: locale.Text{DE: "Di 9–10 Uhr"}}}
		if _, err := h.PutCoaching(ctx, system, h.round.Organisation, 0, offers); err != nil {
			t.Fatal(err)
		}
		board, err := h.Board(ctx, h.round.ID)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, p := range board.Pairs {
			said = append(said, p.Said.EN+"/"+p.Did.DE)
		}
		if diff := cmp.Diff([]string{"Nummer 5/Nummer 5", "Nummer 1/Nummer 1", "Nummer 3/Nummer 3", "Nummer 2/Nummer 2"}, said); diff != "" {
			t.Errorf("%s", diff)
		}
		if len(board.Offers) != 1 || board.Offers[0].Who != "Prozessbüro" || board.Offers[0].When.EN != "Di 9–10 Uhr" {
			t.Errorf("%+v", board.Offers)
		}
		if _, err := h.PutCoaching(ctx, system, h.round.Organisation, 1, nil); err != nil {
			t.Fatal(err)
		}
		if h.now = now.Add(2 * time.Minute); len(first(h.Board(ctx, h.round.ID)).Offers) != 0 {
			t.Error("an offer that was withdrawn is still shown after two minutes")
		}
	})
}

func first[T any](t T, _ error) T { return t }

// TestCoachingRefuses what the survey's page could not show.
func TestCoachingRefuses(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	when := locale.Text{DE: "Di"}
	for n, c := range []struct {
		offer survey.Offer
		code  string
	}{
		{survey.Offer{Who: "", When: when}, "text-length"}, {survey.Offer{Who: "x"}, "text-length"}, {survey.Offer{Who: strings.Repeat("x", 121), When: when}, "text-length"},
		{survey.Offer{Process: "NONE", Who: "x", When: when}, "process-unknown"}, {survey.Offer{Role: "none", Who: "x", When: when}, "role-unknown"},
	} {
		if _, err := o.PutCoaching(ctx, o.lead(), o.org.ID, 0, []survey.Offer{c.offer}); !fault.Is(err, c.code) {
			t.Errorf("%d: %v, want %s", n, err, c.code)
		}
	}
	if _, err := o.PutCoaching(ctx, o.lead(), o.org.ID, 0, make([]survey.Offer, 41)); !fault.Is(err, "too-many-items") {
		t.Errorf("too many: %v", err)
	}
	for _, seen := range []int{0, 0} {
		_, err := o.PutCoaching(ctx, o.consultant(), o.org.ID, seen, []survey.Offer{{Who: "x", When: when}})
		if again := first(o.ShowCoaching(ctx, o.auditor(), o.org.ID)); err != nil && !fault.Is(err, "version-conflict") || again.Version != 1 {
			t.Errorf("%v, %+v", err, again)
		}
	}
}

// TestContactStandsInTheManifest of rounds that open from then on.
func TestContactStandsInTheManifest(t *testing.T) {
	h := begin(t, storetest.SQLite(t), 12)
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	before, err := h.Manifest(ctx, h.round.ID)
	if err != nil || !strings.Contains(string(before), `"zone":"Europe/Berlin"`) || strings.Contains(string(before), "contact") {
		t.Errorf("%s, %v", before, err)
	}
	contact := &locale.Text{DE: " Offene Tür: Di 9–10 Uhr "}
	if o, err = h.UpdateOrganisation(ctx, account.System(), o.ID, survey.OrganisationChange{Seen: o.Version, Contact: contact}); err != nil {
		t.Fatal(err)
	}
	i, err := h.store.FindIteration(ctx, h.round.Iteration)
	if err != nil {
		t.Fatal(err)
	}
	next := storetest.NextRound(t, h.store, o, i.Programme, 2, h.round.Questionnaire, h.now)
	if _, err := h.OpenRound(ctx, account.System(), next.ID); err != nil {
		t.Fatal(err)
	}
	if after, err := h.Manifest(ctx, next.ID); err != nil || !strings.Contains(string(after), `"contact":{"de":"Offene Tür: Di 9–10 Uhr","en":"Offene Tür: Di 9–10 Uhr"}`) {
		t.Errorf("%s, %v", after, err)
	}
	if again, err := h.Manifest(ctx, h.round.ID); err != nil || string(again) != string(before) {
		t.Error("the manifest of an open round changed")
	}
}
