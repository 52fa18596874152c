package ballot

import (
	"bytes"
	"errors"
	"math/big"
	"slices"

	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// The group ristretto255 (RFC 9496): elements are points of edwards25519, of which
// several stand for the same element; only their encodings are compared. Everything
// here but decodeElement's refusals takes the same time for all values.

// Constants of RFC 9496, 4.1. The library keeps its own copies to itself.
var (
	one             = new(field.Element).One()
	minusOne        = new(field.Element).Negate(one)
	curveD          = fieldElement("37095705934669439343138083508754565189542113879843219016388785533085940283555")
	sqrtMinusOne    = fieldElement("19681161376707505956807079304988542015446066515923890162744021073123829784752")
	sqrtADMinusOne  = fieldElement("25063068953384623474111414158702152701244531502492656460079210482610430750235")
	invSqrtAMinusD  = fieldElement("54469307008909316920995813868745141605393597292927456921205312896311721017578")
	oneMinusDSquare = fieldElement("1159843021668779879193775521855586647937357759715417654439879720876111806838")
	dMinusOneSquare = fieldElement("40440834346308536858101042469323190826248399146238708352240133220865137265952")
)

func fieldElement(decimal string) *field.Element {
	n, ok := new(big.Int).SetString(decimal, 10)
	if !ok {
		panic("ballot: a constant is no number")
	}
	b := n.FillBytes(make([]byte, ElementSize))
	slices.Reverse(b)
	return littleEndian(b)
}

// littleEndian reads 32 bytes; the top bit is left out, as everywhere in RFC 9496.
func littleEndian(b []byte) *field.Element {
	e, err := new(field.Element).SetBytes(b)
	if err != nil {
		panic("ballot: a field element of another length than 32 bytes")
	}
	return e
}

func mul(a, b *field.Element) *field.Element { return new(field.Element).Multiply(a, b) }
func add(a, b *field.Element) *field.Element { return new(field.Element).Add(a, b) }
func sub(a, b *field.Element) *field.Element { return new(field.Element).Subtract(a, b) }
func square(a *field.Element) *field.Element { return new(field.Element).Square(a) }

// choose gives a if condition is 1, b if it is 0.
func choose(a, b *field.Element, condition int) *field.Element {
	return new(field.Element).Select(a, b, condition)
}

// point makes a point of coordinates that are on the curve by construction.
func point(x, y, z, t *field.Element) *edwards25519.Point {
	p, err := new(edwards25519.Point).SetExtendedCoordinates(x, y, z, t)
	if err != nil {
		panic("ballot: a point is not on the curve")
	}
	return p
}

var errElement = errors.New("not the encoding of an element")

// decodeElement is DeserializeElement of RFC 9497, 4.1: the canonical encoding of an
// element (RFC 9496, 4.3.1), the identity refused.
func decodeElement(b []byte) (*edwards25519.Point, error) {
	if len(b) != ElementSize {
		return nil, errElement
	}
	s := littleEndian(b)
	if !bytes.Equal(s.Bytes(), b) || s.IsNegative() == 1 {
		return nil, errElement
	}
	ss := square(s)
	u1, u2 := sub(one, ss), add(one, ss)
	u2Square := square(u2)
	v := sub(new(field.Element).Negate(mul(curveD, square(u1))), u2Square)
	root, wasSquare := new(field.Element).SqrtRatio(one, mul(v, u2Square))
	x := mul(add(s, s), mul(root, u2))
	x.Absolute(x)
	y := mul(u1, mul(root, mul(mul(root, u2), v)))
	t := mul(x, y)
	zero := new(field.Element)
	if wasSquare == 0 || t.IsNegative() == 1 || y.Equal(zero) == 1 || s.Equal(zero) == 1 {
		return nil, errElement
	}
	return point(x, y, one, t), nil
}

// encodeElement gives the 32 bytes of an element (RFC 9496, 4.3.2).
func encodeElement(p *edwards25519.Point) []byte {
	x, y, z, t := p.ExtendedCoordinates()
	u1, u2 := mul(add(z, y), sub(z, y)), mul(x, y)
	root, _ := new(field.Element).SqrtRatio(one, mul(u1, square(u2)))
	den1, den2 := mul(root, u1), mul(root, u2)
	zInverse := mul(mul(den1, den2), t)
	rotate := mul(t, zInverse).IsNegative()
	rotatedX, rotatedY := mul(y, sqrtMinusOne), mul(x, sqrtMinusOne)
	x, y = choose(rotatedX, x, rotate), choose(rotatedY, y, rotate)
	denominator := choose(mul(den1, invSqrtAMinusD), den2, rotate)
	y = choose(new(field.Element).Negate(y), y, mul(x, zInverse).IsNegative())
	s := mul(denominator, sub(z, y))
	return s.Absolute(s).Bytes()
}

// deriveElement maps 64 uniform bytes to an element (RFC 9496, 4.3.4).
func deriveElement(uniform []byte) *edwards25519.Point {
	p := mapElement(littleEndian(uniform[:32]))
	return p.Add(p, mapElement(littleEndian(uniform[32:64])))
}

// mapElement is MAP of RFC 9496, 4.3.4.
func mapElement(t *field.Element) *edwards25519.Point {
	r := mul(sqrtMinusOne, square(t))
	u := mul(add(r, one), oneMinusDSquare)
	v := mul(sub(minusOne, mul(r, curveD)), add(r, curveD))
	s, wasSquare := new(field.Element).SqrtRatio(u, v)
	other := mul(s, t)
	other.Negate(other.Absolute(other))
	s = choose(s, other, wasSquare)
	c := choose(minusOne, r, wasSquare)
	n := sub(mul(mul(c, sub(r, one)), dMinusOneSquare), v)
	ss := square(s)
	w0, w1 := mul(add(s, s), v), mul(n, sqrtADMinusOne)
	w2, w3 := sub(one, ss), add(one, ss)
	return point(mul(w0, w3), mul(w2, w1), mul(w1, w3), mul(w0, w2))
}
