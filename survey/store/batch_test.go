package store

import "testing"

// TestEvenSizes: few sizes, none above what there is, and never less than most of it.
func TestEvenSizes(t *testing.T) {
	sizes := map[int]bool{}
	for n := 1; n <= batchLength; n++ {
		got := evenSize(n)
		sizes[got] = true
		if got < 1 || got > n || 5*got < 4*n {
			t.Errorf("of %d rows %d are taken", n, got)
		}
	}
	if len(sizes) > 30 {
		t.Errorf("%d sizes", len(sizes))
	}
}
