package ballot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
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
		longestPayload("😀"), longestPayload(`"`), longestPayload(`\`), longestPayload("\u2029"), longestPayload("\n"),
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

// longestPayload is as long as a questionnaire and the limits of threat-model.md
// section 8 allow: 40 items, attributes of 64 characters, 500 runes.
func longestPayload(r string) Payload {
	p := Payload{
		Attributes: Attributes{Process: strings.Repeat("p", 64), Role: strings.Repeat("r", 64), Unit: strings.Repeat("u", 64)},
		Answers:    map[string]Answer{}, Text: strings.Repeat(r, questionnaire.TextMax), TextKind: "obstacle",
	}
	for i := range questionnaire.MaxItems {
		p.Answers[fmt.Sprintf("ITEM_KEY_NO_%04d", i)] = Answer{CannotSay: true}
	}
	return p
}

func TestCanonicalFormKeepsBackslashesApart(t *testing.T) {
	for _, text := range []string{"\u2028", `\u2028`, `\\u2028`, "\\\u2029", `<&>`} {
		data, err := encodeCanonical(text)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(data, &got); err != nil || got != text {
			t.Errorf("%q reads back as %q, %v", text, got, err)
		}
		if len(data) > 2*len(text)+2 {
			t.Errorf("%q takes %d bytes", text, len(data))
		}
	}
}

func TestDecodePayloadIsStrict(t *testing.T) {
	for name, data := range map[string]string{
		"unknown field": `{"attributes":{},"answers":{},"name":"x"}`,
		"two values":    `{"answers":{}} {"answers":{}}`,
		"null answer":   `{"answers":{"A1":null}}`,
		"fraction":      `{"answers":{"A1":1.0}}`,
		"exponent":      `{"answers":{"A1":1e0}}`,
		"word":          `{"answers":{"A1":"4"}}`,
		"truth":         `{"answers":{"A1":true}}`,
		"too large":     `{"answers":{"A1":99999999999999999999}}`,
		"lower case":    `{"answers":{"A1":"cs"}}`,
		"cut":           `{"answers":`,
	} {
		if p, err := decodePayload([]byte(data)); err == nil {
			t.Errorf("%s: read as %+v", name, p)
		}
	}
}

func TestOpenBatchKeepsOrder(t *testing.T) {
	k := testKeys(t, "r")
	var sealed []Sealed
	for i := range 50 {
		s, err := k.Seal(takeTicket(t, k), Payload{Answers: map[string]Answer{"A1": {Value: i}}})
		if err != nil {
			t.Fatal(err)
		}
		sealed = append(sealed, s)
	}
	sealed[7].Box[5] ^= 1
	for i, o := range k.OpenBatch(sealed) {
		if (o.Err != nil) != (i == 7) || (i != 7 && o.Payload.Answers["A1"].Value != i) {
			t.Errorf("ballot %d opened as %+v", i, o)
		}
	}
	if got := k.OpenBatch(nil); len(got) != 0 {
		t.Errorf("nothing opened as %v", got)
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

// BenchmarkOpenBatch says what counting costs per ballot on all processors.
func BenchmarkOpenBatch(b *testing.B) {
	k := testKeys(b, "r")
	s, _ := k.Seal(takeTicket(b, k), fullPayload)
	batch := make([]Sealed, 1000)
	for i := range batch {
		batch[i] = s
	}
	for b.Loop() {
		k.OpenBatch(batch)
	}
	b.ReportMetric(float64(len(batch)*b.N)/b.Elapsed().Seconds(), "ballots/s")
}

func FuzzOpen(f *testing.F) {
	k := testKeys(f, "r")
	good, _ := k.Seal(takeTicket(f, k), fullPayload)
	f.Add(good.Box)
	f.Add(make([]byte, SealedSize))
	f.Fuzz(func(t *testing.T, box []byte) {
		_, err := k.Open(Sealed{TicketHash: good.TicketHash, Box: box})
		if err == nil && !bytes.Equal(box, good.Box) {
			t.Error("a forged ballot opens")
		}
	})
}
