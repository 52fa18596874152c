package ballot

import (
	"bytes"
	"crypto/sha256"
	"errors"
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
// proves with which key. The same element gives the same evaluation; the proof
// differs. What is no canonical element, or the identity, gives ErrBlinded.
func (k *Keys) Evaluate(blinded []byte) (evaluated, proof []byte, err error) {
	evaluated, proof, err = k.issuer.evaluate(blinded, randomScalar())
	if err != nil {
		return nil, nil, ErrBlinded
	}
	return evaluated, proof, nil
}

// CheckTicket says in constant time whether the ticket was issued with this key for
// this round.
func (k *Keys) CheckTicket(t Ticket) bool {
	if len(t.Nonce) != NonceSize || len(t.Output) != OutputSize {
		return false
	}
	return k.issuer.check(TicketInput(k.round, t.Nonce), t.Output)
}
