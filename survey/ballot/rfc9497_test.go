package ballot

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"filippo.io/edwards25519"
)

// TestVectorsOfRFC9497 replays appendix A.1.2: key derivation, blinding, evaluation,
// proof and output (T7). pulscheck never works in batch and leaves that vector out.
func TestVectorsOfRFC9497(t *testing.T) {
	var suites []struct {
		Seed, KeyInfo, SkSm, PkSm string
		Vectors                   []struct {
			Batch                                                   int
			Blind, BlindedElement, EvaluationElement, Input, Output string
			Proof                                                   struct{ Proof, R string }
		}
	}
	readVectors(t, "testdata/rfc9497_ristretto255.json", &suites)
	compared := 0
	for _, s := range suites {
		key, err := deriveIssuer(unhex(t, s.Seed), string(unhex(t, s.KeyInfo)))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "secret key", key.secret.Bytes(), s.SkSm)
		same(t, "public key", key.public, s.PkSm)
		for _, v := range s.Vectors {
			if v.Batch != 1 {
				continue
			}
			claim := blindInput(unhex(t, v.Input), key.public, scalar(t, v.Blind))
			same(t, "blinded element", claim.Blinded, v.BlindedElement)
			evaluated, proof, err := key.evaluate(claim.Blinded, scalar(t, v.Proof.R))
			if err != nil {
				t.Fatal(err)
			}
			same(t, "evaluation", evaluated, v.EvaluationElement)
			same(t, "proof", proof, v.Proof.Proof)
			ticket, err := claim.Finish(evaluated, proof)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "output", ticket.Output, v.Output)
			if !key.check(unhex(t, v.Input), ticket.Output) {
				t.Error("the issuer refuses the published output")
			}
			compared++
		}
	}
	if compared != 2 {
		t.Errorf("compared %d vectors, want 2", compared)
	}
}

func readVectors(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got []byte, want string) {
	t.Helper()
	if hex.EncodeToString(got) != want {
		t.Errorf("%s = %x, want %s", what, got, want)
	}
}

func scalar(t *testing.T, text string) *edwards25519.Scalar {
	t.Helper()
	s, err := edwards25519.NewScalar().SetCanonicalBytes(unhex(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
