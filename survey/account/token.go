package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"
)

// TokenID names a token.
type TokenID string

// Token lets a program act. Only the hash of its secret is kept.
type Token struct {
	ID           TokenID
	Role         Role
	Organisation string // empty for an operator
	Processes    []string
	Name         string // what it is for
	Hash         []byte // SHA-256 of the secret, 32 bytes
	Created      time.Time
	Expires      time.Time
	Revoked      *time.Time
	Consented    *time.Time // of a consultant: nil = the organisation has not consented
}

// tokenPrefix lets people and scanners of repositories recognise a token.
const tokenPrefix = "pck_"

// secretSize is the number of random bytes in a token.
const secretSize = 32

// NewSecret draws the secret of a token: the text that is shown once, and its hash.
func NewSecret(random io.Reader) (text string, hash []byte, err error) {
	secret := make([]byte, secretSize)
	if random == nil {
		random = rand.Reader
	}
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", nil, fmt.Errorf("draw token: %w", err)
	}
	text = tokenPrefix + base64.RawURLEncoding.EncodeToString(secret)
	return text, HashSecret(text), nil
}

// HashSecret is what is kept of a token's text. The text has 256 random bits, so a
// plain hash cannot be guessed.
func HashSecret(text string) []byte {
	sum := sha256.Sum256([]byte("pulscheck/token/v1\x00" + text))
	return sum[:]
}

// LooksLikeToken reports whether a text has the form of a token.
func LooksLikeToken(text string) bool {
	rest, found := strings.CutPrefix(text, tokenPrefix)
	return found && len(rest) == base64.RawURLEncoding.EncodedLen(secretSize)
}

// Valid reports whether the token may be used at an instant.
func (t *Token) Valid(at time.Time) bool { return t.Revoked == nil && at.Before(t.Expires) }

// Waits reports whether the token lets nobody act yet, or any more, because the
// organisation does not consent to consultants.
func (t *Token) Waits() bool { return t.Role == Consultant && t.Consented == nil }

// Actor is who the token lets act. That of a consultant reaches the organisation only
// while it consents, as the session of one does.
func (t *Token) Actor() Actor {
	a := Actor{ID: "token:" + string(t.ID), Role: t.Role}
	if t.Organisation != "" && !t.Waits() {
		a.Organisations, a.Processes = []string{t.Organisation}, map[string][]string{t.Organisation: t.Processes}
	}
	return a
}
