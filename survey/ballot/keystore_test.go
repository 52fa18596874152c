package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"pulscheck/survey/fault"
)

func openTestKeystore(t *testing.T) (*Keystore, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	s, err := OpenKeystore(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func TestKeystoreLifeOfARound(t *testing.T) {
	s, dir := openTestKeystore(t)
	created, err := s.Create("round1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Create("round1"); err == nil {
		t.Error("keys of a round were overwritten")
	}
	again, err := OpenKeystore(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := again.Load("round1")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(loaded.IssuerKey(), created.IssuerKey()) {
		t.Error("loaded keys differ from the created ones")
	}
	sealed, _ := created.Seal(takeTicket(t, created), fullPayload)
	if _, err := loaded.Open(sealed); err != nil {
		t.Errorf("loaded keys do not open: %v", err)
	}
	for _, path := range []string{dir, filepath.Join(dir, "round1.key")} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
		}
	}
	cutOff := filepath.Join(dir, ".round1.key-123") // what a crash in the middle of writing leaves
	if err := os.WriteFile(cutOff, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Destroy("round1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Destroy("round1"); err != nil {
		t.Errorf("destroying twice: %v", err)
	}
	for _, store := range []*Keystore{s, again} {
		if _, err := store.Load("round1"); !fault.Is(err, "keys-unavailable") {
			t.Errorf("destroyed keys load: %v", err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReplicasAgreeOnKeys(t *testing.T) {
	_, dir := openTestKeystore(t)
	var created atomic.Int32
	installation := make([][]byte, 8)
	var wg sync.WaitGroup
	for i := range installation {
		wg.Go(func() {
			replica, err := OpenKeystore(dir, rand.Reader)
			if err != nil {
				t.Error(err)
				return
			}
			switch _, err := replica.Create("round1"); {
			case err == nil:
				created.Add(1)
			case !errors.Is(err, fs.ErrExist):
				t.Errorf("Create = %v, want fs.ErrExist", err)
			}
			if installation[i], err = replica.Installation(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := created.Load(); got != 1 {
		t.Errorf("%d replicas created the keys of one round", got)
	}
	for _, key := range installation {
		if !bytes.Equal(key, installation[0]) {
			t.Error("replicas have different installation keys")
		}
	}
}

func TestDestroyOverwritesBeforeItRemoves(t *testing.T) {
	s, dir := openTestKeystore(t)
	if _, err := s.Create("round1"); err != nil {
		t.Fatal(err)
	}
	path, second := filepath.Join(dir, "round1.key"), filepath.Join(t.TempDir(), "second-name")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Link(path, second); err != nil { // keeps the content reachable
		t.Fatal(err)
	}
	if err := s.Destroy("round1"); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(second)
	if err != nil {
		t.Fatal(err)
	}
	if len(after) != len(before) || bytes.Contains(after, before[:16]) {
		t.Errorf("%d bytes of keys, %d after destruction, not overwritten", len(before), len(after))
	}
}

func TestKeystoreRefusesDamagedSwappedAndOpenFiles(t *testing.T) { // R14
	s, dir := openTestKeystore(t)
	for _, round := range []string{"a", "b"} {
		if _, err := s.Create(round); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "a.key")
	content, _ := os.ReadFile(filepath.Join(dir, "b.key"))
	for name, damage := range map[string]func() error{
		"swapped":   func() error { return os.WriteFile(path, content, 0o600) },
		"cut":       func() error { return os.WriteFile(path, content[:50], 0o600) },
		"empty":     func() error { return os.WriteFile(path, nil, 0o600) },
		"readable":  func() error { return os.Chmod(path, 0o644) },
		"destroyed": func() error { return os.Remove(path) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			fresh, err := OpenKeystore(dir, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := fresh.Load("a"); !fault.Is(err, "keys-unavailable") {
				t.Errorf("Load = %v, want keys-unavailable", err)
			}
			_ = os.Chmod(path, 0o600)
		})
	}
	if _, err := s.Load("../etc/passwd"); err == nil {
		t.Error("a path is no round")
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeystore(dir, rand.Reader); !fault.Is(err, "keystore-mode") {
		t.Errorf("open folder: %v, want keystore-mode", err)
	}
}

func TestInstallationKeyIsDrawnOnce(t *testing.T) {
	s, dir := openTestKeystore(t)
	first, err := s.Installation()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := OpenKeystore(dir, rand.Reader)
	second, err := again.Installation()
	if err != nil || !bytes.Equal(first, second) || len(first) != 32 {
		t.Errorf("installation key %d bytes, then equal = %v, %v", len(first), bytes.Equal(first, second), err)
	}
}

func TestLinkRoundTrip(t *testing.T) {
	k := testKeys(t, "r")
	handle, fingerprint := bytes.Repeat([]byte{7}, HandleSize), bytes.Repeat([]byte{9}, 32)
	link, err := ParseLink(k.Link(handle, fingerprint).String())
	if err != nil {
		t.Fatal(err)
	}
	if !k.CheckSecret(link.Handle, link.Secret) || !bytes.HasPrefix(fingerprint, link.Fingerprint) {
		t.Error("the link does not carry its invitation")
	}
	for i := range link.Secret {
		bad := bytes.Clone(link.Secret)
		bad[i] ^= 1
		if k.CheckSecret(link.Handle, bad) {
			t.Fatalf("secret with byte %d changed is accepted", i)
		}
	}
	if k.CheckSecret(link.Handle, nil) || k.CheckSecret(nil, k.Secret(nil)) {
		t.Error("an empty secret or handle is accepted")
	}
	for _, bad := range []string{"", "a.b.c", link.String() + ".x", link.String() + "=", link.String() + "\n", link.String()[1:]} {
		if _, err := ParseLink(bad); err == nil {
			t.Errorf("%q is no link", bad)
		}
	}
}

// TestKeysThatAnotherProcessDestroyedLeaveMemory: a replica that counted none of the
// rounds holds the keys of those that are open, and no others.
func TestKeysThatAnotherProcessDestroyedLeaveMemory(t *testing.T) {
	counts, dir := openTestKeystore(t)
	serves, err := OpenKeystore(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		round := fmt.Sprintf("r%d", i)
		if _, err := counts.Create(round); err != nil {
			t.Fatal(err)
		}
		if _, err := serves.Load(round); err != nil {
			t.Fatal(err)
		}
		if err := counts.Destroy(round); err != nil {
			t.Fatal(err)
		}
		if got := len(serves.loaded); got > 1 {
			t.Fatalf("%d keys are held after round %d", got, i)
		}
	}
}
