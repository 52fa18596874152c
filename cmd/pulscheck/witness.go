package main

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/store"
)

// lastWait is how long the last note of a service that stops may take.
const lastWait = 5 * time.Second

// firstWitness finds a database that was restored, before it is used. That nothing can be
// noted now, because the disk is full, keeps nobody from answering.
func (h *house) firstWitness(ctx context.Context) error {
	err := h.service.Witness(ctx)
	if err == nil {
		return nil
	}
	if is, unknown := h.service.IsRestored(ctx); is || unknown != nil {
		return err
	}
	h.log.Warn("the key store cannot note how far the database is", "error", err)
	return nil
}

// watchWitness notes beside the keys how far the database is, again and again until ctx
// ends, and finds one that was restored under the running service.
func (h *house) watchWitness(ctx context.Context, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := h.service.Witness(ctx); err != nil && ctx.Err() == nil {
			h.log.Warn("the key store cannot note how far the database is", "error", err)
		}
	}
}

// lastWitness notes it when the service stops: a backup made before is recognised then.
func (h *house) lastWitness() {
	ctx, cancel := context.WithTimeout(context.Background(), lastWait)
	defer cancel()
	if err := h.service.Witness(ctx); err != nil {
		h.log.Warn("the key store cannot note how far the database is", "error", err)
	}
}

// errRestored is what doctor tells of a database from a backup.
var errRestored = errors.New("the database is older than the key store remembers: it was restored from a backup; " +
	"the next start of the server removes again what was removed since, marks open rounds and tells the audit")

// restored tells whether the database came out of a backup, and changes nothing.
func restored(ctx context.Context, s *store.Store, keys *ballot.Keystore) error {
	if keys == nil {
		return nil // which was told before
	}
	service := survey.NewService(survey.Options{Store: s, Keys: keys, Now: time.Now, Random: rand.Reader})
	is, err := service.IsRestored(ctx)
	if err == nil && is {
		err = errRestored
	}
	return err
}
