package survey

import (
	"context"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Phase is where an iteration stands in the PDCA cycle.
type Phase string

// The phases. Finished is what follows ACT: the next iteration plans.
const (
	Plan     Phase = "PLAN"
	Do       Phase = "DO"
	Check    Phase = "CHECK"
	Act      Phase = "ACT"
	Finished Phase = "DONE"
)

// Iteration is one PDCA cycle. Number counts from 1 within the programme. Starts is
// when DO is to begin, Checks when CHECK is, both UTC.
type Iteration struct {
	ID        IterationID
	Programme ProgrammeID
	Number    int
	Phase     Phase
	Starts    time.Time
	Checks    time.Time // zero = not said
	Ends      time.Time
	Scope     []string // keys of the processes it covers; empty = not chosen yet
	Events    []Event
	NoGoals   string // why it has no goal; empty = it is to have one
	Meeting   Meeting
	Version   int
}

// Meeting is what the report says below its decisions. Whatever is empty is not known yet.
type Meeting struct {
	Met       string `json:"met,omitempty"`        // the day of the decisions, YYYY-MM-DD
	Staff     string `json:"staff,omitempty"`      // what changes for staff
	StaffTold string `json:"staff_told,omitempty"` // when they hear about it
}

// Event is a flag on the time axes of reports (decision 26).
type Event struct {
	Day   string // YYYY-MM-DD
	Kind  string // go-live, training, reorganisation, tool, other
	Label string // at most 12 characters
}

// EventLabel is the most runes of an event's label.
const EventLabel = 12

// EventKinds are what an event may be.
func EventKinds() []string { return []string{"go-live", "training", "reorganisation", "tool", "other"} }

// IterationInput is what is said of an iteration; nil stays, or is the default of a
// new one.
type IterationInput struct {
	Seen   int // version of an iteration that changes
	Starts *time.Time
	Checks *time.Time
	Ends   *time.Time
	Scope  *[]string
	Events *[]Event

	NoGoals *string

	Met       *string // see Meeting
	Staff     *string
	StaffTold *string
}

func (in IterationInput) apply(i *Iteration, o *Organisation) error {
	for _, t := range []struct {
		from *time.Time
		into *time.Time
	}{{in.Starts, &i.Starts}, {in.Checks, &i.Checks}, {in.Ends, &i.Ends}} {
		if t.from != nil {
			*t.into = t.from.UTC().Truncate(time.Second)
		}
	}
	var c checks
	if i.Starts.IsZero() {
		c.wrong("/starts", "date-invalid")
	}
	if i.Checks.IsZero() || !i.Checks.After(i.Starts) {
		c.wrong("/checks", "date-order")
	}
	if !i.Ends.After(i.Checks) || i.Ends.Sub(i.Starts) > maxAhead {
		c.wrong("/ends", "date-order")
	}
	if in.Scope != nil {
		i.Scope = slices.Compact(slices.Sorted(slices.Values(*in.Scope)))
		for n, key := range i.Scope {
			if !slices.ContainsFunc(o.Processes, func(p Named) bool { return p.Key == key && !p.Archived }) {
				c.wrong("/scope/"+strconv.Itoa(n), "process-unknown")
			}
		}
	}
	if in.Events != nil {
		i.Events = slices.Clone(*in.Events)
		c.events(i.Events)
	}
	c.maybe("/no_goals", &i.NoGoals, in.NoGoals, maxSentence)
	c.maybeDay("/met", &i.Meeting.Met, in.Met)
	c.maybe("/staff", &i.Meeting.Staff, in.Staff, maxSentence)
	c.maybe("/staff_told", &i.Meeting.StaffTold, in.StaffTold, maxSentence)
	return c.err()
}

// maxEvents is the most events of an iteration.
const maxEvents = 40

func (c *checks) events(events []Event) {
	if len(events) > maxEvents {
		c.wrong("/events", "too-many-items")
	}
	for n := range events {
		e, pointer := &events[n], "/events/"+strconv.Itoa(n)
		c.text(pointer+"/label", &e.Label, EventLabel)
		if _, err := time.Parse(time.DateOnly, e.Day); err != nil {
			c.wrong(pointer+"/day", "date-invalid")
		}
		if !slices.Contains(EventKinds(), e.Kind) || utf8.RuneCountInString(e.Kind) == 0 {
			c.wrong(pointer+"/kind", "event-kind-unknown")
		}
	}
}

// CreateIteration plans the next iteration of a programme.
func (s *Service) CreateIteration(ctx context.Context, actor account.Actor, id ProgrammeID, in IterationInput) (*Iteration, error) {
	programme, err := s.programme(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	earlier, err := s.store.ListIterations(ctx, id)
	if err != nil {
		return nil, err
	}
	i := &Iteration{ID: IterationID(s.newID()), Programme: id, Number: len(earlier) + 1, Phase: Plan}
	if err := in.apply(i, o); err != nil {
		return nil, err
	}
	told := s.tell(actor, o.ID, "iteration.create", string(i.ID), map[string]string{"number": strconv.Itoa(i.Number)})
	return i, s.store.CreateIteration(ctx, i, told)
}

// ListIterations gives the iterations of a programme in order of their numbers.
func (s *Service) ListIterations(ctx context.Context, actor account.Actor, id ProgrammeID) ([]Iteration, error) {
	if _, err := s.programme(ctx, actor, account.ReadProgramme, id); err != nil {
		return nil, err
	}
	return s.store.ListIterations(ctx, id)
}

// ShowIteration gives an iteration.
func (s *Service) ShowIteration(ctx context.Context, actor account.Actor, id IterationID) (*Iteration, error) {
	i, _, err := s.iteration(ctx, actor, account.ReadProgramme, id)
	return i, err
}

// UpdateIteration changes an iteration. Rounds that the cadence planned follow its new
// dates as long as they are drafts. Fault Conflict "iteration-done" once it is over.
func (s *Service) UpdateIteration(ctx context.Context, actor account.Actor, id IterationID, in IterationInput) (*Iteration, error) {
	i, programme, err := s.iteration(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	if i.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if i.Phase == Finished {
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	if err := in.apply(i, o); err != nil {
		return nil, err
	}
	planned, err := s.replan(ctx, o, i)
	if err != nil {
		return nil, err
	}
	if err := s.store.UpdateIteration(ctx, i, nil, planned, s.tell(actor, o.ID, "iteration.update", string(id), nil)); err != nil {
		return nil, err
	}
	i.Version++
	return i, nil
}
