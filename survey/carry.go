package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/score"
)

// Following is the iteration after one that ends, with what is carried on into it.
type Following struct {
	Iteration *Iteration // to be created; nil = it is there already
	Carried   []Filed    // new records of it; the store gives them their numbers
}

// following plans the iteration after i, of the same length and scope, unless there is one
// already, and gathers what is carried on.
func (s *Service) following(ctx context.Context, i *Iteration) (*Following, error) {
	all, err := s.store.ListIterations(ctx, i.Programme)
	if err != nil {
		return nil, err
	}
	f := &Following{}
	var into IterationID
	if at := slices.IndexFunc(all, func(o Iteration) bool { return o.Number == i.Number+1 }); at >= 0 {
		into = all[at].ID
	} else {
		next := i.next()
		next.ID = IterationID(s.newID())
		f.Iteration, into = &next, next.ID
	}
	for _, carry := range []func(context.Context, *Iteration, IterationID) ([]Filed, error){
		s.carryDecisions, s.carryGoals, s.carryQuickWins, s.carryImprovements,
	} {
		filed, err := carry(ctx, i, into)
		if err != nil {
			return nil, err
		}
		f.Carried = append(f.Carried, filed...)
	}
	return f, nil
}

// next is the iteration after i, of the same length and scope, without an id.
func (i *Iteration) next() Iteration {
	return Iteration{
		Programme: i.Programme, Number: i.Number + 1, Phase: Plan,
		Starts: i.Ends, Checks: i.Ends.Add(i.Checks.Sub(i.Starts)), Ends: i.Ends.Add(i.Ends.Sub(i.Starts)), Scope: i.Scope,
	}
}

// carry copies those records of an iteration into another that keep accepts, as it
// changes them. Each says which one it was; that one stays as it is.
func (r register[T, P]) carry(ctx context.Context, s *Service, from, into IterationID, keep func(*T) bool) ([]Filed, error) {
	all, err := r.all(ctx, s, from)
	if err != nil {
		return nil, err
	}
	if err := r.fill(ctx, s, from, all); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b T) int { return P(&a).Head().Number - P(&b).Head().Number })
	var carried []Filed
	for n := range all {
		t := &all[n]
		if !keep(t) {
			continue
		}
		head := P(t).Head()
		head.Origin, head.ID, head.Iteration, head.Number, head.Next = head.ID, RecordID(s.newID()), into, 0, nil
		f, err := file[T, P](t)
		if err != nil {
			return nil, err
		}
		carried = append(carried, *f)
	}
	return carried, nil
}

// carriedOn tells by what records of a kind of an iteration were carried on.
func (s *Service) carriedOn(ctx context.Context, kind RecordKind, id IterationID) (map[RecordID]*Next, error) {
	i, err := s.store.FindIteration(ctx, id)
	if err != nil || i.Phase != Finished {
		return nil, err
	}
	all, err := s.store.ListIterations(ctx, i.Programme)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(o Iteration) bool { return o.Number == i.Number+1 })
	if at < 0 {
		return nil, nil
	}
	filed, err := s.store.ListRecords(ctx, kind, all[at].ID)
	if err != nil {
		return nil, err
	}
	next := map[RecordID]*Next{}
	for _, f := range filed {
		if f.Origin != "" {
			next[f.Origin] = &Next{f.ID, all[at].Number}
		}
	}
	return next, nil
}

// carryDecisions carries on what was decided and is not done yet, as it stands, and asks
// again what was postponed or not decided at all.
func (s *Service) carryDecisions(ctx context.Context, from *Iteration, into IterationID) ([]Filed, error) {
	return decisions.carry(ctx, s, from.ID, into, func(d *Decision) bool {
		if d.Outcome == Declined || d.Done != "" {
			return false
		}
		if d.Since == 0 {
			d.Since = from.Number
		}
		if !d.Running() {
			d.Outcome, d.Wording, d.Owner, d.Due = "", "", "", ""
		}
		return true
	})
}

// carryGoals carries on what was not reached, nor closed or dropped. A day that lies
// behind is to be named anew.
func (s *Service) carryGoals(ctx context.Context, from *Iteration, into IterationID) ([]Filed, error) {
	return goals.carry(ctx, s, from.ID, into, func(g *Goal) bool {
		if g.Due < from.Ends.UTC().Format(time.DateOnly) {
			g.Due = ""
		}
		return g.Status == GoalOpen && g.Attainment().Word != score.Reached
	})
}

// carryQuickWins carries on what people were not told, done or not.
func (s *Service) carryQuickWins(ctx context.Context, from *Iteration, into IterationID) ([]Filed, error) {
	return quickWins.carry(ctx, s, from.ID, into, func(q *QuickWin) bool { return q.Status != QuickWinDropped && q.Told == "" })
}

// carryImprovements carries on what is not settled.
func (s *Service) carryImprovements(ctx context.Context, from *Iteration, into IterationID) ([]Filed, error) {
	return improvements.carry(ctx, s, from.ID, into, func(m *Improvement) bool { return !m.Settled() })
}
