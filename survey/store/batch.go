package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"pulscheck/migrations"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// Sizes of the group commit.
const (
	queueLength = 2048 // rows that may wait; more are refused as overloaded
	batchLength = 256  // rows of one commit

	mysqlCommits = 2 // batches at the same time

	worthWaiting = 4                    // rows of the commit before, from which on the next is waited for
	gatherTime   = 3 * time.Millisecond // at most; a durable commit takes longer
)

// pending is one row that waits for its commit. Rows with the same round and key
// count once: the value stored first is given back.
type pending struct {
	round    string
	key      []byte
	value    []byte
	row      any
	answered chan outcome
}

type outcome struct {
	value   []byte
	created bool
	err     error
}

// writer commits waiting rows of one table together, each acknowledged only after
// the commit. It is the only way into that table. Rows of a batch are written in
// random order, so that none tells when it came.
type writer struct {
	store   *Store
	what    string
	find    func(tx *gorm.DB, round string, keys [][]byte) (map[string][]byte, error)
	insert  func(tx *gorm.DB, rows []any) error
	queue   chan *pending
	stop    chan struct{}
	stopped chan struct{}

	rows, commits atomic.Int64
}

func newWriter(s *Store, what string, find func(*gorm.DB, string, [][]byte) (map[string][]byte, error), insert func(*gorm.DB, []any) error) *writer {
	w := &writer{
		store: s, what: what, find: find, insert: insert,
		queue: make(chan *pending, queueLength), stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	var running sync.WaitGroup
	for range s.parallel() {
		running.Go(w.run)
	}
	go func() { running.Wait(); close(w.stopped) }()
	return w
}

// parallel is how many batches are committed at the same time. SQLite has one writer;
// MySQL syncs the logs of transactions together that commit at once.
func (s *Store) parallel() int {
	if s.dialect == migrations.SQLite {
		return 1
	}
	return mysqlCommits
}

// put hands in a row and waits for its commit. A full queue is fault Unavailable
// "overloaded". If ctx ends first, the row may be stored all the same; handing it in
// again tells.
func (w *writer) put(ctx context.Context, p *pending) ([]byte, bool, error) {
	p.answered = make(chan outcome, 1)
	select {
	case w.queue <- p:
	default:
		return nil, false, fault.New(fault.Unavailable, "overloaded")
	}
	select {
	case o := <-p.answered:
		return o.value, o.created, o.err
	case <-ctx.Done():
		return nil, false, translate(ctx.Err())
	case <-w.stopped:
		return nil, false, fault.Wrap(fault.Unavailable, "database-unavailable", errors.New("the store is closed"))
	}
}

func (w *writer) run() {
	before := 0
	var rest []*pending
	for {
		if len(rest) == 0 {
			select {
			case first := <-w.queue:
				rest = []*pending{first}
			case <-w.stop:
				return
			}
		}
		batch := w.gather(rest, before)
		n := evenSize(len(batch))
		batch, rest, before = batch[:n], batch[n:], len(batch)
		w.commit(batch)
	}
}

// evenSize gives the largest of some thirty sizes that is not above n: every size is a
// statement of its own that server and process keep prepared.
func evenSize(n int) int {
	step := 1
	for n/step >= 8 {
		step *= 2
	}
	return n / step * step
}

// gather takes what is waiting beside the first rows. Under load it waits a moment for as
// many as came last time: those that were just acknowledged come back together, and
// without that two halves of them would take turns, each with a commit of its own. Who
// comes alone never waits.
func (w *writer) gather(first []*pending, before int) []*pending {
	batch := w.drain(first)
	if before < worthWaiting {
		return batch
	}
	timer := time.NewTimer(gatherTime)
	defer timer.Stop()
	for wanted := min(batchLength, before+len(batch)); len(batch) < wanted; {
		select {
		case p := <-w.queue:
			batch = w.drain(append(batch, p))
		case <-timer.C:
			return batch
		case <-w.stop:
			return batch
		}
	}
	return batch
}

// drain adds what is waiting to a batch.
func (w *writer) drain(batch []*pending) []*pending {
	for len(batch) < batchLength {
		select {
		case p := <-w.queue:
			batch = append(batch, p)
		default:
			return batch
		}
	}
	return batch
}

// commit writes a batch, the rows of each round in a transaction of its own.
func (w *writer) commit(batch []*pending) {
	rounds := map[string][]*pending{}
	for _, p := range batch {
		rounds[p.round] = append(rounds[p.round], p)
	}
	for round, rows := range rounds {
		rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		outcomes := make([]outcome, len(rows))
		ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
		err := w.store.inTx(ctx, w.what, func(tx *gorm.DB) error { return w.write(tx, round, rows, outcomes) })
		cancel()
		for i, p := range rows {
			if err != nil {
				outcomes[i] = outcome{err: err}
			}
			p.answered <- outcomes[i]
		}
		w.commits.Add(1)
		w.rows.Add(int64(len(rows)))
	}
}

// write inserts the rows and tells which of them are new. Rows are as good as never
// stored before, so they are looked for only after the insert met one.
func (w *writer) write(tx *gorm.DB, round string, rows []*pending, outcomes []outcome) error {
	if err := w.store.holdOpen(tx, survey.RoundID(round)); err != nil {
		return err
	}
	err := w.insert(tx, settle(rows, map[string][]byte{}, outcomes))
	if !errors.Is(err, gorm.ErrDuplicatedKey) {
		return err
	}
	keys := make([][]byte, len(rows))
	for i, p := range rows {
		keys[i] = p.key
	}
	stored, err := w.find(tx, round, keys)
	if err != nil {
		return err
	}
	err = w.insert(tx, settle(rows, stored, outcomes))
	if errors.Is(err, gorm.ErrDuplicatedKey) { // another replica between look and insert
		return errTaken
	}
	return err
}

// settle gives the rows that are not stored yet, one for each key, and the outcome of
// all if exactly these are inserted. It adds their values to stored.
func settle(rows []*pending, stored map[string][]byte, outcomes []outcome) (fresh []any) {
	for i, p := range rows {
		value, known := stored[string(p.key)]
		if !known {
			value = p.value
			stored[string(p.key)] = value
			fresh = append(fresh, p.row)
		}
		outcomes[i] = outcome{value: value, created: !known}
	}
	return fresh
}

// close ends the writer after the batch in work.
func (w *writer) close() {
	close(w.stop)
	<-w.stopped
}

// Load tells how busy the writers are, for metrics.
type Load struct {
	Waiting int   // rows in the queues
	Rows    int64 // committed since the start
	Commits int64
}

// Load gives the state of the group commit.
func (s *Store) Load() Load {
	var l Load
	for _, w := range []*writer{s.ballots, s.marks} {
		l.Waiting += len(w.queue)
		l.Rows += w.rows.Load()
		l.Commits += w.commits.Load()
	}
	return l
}
