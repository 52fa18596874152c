package mail

import (
	"math/rand/v2"
	"sync"
	"time"
)

// Pauses between tries of what was refused for the time being.
const (
	firstPause = time.Minute
	longPause  = 30 * time.Minute
)

// backOff gives the pause after so many tries in a row: a minute, doubled each time up
// to half an hour, between half and the whole of it by chance.
func backOff(tries int) time.Duration {
	pause := longPause
	if tries < 6 {
		pause = min(longPause, firstPause<<max(0, tries-1))
	}
	return pause/2 + rand.N(pause/2)
}

// pauses remembers which mailings wait until when. A process that starts anew tries
// at once.
type pauses struct {
	mu   sync.Mutex
	list map[string]pause
}

type pause struct {
	tries int
	until time.Time
}

// until gives until when a mailing waits; the zero time if it does not.
func (p *pauses) until(key string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.list[key].until
}

// add lets a mailing wait once more, longer than the time before, and gives until when.
func (p *pauses) add(key string, now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.list[key]
	one.tries++
	one.until = now.Add(backOff(one.tries))
	if p.list == nil {
		p.list = map[string]pause{}
	}
	p.list[key] = one
	return one.until
}

// end forgets a mailing that goes well.
func (p *pauses) end(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.list, key)
}
