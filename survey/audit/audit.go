// Package audit says who did what to what, in a chain of hashes per organisation
// that shows whether an entry was changed or taken out. It never names respondent
// events. It knows no database: survey/store appends entries in the transaction of
// what they tell, and reads them back for Verify.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"time"
)

// Entry is one line of the log. Detail holds plain values, never answers, names of
// respondents, tickets or secrets.
type Entry struct {
	Organisation string            `json:"organisation"`
	Seq          int               `json:"seq"` // 1, 2, 3, … within the organisation
	At           time.Time         `json:"at"`
	Actor        string            `json:"actor"` // account id, "system" for jobs
	Verb         string            `json:"verb"`  // e.g. "round.open"
	Subject      string            `json:"subject"`
	Detail       map[string]string `json:"detail"`
	Previous     []byte            `json:"previous"` // hash of the entry before, 32 zero bytes for the first
	Hash         []byte            `json:"-"`
	// Address is the network it was asked from, "" if unknown or kept long enough. It goes
	// sooner than the entry and is no part of the hash.
	Address string `json:"-"`
}

// System is the actor of what jobs do.
const System = "system"

// Cut says that the entries before and including last were kept long enough and go;
// it is appended before they are deleted, and the rest of the chain follows from it.
func Cut(last Entry) Entry {
	return Entry{Organisation: last.Organisation, Actor: System, Verb: cutVerb, Detail: cutAt(last.Seq, last.Hash)}
}

const cutVerb = "audit.cut"

func cutAt(seq int, hash []byte) map[string]string {
	return map[string]string{"until": strconv.Itoa(seq), "hash": hex.EncodeToString(hash)}
}

// Follow gives e its place after the last entry of its organisation (nil for the
// first one) and its hash.
func Follow(last *Entry, e Entry) (Entry, error) {
	e.Seq, e.Previous = 1, make([]byte, sha256.Size)
	if last != nil {
		e.Seq, e.Previous = last.Seq+1, last.Hash
	}
	e.At = e.At.UTC().Truncate(time.Microsecond) // as exact as every database keeps it
	hash, err := e.sum()
	e.Hash = hash
	return e, err
}

// sum is SHA-256 over the JSON of everything but the hash itself; map keys are sorted.
func (e Entry) sum() ([]byte, error) {
	if len(e.Detail) == 0 {
		e.Detail = map[string]string{}
	}
	text, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("hash audit entry: %w", err)
	}
	sum := sha256.Sum256(text)
	return sum[:], nil
}

// Verify checks the entries of one organisation from the first on and names the
// first that does not follow from the one before. Entries may be missing at the
// beginning if one that is left says that they were cut off there.
func Verify(entries []Entry) error {
	last := beginning(entries)
	for i := range entries {
		want, err := Follow(last, entries[i])
		if err != nil {
			return err
		}
		got := entries[i]
		if got.Seq != want.Seq || string(got.Previous) != string(want.Previous) || string(got.Hash) != string(want.Hash) {
			return fmt.Errorf("audit entry %d of organisation %s was changed, or one before it is missing", got.Seq, got.Organisation)
		}
		last = &entries[i]
	}
	return nil
}

// beginning gives the entry that the first one follows if that was cut off, with what
// is known of it.
func beginning(entries []Entry) *Entry {
	if len(entries) == 0 {
		return nil
	}
	first := entries[0]
	for _, e := range entries {
		if e.Verb == cutVerb && maps.Equal(e.Detail, cutAt(first.Seq-1, first.Previous)) {
			return &Entry{Seq: first.Seq - 1, Hash: first.Previous}
		}
	}
	return nil
}
