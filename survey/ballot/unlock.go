package ballot

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// openingPath is where the seed lies that a trustee gave back.
func (s *Keystore) openingPath(round string) string {
	return filepath.Join(s.dir, round+".opening")
}

func (s *Keystore) unlocked(round string) bool {
	_, err := os.Stat(s.openingPath(round))
	return err == nil
}

// Unlock takes what a trustee gives back of a round, durable on return, so that the
// round can be counted. Fault Invalid "trustee-key-wrong". Unlocked again is no error.
func (s *Keystore) Unlock(round string, seed []byte) error {
	keys, err := s.Load(round)
	if err != nil || !keys.Locked() {
		return err
	}
	trial := *keys
	if err := trial.unlock(seed); err != nil {
		return err
	}
	if err := s.write(filepath.Base(s.openingPath(round)), seed); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("unlock round %s: %w", round, err)
	}
	return nil
}
