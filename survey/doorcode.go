package survey

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"strings"

	"pulscheck/survey/fault"
)

// DoorCode is what somebody who left a question reads the answer with: 128 random bits.
// The server shows it once and keeps only its hash.
type DoorCode [16]byte

// doorAlphabet is Crockford's: nothing in it looks like something else.
var doorAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// lookalikes are what people read into a code, and the strokes between its parts.
var lookalikes = strings.NewReplacer("o", "0", "i", "1", "l", "1", "-", "", " ", "", "\u00a0", "", "\t", "", "\r", "", "\n", "")

// doorPart is how many characters stand together.
const doorPart = 4

// String writes the code for people: parts of four characters.
func (c DoorCode) String() string {
	text := doorAlphabet.EncodeToString(c[:])
	var parts []string
	for len(text) > doorPart {
		parts, text = append(parts, text[:doorPart]), text[doorPart:]
	}
	return strings.Join(append(parts, text), "-")
}

// ParseDoorCode reads a code, however it was typed; fault NotFound "code-invalid".
func ParseDoorCode(text string) (c DoorCode, err error) {
	text = lookalikes.Replace(strings.ToLower(text))
	raw, err := doorAlphabet.DecodeString(text)
	if err != nil || len(raw) != len(c) || doorAlphabet.EncodeToString(raw) != text {
		return c, fault.New(fault.NotFound, "code-invalid")
	}
	return DoorCode(raw), nil
}

// hash is what is kept of a code. It has 128 random bits, so a plain hash cannot be
// guessed.
func (c DoorCode) hash() []byte {
	sum := sha256.Sum256(append([]byte("pulscheck/door/v1\x00"), c[:]...))
	return sum[:]
}

// DrawDoorCode draws a code. It is stored nowhere until a question comes with it.
func (s *Service) DrawDoorCode() (c DoorCode, err error) {
	s.drawing.Lock()
	defer s.drawing.Unlock()
	if _, err := io.ReadFull(s.random, c[:]); err != nil {
		return c, fmt.Errorf("draw code: %w", err)
	}
	return c, nil
}
