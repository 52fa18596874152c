package ballot

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"pulscheck/survey/fault"
)

var noteName = regexp.MustCompile(`^[a-z]+-[A-Za-z0-9_-]{1,64}\.json$`)

// ReadNote gives a note that lies beside the keys, nil if there is none. It is no secret,
// but stands where no backup of the database brings back an older one. One that cannot be
// read is fault Unavailable "keys-unavailable".
func (s *Keystore) ReadNote(name string) ([]byte, error) {
	if !noteName.MatchString(name) {
		return nil, fmt.Errorf("read note: %q is no name", name)
	}
	path := filepath.Join(s.dir, name)
	err := checkMode(path, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", fmt.Errorf("read note: %w", err))
	}
	return data, nil
}

// ListNotes gives the names of the notes that begin with a text, sorted.
func (s *Keystore) ListNotes(prefix string) ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", fmt.Errorf("list notes: %w", err))
	}
	var names []string
	for _, e := range entries {
		if noteName.MatchString(e.Name()) && strings.HasPrefix(e.Name(), prefix) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// WriteNote puts a note in the place of the one before, whole or not at all, durable on
// return. Of two processes that write at once the later one stays.
func (s *Keystore) WriteNote(name string, data []byte) error {
	if !noteName.MatchString(name) {
		return fmt.Errorf("write note: %q is no name", name)
	}
	temporary, err := s.temporary(name, data)
	if err != nil {
		return fmt.Errorf("write note: %w", err)
	}
	defer os.Remove(temporary) //nolint:errcheck // gone, unless it could not be put in place
	if err := os.Rename(temporary, filepath.Join(s.dir, name)); err != nil {
		return fmt.Errorf("write note: %w", err)
	}
	if err := s.clear(name); err != nil {
		return fmt.Errorf("write note: %w", err)
	}
	return syncFolder(s.dir)
}

// leftAfter is how much older than a note a draft of it is that nobody writes any more.
const leftAfter = time.Hour

// clear removes the drafts of a note that processes left which died over them.
func (s *Keystore) clear(name string) error {
	written, err := os.Stat(filepath.Join(s.dir, name))
	if err != nil {
		return err
	}
	drafts, err := filepath.Glob(filepath.Join(s.dir, "."+name+"-*"))
	if err != nil {
		return err
	}
	for _, path := range drafts {
		draft, err := os.Stat(path)
		if err == nil && draft.ModTime().Before(written.ModTime().Add(-leftAfter)) {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
