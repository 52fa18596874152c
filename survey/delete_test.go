package survey_test

import (
	"testing"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestOrganisationGoesWithTheKeysOfItsRounds, but not by mistake while answers wait to be
// counted; the installation's log keeps that it was there.
func TestOrganisationGoesWithTheKeysOfItsRounds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 10)
		id := h.round.Organisation
		if err := h.DeleteOrganisation(ctx, account.Actor{Role: account.Lead, Organisations: []string{string(id)}}, id, true); !fault.Is(err, "forbidden") {
			t.Errorf("a lead: %v", err)
		}
		if err := h.DeleteOrganisation(ctx, account.System(), id, false); !fault.Is(err, "round-uncounted") || !h.keys.Has(string(h.round.ID)) {
			t.Errorf("while a round is open: %v", err)
		}
		if err := h.DeleteOrganisation(ctx, account.System(), id, true); err != nil {
			t.Fatal(err)
		}
		if h.keys.Has(string(h.round.ID)) {
			t.Error("the keys of its round are left")
		}
		if _, err := h.Manifest(ctx, h.round.ID); !fault.Is(err, "not-found") {
			t.Errorf("its round still answers: %v", err)
		}
		told, err := h.store.ListAudit(ctx, "")
		if err != nil || len(told) != 1 || told[0].Verb != "organisation.delete" || told[0].Subject != string(id) || told[0].Detail["uncounted"] != "1" || audit.Verify(told) != nil {
			t.Errorf("the installation's log: %+v, %v", told, err)
		}
		if _, err := h.store.FindOrganisation(ctx, id); !fault.Is(err, "not-found") {
			t.Errorf("it is still there: %v", err)
		}
	})
}
