package ballot

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"pulscheck/survey/fault"
)

// Keystore is a folder outside the database that holds the keys of the rounds not
// yet counted, one file each, the key of the installation, and notes. The folder has
// mode 0700 and its files 0600; wider modes are refused. It is safe for concurrent use,
// also by several processes.
type Keystore struct {
	dir    string
	random io.Reader

	mu     sync.Mutex
	loaded map[string]*Keys
}

const installationFile = "installation.key"

var roundName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// OpenKeystore opens the folder, making it if it does not exist. Keys are drawn
// from random, which is crypto/rand everywhere but in the demo.
func OpenKeystore(dir string, random io.Reader) (*Keystore, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("open keystore: %w", err)
		}
		if err := syncFolder(filepath.Dir(filepath.Clean(dir))); err != nil { // the folder must survive a power cut
			return nil, err
		}
	}
	if err := checkMode(dir, 0o700); err != nil {
		return nil, err
	}
	return &Keystore{dir: dir, random: random, loaded: map[string]*Keys{}}, nil
}

// checkMode refuses files that others than the owner may read.
func checkMode(path string, allowed fs.FileMode) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("keystore: %w", err)
	}
	if extra := info.Mode().Perm() &^ allowed; extra != 0 {
		return fault.Wrap(fault.Configuration, "keystore-mode",
			fmt.Errorf("%s has mode %04o, at most %04o is allowed", filepath.Base(path), info.Mode().Perm(), allowed))
	}
	return nil
}

// Create draws the keys of a round that is about to be opened, durable on return.
// Keys that exist already are an error that is fs.ErrExist: they are never
// overwritten. If the round is still a draft, an earlier opening was cut off before
// anybody saw them, and the caller may Load them.
func (s *Keystore) Create(round string) (*Keys, error) {
	return s.CreateFor(round, nil, time.Time{})
}

// CreateFor is Create for a round whose ballots only a trustee can unlock; nil = none.
func (s *Keystore) CreateFor(round string, trustee *TrusteeKey, closes time.Time) (*Keys, error) {
	if !roundName.MatchString(round) {
		return nil, fmt.Errorf("create keys: %q is no round", round)
	}
	drawn, err := drawSecrets(round, s.random)
	if err != nil {
		return nil, err
	}
	if trustee != nil {
		if err := drawn.entrust(trustee, closes); err != nil {
			return nil, err
		}
	}
	keys, err := newKeys(drawn)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(drawn)
	if err != nil {
		return nil, fmt.Errorf("encode keys: %w", err)
	}
	if err := s.write(round+".key", data); err != nil {
		return nil, fmt.Errorf("create keys of round %s: %w", round, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaded[round] = keys
	return keys, nil
}

// Load gives the keys of a round. Missing or damaged keys are fault Unavailable
// "keys-unavailable": the round pauses, nothing is made anew (R14).
func (s *Keystore) Load(round string) (*Keys, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := filepath.Join(s.dir, round+".key")
	if keys, ok := s.loaded[round]; ok {
		if _, err := os.Stat(path); err == nil && (!keys.Locked() || !s.unlocked(round)) {
			return keys, nil
		}
		delete(s.loaded, round) // gone, or unlocked by another process
	}
	keys, err := s.read(round, path)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", fmt.Errorf("load keys of round %s: %w", round, err))
	}
	s.drop()
	s.loaded[round] = keys
	return keys, nil
}

// drop takes keys out of memory that another process destroyed.
func (s *Keystore) drop() {
	for round := range s.loaded {
		if _, err := os.Stat(filepath.Join(s.dir, round+".key")); errors.Is(err, fs.ErrNotExist) {
			delete(s.loaded, round)
		}
	}
}

func (s *Keystore) read(round, path string) (*Keys, error) {
	if !roundName.MatchString(round) {
		return nil, fs.ErrNotExist
	}
	if err := checkMode(path, 0o600); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	keys, err := parseKeys(round, data)
	if err != nil || !keys.Locked() || !s.unlocked(round) {
		return keys, err
	}
	seed, err := os.ReadFile(s.openingPath(round))
	if err != nil {
		return nil, err
	}
	return keys, keys.unlock(seed)
}

// Destroy overwrites and removes the keys of a round and syncs the folder; from
// then on nobody can open its ballots. Keys that are gone already are no error.
func (s *Keystore) Destroy(round string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.loaded, round)
	for _, path := range []string{s.openingPath(round), filepath.Join(s.dir, round+".key")} {
		err := overwrite(path)
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("destroy keys of round %s: %w", round, err)
		}
	}
	if err := s.sweep(round); err != nil {
		return fmt.Errorf("destroy keys of round %s: %w", round, err)
	}
	return syncFolder(s.dir)
}

// sweep destroys what a write that was cut off left of the keys of a round.
func (s *Keystore) sweep(round string) error {
	left, err := filepath.Glob(filepath.Join(s.dir, "."+round+".*-*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := overwrite(path); err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// Has says whether keys of the round exist, without reading them.
func (s *Keystore) Has(round string) bool {
	_, err := os.Stat(filepath.Join(s.dir, round+".key"))
	return err == nil
}

// Installation gives the key under which rosters are hashed (decision 24), 32
// bytes, and draws it at first use.
func (s *Keystore) Installation() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := filepath.Join(s.dir, installationFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		key := make([]byte, 32)
		if _, err := io.ReadFull(s.random, key); err != nil {
			return nil, fmt.Errorf("draw installation key: %w", err)
		}
		if err := s.write(installationFile, key); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("create installation key: %w", err)
		}
	}
	if err := checkMode(path, 0o600); err != nil {
		return nil, err
	}
	key, err := os.ReadFile(path)
	if err != nil || len(key) != 32 {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", fmt.Errorf("installation key: %d bytes: %w", len(key), err))
	}
	return key, nil
}

// write puts a file there whole or not at all, durable on return, and never over
// another: the name is taken by a hard link, which fails if it exists.
func (s *Keystore) write(name string, data []byte) error {
	temporary, err := s.temporary(name, data)
	if err != nil {
		return err
	}
	defer os.Remove(temporary) //nolint:errcheck // a second name of the same file
	if err := os.Link(temporary, filepath.Join(s.dir, name)); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

// temporary writes a file under a name of its own beside the one it is for, and gives that
// name. A failed attempt leaves nothing.
func (s *Keystore) temporary(name string, data []byte) (string, error) {
	f, err := os.CreateTemp(s.dir, "."+name+"-")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

func overwrite(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // what matters was synced
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err := io.CopyN(f, rand.Reader, info.Size()); err != nil {
		return err
	}
	return f.Sync()
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync keystore: %w", err)
	}
	defer d.Close() //nolint:errcheck // opened for reading
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync keystore: %w", err)
	}
	return nil
}
