package ballot

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
)

var fullPayload = Payload{
	Attributes: Attributes{Process: "INC", Role: "staff", Unit: "betrieb"},
	Answers:    map[string]Answer{"A1": {Value: 4}, "A2": {CannotSay: true}, "QW": {Value: 0}},
	Text:       "Größere Pausen & <weniger> Formulare",
	TextKind:   "idea",
}

func TestSealedBallotsOpenAndHaveOneSize(t *testing.T) { // T13
	k := testKeys(t, "r")
	payloads := []Payload{
		{Answers: map[string]Answer{"A1": {Value: 1}}},
		fullPayload,
		{Answers: map[string]Answer{"A1": {Value: 1}}, Text: strings.Repeat("\u2028", 500), TextKind: "praise"},
	}
	for _, want := range payloads {
		s, err := k.Seal(takeTicket(t, k), want)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Box) != SealedSize || len(s.TicketHash) != 32 || len(s.Digest) != 32 {
			t.Errorf("sizes %d, %d, %d", len(s.Box), len(s.TicketHash), len(s.Digest))
		}
		got, err := k.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("opened payload differs (-want +got):\n%s", diff)
		}
	}
	if _, err := k.Seal(takeTicket(t, k), Payload{Text: strings.Repeat("x", PayloadSize)}); !fault.Is(err, "body-too-large") {
		t.Errorf("payload over the limit: %v", err)
	}
}

func TestDigestTellsRetryFromChange(t *testing.T) {
	k := testKeys(t, "r")
	a, b := takeTicket(t, k), takeTicket(t, k)
	first, _ := k.Seal(a, fullPayload)
	again, _ := k.Seal(a, fullPayload)
	changed := fullPayload
	changed.Text += "!"
	other, _ := k.Seal(a, changed)
	someoneElse, _ := k.Seal(b, fullPayload)
	if !bytes.Equal(first.Digest, again.Digest) || bytes.Equal(first.Box, again.Box) {
		t.Error("a retry must have the same digest and another box")
	}
	if bytes.Equal(first.Digest, other.Digest) {
		t.Error("other answers have the same digest")
	}
	if bytes.Equal(first.Digest, someoneElse.Digest) {
		t.Error("two people with equal answers can be told from the database")
	}
}

func TestOpenRefusesDamagedAndCopiedBallots(t *testing.T) {
	k := testKeys(t, "r")
	good, err := k.Seal(takeTicket(t, k), fullPayload)
	if err != nil {
		t.Fatal(err)
	}
	foreign := takeTicket(t, k)
	copied := Sealed{TicketHash: TicketHash("r", foreign.Nonce), Box: good.Box}
	if _, err := k.Open(copied); err == nil {
		t.Error("a ballot copied to another ticket opens")
	}
	otherRound := *k
	otherRound.round = "s"
	if _, err := otherRound.Open(good); err == nil {
		t.Error("a ballot opens in another round")
	}
	for _, at := range []int{0, encapsulatedSize - 1, encapsulatedSize, SealedSize - 1} {
		bad := Sealed{TicketHash: good.TicketHash, Box: bytes.Clone(good.Box)}
		bad.Box[at] ^= 1
		if _, err := k.Open(bad); err == nil {
			t.Errorf("a ballot with byte %d changed opens", at)
		}
	}
	if _, err := k.Open(Sealed{TicketHash: good.TicketHash, Box: good.Box[1:]}); err == nil {
		t.Error("a short ballot opens")
	}
}

func BenchmarkSeal(b *testing.B) {
	k := testKeys(b, "r")
	ticket := takeTicket(b, k)
	for b.Loop() {
		if _, err := k.Seal(ticket, fullPayload); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	k := testKeys(b, "r")
	s, _ := k.Seal(takeTicket(b, k), fullPayload)
	for b.Loop() {
		if _, err := k.Open(s); err != nil {
			b.Fatal(err)
		}
	}
}
