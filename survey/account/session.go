package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// Stage is how far somebody has come with signing in.
type Stage string

// The stages. Only Full acts.
const (
	Setup Stage = "setup" // knows a one-time code: sets password and second factor
	Half  Stage = "half"  // knows the password
	Full  Stage = "full"
)

// Limits of sessions (threat-model.md 6.2).
const (
	SessionIdle  = 30 * time.Minute
	SessionLife  = 12 * time.Hour
	HalfLife     = 10 * time.Minute // of the stages before Full
	SetupLife    = 30 * time.Minute
	MaxSessions  = 5                // of a user
	ConfirmLife  = 10 * time.Minute // how long a confirmation counts for what is dangerous
	touchedAfter = time.Minute
)

// Session is somebody at a browser. Only the hash of its secret is kept.
type Session struct {
	Hash      []byte // SHA-256, 32 bytes
	User      UserID
	Stage     Stage
	Purpose   Purpose // of the code that began it; empty of a log-in
	Pending   []byte  // sealed second factor that is being set up
	Created   time.Time
	Seen      time.Time // as of the last minute or so
	Confirmed time.Time // when the user last proved who it is
}

// NewSession draws the secret of a session.
func NewSession(user UserID, stage Stage, now time.Time) (secret string, s *Session) {
	var b [secretSize]byte
	rand.Read(b[:]) // never fails since Go 1.24
	secret = base64.RawURLEncoding.EncodeToString(b[:])
	return secret, &Session{Hash: HashSession(secret), User: user, Stage: stage, Created: now, Seen: now, Confirmed: now}
}

// HashSession is what is kept of a session's secret.
func HashSession(secret string) []byte {
	sum := sha256.Sum256([]byte("pulscheck/session/v1\x00" + secret))
	return sum[:]
}

// Over reports whether the session has ended by itself.
func (s *Session) Over(at time.Time) bool {
	life := SessionLife
	switch s.Stage {
	case Half:
		life = HalfLife
	case Setup:
		life = SetupLife
	}
	return !at.Before(s.Created.Add(life)) || !at.Before(s.Seen.Add(SessionIdle))
}

// Stale reports whether Seen is old enough to be written anew.
func (s *Session) Stale(at time.Time) bool { return at.Sub(s.Seen) >= touchedAfter }

// Fresh reports whether the user proved who it is a short while ago.
func (s *Session) Fresh(at time.Time) bool { return at.Before(s.Confirmed.Add(ConfirmLife)) }
