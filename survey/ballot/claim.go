package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
	"github.com/cloudflare/circl/zk/dleq"
)

// Claim is the respondent's side of taking a ticket, as the script of the survey
// page does it.
type Claim struct {
	Blinded []byte // 32 bytes, to be sent
	nonce   []byte
	client  oprf.VerifiableClient
	state   *oprf.FinalizeData
}

// NewClaim draws nonce and blind for a ticket of the round whose manifest names the
// issuer key.
func NewClaim(round string, issuerKey []byte) (*Claim, error) {
	var key oprf.PublicKey
	if err := key.UnmarshalBinary(suite, issuerKey); err != nil {
		return nil, fmt.Errorf("issuer key: %w", err)
	}
	nonce := make([]byte, NonceSize)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("draw nonce: %w", err)
	}
	client := oprf.NewVerifiableClient(suite, &key)
	state, request, err := client.Blind([][]byte{TicketInput(round, nonce)})
	if err != nil {
		return nil, fmt.Errorf("blind ticket: %w", err)
	}
	blinded, err := request.Elements[0].MarshalBinaryCompress()
	if err != nil {
		return nil, fmt.Errorf("encode blinded element: %w", err)
	}
	return &Claim{Blinded: blinded, nonce: nonce, client: client, state: state}, nil
}

// Finish checks the proof against the key of the manifest and unblinds. A wrong
// proof means that the server used another key, which would tag this respondent.
func (c *Claim) Finish(evaluated, proof []byte) (Ticket, error) {
	element, err := parseElement(evaluated)
	if err != nil {
		return Ticket{}, fmt.Errorf("evaluated element: %w", err)
	}
	var p dleq.Proof
	if len(proof) != ProofSize {
		return Ticket{}, errors.New("proof has a wrong length")
	}
	if err := p.UnmarshalBinary(group.Ristretto255, proof); err != nil {
		return Ticket{}, fmt.Errorf("proof: %w", err)
	}
	outputs, err := c.client.Finalize(c.state, &oprf.Evaluation{Elements: []oprf.Evaluated{element}, Proof: &p})
	if err != nil {
		return Ticket{}, fmt.Errorf("finish ticket: %w", err)
	}
	return Ticket{Nonce: bytes.Clone(c.nonce), Output: outputs[0]}, nil
}
