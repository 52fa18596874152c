// Package account says who people and programs are that run a programme, and what
// each may do: the six log-in roles, the table of rights (threat-model.md 6.1) that
// every use case asks, and access tokens. It knows no database, no HTTP and nobody
// who answers: respondents have tickets, never an account. survey asks it; the front
// door makes an Actor of a token.
package account
