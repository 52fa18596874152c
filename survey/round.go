package survey

import (
	"time"

	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// Kind of a round.
type Kind string

// The kinds (decision 5).
const (
	CheckRound Kind = "check"
	PulseRound Kind = "pulse"
)

// State of a round. It only moves forward.
type State string

// The states. Whether an open round takes answers is decided by Opens and Closes;
// the state says what has been done about it.
const (
	Draft   State = "draft"   // may still change
	Review  State = "review"  // fixed and before the auditor, who may veto until it opens
	Open    State = "open"    // frozen: manifest, members and keys exist
	Closed  State = "closed"  // no more answers; may be counted
	Counted State = "counted" // results stored, keys and ballots being destroyed
	Done    State = "done"    // nothing but results is left
)

// Opened reports whether a round was opened once, so that there is something to show.
func (s State) Opened() bool { return s != Draft && s != Review }

// MinInvited is the fewest people a round may be opened for.
const MinInvited = 10

// Round is one survey. Times are UTC.
type Round struct {
	ID            RoundID
	Organisation  OrganisationID
	Iteration     IterationID
	Kind          Kind
	Title         locale.Text
	State         State
	Opens         time.Time
	Closes        time.Time
	K             int
	Questionnaire *questionnaire.Questionnaire
	Invited       int    // people, set at opening
	Paper         int    // paper tickets, fixed at opening
	Fingerprint   []byte // SHA-256 of the manifest, 32 bytes, set at opening
	CountedAt     *time.Time

	Zone        string     // IANA zone in which opening and closing were planned
	OpensWall   string     // local time of opening in Zone, 2006-01-02T15:04
	ClosesWall  string     // local time of closing
	FromCadence bool       // made by the cadence of the programme, opens by itself
	Pinned      bool       // changed by hand since then: the cadence leaves it alone
	Submitted   *time.Time // to the auditor
	Audited     bool       // somebody reviewed rounds when it was submitted
	Vetoed      *time.Time
	Reason      string      // of the veto
	Reminders   []time.Time // when reminders are due; at most two
	Tried       string      // hash of the questionnaire that was tried out to its end; empty = none
	Announced   *time.Time  // the end that the manifest names, if somebody ended the round before; Closes is when it did
	Asking      *Asking     // what one person asked another one to do, see Asked
	Restored    *time.Time  // since when the database is one that was restored while the round took answers
	Imported    bool        // another tool counted it; Fingerprint is then that of the file
	Trustee     []byte      // fingerprint of the key that unlocks counting, set at opening; nil = none
	Version     int
}

// Forfeited says that a round was given up without results: nobody unlocked it in time, or
// it had been counted in a database that was replaced by a backup.
func (r *Round) Forfeited() bool {
	return (r.State == Counted || r.State == Done) && r.CountedAt == nil
}

// AnnouncedEnd is the end that the manifest names and the keys of a trustee are bound to.
func (r *Round) AnnouncedEnd() time.Time {
	if r.Announced != nil {
		return *r.Announced
	}
	return r.Closes
}

// WallTime is the form of local times.
const WallTime = "2006-01-02T15:04"

// Member is one invitation of an open round: a person who answers for one process,
// or a paper ticket, which has neither person nor attributes (decision 22).
type Member struct {
	Handle  []byte // 16 random bytes
	Person  PersonID
	Process string
	Role    string
	Unit    string
	Locale  locale.Language
}

// RosterRow is one invited person as HMAC, kept for the next roster guard
// (decision 24).
type RosterRow struct {
	Mark    []byte // 32 bytes
	Process string
	Role    string
	Unit    string
}
