package audit

import (
	"testing"
	"time"
)

func chain(t *testing.T, n int) []Entry {
	t.Helper()
	var entries []Entry
	var last *Entry
	for i := range n {
		e, err := Follow(last, Entry{
			Organisation: "o", At: time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC), Actor: System,
			Verb: "round.open", Detail: map[string]string{"b": "2", "a": "1"},
		})
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
		last = &entries[i]
	}
	return entries
}

func TestVerifyFindsEveryChange(t *testing.T) {
	if err := Verify(chain(t, 5)); err != nil {
		t.Fatalf("untouched chain: %v", err)
	}
	for name, change := range map[string]func([]Entry) []Entry{
		"first removed": func(e []Entry) []Entry { return e[1:] },
		"one removed":   func(e []Entry) []Entry { return append(e[:2], e[3:]...) },
		"swapped":       func(e []Entry) []Entry { e[1], e[2] = e[2], e[1]; return e },
		"verb":          func(e []Entry) []Entry { e[3].Verb = "round.close"; return e },
		"time":          func(e []Entry) []Entry { e[3].At = e[3].At.Add(time.Microsecond); return e },
		"detail":        func(e []Entry) []Entry { e[4].Detail = map[string]string{"a": "1"}; return e },
		"actor":         func(e []Entry) []Entry { e[0].Actor = "someone"; return e },
		"hash":          func(e []Entry) []Entry { e[4].Hash[0] ^= 1; return e },
	} {
		if Verify(change(chain(t, 5))) == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
}

// TestCutChain: what is left after old entries were cut off verifies only from exactly
// that entry on.
func TestCutChain(t *testing.T) {
	cut := func(until int) []Entry {
		entries := chain(t, 5)
		e, err := Follow(&entries[4], Cut(entries[until-1]))
		if err != nil {
			t.Fatal(err)
		}
		return append(entries, e)
	}
	for _, until := range []int{1, 3, 5} {
		if err := Verify(cut(until)); err != nil {
			t.Errorf("before the deletion: %v", err)
		}
		if err := Verify(cut(until)[until:]); err != nil {
			t.Errorf("cut after %d: %v", until, err)
		}
		if Verify(cut(until)[until+1:]) == nil && until < 5 {
			t.Errorf("cut after %d: one more that is missing is not noticed", until)
		}
	}
	if Verify(cut(3)[2:]) == nil {
		t.Error("fewer cut than said is not noticed")
	}
}
