package survey

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

// Configurations keeps what the last start said of its settings.
type Configurations interface {
	// FindConfiguration gives what UpdateConfiguration stored last, "" before.
	FindConfiguration(ctx context.Context) (string, error)
	// UpdateConfiguration puts to in the place of from; false, and nothing is told, if
	// something else stands there.
	UpdateConfiguration(ctx context.Context, from, to string, told ...audit.Entry) (bool, error)
}

// NoteConfiguration tells the audit of the installation which settings are others than at
// the last start, by name alone. What is kept of a value is an HMAC. A setting that the
// last start did not know had its default then. Nothing is told at the first start of all.
func (s *Service) NoteConfiguration(ctx context.Context, settings, defaults map[string]string) error {
	key, err := s.keys.Installation()
	if err != nil {
		return err
	}
	before, err := s.store.FindConfiguration(ctx)
	if err != nil {
		return err
	}
	now, usual := marked(key, settings), marked(key, defaults)
	was := map[string]string{}
	if before != "" {
		if err := json.Unmarshal([]byte(before), &was); err != nil {
			return fmt.Errorf("read configuration of the last start: %w", err)
		}
	}
	var changed []string
	for _, name := range slices.Sorted(maps.Keys(now)) {
		last, known := was[name]
		if !known {
			last = usual[name]
		}
		if last != now[name] {
			changed = append(changed, name)
		}
	}
	text, err := json.Marshal(now)
	if err != nil || string(text) == before {
		return err
	}
	var told []audit.Entry
	if before != "" && len(changed) > 0 {
		told = append(told, s.tell(account.System(), "", "installation.configure", "", map[string]string{"settings": strings.Join(changed, ", ")}))
	}
	_, err = s.store.UpdateConfiguration(ctx, before, string(text), told...) // not done = another replica started at once, and tells of its own
	return err
}

// marked puts an HMAC in the place of each value.
func marked(key []byte, settings map[string]string) map[string]string {
	marks := make(map[string]string, len(settings))
	for name, value := range settings {
		h := hmac.New(sha256.New, key)
		h.Write([]byte("pulscheck/configuration/v1\x00" + name + "\x00" + value)) // never fails
		marks[name] = base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
	}
	return marks
}
