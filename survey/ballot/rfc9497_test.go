package ballot

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/cloudflare/circl/oprf"
)

// TestVectorsOfRFC9497 replays appendix A.1.2: key derivation, evaluation and output
// (T7). The batch vector is left to the library, which pulscheck never uses in batch.
func TestVectorsOfRFC9497(t *testing.T) {
	data, err := os.ReadFile("testdata/rfc9497_ristretto255.json")
	if err != nil {
		t.Fatal(err)
	}
	var suites []struct {
		Seed, KeyInfo, SkSm, PkSm string
		Vectors                   []struct {
			Batch                                                   int
			Blind, BlindedElement, EvaluationElement, Input, Output string
		}
	}
	if err := json.Unmarshal(data, &suites); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, s := range suites {
		key, err := oprf.DeriveKey(suite, oprf.VerifiableMode, unhex(t, s.Seed), unhex(t, s.KeyInfo))
		if err != nil {
			t.Fatal(err)
		}
		secret, _ := key.MarshalBinary()
		public, _ := key.Public().MarshalBinary()
		if hex.EncodeToString(secret) != s.SkSm || hex.EncodeToString(public) != s.PkSm {
			t.Errorf("derived key %x / %x, want %s / %s", secret, public, s.SkSm, s.PkSm)
		}
		keys := &Keys{issuer: oprf.NewVerifiableServer(suite, key), issuerKey: public}
		for _, v := range s.Vectors {
			if v.Batch != 1 {
				continue
			}
			evaluated, proof, err := keys.Evaluate(unhex(t, v.BlindedElement))
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(evaluated); got != v.EvaluationElement {
				t.Errorf("evaluation = %s, want %s", got, v.EvaluationElement)
			}
			blind := suite.Group().NewScalar()
			if err := blind.UnmarshalBinary(unhex(t, v.Blind)); err != nil {
				t.Fatal(err)
			}
			client := oprf.NewVerifiableClient(suite, key.Public())
			state, request, err := client.DeterministicBlind([][]byte{unhex(t, v.Input)}, []oprf.Blind{blind})
			if err != nil {
				t.Fatal(err)
			}
			blinded, _ := request.Elements[0].MarshalBinaryCompress()
			if hex.EncodeToString(blinded) != v.BlindedElement {
				t.Errorf("blinded = %x, want %s", blinded, v.BlindedElement)
			}
			claim := &Claim{client: client, state: state}
			ticket, err := claim.Finish(evaluated, proof)
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(ticket.Output); got != v.Output {
				t.Errorf("output = %s, want %s", got, v.Output)
			}
			compared++
		}
	}
	if compared != 2 {
		t.Errorf("compared %d vectors, want 2", compared)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(b)
}
