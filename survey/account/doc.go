// Package account says who people and programs are that run a programme, and what
// each may do: the six log-in roles, the table of rights (threat-model.md 6.1) that
// every use case asks, and access tokens. It knows no database, no HTTP and nobody
// who answers: respondents have tickets, never an account. survey asks it; the front
// door makes an Actor of a token.
//
// An account belongs to a person and has one role, in every organisation whose invitation
// the person has accepted. Until then an organisation sees what it said itself, whether or
// not there is an account, and it manages only what somebody is in it: a new role for
// somebody who belongs to others too is an invitation again. An operator appoints the
// first lead; a lead the first auditor, and auditors alone decide about auditors after
// that. The console of the server is the machine's owner and may grant anything.
package account
