package schedule

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"pulscheck/survey/fault"
)

// Limits of R7 in threat-model.md.
const (
	maxJump    = 10 * time.Minute
	stableFor  = 30 * time.Minute
	maxAbsence = 7 * 24 * time.Hour // between the last sign of life and a start
	askEvery   = 10 * time.Second   // how often the database is asked for its time
	beatEvery  = time.Minute        // how often the sign of life is stored
)

// ClockStore keeps the sign of life and knows another clock.
type ClockStore interface {
	// DatabaseTime gives the time of the database server, the zero time if the
	// database has no clock of its own.
	DatabaseTime(ctx context.Context) (time.Time, error)
	// LastBeat gives the last instant that any replica believed, the zero time before the first.
	LastBeat(ctx context.Context) (time.Time, error)
	Beat(ctx context.Context, at time.Time) error
}

// Clock says whether the time of this machine can be believed. It cannot
//
//   - when it jumped by more than 10 minutes against the monotonic clock, until it
//     jumped back or has run evenly for 30 minutes;
//   - when it differs from the database server's by more than 10 minutes, until it
//     no longer does;
//   - at start, when it lies before the last sign of life or more than 7 days after
//     it, until it has run evenly for 30 minutes.
//
// A restart therefore confirms a smaller jump forward. While the clock is suspect no
// sign of life is stored, so that a restart compares with the time before the jump.
type Clock struct {
	store   ClockStore
	now     func() time.Time
	elapsed func() time.Duration // monotonic, from any instant on
	log     *slog.Logger

	mu      sync.Mutex
	started bool
	trusted reading // the last one believed
	since   reading // while suspect: from where on the clock has run evenly
	offset  time.Duration
	asked   time.Duration
	beaten  time.Duration
	why     string // empty: the clock is believed
}

// reading is one look at both clocks of the machine.
type reading struct {
	wall time.Time
	mono time.Duration
}

// drift says how far a later reading is from where the monotonic clock puts it.
func (a reading) drift(b reading) time.Duration { return b.wall.Sub(a.wall) - (b.mono - a.mono) }

// NewClock makes a Clock. elapsed is monotonic, e.g. time.Since of the start.
func NewClock(s ClockStore, now func() time.Time, elapsed func() time.Duration, log *slog.Logger) *Clock {
	return &Clock{store: s, now: now, elapsed: elapsed, log: log}
}

// Err gives fault Unavailable "clock-suspect" if the last look at the clock found it
// so. It is cheap.
func (c *Clock) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.verdict()
}

func (c *Clock) verdict() error {
	if c.why == "" {
		return nil
	}
	return fault.Wrap(fault.Unavailable, "clock-suspect", errors.New("the clock: "+c.why))
}

// Check looks at the clocks, stores a sign of life now and then, and gives what Err
// gives. Other errors say that the database is away.
func (c *Clock) Check(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, err := c.look(ctx)
	if err == nil {
		err = c.beat(ctx, at)
	}
	if err != nil {
		return err
	}
	return c.verdict()
}

// Look is Check without a sign of life.
func (c *Clock) Look(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := c.look(ctx); err != nil {
		return err
	}
	return c.verdict()
}

func (c *Clock) look(ctx context.Context) (reading, error) {
	at := reading{c.now().Round(0), c.elapsed()}
	if !c.started {
		if err := c.start(ctx, at); err != nil {
			return at, err
		}
	}
	if c.why == "" && outside(c.trusted.drift(at)) {
		c.suspect(at, "it jumped by "+c.trusted.drift(at).Round(time.Second).String())
	}
	if err := c.ask(ctx, at); err != nil {
		return at, err
	}
	if c.why == "" {
		c.trusted = at
	} else {
		c.reconsider(at)
	}
	return at, nil
}

func outside(d time.Duration) bool { return d.Abs() > maxJump }

// start compares with the last sign of life.
func (c *Clock) start(ctx context.Context, at reading) error {
	last, err := c.store.LastBeat(ctx)
	if err != nil {
		return err
	}
	c.started, c.trusted = true, at
	c.asked, c.beaten = at.mono-askEvery, at.mono-beatEvery
	away := at.wall.Sub(last)
	if !last.IsZero() && (away < -maxJump || away > maxAbsence) {
		c.trusted.wall = last
		c.suspect(at, "it stands "+away.Round(time.Second).String()+" after the last sign of life")
	}
	return nil
}

func (c *Clock) suspect(at reading, why string) {
	c.why, c.since = why, at
	c.log.Warn("the clock is suspect: nothing opens or closes", "why", why)
}

// ask compares with the database server's clock.
func (c *Clock) ask(ctx context.Context, at reading) error {
	if at.mono-c.asked < askEvery {
		return nil
	}
	there, err := c.store.DatabaseTime(ctx)
	if err != nil {
		return err
	}
	c.asked, c.offset = at.mono, 0
	if !there.IsZero() {
		c.offset = at.wall.Sub(there)
	}
	if c.why == "" && outside(c.offset) {
		c.suspect(at, "it is "+c.offset.Round(time.Second).String()+" ahead of the database's")
	}
	return nil
}

// reconsider believes a suspect clock that came back or has run evenly for long.
func (c *Clock) reconsider(at reading) {
	if outside(c.since.drift(at)) || outside(c.offset) {
		c.since = at
	}
	back := !outside(c.trusted.drift(at)) && !outside(c.offset)
	if back || at.mono-c.since.mono >= stableFor {
		c.why, c.trusted = "", at
		c.log.Warn("the clock is believed again", "back", back)
	}
}

// beat stores a sign of life while the clock is believed.
func (c *Clock) beat(ctx context.Context, at reading) error {
	if c.why != "" || at.mono-c.beaten < beatEvery {
		return nil
	}
	if err := c.store.Beat(ctx, at.wall); err != nil {
		return err
	}
	c.beaten = at.mono
	return nil
}
