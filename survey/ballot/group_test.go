package ballot

import (
	"crypto/sha512"
	"testing"

	"filippo.io/edwards25519"
)

// TestVectorsOfRFC9496 replays appendix A: multiples of the generator, encodings that
// stand for no element, elements derived from uniform bytes.
func TestVectorsOfRFC9496(t *testing.T) {
	var v struct {
		Multiples, Invalid []string
		Derived            []struct{ Hashed, Element string }
	}
	readVectors(t, "testdata/rfc9496_ristretto255.json", &v)
	if len(v.Multiples) != 16 || len(v.Invalid) != 29 || len(v.Derived) != 7 {
		t.Fatalf("%d multiples, %d invalid, %d derived", len(v.Multiples), len(v.Invalid), len(v.Derived))
	}
	sum := edwards25519.NewIdentityPoint()
	for i, want := range v.Multiples {
		same(t, "multiple", encodeElement(sum), want)
		decoded, err := decodeElement(unhex(t, want))
		if (err != nil) != (i == 0) {
			t.Errorf("multiple %d: %v; only the identity is refused", i, err)
		}
		if err == nil {
			same(t, "multiple read and written", encodeElement(decoded), want)
		}
		sum.Add(sum, edwards25519.NewGeneratorPoint())
	}
	for _, bad := range v.Invalid {
		if _, err := decodeElement(unhex(t, bad)); err == nil {
			t.Errorf("%s is taken for an element", bad)
		}
	}
	for _, d := range v.Derived {
		uniform := sha512.Sum512([]byte(d.Hashed))
		same(t, "derived from "+d.Hashed, encodeElement(deriveElement(uniform[:])), d.Element)
	}
}
