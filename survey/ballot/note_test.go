package ballot

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestNotes: a note is replaced whole, a draft that a process left which died is cleared away
// once it is old, one that is being written is not, and no name leads out of the folder.
func TestNotes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	s, err := OpenKeystore(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := s.ReadNote("witness-a.json"); data != nil || err != nil {
		t.Errorf("a note that nobody wrote: %q, %v", data, err)
	}
	old, young := filepath.Join(dir, ".witness-a.json-1"), filepath.Join(dir, ".witness-a.json-2")
	for _, path := range []string{old, young} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-2 * leftAfter)
	if err := os.Chtimes(old, before, before); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two"} {
		if err := s.WriteNote("witness-a.json", []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := s.ReadNote("witness-a.json"); string(data) != text || err != nil {
			t.Errorf("got %q, %v, want %s", data, err, text)
		}
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("a draft of two hours ago is there: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("a draft that is being written is gone: %v", err)
	}
	if names, err := s.ListNotes("witness-"); len(names) != 1 || err != nil {
		t.Errorf("notes: %v, %v", names, err)
	}
	for _, name := range []string{"../witness-a.json", "witness-a/b.json", "installation.key", ""} {
		if err := s.WriteNote(name, nil); err == nil {
			t.Errorf("%q is taken for a note", name)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "witness-a.json"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReadNote("witness-a.json"); err == nil {
		t.Error("a note that everybody may read is taken")
	}
}
