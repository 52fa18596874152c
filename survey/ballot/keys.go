package ballot

import (
	"crypto/hmac"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
)

// Scheme is the name of the ticket scheme in manifests.
const Scheme = "VOPRF-ristretto255-SHA512"

// secrets are the five independent seeds of a round as the keystore holds them.
type secrets struct {
	Version    int    `json:"version"`
	Round      string `json:"round"`
	Invitation []byte `json:"invitation"` // K_inv, 32 bytes
	Mark       []byte `json:"mark"`       // K_mark, 32 bytes
	Digest     []byte `json:"digest"`     // K_dig, 32 bytes
	Issuer     []byte `json:"issuer"`     // seed of the VOPRF key, 32 bytes
	Opening    []byte `json:"opening"`    // seed of the HPKE pair, 32 bytes; with a trustee only in another file, once it is unlocked

	Trustee []byte `json:"trustee,omitempty"` // fingerprint of the trustee's key, 32 bytes
	Public  []byte `json:"public,omitempty"`  // public half of the HPKE pair, with a trustee
	Sealed  []byte `json:"sealed,omitempty"`  // Opening, sealed to the trustee
}

// Keys are the keys of one round in working form. They are safe for concurrent use.
type Keys struct {
	round   string
	secrets secrets
	issuer  issuer
	sealing hpke.PublicKey
	opening hpke.PrivateKey // nil: the trustee has not unlocked it
}

func drawSecrets(round string, random io.Reader) (secrets, error) {
	s := secrets{Version: 1, Round: round}
	for _, seed := range []*[]byte{&s.Invitation, &s.Mark, &s.Digest, &s.Issuer, &s.Opening} {
		*seed = make([]byte, 32)
		if _, err := io.ReadFull(random, *seed); err != nil {
			return secrets{}, fmt.Errorf("draw keys of round %s: %w", round, err)
		}
	}
	return s, nil
}

func newKeys(s secrets) (*Keys, error) {
	key, err := deriveIssuer(s.Issuer, "pulscheck/issuer/v1")
	if err != nil {
		return nil, fmt.Errorf("derive issuer key: %w", err)
	}
	if s.Trustee != nil {
		sealing, err := hpke.MLKEM768X25519().NewPublicKey(s.Public)
		if err != nil {
			return nil, fmt.Errorf("read opening key: %w", err)
		}
		return &Keys{round: s.Round, secrets: s, issuer: key, sealing: sealing}, nil
	}
	opening, err := hpke.MLKEM768X25519().DeriveKeyPair(s.Opening)
	if err != nil {
		return nil, fmt.Errorf("derive opening key: %w", err)
	}
	return &Keys{round: s.Round, secrets: s, issuer: key, sealing: opening.PublicKey(), opening: opening}, nil
}

func parseKeys(round string, data []byte) (*Keys, error) {
	var s secrets
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	if s.Version != 1 || s.Round != round {
		return nil, fmt.Errorf("keys are of version %d and round %q", s.Version, s.Round)
	}
	last := s.Opening
	if s.Trustee != nil {
		last = s.Trustee
	}
	for _, seed := range [][]byte{s.Invitation, s.Mark, s.Digest, s.Issuer, last} {
		if len(seed) != 32 {
			return nil, fmt.Errorf("a key has %d bytes, not 32", len(seed))
		}
	}
	return newKeys(s)
}

// IssuerKey is the public key of the tickets, 32 bytes, as the manifest shows it.
func (k *Keys) IssuerKey() []byte { return k.issuer.public }

// mac is HMAC-SHA-256 (RFC 2104) over the parts in a row; all but the last have a fixed length.
func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
