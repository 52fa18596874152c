package survey

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// headed is a pointer to something that embeds a Record.
type headed[T any] interface {
	*T
	Head() *Record
	status() string // told in the audit
}

// register is how the use cases of one kind are run.
type register[T any, P headed[T]] struct {
	kind         RecordKind
	read, change account.Permission
	// complete adds what stands elsewhere to records of an iteration; nil = nothing does
	complete func(context.Context, *Service, IterationID, []T) error
}

// parse reads a record.
func parse[T any, P headed[T]](f *Filed) (*T, error) {
	t := new(T)
	if err := json.Unmarshal(f.Body, t); err != nil {
		return nil, fmt.Errorf("read %s %s: %w", f.Kind, f.ID, err)
	}
	*P(t).Head() = f.Record
	return t, nil
}

// all gives the records of an iteration, whoever asks.
func (r register[T, P]) all(ctx context.Context, s *Service, id IterationID) ([]T, error) {
	filed, err := s.store.ListRecords(ctx, r.kind, id)
	if err != nil {
		return nil, err
	}
	all := make([]T, len(filed))
	for n := range filed {
		t, err := parse[T, P](&filed[n])
		if err != nil {
			return nil, err
		}
		all[n] = *t
	}
	return all, nil
}

// list gives the records of an iteration that the actor may see.
func (r register[T, P]) list(ctx context.Context, s *Service, actor account.Actor, id IterationID) ([]T, error) {
	_, programme, err := s.iteration(ctx, actor, r.read, id)
	if err != nil {
		return nil, err
	}
	all, err := r.all(ctx, s, id)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t T) bool { return !concerns(actor, r.read, programme.Organisation, P(&t).Head().Process) })
	return all, r.fill(ctx, s, id, all)
}

// concerns says whether an actor's permission reaches a process of an organisation: an owner's reaches
// own processes only, and nothing that concerns the whole scope.
func concerns(actor account.Actor, p account.Permission, of OrganisationID, process string) bool {
	only := actor.Only(p, string(of))
	return only == nil || slices.Contains(only, process)
}

// fill completes records of an iteration.
func (r register[T, P]) fill(ctx context.Context, s *Service, id IterationID, all []T) error {
	if len(all) == 0 {
		return nil
	}
	next, err := s.carriedOn(ctx, r.kind, id)
	if err != nil {
		return err
	}
	for n := range all {
		head := P(&all[n]).Head()
		head.Next = next[head.ID]
	}
	if r.complete == nil {
		return nil
	}
	return r.complete(ctx, s, id, all)
}

// whole completes one record.
func (r register[T, P]) whole(ctx context.Context, s *Service, t *T) (*T, error) {
	one := []T{*t}
	err := r.fill(ctx, s, P(t).Head().Iteration, one)
	return &one[0], err
}

// find gives a record that the actor may do p to, with its iteration and organisation.
func (r register[T, P]) find(ctx context.Context, s *Service, actor account.Actor, p account.Permission, id RecordID) (*T, *Iteration, OrganisationID, error) {
	if err := actor.May(p); err != nil {
		return nil, nil, "", err
	}
	filed, err := s.store.FindRecord(ctx, r.kind, id)
	if err != nil {
		return nil, nil, "", err
	}
	i, programme, err := s.iteration(ctx, actor, p, filed.Iteration)
	if err != nil {
		return nil, nil, "", err
	}
	if !concerns(actor, p, programme.Organisation, filed.Process) {
		return nil, nil, "", fault.New(fault.NotFound, "not-found")
	}
	t, err := parse[T, P](filed)
	return t, i, programme.Organisation, err
}

// show gives a record.
func (r register[T, P]) show(ctx context.Context, s *Service, actor account.Actor, id RecordID) (*T, error) {
	t, _, _, err := r.find(ctx, s, actor, r.read, id)
	if err != nil {
		return nil, err
	}
	return r.whole(ctx, s, t)
}

// create files a record of which apply tells the rest. Fault Conflict "iteration-done"
// for an iteration that is over.
func (r register[T, P]) create(ctx context.Context, s *Service, actor account.Actor, id IterationID, process *string, apply func(*T, *checks)) (*T, error) {
	i, programme, err := s.iteration(ctx, actor, r.change, id)
	if err != nil {
		return nil, err
	}
	if i.Phase == Finished {
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	t := new(T)
	head := P(t).Head()
	head.ID, head.Kind, head.Iteration = RecordID(s.newID()), r.kind, id
	if process == nil {
		process = new(string)
	}
	if err := r.apply(ctx, s, actor, programme.Organisation, t, process, apply); err != nil {
		return nil, err
	}
	f, err := file[T, P](t)
	if err != nil {
		return nil, err
	}
	err = s.store.CreateRecord(ctx, f, s.tell(actor, programme.Organisation, string(r.kind)+".create", string(head.ID), detail[T, P](t)))
	if err != nil {
		return nil, err
	}
	*head = f.Record
	return r.whole(ctx, s, t)
}

// update changes a record of version seen. One that was carried on stays as it was, so
// that there are no two that tell different things: fault Conflict "record-carried".
func (r register[T, P]) update(ctx context.Context, s *Service, actor account.Actor, id RecordID, seen int, process *string, apply func(*T, *checks)) (*T, error) {
	t, i, organisation, err := r.find(ctx, s, actor, r.change, id)
	if err != nil {
		return nil, err
	}
	head := P(t).Head()
	if next, err := s.carriedOn(ctx, r.kind, i.ID); err != nil {
		return nil, err
	} else if next[id] != nil {
		return nil, fault.New(fault.Conflict, "record-carried")
	}
	if head.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if err := r.apply(ctx, s, actor, organisation, t, process, apply); err != nil {
		return nil, err
	}
	f, err := file[T, P](t)
	if err != nil {
		return nil, err
	}
	if err := s.store.UpdateRecord(ctx, f, s.tell(actor, organisation, string(r.kind)+".update", string(id), detail[T, P](t))); err != nil {
		return nil, err
	}
	head.Version++
	return r.whole(ctx, s, t)
}

// apply puts what is said into a record. A process must be one of the organisation, and
// one that the actor's permission reaches.
func (r register[T, P]) apply(ctx context.Context, s *Service, actor account.Actor, id OrganisationID, t *T, process *string, apply func(*T, *checks)) error {
	var c checks
	if head := P(t).Head(); process != nil {
		o, err := s.store.FindOrganisation(ctx, id)
		if err != nil {
			return err
		}
		known := *process == "" || slices.ContainsFunc(o.Processes, func(p Named) bool { return p.Key == *process && !p.Archived })
		if !concerns(actor, r.change, id, *process) || !known && *process != head.Process {
			c.wrong("/process", "process-unknown")
		}
		head.Process = *process
	}
	apply(t, &c)
	return c.err()
}

// file is parse the other way round.
func file[T any, P headed[T]](t *T) (*Filed, error) {
	body, err := json.Marshal(t)
	return &Filed{*P(t).Head(), body}, err
}

// detail is what the audit tells of a record: no texts.
func detail[T any, P headed[T]](t *T) map[string]string {
	d := map[string]string{"iteration": string(P(t).Head().Iteration), "process": P(t).Head().Process, "status": P(t).status()}
	if n := P(t).Head().Number; n > 0 {
		d["number"] = strconv.Itoa(n)
	}
	if aims, more := any(t).(interface{ aim() map[string]string }); more {
		maps.Copy(d, aims.aim())
	}
	return d
}
