package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// withPaper adds n people without an address.
func (h *house) withPaper(t testing.TB, o *survey.Organisation, n int) {
	t.Helper()
	var people []survey.Person
	for i := range n {
		people = append(people, survey.Person{
			ID: survey.PersonID(survey.NewID()), Organisation: o.ID, Name: fmt.Sprintf("Schicht %d", i), Unit: o.Units[0].Key,
			Roles: []survey.ProcessRole{{Process: o.Processes[0].Key, Role: o.Roles[0].Key}},
		})
	}
	if err := h.store.CreatePeople(ctx, people); err != nil {
		t.Fatal(err)
	}
}

func wantFault(t testing.TB, what string, err error, key string) {
	t.Helper()
	if !fault.Is(err, key) {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// TestPaperTickets: those without an address get tickets that belong to nobody, at most
// as many as there are such people, the same ones each time.
func TestPaperTickets(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 20)
		o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.PrintTickets(ctx, account.System(), h.round.ID, 1); !fault.Is(err, "tickets-too-many") {
			t.Errorf("a ticket of a round without paper: %v", err)
		}
		h.withPaper(t, o, 7)
		programme := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: o.ID, Name: "Papier"}
		if err := h.store.CreateProgramme(ctx, programme); err != nil {
			t.Fatal(err)
		}
		round := storetest.NextRound(t, h.store, o, programme.ID, 1, questionnaire.Check(), h.now)
		lead := account.Actor{ID: "lead", Role: account.Lead, Organisations: []string{string(o.ID)}}
		print := func(n int) ([]string, error) { return h.PrintTickets(ctx, lead, round.ID, n) }
		_, err = print(3)
		wantFault(t, "before opening", err, "round-not-open")
		if _, err := h.OpenRound(ctx, account.System(), round.ID); err != nil {
			t.Fatal(err)
		}

		three, err := print(3)
		if err != nil || len(three) != 3 {
			t.Fatalf("%q, %v", three, err)
		}
		all, err := print(7)
		if err != nil || len(all) != 7 || !slices.Equal(all[:3], three) {
			t.Errorf("%q, %v, want %q first", all, err, three)
		}
		for _, n := range []int{8, 0, -1} {
			links, err := print(n)
			wantFault(t, fmt.Sprint(n), err, "tickets-too-many")
			if f := fault.Of(err); len(links) != 0 || f.Args["n"] != 7 {
				t.Errorf("%d tickets: %q, %v", n, links, f.Args)
			}
		}
		h.refusesToPrint(t, o, round.ID)
		h.toldOfPrinting(t, o, all)

		h.round = round
		said := survey.Invitation{Process: o.Processes[0].Key} // whoever holds a ticket says what for
		answer := survey.Submission{Ticket: h.ticket(t, all[6]), Payload: payload(said, 4)}
		if created, err := h.CastBallot(ctx, round.ID, answer); err != nil || !created {
			t.Errorf("answer by a printed ticket: %v, %v", created, err)
		}
		h.now = round.Closes
		_, err = print(3)
		wantFault(t, "after the end", err, "round-closed")
		_, _, err = h.ShowOpen(ctx, lead, round.ID)
		wantFault(t, "poster after the end", err, "round-closed")
	})
}

// refusesToPrint tries who may not: another organisation's lead, who may only read.
func (h *house) refusesToPrint(t *testing.T, o *survey.Organisation, id survey.RoundID) {
	t.Helper()
	foreign := account.Actor{ID: "other", Role: account.Lead, Organisations: []string{"another"}}
	reader := account.Actor{ID: "auditor", Role: account.Auditor, Organisations: []string{string(o.ID)}}
	for _, c := range []struct {
		who   account.Actor
		round survey.RoundID
		key   string
	}{{foreign, id, "not-found"}, {account.System(), survey.RoundID(survey.NewID()), "not-found"}, {reader, id, "forbidden"}} {
		_, err := h.PrintTickets(ctx, c.who, c.round, 3)
		wantFault(t, c.who.ID, err, c.key)
	}
	if _, _, err := h.ShowOpen(ctx, reader, id); err != nil {
		t.Errorf("a poster for who may read: %v", err)
	}
	_, _, err := h.ShowOpen(ctx, foreign, id)
	wantFault(t, "foreign poster", err, "not-found")
}

// toldOfPrinting: the audit knows how many were printed, and none of them.
func (h *house) toldOfPrinting(t *testing.T, o *survey.Organisation, links []string) {
	t.Helper()
	entries, err := h.store.ListAudit(ctx, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := audit.Verify(entries); err != nil {
		t.Error(err)
	}
	var printed []string
	for _, e := range entries {
		if e.Verb == "round.tickets" {
			printed = append(printed, e.Actor+" "+e.Detail["printed"]+" of "+e.Detail["paper"])
		}
		for _, link := range links {
			parsed, err := ballot.ParseLink(link)
			if err != nil {
				t.Fatal(err)
			}
			handle, _, _ := strings.Cut(link, ".")
			if all := fmt.Sprint(e); strings.Contains(all, handle) || strings.Contains(all, fmt.Sprintf("%x", parsed.Handle)) {
				t.Errorf("the audit knows a ticket: %v", e)
			}
		}
	}
	if want := []string{"lead 3 of 7", "lead 7 of 7"}; !slices.Equal(printed, want) {
		t.Errorf("the audit tells %q, want %q", printed, want)
	}
}
