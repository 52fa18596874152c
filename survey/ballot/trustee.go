package ballot

import (
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"pulscheck/survey/fault"
)

// A trustee holds the key that opens ballots (threat-model.md 4.3): the seed of a
// round's opening key exists from opening on only sealed to the trustee's public key,
// until the trustee gives it back for counting.

// TrusteeKey is the public key of a trustee, MLKEM768-X25519.
type TrusteeKey struct {
	bytes []byte
	key   hpke.PublicKey
}

// ParseTrusteeKey reads a public key as NewTrustee tells it; fault Invalid
// "trustee-key-invalid" for anything else.
func ParseTrusteeKey(text string) (*TrusteeKey, error) {
	invalid := fault.New(fault.Invalid, "trustee-key-invalid")
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, invalid
	}
	key, err := hpke.MLKEM768X25519().NewPublicKey(b)
	if err != nil {
		return nil, invalid
	}
	return &TrusteeKey{b, key}, nil
}

// String gives the key as text.
func (k *TrusteeKey) String() string { return base64.RawURLEncoding.EncodeToString(k.bytes) }

// Fingerprint is SHA-256 of the key, 32 bytes; nil of no key.
func (k *TrusteeKey) Fingerprint() []byte {
	if k == nil {
		return nil
	}
	sum := sha256.Sum256(k.bytes)
	return sum[:]
}

// seal closes the seed of an opening key, bound to its round and to when that closes.
func (k *TrusteeKey) seal(round string, closes time.Time, seed []byte) ([]byte, error) {
	return hpke.Seal(k.key, hpke.HKDFSHA256(), hpke.AES256GCM(), trusteeInfo(round, closes), seed)
}

func trusteeInfo(round string, closes time.Time) []byte {
	return []byte("pulscheck/trustee/v1\x00" + round + "\x00" + closes.UTC().Format(time.RFC3339))
}

// Trustee is the secret side, which never leaves the trustee's own machine.
type Trustee struct {
	seed []byte
	key  hpke.PrivateKey
}

// trusteePrefix begins the text of a secret key.
const trusteePrefix = "pulscheck-trustee-1 "

// NewTrustee draws a key.
func NewTrustee() (*Trustee, error) {
	seed := make([]byte, 32)
	if _, err := io.ReadFull(rand.Reader, seed); err != nil {
		return nil, fmt.Errorf("draw trustee key: %w", err)
	}
	return newTrustee(seed)
}

func newTrustee(seed []byte) (*Trustee, error) {
	key, err := hpke.MLKEM768X25519().DeriveKeyPair(seed)
	if err != nil {
		return nil, fmt.Errorf("derive trustee key: %w", err)
	}
	return &Trustee{seed, key}, nil
}

// ParseTrustee reads a secret key from its text.
func ParseTrustee(text string) (*Trustee, error) {
	rest, found := strings.CutPrefix(strings.TrimSpace(text), trusteePrefix)
	seed, err := base64.RawURLEncoding.DecodeString(rest)
	if !found || err != nil || len(seed) != 32 {
		return nil, errors.New("is no secret key of a trustee")
	}
	return newTrustee(seed)
}

// Secret gives the text of the secret key.
func (t *Trustee) Secret() string {
	return trusteePrefix + base64.RawURLEncoding.EncodeToString(t.seed) + "\n"
}

// Public gives the public key.
func (t *Trustee) Public() (*TrusteeKey, error) {
	return ParseTrusteeKey(base64.RawURLEncoding.EncodeToString(t.key.PublicKey().Bytes()))
}

// Unlock gives the seed of a round's opening key. It fails for another round, another
// time of closing and another trustee.
func (t *Trustee) Unlock(round string, closes time.Time, sealed []byte) ([]byte, error) {
	seed, err := hpke.Open(t.key, hpke.HKDFSHA256(), hpke.AES256GCM(), trusteeInfo(round, closes), sealed)
	if err != nil {
		return nil, errors.New("this key does not open that round: it is another key, another round, or its closing time was changed")
	}
	return seed, nil
}

// entrust takes the opening seed out of the secrets and leaves it sealed to a trustee.
func (s *secrets) entrust(t *TrusteeKey, closes time.Time) error {
	opening, err := hpke.MLKEM768X25519().DeriveKeyPair(s.Opening)
	if err != nil {
		return fmt.Errorf("derive opening key: %w", err)
	}
	if s.Sealed, err = t.seal(s.Round, closes, s.Opening); err != nil {
		return fmt.Errorf("seal opening key: %w", err)
	}
	s.Trustee, s.Public, s.Opening = t.Fingerprint(), opening.PublicKey().Bytes(), nil
	return nil
}

// ErrLocked is the error of opening ballots before the trustee has unlocked them.
var ErrLocked = fault.New(fault.Conflict, "trustee-pending")

// Locked says that ballots can be sealed, but not opened without the trustee.
func (k *Keys) Locked() bool { return k.opening == nil }

// Trustee gives the fingerprint of the trustee's key, nil without a trustee.
func (k *Keys) Trustee() []byte { return k.secrets.Trustee }

// SealedOpening gives what the trustee opens, nil without a trustee.
func (k *Keys) SealedOpening() []byte { return k.secrets.Sealed }

// unlock puts the opening seed back; a wrong one is fault Invalid "trustee-key-wrong".
func (k *Keys) unlock(seed []byte) error {
	wrong := fault.New(fault.Invalid, "trustee-key-wrong")
	if len(seed) != 32 {
		return wrong
	}
	opening, err := hpke.MLKEM768X25519().DeriveKeyPair(seed)
	if err != nil || string(opening.PublicKey().Bytes()) != string(k.secrets.Public) {
		return wrong
	}
	k.opening = opening
	return nil
}
