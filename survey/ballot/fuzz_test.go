package ballot

import (
	"reflect"
	"testing"
	"time"

	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

func FuzzParseLink(f *testing.F) {
	f.Add("AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		if l, err := ParseLink(s); err == nil && l.String() != s {
			t.Errorf("%q reads as %q", s, l.String())
		}
	})
}

// FuzzParseManifest reads what a hostile server may show to a client, with the
// fingerprint that goes with it.
func FuzzParseManifest(f *testing.F) {
	m := Manifest{
		Round: "r", Title: locale.Text{DE: "a", EN: "b"}, Opens: time.Unix(0, 0), Closes: time.Unix(1, 0), K: 5, Invited: 10,
		Questionnaire: DescribeQuestionnaire(questionnaire.Check()), Processes: []Choice{{Key: "INC"}},
	}
	canonical, _, err := m.Encode(testKeys(f, "r"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(canonical)
	f.Add([]byte(`{"scheme":"` + Scheme + `","issuer_key":"AAAA"}`))
	f.Add([]byte(`{"opens":"9999-12-31T23:59:60Z","processes":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, key, err := ParseManifest(text, Fingerprint(text)[:FingerprintSize])
		if err != nil {
			return
		}
		if _, err := NewClaim(m.Round, key); err == nil && len(key) != ElementSize {
			t.Errorf("a key of %d bytes is taken", len(key))
		}
	})
}

// FuzzDecodePayload opens what a forged box may hold: an error or an answer that
// comes back the same.
func FuzzDecodePayload(f *testing.F) {
	f.Add([]byte(`{"attributes":{"process":"INC","role":"","unit":""},"answers":{"A1":4,"A2":"CS"},"text":"a","text_kind":"idea"}   `))
	f.Add([]byte(`{"answers":{"A1":1e3}}`))
	f.Add([]byte(`{"answers":{"A1":null},"x":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := decodePayload(text)
		if err != nil {
			return
		}
		again, err := encodeCanonical(p)
		if err != nil {
			t.Fatalf("%q does not come back: %v", text, err)
		}
		q, err := decodePayload(again)
		if err != nil || !reflect.DeepEqual(p, q) {
			t.Errorf("%q comes back as %q, %v", text, again, err)
		}
	})
}

// FuzzElements hands made-up elements, proofs and boxes to both sides of the protocol.
func FuzzElements(f *testing.F) {
	k := testKeys(f, "r")
	c, err := NewClaim("r", k.IssuerKey())
	if err != nil {
		f.Fatal(err)
	}
	evaluated, proof, err := k.Evaluate(c.Blinded)
	if err != nil {
		f.Fatal(err)
	}
	right, err := c.Finish(evaluated, proof)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c.Blinded, proof, right.Nonce)
	f.Add(evaluated, make([]byte, ProofSize), make([]byte, SealedSize))
	f.Add(make([]byte, ElementSize), proof, right.Output)
	f.Fuzz(func(t *testing.T, element, proven, box []byte) {
		k.Evaluate(element) //nolint:errcheck // it must not panic
		if got, err := c.Finish(element, proven); err == nil && (string(element) != string(evaluated) || !k.CheckTicket(got)) {
			t.Errorf("element %x with proof %x made a ticket", element, proven)
		}
		if k.CheckTicket(Ticket{Nonce: box, Output: proven}) && string(proven) != string(right.Output) {
			t.Error("a ticket out of nothing")
		}
		if _, err := k.Open(Sealed{TicketHash: element, Box: box}); err == nil {
			t.Error("a box out of nothing")
		}
	})
}
