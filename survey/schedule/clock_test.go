package schedule_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// clocks are those of a machine and of a database server, each set by the test.
type clocks struct {
	*store.Store
	wall     time.Time
	mono     time.Duration
	database time.Duration // ahead of true time
	own      bool          // the database has a clock of its own
	jumped   time.Duration // of wall against true time
}

func (c *clocks) DatabaseTime(context.Context) (time.Time, error) {
	if !c.own {
		return time.Time{}, nil
	}
	return c.wall.Add(c.database - c.jumped), nil
}

func (c *clocks) pass(d time.Duration) { c.wall, c.mono = c.wall.Add(d), c.mono+d }
func (c *clocks) jump(d time.Duration) { c.wall, c.jumped = c.wall.Add(d), c.jumped+d }

func (c *clocks) boot() *schedule.Clock {
	c.mono = 0
	return schedule.NewClock(c, func() time.Time { return c.wall }, func() time.Duration { return c.mono }, slog.New(slog.DiscardHandler))
}

// suspect looks at the clock and says whether it is believed.
func suspect(t *testing.T, c *schedule.Clock, want bool, when string) {
	t.Helper()
	err := c.Check(ctx)
	if err != nil && !fault.Is(err, "clock-suspect") {
		t.Fatal(err)
	}
	if got := err != nil; got != want {
		t.Errorf("%s: suspect %v, want %v (%v)", when, got, want, err)
	}
	if (c.Err() != nil) != (err != nil) {
		t.Errorf("%s: Err gives %v, Check %v", when, c.Err(), err)
	}
}

func machine(t *testing.T, own bool) *clocks {
	return &clocks{Store: storetest.Open(t, storetest.SQLite(t)), wall: start, own: own}
}

var jumps = []time.Duration{-2 * time.Hour, 2 * time.Hour, 400 * 24 * time.Hour}

// TestJumpWhileRunning is R7: until the clock is set right, or has run evenly for half
// an hour.
func TestJumpWhileRunning(t *testing.T) {
	for _, by := range jumps {
		t.Run(by.String(), func(t *testing.T) {
			m := machine(t, false)
			c := m.boot()
			suspect(t, c, false, "at first")
			for range 3 {
				m.pass(9 * time.Minute)
				m.jump(-9 * time.Minute) // slow enough to be a correction
				suspect(t, c, false, "corrected")
			}
			m.jump(by)
			suspect(t, c, true, "after the jump")
			m.pass(29 * time.Minute)
			suspect(t, c, true, "a little later")
			m.jump(-by)
			suspect(t, c, false, "set right")
			m.jump(by)
			suspect(t, c, true, "jumped again")
			m.pass(29 * time.Minute)
			m.jump(time.Hour)
			suspect(t, c, true, "jumped further")
			m.pass(29 * time.Minute)
			suspect(t, c, true, "not yet even for long")
			m.pass(time.Minute)
			suspect(t, c, false, "even for half an hour")
		})
	}
}

// TestDifferenceToDatabase: it passes only by setting one of the two right.
func TestDifferenceToDatabase(t *testing.T) {
	for _, by := range jumps {
		t.Run(by.String(), func(t *testing.T) {
			m := machine(t, true)
			c := m.boot()
			suspect(t, c, false, "at first")
			m.pass(time.Minute)
			m.database = by
			suspect(t, c, true, "the database's clock is off")
			for range 10 {
				m.pass(time.Hour)
				suspect(t, c, true, "still off")
			}
			m.database = 0
			m.pass(time.Minute)
			suspect(t, c, false, "the database's clock is right")
			m.jump(by)
			m.pass(time.Minute)
			suspect(t, c, true, "the machine's clock is off")
			m.pass(time.Hour)
			suspect(t, c, true, "still off")
			late := m.boot()
			suspect(t, late, true, "started with a clock that is off")
		})
	}
}

// TestJumpBeforeStart: the last sign of life stands for the time before. A jump
// forward that could have been a time switched off is confirmed by the restart.
func TestJumpBeforeStart(t *testing.T) {
	for by, want := range map[time.Duration]bool{jumps[0]: true, jumps[1]: false, jumps[2]: true, 0: false, 6 * 24 * time.Hour: false, 8 * 24 * time.Hour: true} {
		t.Run(by.String(), func(t *testing.T) {
			m := machine(t, false)
			c := m.boot()
			suspect(t, c, false, "at first")
			m.jump(400 * 24 * time.Hour) // leaves no sign of life
			suspect(t, c, true, "after a jump")
			m.jump(-400 * 24 * time.Hour)
			m.jump(by)
			c = m.boot()
			suspect(t, c, want, "at start")
			m.pass(29 * time.Minute)
			suspect(t, c, want, "a little later")
			m.pass(time.Minute)
			suspect(t, c, false, "half an hour later")
		})
	}
}

// TestNothingIsRunUnderASuspectClock: a round that such a clock puts in the past is
// neither opened nor closed, until the clock is believed again.
func TestNothingIsRunUnderASuspectClock(t *testing.T) {
	m := machine(t, false)
	c, ran := m.boot(), 0
	r := schedule.New(schedule.Options{
		Store: m.Store, Clock: c, Now: func() time.Time { return m.wall }, Log: slog.New(slog.DiscardHandler),
		Tasks: []schedule.Task{{Kind: survey.CloseJob, Run: func(context.Context, survey.Job) error { ran++; return nil }}},
	})
	ensure(t, m.Store, at(survey.CloseJob, "a", time.Hour))
	turn := func(want bool, times int, when string) {
		t.Helper()
		err := r.Turn(ctx)
		if fault.Is(err, "clock-suspect") != want || !want && err != nil || ran != times {
			t.Errorf("%s: %v, ran %d times, want %v and %d", when, err, ran, want, times)
		}
	}
	turn(false, 0, "before its time")
	m.jump(2 * time.Hour)
	turn(true, 0, "after the jump")
	m.jump(-2 * time.Hour)
	turn(false, 0, "set right")
	m.pass(time.Hour)
	turn(false, 1, "in its time")
}
