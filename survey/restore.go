package survey

import (
	"context"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

// Restoration is what a database takes up that was restored from a backup.
type Restoration struct {
	From, To int64 // generations
	At       time.Time
	Marked   []RoundID // of which answers may be missing, or that are to be opened anew
	Over     []Job     // of rounds that were counted before: what destroys what came back of them
	Told     []audit.Entry
}

// sums are what a restore did, by organisation and what it was.
type sums map[OrganisationID]map[string]int

func (n sums) add(id OrganisationID, what string) {
	if n[id] == nil {
		n[id] = map[string]int{}
	}
	n[id][what]++
}

// detail writes the sums of an organisation, of all together for the empty id.
func (n sums) detail(id OrganisationID) map[string]string {
	total := map[string]int{}
	for of, counts := range n {
		for what, count := range counts {
			if id == "" || of == id {
				total[what] += count
			}
		}
	}
	detail := make(map[string]string, len(total))
	for what, count := range total {
		detail[what] = strconv.Itoa(count)
	}
	return detail
}

// restore brings a database that came out of a backup to where it may be used: what was
// removed since the backup is removed again, what was counted stays closed, rounds that
// take answers are marked, and everybody signs in anew. It may be repeated; the database
// leaves its generation with the last step.
func (s *Service) restore(ctx context.Context, m *memory, g *Generation) error {
	done := sums{}
	missing, err := s.comeBack(ctx, m)
	if err != nil {
		return err
	}
	for _, one := range missing {
		buried, err := s.bury(ctx, one)
		if err != nil {
			return err
		}
		if buried {
			done.add(OrganisationID(one.Organisation), string(one.Kind))
		}
	}
	r := Restoration{From: g.Number, To: m.Generation + 1, At: s.now()}
	if err := s.restoreRounds(ctx, m, &r, done); err != nil {
		return err
	}
	all, err := s.store.ListOrganisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		r.Told = append(r.Told, s.tell(account.System(), o.ID, "organisation.restore", string(o.ID), done.detail(o.ID)))
	}
	r.Told = append(r.Told, s.tell(account.System(), "", "organisation.restore", "", done.detail("")))
	if _, err := s.store.RestoreDatabase(ctx, r); err != nil { // not done = another process did
		return err
	}
	s.forgetAll()
	s.log.Warn("the database is older than the key store remembers: it was restored from a backup", "rounds", len(r.Marked), "over", len(r.Over))
	return nil
}

// comeBack lists what is gone as far as the database does not know of it, organisations
// first: what belongs to one goes with it.
func (s *Service) comeBack(ctx context.Context, m *memory) ([]gone, error) {
	known := map[string]*memory{}
	var organisations, others []gone
	for _, g := range m.Gone {
		in := known[g.Organisation]
		if in == nil {
			in = &memory{}
			entries, err := s.store.ListAuditFrom(ctx, OrganisationID(g.Organisation), 0)
			if err != nil {
				return nil, err
			}
			for i := range entries {
				in.hear(&entries[i])
			}
			known[g.Organisation] = in
		}
		switch i := in.find(g.Kind, g.ID, g.Organisation); {
		case i >= 0 && in.Gone[i].At.Equal(g.At):
		case g.Kind == goneOrganisation:
			organisations = append(organisations, g)
		default:
			others = append(others, g)
		}
	}
	return append(organisations, others...), nil
}

// restoreRounds finds the rounds of which a backup brought back another state than they
// had. Those that were counted end without results, which went with the database; their
// keys are destroyed if that was still to be done, and drafts of them open no more. Of those that take answers some may be
// missing. Those that have keys and were never opened had been opened since: their first
// tickets must be worth nothing, so that opening draws other keys.
func (s *Service) restoreRounds(ctx context.Context, m *memory, r *Restoration, done sums) error {
	rounds, err := s.store.ListRounds(ctx, Draft, Review, Open, Closed)
	if err != nil {
		return err
	}
	for i := range rounds {
		one := &rounds[i]
		over := m.find(goneRound, string(one.ID), string(one.Organisation)) >= 0
		switch {
		case over:
			if err := s.keys.Destroy(string(one.ID)); err != nil {
				return err
			}
			r.Over = append(r.Over, one.job(CountJob, r.At))
			done.add(one.Organisation, string(goneRound))
		case one.State == Open:
			r.Marked = append(r.Marked, one.ID)
			done.add(one.Organisation, "marked")
		case !one.State.Opened() && s.keys.Has(string(one.ID)):
			r.Marked = append(r.Marked, one.ID)
			done.add(one.Organisation, "reopened")
		}
	}
	return nil
}

// forgetAll drops everything that is remembered of the database.
func (s *Service) forgetAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.opened)
}
