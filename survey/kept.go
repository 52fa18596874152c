package survey

import (
	"sync"
	"time"
)

// keptFor is how long what everybody sees is remembered: 5,000 people at once cost one
// look at the database.
const keptFor = time.Minute

// kept remembers things by their name for a while. Its zero value remembers nothing yet.
type kept[T any] struct {
	mu sync.Mutex
	of map[string]keptOne[T]
}

type keptOne[T any] struct {
	thing *T
	until time.Time
}

// get gives what is remembered, or what look finds.
func (k *kept[T]) get(now time.Time, name string, look func() (*T, error)) (*T, error) {
	k.mu.Lock()
	known := k.of[name]
	k.mu.Unlock()
	if known.thing != nil && now.Before(known.until) {
		return known.thing, nil
	}
	thing, err := look()
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		k.of = map[string]keptOne[T]{}
	}
	room(k.of)
	k.of[name] = keptOne[T]{thing, now.Add(keptFor)}
	return thing, nil
}
