package ballot_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

var ends = time.Date(2026, 3, 16, 16, 0, 0, 0, time.UTC)

// TestWithTrusteeNobodyOpens: what lies on the server, keystore and all, opens no ballot
// until the trustee gives the key back, and then in every process; afterwards it is gone.
func TestWithTrusteeNobodyOpens(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	open := func() *ballot.Keystore {
		s, err := ballot.OpenKeystore(dir, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	secret, err := ballot.NewTrustee()
	if err != nil {
		t.Fatal(err)
	}
	if secret, err = ballot.ParseTrustee(secret.Secret()); err != nil {
		t.Fatal(err)
	}
	public, err := secret.Public()
	if err != nil {
		t.Fatal(err)
	}
	if public, err = ballot.ParseTrusteeKey(public.String() + "\n"); err != nil {
		t.Fatal(err)
	}
	store := open()
	keys, err := store.CreateFor("r", public, ends)
	if err != nil {
		t.Fatal(err)
	}
	ticket := ballot.Ticket{Nonce: make([]byte, 32)}
	sealed, err := keys.Seal(ticket, ballot.Payload{Text: "x"})
	if err != nil || len(sealed.Box) != ballot.SealedSize {
		t.Fatalf("%d bytes, %v", len(sealed.Box), err)
	}
	seed, err := secret.Unlock("r", ends, keys.SealedOpening())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*ballot.Keystore{store, open()} { // as it was made, and as it was stored
		k, err := s.Load("r")
		if err != nil || !k.Locked() || !bytes.Equal(k.Trustee(), public.Fingerprint()) {
			t.Fatalf("%v %v", k, err)
		}
		if _, err := k.Open(sealed); !fault.Is(err, "trustee-pending") {
			t.Errorf("opened without the trustee: %v", err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil || bytes.Contains(body, seed) || strings.Contains(string(body), base64.StdEncoding.EncodeToString(seed)) {
			t.Errorf("%s holds the opening key (%v)", f.Name(), err)
		}
	}
	other := open()
	if _, err := other.Load("r"); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range [][]byte{nil, seed[1:], bytes.Repeat([]byte{1}, 32)} {
		if err := store.Unlock("r", wrong); !fault.Is(err, "trustee-key-wrong") {
			t.Errorf("unlocked with %x: %v", wrong, err)
		}
	}
	for range 2 {
		if err := store.Unlock("r", seed); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*ballot.Keystore{store, other, open()} {
		k, err := s.Load("r")
		if err != nil {
			t.Fatal(err)
		}
		if p, err := k.Open(sealed); err != nil || p.Text != "x" {
			t.Errorf("%+v %v", p, err)
		}
	}
	if err := store.Destroy("r"); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); len(files) > 0 || err != nil {
		t.Errorf("%v is left (%v)", files, err)
	}
}

// TestTrusteeUnlocksOneRound: what is sealed for one round and end is of no other.
func TestTrusteeUnlocksOneRound(t *testing.T) {
	store, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := ballot.NewTrustee()
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := ballot.NewTrustee()
	if err != nil {
		t.Fatal(err)
	}
	public, err := secret.Public()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.CreateFor("r", public, ends)
	if err != nil {
		t.Fatal(err)
	}
	for name, unlock := range map[string]func() ([]byte, error){
		"another round":   func() ([]byte, error) { return secret.Unlock("s", ends, keys.SealedOpening()) },
		"another end":     func() ([]byte, error) { return secret.Unlock("r", ends.Add(-time.Hour), keys.SealedOpening()) },
		"another trustee": func() ([]byte, error) { return stranger.Unlock("r", ends, keys.SealedOpening()) },
		"damaged":         func() ([]byte, error) { return secret.Unlock("r", ends, keys.SealedOpening()[1:]) },
	} {
		if seed, err := unlock(); err == nil {
			t.Errorf("%s: unlocked with %x", name, seed)
		}
	}
	for _, text := range []string{"", "x", public.String()[1:], public.String() + "AAAA", secret.Secret()} {
		if _, err := ballot.ParseTrusteeKey(text); !fault.Is(err, "trustee-key-invalid") {
			t.Errorf("%.20q is a public key: %v", text, err)
		}
	}
	if _, err := ballot.ParseTrustee(public.String()); err == nil {
		t.Error("a public key is a secret one")
	}
}
