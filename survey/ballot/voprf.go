package ballot

import (
	"bytes"
	"crypto/rand"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"errors"

	"filippo.io/edwards25519"
)

// The verifiable oblivious pseudorandom function of RFC 9497, mode 0x01, suite
// ristretto255-SHA512, one element at a time. Keys, blinds and the proof's nonce meet
// constant-time operations only; what both sides see anyway need not.

// voprfContext is the context string of the suite in this mode.
const voprfContext = "OPRFV1-\x01-ristretto255-SHA512"

// Labels of the hashes (RFC 9497, 3.2.1 and 4.1).
const (
	labelElement = "HashToGroup-" + voprfContext
	labelScalar  = "HashToScalar-" + voprfContext
	labelKey     = "DeriveKeyPair" + voprfContext
	labelSeed    = "Seed-" + voprfContext
)

// expand is expand_message_xmd with SHA-512 for 64 bytes (RFC 9380, 5.3.1).
func expand(message []byte, label string) []byte {
	suffix := append([]byte(label), byte(len(label)))
	h := sha512.New()
	h.Write(make([]byte, sha512.BlockSize))
	h.Write(message)
	h.Write([]byte{0, sha512.Size, 0})
	h.Write(suffix)
	first := h.Sum(nil)
	h.Reset()
	h.Write(first)
	h.Write([]byte{1})
	h.Write(suffix)
	return h.Sum(nil)
}

func hashToElement(input []byte) *edwards25519.Point {
	return deriveElement(expand(input, labelElement))
}

func hashToScalar(input []byte, label string) *edwards25519.Scalar {
	return uniformScalar(expand(input, label))
}

// uniformScalar reduces 64 uniform bytes.
func uniformScalar(b []byte) *edwards25519.Scalar {
	s, err := edwards25519.NewScalar().SetUniformBytes(b)
	if err != nil {
		panic("ballot: a scalar from another length than 64 bytes")
	}
	return s
}

// randomScalar draws a blind or a nonce; that it is zero does not happen.
func randomScalar() *edwards25519.Scalar {
	var b [64]byte
	rand.Read(b[:])
	return uniformScalar(b[:])
}

// prefixed puts the length before each part, two bytes each, and ends with a label.
func prefixed(label string, parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(binary.BigEndian.AppendUint16(out, uint16(len(p))), p...)
	}
	return append(out, label...)
}

// output is the last step of Finalize (RFC 9497, 3.3.1).
func output(input, element []byte) []byte {
	sum := sha512.Sum512(prefixed("Finalize", input, element))
	return sum[:]
}

// issuer holds the secret key of the tickets.
type issuer struct {
	secret *edwards25519.Scalar
	public []byte // its element, 32 bytes
}

// deriveIssuer is DeriveKeyPair of RFC 9497, 3.2.1.
func deriveIssuer(seed []byte, info string) (issuer, error) {
	message := append(bytes.Clone(seed), prefixed("", []byte(info))...)
	for counter := range 256 {
		secret := hashToScalar(append(message, byte(counter)), labelKey)
		if secret.Equal(edwards25519.NewScalar()) == 0 {
			return issuer{secret, encodeElement(new(edwards25519.Point).ScalarBaseMult(secret))}, nil
		}
	}
	return issuer{}, errors.New("no key follows from the seed")
}

// evaluate is BlindEvaluate of RFC 9497, 3.3.2, with the nonce of the proof.
func (i issuer) evaluate(blinded []byte, nonce *edwards25519.Scalar) (evaluated, proof []byte, err error) {
	c, err := decodeElement(blinded)
	if err != nil {
		return nil, nil, err
	}
	d := new(edwards25519.Point).ScalarMult(i.secret, c)
	evaluated = encodeElement(d)
	m, z := composites(i.public, blinded, evaluated, c, d)
	t2, t3 := new(edwards25519.Point).ScalarBaseMult(nonce), new(edwards25519.Point).ScalarMult(nonce, m)
	asked := challenge(i.public, m, z, t2, t3)
	answer := edwards25519.NewScalar().Subtract(nonce, edwards25519.NewScalar().Multiply(asked, i.secret))
	return evaluated, append(asked.Bytes(), answer.Bytes()...), nil
}

// check says in constant time whether the output belongs to the input (3.3.2, as the
// server finds it without blinding).
func (i issuer) check(input, claimed []byte) bool {
	element := new(edwards25519.Point).ScalarMult(i.secret, hashToElement(input))
	return subtle.ConstantTimeCompare(output(input, encodeElement(element)), claimed) == 1
}

// composites is ComputeComposites of RFC 9497, 2.2.1. Its weight follows from what
// both sides know, and the second element from the first's: no key is needed.
func composites(public, blinded, evaluated []byte, c, d *edwards25519.Point) (m, z *edwards25519.Point) {
	seed := sha512.Sum512(prefixed("", public, []byte(labelSeed)))
	transcript := prefixed("", seed[:])
	transcript = append(transcript, 0, 0) // the index of the only element
	transcript = append(transcript, prefixed("Composite", blinded, evaluated)...)
	weight := []*edwards25519.Scalar{hashToScalar(transcript, labelScalar)}
	m = new(edwards25519.Point).VarTimeMultiScalarMult(weight, []*edwards25519.Point{c})
	z = new(edwards25519.Point).VarTimeMultiScalarMult(weight, []*edwards25519.Point{d})
	return m, z
}

// challenge hashes the transcript of a proof (RFC 9497, 2.2.1 and 2.2.2).
func challenge(public []byte, elements ...*edwards25519.Point) *edwards25519.Scalar {
	parts := [][]byte{public}
	for _, e := range elements {
		parts = append(parts, encodeElement(e))
	}
	return hashToScalar(prefixed("Challenge", parts...), labelScalar)
}

var errProof = errors.New("the proof does not belong to the issuer key")

// verify is VerifyProof of RFC 9497, 2.2.2; it gives the evaluated element.
func verify(public, blinded, evaluated, proof []byte) (*edwards25519.Point, error) {
	key, err := decodeElement(public)
	if err != nil {
		return nil, err
	}
	c, err := decodeElement(blinded)
	if err != nil {
		return nil, err
	}
	d, err := decodeElement(evaluated)
	if err != nil {
		return nil, err
	}
	if len(proof) != ProofSize {
		return nil, errProof
	}
	claimed, err := edwards25519.NewScalar().SetCanonicalBytes(proof[:32])
	if err != nil {
		return nil, errProof
	}
	answer, err := edwards25519.NewScalar().SetCanonicalBytes(proof[32:])
	if err != nil {
		return nil, errProof
	}
	m, z := composites(public, blinded, evaluated, c, d)
	t2 := new(edwards25519.Point).VarTimeDoubleScalarBaseMult(claimed, key, answer)
	t3 := new(edwards25519.Point).VarTimeMultiScalarMult([]*edwards25519.Scalar{answer, claimed}, []*edwards25519.Point{m, z})
	if challenge(public, m, z, t2, t3).Equal(claimed) == 0 {
		return nil, errProof
	}
	return d, nil
}
