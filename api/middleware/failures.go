package middleware

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// Failures counts what somebody gets wrong, per block of addresses, so that guessing
// is slow. Whoever gets it right is never held up, however many share an address: an
// office of 5,000 people passes. Addresses are kept only as HMAC under a key that
// lives in memory and changes every hour.
type Failures struct {
	limit  int
	window time.Duration
	now    func() time.Time

	mu     sync.Mutex
	key    [32]byte
	drawn  time.Time
	counts map[[32]byte]*failure
}

type failure struct {
	since time.Time
	n     int
}

// Blocks of addresses that are counted together, in bits.
const (
	block4 = 24
	block6 = 56
)

// keyLife is how long addresses can be recognised.
const keyLife = time.Hour

// maxBlocks bounds the memory that strangers can take.
const maxBlocks = 100_000

// NewFailures allows limit failures per window and block.
func NewFailures(limit int, window time.Duration, now func() time.Time) *Failures {
	return &Failures{limit: limit, window: window, now: now}
}

// Add counts a failure from an address and says whether it is one too many.
func (f *Failures) Add(address string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	if now.Sub(f.drawn) >= keyLife || len(f.counts) >= maxBlocks {
		rand.Read(f.key[:])
		f.drawn, f.counts = now, map[[32]byte]*failure{}
	}
	name := f.name(address)
	one := f.counts[name]
	if one == nil || now.Sub(one.since) >= f.window {
		one = &failure{since: now}
		f.counts[name] = one
	}
	one.n++
	return one.n > f.limit
}

func (f *Failures) name(address string) (name [32]byte) {
	block := address
	if ip, err := netip.ParseAddr(address); err == nil {
		ip = ip.Unmap().WithZone("")
		bits := block6
		if ip.Is4() {
			bits = block4
		}
		if prefix, err := ip.Prefix(bits); err == nil {
			block = prefix.String()
		}
	}
	h := hmac.New(sha256.New, f.key[:])
	h.Write([]byte(block)) // never fails
	h.Sum(name[:0])
	return name
}
