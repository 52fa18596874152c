package account

import (
	"crypto/sha256"
	"slices"
	"time"
)

// Identity is somebody as an OpenID provider knows it.
type Identity struct {
	Issuer, Subject string
	Email           string // empty = the provider has not verified one
	Name            string
	Groups          []string
	Proved          time.Time // when it signed in at the provider
}

// Hash is what is kept of it.
func (i Identity) Hash() []byte {
	sum := sha256.Sum256([]byte("pulscheck/identity/v1\x00" + i.Issuer + "\x00" + i.Subject))
	return sum[:]
}

// GroupRole gives whoever is in a group of the provider a role, in the organisation with
// a key, or in the installation for an operator.
type GroupRole struct {
	Group        string
	Role         Role
	Organisation string // key; empty for an operator
}

// Granted gives the first role, in the order of Roles, that groups give, and the keys of
// the organisations in which they give it. ok is false if they give none.
func Granted(groups []string, all []GroupRole) (role Role, organisations []string, ok bool) {
	for _, role := range Roles() {
		for _, g := range all {
			if g.Role == role && slices.Contains(groups, g.Group) {
				ok = true
				if g.Organisation != "" {
					organisations = append(organisations, g.Organisation)
				}
			}
		}
		if ok {
			return role, organisations, true
		}
	}
	return "", nil, false
}
