package survey_test

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// entrusted is a house whose round a trustee has to unlock.
func entrusted(t *testing.T, url string, n int) (*house, *ballot.Trustee) {
	t.Helper()
	trustee, err := ballot.NewTrustee()
	if err != nil {
		t.Fatal(err)
	}
	public, err := trustee.Public()
	if err != nil {
		t.Fatal(err)
	}
	h := beginWith(t, url, n, func(h *house, o *survey.Organisation) {
		auditor := account.Actor{ID: "br", Role: account.Auditor, Organisations: []string{string(o.ID)}}
		in := survey.TrusteeInput{Seen: o.Version, Key: public.String()}
		if _, err := h.SetTrustee(ctx, auditor, o.ID, in); !fault.Is(err, "trustee-loss-unconfirmed") {
			t.Errorf("nobody was told what a lost key means: %v", err)
		}
		in.LossAccepted = true
		lead := account.Actor{ID: "lead", Role: account.Lead, Organisations: []string{string(o.ID)}}
		if _, err := h.SetTrustee(ctx, lead, o.ID, in); !fault.Is(err, "forbidden") {
			t.Errorf("a lead set the key: %v", err)
		}
		if _, err := h.SetTrustee(ctx, auditor, o.ID, in); err != nil {
			t.Fatal(err)
		}
	})
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	o.Auditors = []string{"br@nordlicht.example"} // who would have reviewed the round before
	if err := h.store.UpdateOrganisation(ctx, o); err != nil {
		t.Fatal(err)
	}
	return h, trustee
}

// auditor may unlock rounds of the house.
func (h *house) auditor() account.Actor {
	return account.Actor{ID: "br", Role: account.Auditor, Organisations: []string{string(h.round.Organisation)}}
}

// seed is what the trustee gives back.
func (h *house) seed(t *testing.T, trustee *ballot.Trustee) []byte {
	t.Helper()
	l, err := h.ShowLocked(ctx, h.auditor(), h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := trustee.Unlock(string(h.round.ID), l.Round.Closes, l.Sealed)
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// TestT4WithTrusteeNobodyReads: database and keystore together, copied while the round
// is open or closed, open no ballot; counting waits, says so, and goes on once the
// trustee unlocked it.
func TestT4WithTrusteeNobodyReads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, trustee := entrusted(t, url, 30)
		marker := "Quastenflosser" + survey.NewID()
		n := 0
		for _, fragment := range h.links {
			if n++; n > 12 {
				break
			}
			h.answerWith(t, fragment, marker)
		}
		h.nowhere(t, url, marker, "open")
		h.cannotCount(t, storetest.Copy(t, url), "open")
		if _, err := h.UnlockRound(ctx, h.auditor(), h.round.ID, h.seed(t, trustee)); !fault.Is(err, "round-open") {
			t.Errorf("unlocked while people answer: %v", err)
		}
		h.step(t, survey.StepOpen)
		h.now = h.round.Closes
		h.step(t, survey.StepClosing)
		if err := h.CloseDueRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := h.CountDueRound(ctx, h.round.ID); err != nil {
				t.Fatal(err)
			}
		}
		letters := 0
		for _, row := range readAll(t, url)["outbox"] {
			if row["kind"] == string(survey.UnlockMail) {
				letters++
			}
		}
		l, err := h.ShowLocked(ctx, h.auditor(), h.round.ID)
		if err != nil || !l.Pending || l.Round.State != survey.Closed || letters != 1 {
			t.Errorf("%+v %v, %d letters, want one and a closed round that waits", l, err, letters)
		}
		h.step(t, survey.StepTrustee)
		h.lockedOut(t, trustee)
		seed := h.seed(t, trustee)
		for range 2 {
			if _, err := h.UnlockRound(ctx, h.auditor(), h.round.ID, seed); err != nil {
				t.Fatal(err)
			}
		}
		h.step(t, survey.StepCounting)
		if err := h.CountDueRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		h.step(t, survey.StepForgotten)
		results, _, err := h.store.FindResults(ctx, h.round.ID)
		if err != nil || *results.Ballots != 12 || results.Invalid != 0 {
			t.Fatalf("%+v %v", results, err)
		}
		if left, err := filepath.Glob(filepath.Join(h.dir, "*"+string(h.round.ID)+"*")); len(left) > 0 || err != nil {
			t.Errorf("keys are left: %v %v", left, err)
		}
		if _, err := h.ShowLocked(ctx, h.auditor(), h.round.ID); !fault.Is(err, "round-counted") {
			t.Errorf("after counting: %v", err)
		}
	})
}

// step is what is told of the counting of the round, to a steering committee too.
func (h *house) step(t *testing.T, want survey.CountingStep) {
	t.Helper()
	steering := account.Actor{ID: "x", Role: account.Steering, Organisations: []string{string(h.round.Organisation)}}
	if s, err := h.ShowCounting(ctx, steering, h.round.ID); err != nil || s.Step != want || s.Forfeited {
		t.Errorf("%+v %v, want %s", s, err, want)
	}
}

// lockedOut: neither another key nor another role unlocks.
func (h *house) lockedOut(t *testing.T, trustee *ballot.Trustee) {
	t.Helper()
	for _, role := range account.Roles() {
		a := account.Actor{ID: "x", Role: role, Organisations: []string{string(h.round.Organisation)}}
		if _, err := h.UnlockRound(ctx, a, h.round.ID, h.seed(t, trustee)); role != account.Auditor && !fault.Is(err, "forbidden") {
			t.Errorf("%s unlocked the round: %v", role, err)
		}
		if role == account.Lead { // the auditor's turn comes later
			if _, err := h.UnlockRound(ctx, h.auditor(), h.round.ID, make([]byte, 32)); !fault.Is(err, "trustee-key-wrong") {
				t.Errorf("unlocked with nothing: %v", err)
			}
		}
		if role == account.Auditor {
			return
		}
	}
}

// cannotCount tries to count a copy of the database with the keystore.
func (h *house) cannotCount(t *testing.T, url, when string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copied")
	if err := os.CopyFS(dir, os.DirFS(h.dir)); err != nil {
		t.Fatal(err)
	}
	for _, path := range append([]string{dir}, glob(t, dir)...) {
		mode := os.FileMode(0o600)
		if path == dir {
			mode = 0o700
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := ballot.OpenKeystore(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	thief := survey.NewService(survey.Options{
		Store: storetest.Open(t, url), Keys: keys, Now: func() time.Time { return h.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	if err := thief.FinishRound(ctx, h.round.ID); !fault.Is(err, "trustee-pending") {
		t.Errorf("%s: a copy of database and keys was counted: %v", when, err)
	}
}

func glob(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestT12UnlockingIsAllOrNothing kills the process at every step of unlocking and
// counting: the round is counted once all the same.
func TestT12UnlockingIsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		point := 0
		for ; ; point++ {
			at := url
			if url[:6] == "sqlite" {
				at = fmt.Sprintf("%s.%d", url, point)
			}
			h, trustee := entrusted(t, at, 14)
			h.answerAll(t, 9)
			h.now = h.round.Closes
			if err := h.CloseDueRound(ctx, h.round.ID); err != nil {
				t.Fatal(err)
			}
			seed := h.seed(t, trustee)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), fmt.Sprintf("%s=%d", killPoint, point), killStore+"="+at,
				killKeys+"="+h.dir, killRound+"="+string(h.round.ID), killSeed+"="+hex.EncodeToString(seed))
			out, err := child.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != -1) {
				t.Fatalf("point %d: %v %s", point, err, out)
			}
			if _, again := h.UnlockRound(ctx, h.auditor(), h.round.ID, seed); again != nil && !fault.Is(again, "round-counted") {
				t.Fatalf("point %d: %v", point, again)
			}
			if err := h.CountDueRound(ctx, h.round.ID); err != nil {
				t.Fatalf("point %d: %v", point, err)
			}
			h.countedOnce(t, at, point)
			if err == nil {
				break
			}
		}
		t.Logf("killed at %d points", point)
		if point < 20 {
			t.Errorf("only %d points were passed", point)
		}
	})
}

// TestLostTrusteeKeyMeansUncounted: after the time that the letter names, keys and
// ballots go unread.
func TestLostTrusteeKeyMeansUncounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h, _ := entrusted(t, url, 14)
		h.answerAll(t, 9)
		h.now = h.round.Closes
		if err := h.CloseDueRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		purge := func(after time.Duration) *survey.Round {
			t.Helper()
			h.now = h.round.Closes.Add(after)
			if err := h.Purge(ctx); err != nil {
				t.Fatal(err)
			}
			if err := h.CountDueRound(ctx, h.round.ID); err != nil {
				t.Fatal(err)
			}
			r, err := h.store.FindRound(ctx, h.round.ID)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if r := purge(89 * 24 * time.Hour); r.State != survey.Closed || !h.keys.Has(string(h.round.ID)) {
			t.Errorf("given up after 89 days: %+v", r)
		}
		r := purge(90 * 24 * time.Hour)
		_, _, err := h.store.FindResults(ctx, h.round.ID)
		if r.State != survey.Done || r.CountedAt != nil || h.keys.Has(string(h.round.ID)) || fault.Of(err).Kind != fault.NotFound || len(readAll(t, url)["ballots"]) != 0 {
			t.Errorf("%+v, results %v", r, err)
		}
	})
}
