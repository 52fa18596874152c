package account

import (
	"slices"

	"pulscheck/survey/fault"
)

// Actor is who does something: a person or a program with a role. Its zero value may
// do nothing.
type Actor struct {
	ID            string // stands in the audit
	Role          Role
	Organisations []string            // ids; empty for an operator
	Processes     map[string][]string // by organisation: keys; of an owner
	system        bool
}

// System is the actor of jobs and of commands on the operator's own machine. It may
// do everything that a use case offers.
func System() Actor { return Actor{ID: "system", system: true} }

// IsSystem reports whether nobody but the machine itself acts.
func (a Actor) IsSystem() bool { return a.system }

// May reports whether the role has the permission at all, before any object is looked
// for: whoever may not hears the same about every id. The fault is Refused "forbidden".
func (a Actor) May(p Permission) error {
	if a.system || rights[p][a.Role] != nowhere {
		return nil
	}
	return fault.New(fault.Refused, "forbidden")
}

// In reports whether the permission reaches an organisation, or the installation for the
// empty id. A foreign organisation
// is answered like one that does not exist: fault NotFound "not-found".
func (a Actor) In(p Permission, organisation string) error {
	if err := a.May(p); err != nil {
		return err
	}
	reach := rights[p][a.Role]
	if a.system || reach == everywhere || reach == outside && organisation == "" || reach != outside && slices.Contains(a.Organisations, organisation) {
		return nil
	}
	return fault.New(fault.NotFound, "not-found")
}

// Only gives the processes of an organisation to which the permission is limited, nil
// for no limit. An owner without processes is limited to none; the processes of one
// organisation say nothing about those of another, whatever they are called.
func (a Actor) Only(p Permission, organisation string) []string {
	if !a.Limited(p) {
		return nil
	}
	return append([]string{}, a.Processes[organisation]...)
}

// Limited reports whether the permission reaches own processes alone.
func (a Actor) Limited(p Permission) bool { return !a.system && rights[p][a.Role] == ownProcesses }
