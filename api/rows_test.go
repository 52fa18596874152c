package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

var e = base64.RawURLEncoding

// fuzzed is the round that strangers send to.
const fuzzed = "r1"

// rows keeps what respondents' routes store in memory: a fuzzer that has to follow a
// database too is slow. What is done with the rows is the house's own.
type rows struct {
	survey.Store // nothing else is asked
	round        *survey.Round
	canonical    []byte
	member       survey.Member

	mu      sync.Mutex
	marks   map[string][]byte
	ballots map[string][]byte
}

// newRows gives the use cases over one open round, its keys and a link of it.
func newRows(t testing.TB) (*survey.Service, *ballot.Keys, ballot.Link) {
	t.Helper()
	store, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Create(fuzzed)
	if err != nil {
		t.Fatal(err)
	}
	now, q := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), questionnaire.Check()
	m := ballot.Manifest{
		Round: fuzzed, Organisation: "Nordlicht AG", Title: q.Title, Opens: now.Add(-time.Hour), Closes: now.Add(time.Hour), K: 5,
		Questionnaire: ballot.DescribeQuestionnaire(q), Invited: 12,
		Processes: []ballot.Choice{{Key: "INC"}}, Roles: []ballot.Choice{{Key: "staff"}}, Units: []ballot.Choice{{Key: "it"}},
	}
	canonical, fingerprint, err := m.Encode(keys)
	if err != nil {
		t.Fatal(err)
	}
	handle := bytes.Repeat([]byte{7}, ballot.HandleSize)
	r := &rows{
		round:     &survey.Round{ID: fuzzed, State: survey.Open, Opens: m.Opens, Closes: m.Closes, Fingerprint: fingerprint, K: 5, Questionnaire: q},
		canonical: canonical, member: survey.Member{Handle: handle, Process: "INC", Locale: locale.German},
		marks: map[string][]byte{}, ballots: map[string][]byte{},
	}
	service := survey.NewService(survey.Options{
		Store: r, Keys: store, Now: func() time.Time { return now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	return service, keys, keys.Link(handle, fingerprint)
}

func (r *rows) FindRound(_ context.Context, id survey.RoundID) (*survey.Round, error) {
	if id != fuzzed {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return r.round, nil
}

func (r *rows) FindManifest(context.Context, survey.RoundID) ([]byte, error) { return r.canonical, nil }

func (r *rows) FindMember(_ context.Context, _ survey.RoundID, handle []byte) (*survey.Member, error) {
	if !bytes.Equal(handle, r.member.Handle) {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return &r.member, nil
}

func (r *rows) CreateMark(_ context.Context, _ survey.RoundID, mark, req []byte) ([]byte, error) {
	stored, _ := r.put(r.marks, mark, req)
	return stored, nil
}

func (r *rows) CreateBallot(_ context.Context, _ survey.RoundID, b survey.SealedBallot) ([]byte, bool, error) {
	stored, created := r.put(r.ballots, b.TicketHash, b.Digest)
	return stored, created, nil
}

func (r *rows) put(into map[string][]byte, key, value []byte) (stored []byte, created bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old, known := into[string(key)]; known {
		return old, false
	}
	into[string(key)] = value
	return value, true
}

func (r *rows) FindIteration(context.Context, survey.IterationID) (*survey.Iteration, error) {
	return nil, fault.New(fault.NotFound, "not-found") // what stands beside the questions is not looked at here
}

func (r *rows) ListTicketHashes(context.Context, survey.RoundID) ([][]byte, error) {
	return nil, fault.New(fault.NotFound, "not-found")
}
