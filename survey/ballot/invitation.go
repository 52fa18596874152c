package ballot

import (
	"crypto/hmac"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// Lengths in bytes of the parts of a personal link.
const (
	HandleSize      = 16
	SecretSize      = 16
	FingerprintSize = 8 // of the 32 bytes of a manifest's fingerprint
)

// Secret is the part of an invitation that proves it: HMAC(K_inv, handle), 16
// bytes. It is computed when the link is written and stored nowhere.
func (k *Keys) Secret(handle []byte) []byte {
	return mac(k.secrets.Invitation, handle)[:SecretSize]
}

// CheckSecret says in constant time whether secret belongs to handle.
func (k *Keys) CheckSecret(handle, secret []byte) bool {
	return len(handle) == HandleSize && hmac.Equal(k.Secret(handle), secret)
}

// Mark stands for "this invitation took its ticket"; without K_mark nobody can
// assign it to a handle.
func (k *Keys) Mark(handle []byte) []byte { return mac(k.secrets.Mark, handle) }

// RequestMark stands for a blinded element, so that the same request can be
// repeated and another one refused.
func (k *Keys) RequestMark(blinded []byte) []byte { return mac(k.secrets.Mark, blinded) }

// MailEntry stands in the ledger of mails for "this invitation got its mail of this
// kind", 32 bytes; without K_mark nobody can assign it to a handle.
func (k *Keys) MailEntry(kind string, handle []byte) []byte {
	return mac(k.secrets.Mark, []byte("pulscheck/mail/v1\x00"+kind+"\x00"), handle)
}

// MessageID names that mail towards mail servers, 16 bytes, always the same and
// unlike what the ledger holds.
func (k *Keys) MessageID(kind string, handle []byte) []byte {
	return mac(k.secrets.Mark, []byte("pulscheck/message/v1\x00"+kind+"\x00"), handle)[:16]
}

// Link is what a personal link carries behind "#".
type Link struct {
	Handle      []byte // 16 bytes
	Secret      []byte // 16 bytes
	Fingerprint []byte // first 8 bytes
}

// Link writes the personal link of a handle.
func (k *Keys) Link(handle, fingerprint []byte) Link {
	return Link{Handle: handle, Secret: k.Secret(handle), Fingerprint: fingerprint[:FingerprintSize]}
}

// String gives the fragment: handle.secret.fingerprint, base64url without padding.
func (l Link) String() string {
	e := base64.RawURLEncoding
	return e.EncodeToString(l.Handle) + "." + e.EncodeToString(l.Secret) + "." + e.EncodeToString(l.Fingerprint)
}

// ParseLink reads a fragment.
func ParseLink(fragment string) (Link, error) {
	parts := strings.Split(fragment, ".")
	if len(parts) != 3 {
		return Link{}, fmt.Errorf("link has %d parts, not 3", len(parts))
	}
	var l Link
	for i, part := range []struct {
		into *[]byte
		size int
	}{{&l.Handle, HandleSize}, {&l.Secret, SecretSize}, {&l.Fingerprint, FingerprintSize}} {
		b, err := base64.RawURLEncoding.Strict().DecodeString(parts[i])
		if err != nil || len(b) != part.size {
			return Link{}, fmt.Errorf("part %d of the link is not %d bytes of base64url", i+1, part.size)
		}
		*part.into = b
	}
	if l.String() != fragment { // encoding/base64 skips line ends
		return Link{}, errors.New("link holds line ends")
	}
	return l, nil
}
