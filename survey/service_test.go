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
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

var ctx = context.Background()

// house is a Service on a real database with a clock that the test sets.
type house struct {
	*survey.Service
	store *store.Store
	keys  *ballot.Keystore
	now   time.Time
	round *survey.Round
	links map[survey.PersonID]string
	dir   string
}

// begin opens a check round for n people.
func begin(t testing.TB, url string, n int) *house { return beginWith(t, url, n, nil) }

// beginWith is begin for an organisation that prepare changes.
func beginWith(t testing.TB, url string, n int, prepare func(*house, *survey.Organisation)) *house {
	t.Helper()
	h := &house{now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), dir: filepath.Join(t.TempDir(), "keys")}
	h.store = storetest.Open(t, url)
	var err error
	if h.keys, err = ballot.OpenKeystore(h.dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	h.Service = survey.NewService(survey.Options{
		Store: h.store, Keys: h.keys, Now: func() time.Time { return h.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	o := storetest.Organisation(t, h.store)
	if prepare != nil {
		prepare(h, o)
	}
	storetest.People(t, h.store, o, n)
	h.round = storetest.Round(t, h.store, o, questionnaire.Check(), h.now)
	if h.round, err = h.OpenRound(ctx, account.System(), h.round.ID); err != nil {
		t.Fatal(err)
	}
	if h.links, _, err = h.Links(ctx, h.round.ID); err != nil {
		t.Fatal(err)
	}
	return h
}

// ticket takes the ticket of a personal link as the page's script does.
func (h *house) ticket(t testing.TB, fragment string) ballot.Ticket {
	t.Helper()
	ticket, err := h.claim(t, fragment)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// claim is ticket with the answer of the server if there is none.
func (h *house) claim(t testing.TB, fragment string) (ballot.Ticket, error) {
	t.Helper()
	link, err := ballot.ParseLink(fragment)
	if err != nil {
		t.Fatal(err)
	}
	canonical, err := h.Manifest(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := ballot.ParseManifest(canonical, link.Fingerprint)
	if err != nil {
		t.Fatal(err)
	}
	claim, err := ballot.NewClaim(string(h.round.ID), key)
	if err != nil {
		t.Fatal(err)
	}
	issued, err := h.IssueTicket(ctx, h.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret}, claim.Blinded)
	if err != nil {
		return ballot.Ticket{}, err
	}
	return claim.Finish(issued.Evaluated, issued.Proof)
}

// answer lets a person take a ticket and answer every question with value.
func (h *house) answer(t testing.TB, fragment string, value int) survey.Submission {
	t.Helper()
	link, err := ballot.ParseLink(fragment)
	if err != nil {
		t.Fatal(err)
	}
	i, err := h.Invitation(ctx, h.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret})
	if err != nil {
		t.Fatal(err)
	}
	s := survey.Submission{Ticket: h.ticket(t, fragment), Payload: payload(i, value)}
	if created, err := h.CastBallot(ctx, h.round.ID, s); err != nil || !created {
		t.Fatalf("cast ballot: %v, %v", created, err)
	}
	return s
}

func payload(i survey.Invitation, value int) ballot.Payload {
	p := ballot.Payload{
		Attributes: ballot.Attributes{Process: i.Process, Role: i.Role, Unit: i.Unit}, Answers: map[string]ballot.Answer{},
	}
	for _, item := range questionnaire.Check().Items {
		p.Answers[item.Key] = ballot.Answer{Value: value}
		if item.Scale == "yesno" {
			p.Answers[item.Key] = ballot.Answer{Value: value / 3}
		}
	}
	return p
}

// answerAll lets the first n people answer, each with 1..5 in turn.
func (h *house) answerAll(t testing.TB, n int) {
	t.Helper()
	i := 0
	for _, fragment := range h.links {
		if i == n {
			return
		}
		h.answer(t, fragment, 1+i%5)
		i++
	}
}

func TestRoundFromOpeningToResults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 40)
		h.answerAll(t, 30)
		h.now = h.round.Closes
		if err := h.FinishRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		results, _, err := h.store.FindResults(ctx, h.round.ID)
		if err != nil {
			t.Fatal(err)
		}
		if *results.Ballots != 30 || results.Invited != 40 || results.Invalid != 0 || results.Groups[0].State != "shown" {
			t.Errorf("%+v", results)
		}
		if h.keys.Has(string(h.round.ID)) {
			t.Error("keys are left after counting")
		}
		hashes, err := h.TicketHashes(ctx, h.round.ID)
		if len(hashes) != 30 || err != nil {
			t.Errorf("%d ticket hashes, %v", len(hashes), err)
		}
		if err := h.FinishRound(ctx, h.round.ID); err != nil {
			t.Errorf("nothing to do: %v", err)
		}
	})
}

func TestAnswersOnlyWhileOpen(t *testing.T) {
	h := begin(t, storetest.SQLite(t), 12)
	var s survey.Submission
	for _, fragment := range h.links {
		s = h.answer(t, fragment, 3)
		break
	}
	if created, err := h.CastBallot(ctx, h.round.ID, s); created || err != nil {
		t.Errorf("repetition: %v %v", created, err)
	}
	other := s
	other.Payload.Answers = map[string]ballot.Answer{"A1": {Value: 1}}
	if _, err := h.CastBallot(ctx, h.round.ID, other); !fault.Is(err, "ticket-used") {
		t.Errorf("other answers: %v", err)
	}
	h.now = h.round.Opens.Add(-time.Nanosecond)
	if _, err := h.CastBallot(ctx, h.round.ID, s); !fault.Is(err, "round-not-open") {
		t.Errorf("before opening: %v", err)
	}
	h.now = h.round.Closes
	if _, err := h.CastBallot(ctx, h.round.ID, s); !fault.Is(err, "round-closed") {
		t.Errorf("at the closing instant: %v", err)
	}
}

func TestOpeningRefuses(t *testing.T) {
	url := storetest.SQLite(t)
	s := storetest.Open(t, url)
	keys, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	service := survey.NewService(survey.Options{
		Store: s, Keys: keys, Now: func() time.Time { return now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	o := storetest.Organisation(t, s)
	storetest.People(t, s, o, 9)
	r := storetest.Round(t, s, o, questionnaire.Check(), now)
	if _, err := service.OpenRound(ctx, account.System(), r.ID); !fault.Is(err, "round-too-small") {
		t.Errorf("nine people: %v", err)
	}
	if _, err := service.Round(ctx, r.ID); fault.Of(err).Kind != fault.NotFound {
		t.Errorf("a draft is visible to respondents: %v", err)
	}
	late := storetest.Round(t, s, o, questionnaire.Check(), now.AddDate(0, 0, -3))
	if _, err := service.OpenRound(ctx, account.System(), late.ID); !fault.Is(err, "round-window-invalid") {
		t.Errorf("a round that is over: %v", err)
	}
}
