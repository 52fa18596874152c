package survey

import (
	"crypto/rand"
	"encoding/base64"
)

// NewID draws an opaque id: 128 random bits, 22 characters of base64url. It says
// nothing about order or time.
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}
