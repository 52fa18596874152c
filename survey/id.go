package survey

import (
	"crypto/rand"
	"encoding/base64"
	"io"
	"strings"
)

// idSize is the number of random bytes in an id.
const idSize = 16

// NewID draws an opaque id: 128 random bits, 22 characters of base64url. It says
// nothing about order or time.
func NewID() string {
	var b [idSize]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// DrawID draws an id as newID does, for what is made outside of this room.
func (s *Service) DrawID() string { return s.newID() }

// newID draws an id from the randomness of the service, which only the demo replaces,
// so that the same seed gives the same ids.
func (s *Service) newID() string {
	var b [idSize]byte
	s.drawing.Lock()
	defer s.drawing.Unlock()
	if _, err := io.ReadFull(s.random, b[:]); err != nil {
		return NewID()
	}
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// maxID is more than any id is long.
const maxID = 64

// wellFormed says whether a text may be an id. Others are not asked for: databases
// take some of them for an id that only looks alike, and refuse others as no text.
func wellFormed(id string) bool {
	strange := func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}
	return id != "" && len(id) <= maxID && !strings.ContainsFunc(id, strange)
}
