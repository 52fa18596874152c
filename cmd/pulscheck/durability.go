package main

import (
	"context"
	"slices"
	"time"
)

// warnWeak logs which settings of the database do not keep what was acknowledged.
func (h *house) warnWeak() {
	if weak := h.store.WeakDurability(); len(weak) > 0 {
		h.log.Warn("acknowledged answers might not survive a power cut", "settings", weak)
	}
}

// watchDurability reads those settings again and again until ctx ends: somebody may
// change them under the running service, which is not ready then unless told that it
// may be. A database that does not answer is no finding.
func (h *house) watchDurability(ctx context.Context, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		before := h.store.WeakDurability()
		if h.store.CheckDurability(ctx); !slices.Equal(before, h.store.WeakDurability()) { //nolint:errcheck // readiness tells
			h.warnWeak()
		}
	}
}
