// Package ballot is the cryptography of taking part: keys of a round, invitation
// secrets, blind tickets (VOPRF, RFC 9497) and sealed ballots (HPKE, RFC 9180 with
// ML-KEM-768 and X25519). It knows neither database nor HTTP, and never a person:
// what goes in is a handle, what comes out cannot be led back to it. The tickets'
// group and protocol are written out here (group.go, voprf.go); curve arithmetic is
// the library's, and another implementation is compared with in tests. Called by
// survey; Claim is the respondent's side, for the demo and for tests. Next:
// survey/tally, which opens the ballots of a round together.
package ballot
