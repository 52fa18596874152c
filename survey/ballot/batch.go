package ballot

import (
	"runtime"
	"sync"
)

// Opened is what came of opening one sealed ballot.
type Opened struct {
	Payload Payload
	Err     error // not nil: the ballot is invalid and counts as such
}

// OpenBatch opens ballots on all processors and gives the outcomes in the same
// order. Opening one takes about 0.25 ms; counting hands in some thousand at a time,
// so that no more than these are readable in memory at once.
func (k *Keys) OpenBatch(sealed []Sealed) []Opened {
	opened := make([]Opened, len(sealed))
	workers := min(runtime.GOMAXPROCS(0), len(sealed))
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(sealed); i += workers {
				opened[i].Payload, opened[i].Err = k.Open(sealed[i])
			}
		})
	}
	wg.Wait()
	return opened
}
