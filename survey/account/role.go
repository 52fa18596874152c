package account

import "slices"

// Role is what somebody is in pulscheck. It has nothing to do with the process roles
// of the people who answer.
type Role string

// The six roles (decision 8).
const (
	Operator   Role = "operator"   // runs the installation, sees no organisation from inside
	Consultant Role = "consultant" // works in the organisations assigned
	Lead       Role = "lead"       // runs the programme of the own organisation
	Owner      Role = "owner"      // answers for own processes
	Steering   Role = "steering"   // reads
	Auditor    Role = "auditor"    // works council or data protection: reads, and may veto
)

// Roles lists the roles, from the most to the least that they may grant.
func Roles() []Role { return []Role{Operator, Lead, Consultant, Auditor, Owner, Steering} }

// Known reports whether r is one of the six.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// MayGrant reports whether a role may give another to somebody: a lead what there is in
// an organisation, operators and auditors only their own. Which lead and which auditor is
// the first one, and appointed from outside, the use cases know.
func (r Role) MayGrant(other Role) bool {
	switch r {
	case Operator, Auditor:
		return other == r
	case Lead:
		return other.Known() && other != Operator
	}
	return false
}

// MayMint reports whether a role may make tokens of another: those of an auditor would
// let a lead act as one.
func (r Role) MayMint(other Role) bool {
	return r.MayGrant(other) && (other != Auditor || r == Auditor)
}

// Sees reports whether a role that manages access sees those with another: an auditor
// only auditors.
func (r Role) Sees(other Role) bool { return r != Auditor || other == Auditor }
