package middleware

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// Limiter counts what somebody does within a while: what is got wrong, per block of
// addresses, so that guessing is slow, or what an account asks for. Whoever gets it
// right is never held up by others, however many share an address: an office of 5,000
// people passes. Names are kept only as HMAC under a key that lives in memory and
// changes every hour.
type Limiter struct {
	limit  int
	window time.Duration
	now    func() time.Time

	mu     sync.Mutex
	key    [32]byte
	drawn  time.Time
	counts map[[32]byte]*count
}

type count struct {
	since time.Time
	n     int
}

// Blocks of addresses that are counted together, in bits.
const (
	block4 = 24
	block6 = 56
)

// keyLife is how long names can be recognised.
const keyLife = time.Hour

// maxBlocks bounds the memory that strangers can take.
const maxBlocks = 100_000

// NewLimiter allows limit counts per window and name.
func NewLimiter(limit int, window time.Duration, now func() time.Time) *Limiter {
	return &Limiter{limit: limit, window: window, now: now}
}

// Full says whether the limit of an address, or of another name, is reached, and for how
// long yet. It counts nothing.
func (l *Limiter) Full(address string) (bool, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.counts[l.name(address)]
	if one == nil || one.n < l.limit {
		return false, 0
	}
	left := one.since.Add(l.window).Sub(l.now())
	return left > 0, left
}

// Add counts one for an address, or for another name, and says whether it is one too
// many.
func (l *Limiter) Add(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Sub(l.drawn) >= keyLife || len(l.counts) >= maxBlocks {
		rand.Read(l.key[:])
		l.drawn, l.counts = now, map[[32]byte]*count{}
	}
	name := l.name(address)
	one := l.counts[name]
	if one == nil || now.Sub(one.since) >= l.window {
		one = &count{since: now}
		l.counts[name] = one
	}
	one.n++
	return one.n > l.limit
}

func (l *Limiter) name(address string) (name [32]byte) {
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
	h := hmac.New(sha256.New, l.key[:])
	h.Write([]byte(block)) // never fails
	h.Sum(name[:0])
	return name
}
