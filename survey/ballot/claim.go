package ballot

import (
	"bytes"
	"crypto/rand"
	"fmt"

	"filippo.io/edwards25519"
)

// Claim is the respondent's side of taking a ticket, as the script of the survey
// page does it.
type Claim struct {
	Blinded      []byte // 32 bytes, to be sent
	nonce, input []byte
	issuerKey    []byte
	blind        *edwards25519.Scalar
}

// NewClaim draws nonce and blind for a ticket of the round whose manifest names the
// issuer key.
func NewClaim(round string, issuerKey []byte) (*Claim, error) {
	if _, err := decodeElement(issuerKey); err != nil {
		return nil, fmt.Errorf("issuer key: %w", err)
	}
	nonce := make([]byte, NonceSize)
	rand.Read(nonce)
	c := blindInput(TicketInput(round, nonce), issuerKey, randomScalar())
	c.nonce = nonce
	return c, nil
}

// blindInput is Blind of RFC 9497, 3.3.1.
func blindInput(input, issuerKey []byte, blind *edwards25519.Scalar) *Claim {
	blinded := new(edwards25519.Point).ScalarMult(blind, hashToElement(input))
	return &Claim{Blinded: encodeElement(blinded), input: input, issuerKey: issuerKey, blind: blind}
}

// Finish checks the proof against the key of the manifest and unblinds (Finalize of
// RFC 9497, 3.3.2). A wrong proof means that the server used another key, which would
// tag this respondent.
func (c *Claim) Finish(evaluated, proof []byte) (Ticket, error) {
	element, err := verify(c.issuerKey, c.Blinded, evaluated, proof)
	if err != nil {
		return Ticket{}, fmt.Errorf("finish ticket: %w", err)
	}
	element.ScalarMult(edwards25519.NewScalar().Invert(c.blind), element)
	return Ticket{Nonce: bytes.Clone(c.nonce), Output: output(c.input, encodeElement(element))}, nil
}
