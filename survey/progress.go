package survey

import (
	"cmp"
	"context"
	"slices"

	"pulscheck/survey/account"
)

// Progress is what a programme knows of an iteration beside the answers of its people,
// as it was told by the rounds counted until then: later ones tell nothing about it.
type Progress struct {
	Goals        []Goal
	QuickWins    []QuickWin
	Improvements []Improvement       // with those of earlier iterations whose effect the iteration measured
	Uses         map[RecordKind]bool // kinds of which the programme has kept any record until then
}

// Progress gives what is known of an iteration.
func (s *Service) Progress(ctx context.Context, actor account.Actor, id IterationID) (*Progress, error) {
	i, _, err := s.iteration(ctx, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	f, err := s.field(ctx, id)
	if err != nil {
		return nil, err
	}
	f.until(i.Number)
	p := &Progress{Uses: map[RecordKind]bool{}}
	if p.Goals, err = goals.list(ctx, s, actor, id); err != nil {
		return nil, err
	}
	if p.QuickWins, err = quickWins.all(ctx, s, id); err != nil {
		return nil, err
	}
	if err := f.quickWins(ctx, p.QuickWins); err != nil {
		return nil, err
	}
	if p.Improvements, err = improvements.all(ctx, s, id); err != nil {
		return nil, err
	}
	if err := f.improvements(ctx, p.Improvements); err != nil {
		return nil, err
	}
	return p, f.earlier(ctx, i, p)
}

// earlier adds what earlier iterations left: effects that were measured only now, and
// what the programme keeps at all.
func (f *field) earlier(ctx context.Context, i *Iteration, p *Progress) error {
	iterations, err := f.s.store.ListIterations(ctx, i.Programme)
	if err != nil {
		return err
	}
	slices.SortFunc(iterations, func(a, b Iteration) int { return cmp.Compare(a.Number, b.Number) })
	var measured []Improvement
	for _, e := range iterations {
		if e.Number > i.Number {
			break
		}
		for _, kind := range []RecordKind{GoalRecord, QuickWinRecord, ImprovementRecord} {
			all, err := f.s.store.ListRecords(ctx, kind, e.ID)
			if err != nil {
				return err
			}
			p.Uses[kind] = p.Uses[kind] || len(all) > 0
		}
		if e.ID == i.ID {
			continue
		}
		all, err := improvements.all(ctx, f.s, e.ID)
		if err != nil {
			return err
		}
		if err := f.improvements(ctx, all); err != nil {
			return err
		}
		for _, m := range all {
			if m.Status == ImprovementDone && m.Effect != nil && m.Effect.State != EffectOpen && m.Effect.Iteration == i.Number {
				measured = append(measured, m)
			}
		}
	}
	p.Improvements = append(measured, p.Improvements...)
	return nil
}

// Kinds of flags that nobody types.
const (
	GoLiveEvent   = "go-live"
	QuickWinEvent = "quick-win"
)

// Flags gives what stands on the time axes of an iteration's reports (decision 26): the
// events of the iterations until then, go-live days of processes and the days on which
// quick wins were communicated, oldest first. A go-live that somebody typed is not told
// twice.
func (s *Service) Flags(ctx context.Context, actor account.Actor, id IterationID) ([]Event, error) {
	i, programme, err := s.iteration(ctx, actor, account.ReadProgramme, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	iterations, err := s.store.ListIterations(ctx, i.Programme)
	if err != nil {
		return nil, err
	}
	var flags []Event
	for _, e := range iterations {
		if e.Number > i.Number {
			continue
		}
		flags = append(flags, e.Events...)
		wins, err := quickWins.all(ctx, s, e.ID)
		if err != nil {
			return nil, err
		}
		for _, q := range wins {
			if q.Told != "" {
				flags = append(flags, Event{q.Told, QuickWinEvent, "Quick Win"})
			}
		}
	}
	for _, p := range o.Processes {
		there := slices.ContainsFunc(flags, func(e Event) bool { return e.Kind == GoLiveEvent && e.Day == p.Since })
		if p.Since != "" && !there && slices.Contains(i.Scope, p.Key) {
			flags = append(flags, Event{p.Since, GoLiveEvent, liveLabel(p.Key)})
		}
	}
	slices.SortStableFunc(flags, func(a, b Event) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Label, b.Label)) })
	return slices.Compact(flags), nil
}

// liveLabel names a go-live within the room of a flag.
func liveLabel(process string) string {
	const live = " live"
	return process[:min(len(process), EventLabel-len(live))] + live
}
