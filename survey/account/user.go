package account

import (
	"slices"
	"strings"
	"time"

	"pulscheck/survey/locale"
)

// UserID names a user.
type UserID string

// User is a person who signs in.
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
	Version  int
}

// Membership lets a user into an organisation. That of a consultant counts only while
// the organisation consents.
type Membership struct {
	Organisation string
	Processes    []string   // keys; of an owner
	Consented    *time.Time // nil = the organisation has not consented
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

// Actor is who the user is to the use cases.
func (u *User) Actor() Actor {
	a := Actor{ID: "user:" + string(u.ID), Role: u.Role, Processes: map[string][]string{}}
	for _, m := range u.Member {
		if u.Role == Consultant && m.Consented == nil {
			continue
		}
		a.Organisations = append(a.Organisations, m.Organisation)
		a.Processes[m.Organisation] = m.Processes
	}
	return a
}
