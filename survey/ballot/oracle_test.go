package ballot

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/oprf"
	"github.com/cloudflare/circl/zk/dleq"
)

// The oracle is another implementation of RFC 9497, which only tests use.

const oracleCases = 1000

func oracleKey(t testing.TB, seed []byte) *oprf.PrivateKey {
	t.Helper()
	key, err := oprf.DeriveKey(oprf.SuiteRistretto255, oprf.VerifiableMode, seed, []byte("pulscheck/issuer/v1"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// TestIssuerServesTheOraclesClient: 1,000 random tickets under fresh keys, taken by the
// oracle's client from our issuer and checked by both sides' issuers.
func TestIssuerServesTheOraclesClient(t *testing.T) {
	for range oracleCases {
		seed, input := random(32), random(1+int(random(1)[0]))
		ours, err := deriveIssuer(seed, "pulscheck/issuer/v1")
		if err != nil {
			t.Fatal(err)
		}
		theirs := oracleKey(t, seed)
		if public, _ := theirs.Public().MarshalBinary(); !bytes.Equal(public, ours.public) {
			t.Fatalf("public key %x, the oracle's is %x", ours.public, public)
		}
		client := oprf.NewVerifiableClient(oprf.SuiteRistretto255, theirs.Public())
		state, request, err := client.Blind([][]byte{input})
		if err != nil {
			t.Fatal(err)
		}
		blinded, _ := request.Elements[0].MarshalBinaryCompress()
		evaluated, proof, err := ours.evaluate(blinded, randomScalar())
		if err != nil {
			t.Fatal(err)
		}
		outputs, err := client.Finalize(state, oracleEvaluation(t, evaluated, proof))
		if err != nil {
			t.Fatalf("the oracle refuses our proof: %v", err)
		}
		if !ours.check(input, outputs[0]) || !oprf.NewVerifiableServer(oprf.SuiteRistretto255, theirs).VerifyFinalize(input, outputs[0]) {
			t.Fatal("an issuer refuses the ticket")
		}
	}
}

func oracleEvaluation(t testing.TB, evaluated, proof []byte) *oprf.Evaluation {
	t.Helper()
	element := group.Ristretto255.NewElement()
	if err := element.UnmarshalBinary(evaluated); err != nil {
		t.Fatal(err)
	}
	var p dleq.Proof
	if err := p.UnmarshalBinary(group.Ristretto255, proof); err != nil {
		t.Fatal(err)
	}
	return &oprf.Evaluation{Elements: []oprf.Evaluated{element}, Proof: &p}
}

// TestClaimTakesTheOraclesTickets: 1,000 random tickets taken by our client from the
// oracle's issuer; a proof with another key or one changed bit is refused.
func TestClaimTakesTheOraclesTickets(t *testing.T) {
	for range oracleCases {
		seed, input := random(32), random(1+int(random(1)[0]))
		ours, err := deriveIssuer(seed, "pulscheck/issuer/v1")
		if err != nil {
			t.Fatal(err)
		}
		server := oprf.NewVerifiableServer(oprf.SuiteRistretto255, oracleKey(t, seed))
		claim := blindInput(input, ours.public, randomScalar())
		evaluated, proof := oracleEvaluate(t, server, claim.Blinded)
		ticket, err := claim.Finish(evaluated, proof)
		if err != nil {
			t.Fatalf("the oracle's proof is refused: %v", err)
		}
		if !server.VerifyFinalize(input, ticket.Output) || !ours.check(input, ticket.Output) {
			t.Fatal("an issuer refuses the ticket")
		}
		bad := bytes.Clone(proof)
		bad[int(random(1)[0])%len(bad)] ^= 1 << (random(1)[0] % 8)
		if _, err := claim.Finish(evaluated, bad); err == nil {
			t.Fatalf("changed proof %x is accepted", bad)
		}
		other := oprf.NewVerifiableServer(oprf.SuiteRistretto255, oracleKey(t, random(32)))
		if evaluated, proof := oracleEvaluate(t, other, claim.Blinded); finishes(claim, evaluated, proof) {
			t.Fatal("a proof with another key is accepted")
		}
	}
}

func finishes(c *Claim, evaluated, proof []byte) bool {
	_, err := c.Finish(evaluated, proof)
	return err == nil
}

func oracleEvaluate(t testing.TB, server oprf.VerifiableServer, blinded []byte) (evaluated, proof []byte) {
	t.Helper()
	element := group.Ristretto255.NewElement()
	if err := element.UnmarshalBinary(blinded); err != nil {
		t.Fatal(err)
	}
	evaluation, err := server.Evaluate(&oprf.EvaluationRequest{Elements: []oprf.Blinded{element}})
	if err != nil {
		t.Fatal(err)
	}
	evaluated, _ = evaluation.Elements[0].MarshalBinaryCompress()
	proof, _ = evaluation.Proof.MarshalBinary()
	return evaluated, proof
}

// BenchmarkTicket is what issuing, checking and claiming cost here and in the oracle.
func BenchmarkTicket(b *testing.B) {
	seed := random(32)
	ours, err := deriveIssuer(seed, "pulscheck/issuer/v1")
	if err != nil {
		b.Fatal(err)
	}
	key := oracleKey(b, seed)
	theirs := oprf.NewVerifiableServer(oprf.SuiteRistretto255, key)
	input := TicketInput("r", random(NonceSize))
	claim := blindInput(input, ours.public, randomScalar())
	evaluated, proof := oracleEvaluate(b, theirs, claim.Blinded)
	ticket, err := claim.Finish(evaluated, proof)
	if err != nil {
		b.Fatal(err)
	}
	evaluation := oracleEvaluation(b, evaluated, proof)
	client := oprf.NewVerifiableClient(oprf.SuiteRistretto255, key.Public())
	for name, f := range map[string]func() bool{
		"issue/here":   func() bool { _, _, err := ours.evaluate(claim.Blinded, randomScalar()); return err == nil },
		"issue/oracle": func() bool { oracleEvaluate(b, theirs, claim.Blinded); return true },
		"check/here":   func() bool { return ours.check(input, ticket.Output) },
		"check/oracle": func() bool { return theirs.VerifyFinalize(input, ticket.Output) },
		"blind/here":   func() bool { return blindInput(input, ours.public, randomScalar()) != nil },
		"blind/oracle": func() bool { _, _, err := client.Blind([][]byte{input}); return err == nil },
		"claim/here":   func() bool { return finishes(claim, evaluated, proof) },
		"claim/oracle": func() bool {
			state, _, err := client.Blind([][]byte{input})
			if err != nil {
				return false
			}
			_, err = client.Finalize(state, evaluation)
			return err != nil // it answers another blind
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if !f() {
					b.Fatal("failed")
				}
			}
		})
	}
}
