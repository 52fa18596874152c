package survey

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Witnesses is what finding out that a database was restored asks of the store.
type Witnesses interface {
	// FindGeneration gives how far the database has come; fault NotFound in one that was
	// never named.
	FindGeneration(ctx context.Context) (*Generation, error)
	// NameDatabase gives the database a name unless it has one.
	NameDatabase(ctx context.Context, name string) error
	// NextGeneration takes the database from one generation to another; false if it was in
	// another one.
	NextGeneration(ctx context.Context, from, to int64) (bool, error)
	// ListHeads gives the last entry of every chain of the audit.
	ListHeads(ctx context.Context) ([]audit.Entry, error)
	// ListAuditFrom gives the entries of a chain from a number on.
	ListAuditFrom(ctx context.Context, id OrganisationID, seq int) ([]audit.Entry, error)
	// RestoreDatabase stores what follows from a restore, in one transaction; false, and
	// nothing, if the database is in another generation than r.From.
	RestoreDatabase(ctx context.Context, r Restoration) (bool, error)
}

// Generation is how far a database has come. It only rises; a copy has the same name and
// stays behind.
type Generation struct {
	Database string // drawn once
	Number   int64
}

// memory is what the key store remembers of a database. A generation, and the last entries
// of the audit, are noted after they were committed: a database that is behind them is
// another than it was. It holds random ids, never names or addresses.
type memory struct {
	Generation int64           `json:"generation"`
	Heads      map[string]head `json:"heads"` // by organisation
	Gone       []gone          `json:"gone"`
}

// head is the last entry of a chain.
type head struct {
	Seq  int    `json:"seq"`
	Hash []byte `json:"hash"`
}

func (h head) is(e *audit.Entry) bool { return h.Seq == e.Seq && bytes.Equal(h.Hash, e.Hash) }

// Witness notes beside the keys how far the database has come and what was removed from it
// for good. A database that is behind the note was restored from a backup: then it does
// first what follows from that, see restore. Called at start, every minute, and after
// everything that must stay removed.
func (s *Service) Witness(ctx context.Context) error {
	s.witnessing.Lock()
	defer s.witnessing.Unlock()
	if err := s.nameDatabase(ctx); err != nil {
		return err
	}
	m, g, err := s.remembered(ctx)
	if err != nil {
		return err
	}
	behind, err := s.behind(ctx, m, g)
	if err != nil {
		return err
	}
	if behind {
		if err := s.restore(ctx, m, g); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	} else if done, err := s.store.NextGeneration(ctx, g.Number, g.Number+1); err != nil {
		return err
	} else if done {
		g.Number++
	}
	if behind { // also by somebody else meanwhile
		if g, err = s.store.FindGeneration(ctx); err != nil {
			return err
		}
	}
	return s.note(ctx, m, g)
}

// IsRestored reports whether the database is behind what the key store remembers of it,
// and changes nothing.
func (s *Service) IsRestored(ctx context.Context) (bool, error) {
	m, g, err := s.remembered(ctx)
	if fault.Of(err).Kind == fault.NotFound && err != nil {
		return false, nil //nolint:nilerr // no service has run on it yet
	}
	if err != nil {
		return false, err
	}
	return s.behind(ctx, m, g)
}

// witness is Witness for use cases that are done: what it could not note is noted by the
// next call.
func (s *Service) witness(ctx context.Context) {
	if err := s.Witness(context.WithoutCancel(ctx)); err != nil {
		s.log.Warn("the key store cannot note what was removed", "error", err)
	}
}

func (s *Service) nameDatabase(ctx context.Context) error {
	_, err := s.store.FindGeneration(ctx)
	if err == nil || fault.Of(err).Kind != fault.NotFound {
		return err
	}
	name, err := s.formerName(ctx)
	if err != nil {
		return err
	}
	return s.store.NameDatabase(ctx, cmp.Or(name, NewID()))
}

// formerName gives the name that a database had which has none, because its backup is older
// than names are: that of the note that knows one of its organisations; "" for a new one.
func (s *Service) formerName(ctx context.Context) (string, error) {
	heads, err := s.store.ListHeads(ctx)
	if err != nil {
		return "", err
	}
	notes, err := s.keys.ListNotes(notePrefix)
	if err != nil {
		return "", err
	}
	for _, file := range notes {
		name := strings.TrimSuffix(strings.TrimPrefix(file, notePrefix), noteSuffix)
		m, err := s.recall(name)
		if err != nil {
			return "", err
		}
		for i := range heads {
			if id := heads[i].Organisation; id != "" && m != nil && m.Heads[id].Seq > 0 {
				return name, nil
			}
		}
	}
	return "", nil
}

// remembered gives what is noted of the database, nil if nothing is, and how far it is. The
// note is read first, so that what others do meanwhile lets the database be ahead.
func (s *Service) remembered(ctx context.Context) (*memory, *Generation, error) {
	g, err := s.store.FindGeneration(ctx)
	if err != nil {
		return nil, nil, err
	}
	m, err := s.recall(g.Database)
	if err != nil {
		return nil, nil, err
	}
	g, err = s.store.FindGeneration(ctx)
	return m, g, err
}

// Names of notes are between these.
const notePrefix, noteSuffix = "witness-", ".json"

// recall reads the note of a database, nil if there is none.
func (s *Service) recall(database string) (*memory, error) {
	data, err := s.keys.ReadNote(notePrefix + database + noteSuffix)
	if err != nil || data == nil {
		return nil, err
	}
	var m memory
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", fmt.Errorf(
			"the note %s beside the keys is damaged, so that nobody knows whether the database came out of a backup; if it did not, remove the note: %w", notePrefix+database+noteSuffix, err,
		))
	}
	return &m, nil
}

// behind compares generations. Where they are equal the last entries that are known must
// still be there; a chain that has none at all was removed with its organisation, one that
// begins later was cut after a year.
func (s *Service) behind(ctx context.Context, m *memory, g *Generation) (bool, error) {
	if m == nil || g.Number != m.Generation {
		return m != nil && g.Number < m.Generation, nil
	}
	heads, err := s.store.ListHeads(ctx)
	if err != nil {
		return false, err
	}
	for i := range heads {
		known, last := m.Heads[heads[i].Organisation], &heads[i]
		if known.Seq == 0 || known.is(last) {
			continue
		}
		if last.Seq <= known.Seq {
			return true, nil
		}
		since, err := s.store.ListAuditFrom(ctx, OrganisationID(last.Organisation), known.Seq)
		if err != nil || len(since) > 0 && since[0].Seq == known.Seq && !known.is(&since[0]) {
			return err == nil, err
		}
	}
	return false, nil
}

// note writes down how far the database is, with what the audit told since the last time.
func (s *Service) note(ctx context.Context, m *memory, g *Generation) error {
	if m == nil {
		m = &memory{}
	}
	heads, err := s.store.ListHeads(ctx)
	if err != nil {
		return err
	}
	next := &memory{Generation: g.Number, Heads: map[string]head{}, Gone: m.Gone}
	for i := range heads {
		id := heads[i].Organisation
		next.Heads[id] = m.Heads[id]
		if next.Heads[id].is(&heads[i]) {
			continue
		}
		since, err := s.since(ctx, OrganisationID(id), m.Heads[id])
		if err != nil {
			return err
		}
		for n := range since {
			next.hear(&since[n])
			next.Heads[id] = head{since[n].Seq, since[n].Hash}
		}
	}
	if s.clock() == nil { // a clock that runs ahead must not make it forget
		next.drop(s.now())
	}
	data, err := json.Marshal(next)
	if err != nil {
		return err
	}
	return s.keys.WriteNote(notePrefix+g.Database+noteSuffix, data)
}

// since gives the entries of a chain from the last known one on; all of them if that is not
// there as it was.
func (s *Service) since(ctx context.Context, id OrganisationID, known head) ([]audit.Entry, error) {
	list, err := s.store.ListAuditFrom(ctx, id, known.Seq)
	if err != nil || known.Seq == 0 || len(list) > 0 && known.is(&list[0]) {
		return list, err
	}
	return s.store.ListAuditFrom(ctx, id, 0)
}

// drop forgets what no backup holds any more.
func (m *memory) drop(now time.Time) {
	var kept []gone
	for _, g := range m.Gone {
		if now.Before(g.At.Add(g.Kind.life())) {
			kept = append(kept, g)
		}
	}
	m.Gone = kept
}
