package account

import (
	"slices"
	"strings"
	"time"

	"pulscheck/survey/locale"
)

// UserID names a user.
type UserID string

// User is a person who signs in, with one role in every organisation that it belongs to.
// It belongs to those alone whose invitation it has accepted.
type User struct {
	ID       UserID
	Email    string // in lower case: nobody has two accounts
	Name     string
	Role     Role
	Language locale.Language
	Password string // as HashPassword gives it; empty = none set
	Second   []byte // sealed secret of the second factor; empty = none set
	Step     int64  // of the last one-time password that was taken
	Created  time.Time
	LastDay  string // of the last log-in, YYYY-MM-DD; empty = never
	Ended    *time.Time
	Member   []Membership
	Asked    []Invitation
	Invited  *time.Time // until when the invitation holds by which alone somebody is known; nil = has accepted
	Version  int
}

// Membership lets a user into an organisation. It counts only while the organisation
// consents, which one that invites somebody by itself does.
type Membership struct {
	Organisation string
	Processes    []string   // keys; of an owner
	Consented    *time.Time // nil = the organisation has not consented
}

// Invitation is what an organisation said of somebody whom it invited and who has not
// accepted yet. The organisation sees this and nothing of the account.
type Invitation struct {
	Organisation string
	Role         Role
	Name         string
	Language     locale.Language
	Processes    []string   // keys; of an owner
	Consented    *time.Time // of the membership that it becomes
	Expires      time.Time  // zero = of a version that knew no end
	Version      int
}

// Membership is what it becomes when it is accepted.
func (i *Invitation) Membership() Membership {
	return Membership{Organisation: i.Organisation, Processes: i.Processes, Consented: i.Consented}
}

// Over reports whether an invitation cannot be accepted any more.
func (i *Invitation) Over(at time.Time) bool { return !i.Expires.IsZero() && !at.Before(i.Expires) }

// Awaited reports whether somebody has been invited and may still accept.
func (u *User) Awaited(at time.Time) bool {
	return slices.ContainsFunc(u.Asked, func(i Invitation) bool { return !i.Over(at) })
}

// As is the user as the organisation of an invitation knows it.
func (u *User) As(i *Invitation) *User {
	return &User{ID: u.ID, Email: u.Email, Name: i.Name, Role: i.Role, Language: i.Language, Member: []Membership{i.Membership()}, Invited: &i.Expires, Version: i.Version}
}

// NormalEmail is the form in which addresses are compared and kept.
func NormalEmail(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// Ready reports whether the user has everything that signing in takes.
func (u *User) Ready() bool { return u.Ended == nil && u.Password != "" && len(u.Second) > 0 }

// In gives the membership in an organisation, nil if there is none.
func (u *User) In(organisation string) *Membership {
	i := slices.IndexFunc(u.Member, func(m Membership) bool { return m.Organisation == organisation })
	if i < 0 {
		return nil
	}
	return &u.Member[i]
}

// AskedBy gives the invitation of an organisation, nil if there is none.
func (u *User) AskedBy(organisation string) *Invitation {
	i := slices.IndexFunc(u.Asked, func(a Invitation) bool { return a.Organisation == organisation })
	if i < 0 {
		return nil
	}
	return &u.Asked[i]
}

// Actor is who the user is to the use cases.
func (u *User) Actor() Actor {
	a := Actor{ID: userActor + string(u.ID), Role: u.Role, Processes: map[string][]string{}}
	for _, m := range u.Member {
		if m.Consented == nil {
			continue
		}
		a.Organisations = append(a.Organisations, m.Organisation)
		a.Processes[m.Organisation] = m.Processes
	}
	return a
}

const userActor = "user:"

// User gives the account of an actor, "" for a program and for the machine.
func (a Actor) User() UserID {
	if id, found := strings.CutPrefix(a.ID, userActor); found {
		return UserID(id)
	}
	return ""
}
