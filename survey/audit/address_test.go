package audit

import (
	"context"
	"testing"
)

// TestAddressesAreCut: nothing finer than the network of an address is carried on.
func TestAddressesAreCut(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.77":                  "203.0.113.0/24",
		"::ffff:203.0.113.77":           "203.0.113.0/24",
		"2001:db8:1234:5678:9abc::1":    "2001:db8:1234::/48",
		"fe80::1%eth0":                  "fe80::/48",
		"":                              "",
		"office.nordlicht.example":      "",
		"203.0.113.77, 198.51.100.3":    "",
		"203.0.113.77:443":              "",
		"[2001:db8:1234:5678:9abc::1]":  "",
		"203.0.113.77' OR '1'='1":       "",
		"2001:db8:1234:5678:9abc::1/64": "",
	} {
		if got := Origin(From(context.Background(), address)); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}
