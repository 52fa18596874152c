package survey

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// Store is everything that the use cases ask of the database.
type Store interface {
	Participation
	Opening
	Counting
	Planning
	Administration
	Retention
	Tenants
	Uploads
	KeptForms
	Mailings
	FieldNumbers
	Printing
	TestMails
	DescribeDatabase
	Works
	Witnesses
	Configurations
}

// Options of a Service.
type Options struct {
	Store  Store
	Keys   *ballot.Keystore
	Now    func() time.Time
	Random io.Reader // crypto/rand everywhere but in the demo: handles and the order of texts
	Log    *slog.Logger
	Facts  Facts // what the process knows of itself
	// Clock gives fault Unavailable "clock-suspect" while Now cannot be believed; nil
	// means always.
	Clock func() error
}

// Service runs the use cases. It is safe for concurrent use.
type Service struct {
	store  Store
	keys   *ballot.Keystore
	now    func() time.Time
	random io.Reader

	drawing sync.Mutex // ids are drawn by many at once
	log     *slog.Logger
	clock   func() error
	facts   Facts

	opening    sync.Mutex // one at a time draws keys, so that nobody destroys those of a round that another one opens
	witnessing sync.Mutex // one at a time reads and writes what the key store notes

	mu        sync.RWMutex
	opened    map[RoundID]*opened
	boards    kept[Board]
	notices   kept[Notice]
	privacies kept[Privacy]
}

// NewService makes a Service.
func NewService(o Options) *Service {
	if o.Clock == nil {
		o.Clock = func() error { return nil }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		store: o.Store, keys: o.Keys, now: o.Now, random: o.Random, log: o.Log, clock: o.Clock, facts: o.Facts, opened: map[RoundID]*opened{},
	}
}

// opened is what never changes any more once a round was opened.
type opened struct {
	round     *Round
	manifest  *ballot.Manifest
	canonical []byte
	issuerKey []byte
}

// remembered is the most opened rounds that are held in memory, about 30 kB each: more are
// seldom answered at the same time.
const remembered = 24

// room takes any one out of a map that holds as many as are remembered.
func room[K comparable, V any](of map[K]V) {
	for key := range of {
		if len(of) < remembered {
			return
		}
		delete(of, key)
	}
}

// find gives an opened round; fault NotFound for drafts and unknown ids, Gone for one that a
// backup brought back as a draft after it was over.
func (s *Service) find(ctx context.Context, id RoundID) (*opened, error) {
	if !wellFormed(string(id)) {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	s.mu.RLock()
	known := s.opened[id]
	s.mu.RUnlock()
	if known != nil {
		return known, nil
	}
	round, err := s.store.FindRound(ctx, id)
	if err != nil {
		return nil, err
	}
	if !round.State.Opened() {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	canonical, err := s.store.FindManifest(ctx, id)
	if err != nil && fault.Of(err).Kind == fault.NotFound && round.Forfeited() { // it went with the database
		return nil, fault.New(fault.Gone, "round-closed")
	}
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(ballot.Fingerprint(canonical), round.Fingerprint) {
		return nil, fmt.Errorf("manifest of round %s does not match its fingerprint", id)
	}
	manifest, key, err := ballot.ParseManifest(canonical, round.Fingerprint)
	if err != nil {
		return nil, fmt.Errorf("round %s: %w", id, err)
	}
	found := &opened{round, manifest, canonical, key}
	s.mu.Lock()
	defer s.mu.Unlock()
	room(s.opened)
	s.opened[id] = found
	return found, nil
}

// forget drops what is remembered of a round.
func (s *Service) forget(id RoundID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.opened, id)
}

// answerable gives a round that takes answers now, with its keys.
func (s *Service) answerable(ctx context.Context, id RoundID) (*opened, *ballot.Keys, error) {
	o, err := s.find(ctx, id)
	if err == nil {
		err = s.clock()
	}
	if err != nil {
		return nil, nil, err
	}
	switch now := s.now(); {
	case now.Before(o.round.Opens):
		return nil, nil, fault.New(fault.Conflict, "round-not-open")
	case !now.Before(o.round.Closes):
		return nil, nil, fault.New(fault.Gone, "round-closed")
	}
	keys, err := s.loadKeys(o)
	if err != nil && s.over(ctx, id) {
		return nil, nil, fault.New(fault.Gone, "round-closed")
	}
	return o, keys, err
}

// over says that a round was ended before its time, so that its keys are gone for good.
func (s *Service) over(ctx context.Context, id RoundID) bool {
	round, err := s.store.FindRound(ctx, id)
	return err == nil && round.State != Open
}

// loadKeys gives the keys of a round if they are those that its manifest names
// (R14). A round that was counted has none any more.
func (s *Service) loadKeys(o *opened) (*ballot.Keys, error) {
	keys, err := s.keys.Load(string(o.round.ID))
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(keys.IssuerKey(), o.issuerKey) {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable",
			fmt.Errorf("round %s: the manifest names key %s", o.round.ID, base64.RawURLEncoding.EncodeToString(o.issuerKey)))
	}
	return keys, nil
}
