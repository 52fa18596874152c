package middleware

import (
	"testing"
	"time"
)

func TestFailuresAreCountedPerBlock(t *testing.T) {
	now := time.Unix(0, 0)
	f := NewLimiter(3, time.Minute, func() time.Time { return now })
	for i, want := range []bool{false, false, false, true, true} {
		if got := f.Add("192.0.2." + string(rune('1'+i))); got != want {
			t.Errorf("failure %d of the block: %v, want %v", i+1, got, want)
		}
	}
	if f.Add("192.0.3.1") || f.Add("2001:db8::1") || f.Add("nonsense") {
		t.Error("another block is held up")
	}
	if f.name("::ffff:192.0.3.9") != f.name("192.0.3.7") {
		t.Error("an IPv4 address in IPv6 is another one")
	}
	now = now.Add(time.Minute)
	if f.Add("192.0.2.1") {
		t.Error("held up after the window")
	}
	before := f.name("192.0.2.1")
	now = now.Add(2 * time.Hour)
	f.Add("192.0.2.1")
	if f.name("192.0.2.1") == before {
		t.Error("addresses can be recognised after an hour")
	}
}
