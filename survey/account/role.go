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

// MayGrant reports whether a role may give away another: an operator any, a lead what
// there is in an organisation, nobody else anything.
func (r Role) MayGrant(other Role) bool {
	switch r {
	case Operator:
		return other.Known()
	case Lead:
		return other.Known() && other != Operator
	}
	return false
}
