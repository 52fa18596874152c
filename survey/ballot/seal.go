package ballot

import (
	"bytes"
	"crypto/hpke"
	"fmt"
	"slices"

	"pulscheck/survey/fault"
)

// PayloadSize is the length to which every payload is padded before sealing, so that
// its length says nothing about it.
const PayloadSize = 4096

// SealedSize is the length of every sealed ballot: encapsulated key of
// MLKEM768-X25519, padded payload, tag.
const SealedSize = encapsulatedSize + PayloadSize + tagSize

const (
	encapsulatedSize = 1088 + 32
	tagSize          = 16
)

// Sealed is a ballot as it is stored.
type Sealed struct {
	TicketHash []byte // 32 bytes
	Box        []byte // SealedSize bytes
	Digest     []byte // 32 bytes; equal only for the same ticket with the same payload
}

// Seal closes a payload under the round's opening key (HPKE base mode, RFC 9180),
// bound to the round and the ticket it was sent with, so that it cannot be copied.
// A payload over PayloadSize gives fault TooLarge "body-too-large".
func (k *Keys) Seal(t Ticket, p Payload) (Sealed, error) {
	plain, err := encodeCanonical(p)
	if err != nil {
		return Sealed{}, fmt.Errorf("encode ballot: %w", err)
	}
	if len(plain) > PayloadSize {
		return Sealed{}, fault.New(fault.TooLarge, "body-too-large")
	}
	hash := TicketHash(k.round, t.Nonce)
	padded := slices.Concat(plain, bytes.Repeat([]byte{' '}, PayloadSize-len(plain)))
	encapsulated, sender, err := hpke.NewSender(k.sealing, hpke.HKDFSHA256(), hpke.AES256GCM(), k.sealInfo(hash))
	if err != nil {
		return Sealed{}, fmt.Errorf("seal ballot: %w", err)
	}
	box, err := sender.Seal(nil, padded)
	if err != nil {
		return Sealed{}, fmt.Errorf("seal ballot: %w", err)
	}
	return Sealed{
		TicketHash: hash,
		Box:        append(encapsulated, box...),
		Digest:     mac(k.secrets.Digest, hash, padded),
	}, nil
}

// Open reads a sealed ballot. A box that was damaged, copied from another ticket or
// sealed for another round is an error; such ballots are counted as invalid.
func (k *Keys) Open(s Sealed) (Payload, error) {
	if k.Locked() {
		return Payload{}, ErrLocked
	}
	if len(s.Box) != SealedSize {
		return Payload{}, fmt.Errorf("sealed ballot has %d bytes, not %d", len(s.Box), SealedSize)
	}
	recipient, err := hpke.NewRecipient(s.Box[:encapsulatedSize], k.opening, hpke.HKDFSHA256(), hpke.AES256GCM(), k.sealInfo(s.TicketHash))
	if err != nil {
		return Payload{}, fmt.Errorf("open ballot: %w", err)
	}
	padded, err := recipient.Open(nil, s.Box[encapsulatedSize:])
	if err != nil {
		return Payload{}, fmt.Errorf("open ballot: %w", err)
	}
	return decodePayload(padded)
}

func (k *Keys) sealInfo(ticketHash []byte) []byte {
	return bytes.Join([][]byte{[]byte("pulscheck/ballot/v1"), []byte(k.round), ticketHash}, []byte{0})
}
