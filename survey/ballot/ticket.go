package ballot

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
)

// Lengths in bytes.
const (
	NonceSize   = 32
	ElementSize = 32
	ProofSize   = 64
	OutputSize  = 64
)

// Ticket is the unlinkable right to answer once.
type Ticket struct {
	Nonce  []byte // 32 bytes, drawn by the respondent's device
	Output []byte // 64 bytes, VOPRF output over TicketInput
}

// ErrBlinded says that a blinded element is not a canonical, non-identity element.
var ErrBlinded = errors.New("blinded element is not valid")

// TicketInput is the input of the VOPRF: label, round and nonce.
func TicketInput(round string, nonce []byte) []byte {
	return bytes.Join([][]byte{[]byte("pulscheck/ticket/v1"), []byte(round), nonce}, []byte{0})
}

// TicketHash is the name of a spent ticket, SHA-256, 32 bytes. It follows from the
// input, not from the output, so that it says nothing about the key.
func TicketHash(round string, nonce []byte) []byte {
	h := sha256.New()
	h.Write([]byte("pulscheck/spent/v1"))
	h.Write(TicketInput(round, nonce))
	return h.Sum(nil)
}

// Evaluate signs a blinded element blindly (BlindEvaluate of RFC 9497, 3.3.2) and
// proves with which key. The same element gives the same evaluation; the proof may
// differ. An element that is not canonical or is the identity gives ErrBlinded.
func (k *Keys) Evaluate(blinded []byte) (evaluated, proof []byte, err error) {
	element, err := parseElement(blinded)
	if err != nil {
		return nil, nil, err
	}
	evaluation, err := k.issuer.Evaluate(&oprf.EvaluationRequest{Elements: []oprf.Blinded{element}})
	if err != nil {
		return nil, nil, fmt.Errorf("evaluate ticket: %w", err)
	}
	if evaluated, err = evaluation.Elements[0].MarshalBinaryCompress(); err != nil {
		return nil, nil, fmt.Errorf("encode evaluation: %w", err)
	}
	if proof, err = evaluation.Proof.MarshalBinary(); err != nil {
		return nil, nil, fmt.Errorf("encode proof: %w", err)
	}
	return evaluated, proof, nil
}

// parseElement is DeserializeElement of RFC 9497, 4.1: canonical, not the identity.
func parseElement(b []byte) (group.Element, error) {
	if len(b) != ElementSize {
		return nil, ErrBlinded
	}
	element := suite.Group().NewElement()
	if err := element.UnmarshalBinary(b); err != nil || element.IsIdentity() {
		return nil, ErrBlinded
	}
	canonical, err := element.MarshalBinaryCompress()
	if err != nil || !bytes.Equal(canonical, b) {
		return nil, ErrBlinded
	}
	return element, nil
}

// CheckTicket says in constant time whether the ticket was issued with this key for
// this round.
func (k *Keys) CheckTicket(t Ticket) bool {
	if len(t.Nonce) != NonceSize || len(t.Output) != OutputSize {
		return false
	}
	return k.issuer.VerifyFinalize(TicketInput(k.round, t.Nonce), t.Output)
}
