package ballot

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"testing"
)

func testKeys(t testing.TB, round string) *Keys {
	t.Helper()
	s, err := drawSecrets(round, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := newKeys(s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func takeTicket(t testing.TB, k *Keys) Ticket {
	t.Helper()
	ticket, err := claimTicket(k)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// claimTicket walks both sides of issuing.
func claimTicket(k *Keys) (Ticket, error) {
	claim, err := NewClaim(k.round, k.IssuerKey())
	if err != nil {
		return Ticket{}, err
	}
	evaluated, proof, err := k.Evaluate(claim.Blinded)
	if err != nil {
		return Ticket{}, err
	}
	return claim.Finish(evaluated, proof)
}

func TestTicketIsGoodForItsRoundAndKeyOnly(t *testing.T) {
	k, other := testKeys(t, "round-a"), testKeys(t, "round-a")
	sameKeyOtherRound := *k
	sameKeyOtherRound.round = "round-b"
	ticket := takeTicket(t, k)
	if !k.CheckTicket(ticket) {
		t.Fatal("own ticket refused")
	}
	if other.CheckTicket(ticket) || sameKeyOtherRound.CheckTicket(ticket) {
		t.Error("ticket accepted by another key or for another round")
	}
	for i := range len(ticket.Output) {
		bad := Ticket{Nonce: ticket.Nonce, Output: bytes.Clone(ticket.Output)}
		bad.Output[i] ^= 1
		if k.CheckTicket(bad) {
			t.Fatalf("ticket with byte %d of the output changed is accepted", i)
		}
	}
	for i := range len(ticket.Nonce) {
		bad := Ticket{Nonce: bytes.Clone(ticket.Nonce), Output: ticket.Output}
		bad.Nonce[i] ^= 1
		if k.CheckTicket(bad) {
			t.Fatalf("ticket with byte %d of the nonce changed is accepted", i)
		}
	}
	for _, bad := range []Ticket{{}, {Nonce: ticket.Nonce}, {Nonce: ticket.Nonce[:31], Output: ticket.Output}} {
		if k.CheckTicket(bad) {
			t.Errorf("ticket of wrong length accepted: %d, %d bytes", len(bad.Nonce), len(bad.Output))
		}
	}
}

func TestEvaluateRefusesWhatIsNoElement(t *testing.T) {
	k := testKeys(t, "r")
	nonCanonical := bytes.Repeat([]byte{0xff}, 32)
	negative := append([]byte{1}, make([]byte, 31)...)
	for name, b := range map[string][]byte{
		"identity": make([]byte, 32), "non-canonical": nonCanonical, "negative": negative,
		"short": make([]byte, 31), "long": make([]byte, 33), "empty": nil,
	} {
		if _, _, err := k.Evaluate(b); !errors.Is(err, ErrBlinded) {
			t.Errorf("%s: error = %v, want ErrBlinded", name, err)
		}
	}
}

func TestEvaluateIsDeterministicButProofIsNot(t *testing.T) {
	k := testKeys(t, "r")
	claim, err := NewClaim("r", k.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	first, proof1, _ := k.Evaluate(claim.Blinded)
	second, proof2, _ := k.Evaluate(claim.Blinded)
	if !bytes.Equal(first, second) {
		t.Error("the same element was evaluated differently")
	}
	if bytes.Equal(proof1, proof2) {
		t.Error("the nonce of the proof was used twice")
	}
}

func TestClaimRefusesAnotherKeysProof(t *testing.T) {
	k, tagging := testKeys(t, "r"), testKeys(t, "r")
	for range 100 {
		claim, err := NewClaim("r", k.IssuerKey())
		if err != nil {
			t.Fatal(err)
		}
		evaluated, proof, _ := tagging.Evaluate(claim.Blinded)
		if _, err := claim.Finish(evaluated, proof); err == nil {
			t.Fatal("a ticket of a key that is not in the manifest was accepted")
		}
		evaluated, proof, _ = k.Evaluate(claim.Blinded)
		proof[40] ^= 1
		if _, err := claim.Finish(evaluated, proof); err == nil {
			t.Fatal("a damaged proof was accepted")
		}
	}
}

// TestClaimRefusesWhatIsNoAnswer: elements and scalars must have their one encoding.
func TestClaimRefusesWhatIsNoAnswer(t *testing.T) {
	k := testKeys(t, "r")
	claim, err := NewClaim("r", k.IssuerKey())
	if err != nil {
		t.Fatal(err)
	}
	evaluated, proof, err := k.Evaluate(claim.Blinded)
	if err != nil {
		t.Fatal(err)
	}
	order := unhex(t, "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010") // of the group
	congruent := bytes.Clone(proof)
	carry := 0
	for i, b := range order { // the same number modulo the order
		carry += int(congruent[i]) + int(b)
		congruent[i], carry = byte(carry), carry>>8
	}
	for name, c := range map[string]struct{ evaluated, proof []byte }{
		"identity":                 {make([]byte, 32), proof},
		"non-canonical element":    {bytes.Repeat([]byte{0xff}, 32), proof},
		"another element":          {claim.Blinded, proof},
		"short element":            {evaluated[:31], proof},
		"no element":               {nil, proof},
		"short proof":              {evaluated, proof[:63]},
		"long proof":               {evaluated, append(bytes.Clone(proof), 0)},
		"no proof":                 {evaluated, nil},
		"empty proof":              {evaluated, make([]byte, 64)},
		"scalar beyond the order":  {evaluated, congruent},
		"scalars of another proof": {evaluated, append(bytes.Clone(proof[32:]), proof[:32]...)},
	} {
		if _, err := claim.Finish(c.evaluated, c.proof); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := claim.Finish(evaluated, proof); err != nil {
		t.Errorf("the right answer: %v", err)
	}
	for _, key := range [][]byte{nil, make([]byte, 32), k.IssuerKey()[:31], bytes.Repeat([]byte{0xff}, 32)} {
		if _, err := NewClaim("r", key); err == nil {
			t.Errorf("issuer key %x is accepted", key)
		}
	}
}

func TestTicketsRoundTripConcurrently(t *testing.T) { // T7: 1,000 random tickets; run with -race
	k := testKeys(t, "r")
	var wg sync.WaitGroup
	hashes := make([][][]byte, 8)
	for i := range hashes {
		wg.Go(func() {
			for range 125 {
				ticket, err := claimTicket(k)
				if err != nil || !k.CheckTicket(ticket) {
					t.Errorf("own ticket refused: %v", err)
				}
				hashes[i] = append(hashes[i], TicketHash("r", ticket.Nonce))
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, hash := range slices.Concat(hashes...) {
		if len(hash) != sha256.Size || seen[string(hash)] {
			t.Errorf("ticket hash %x is doubled or short", hash)
		}
		seen[string(hash)] = true
	}
}

func TestTicketHashFollowsTheContract(t *testing.T) {
	nonce := bytes.Repeat([]byte{0xab}, NonceSize)
	want := sha256.Sum256([]byte("pulscheck/spent/v1" + "pulscheck/ticket/v1\x00round-1\x00" + string(nonce)))
	if got := TicketHash("round-1", nonce); !bytes.Equal(got, want[:]) {
		t.Errorf("ticket hash = %x, want %x", got, want)
	}
}

func FuzzEvaluate(f *testing.F) {
	k := testKeys(f, "r")
	f.Add(make([]byte, 32))
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, blinded []byte) {
		evaluated, proof, err := k.Evaluate(blinded)
		if err == nil && (len(evaluated) != ElementSize || len(proof) != ProofSize) {
			t.Errorf("evaluated %d, proof %d bytes", len(evaluated), len(proof))
		}
		if err != nil && !errors.Is(err, ErrBlinded) {
			t.Errorf("error = %v", err)
		}
	})
}
