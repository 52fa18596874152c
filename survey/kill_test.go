package survey_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// Names by which the test binary tells its child what to count and where to die.
const (
	killPoint = "PULSCHECK_TEST_KILL_POINT"
	killStore = "PULSCHECK_TEST_KILL_STORE"
	killKeys  = "PULSCHECK_TEST_KILL_KEYS"
	killRound = "PULSCHECK_TEST_KILL_ROUND"
	killSeed  = "PULSCHECK_TEST_KILL_SEED" // of a trustee's round, hexadecimal
)

// mortal is a store whose process is killed at a point: 2n before and 2n+1 after the
// n-th call.
type mortal struct {
	survey.Store
	point, at int
}

func (m *mortal) pass() {
	if m.at == m.point {
		syscall.Kill(os.Getpid(), syscall.SIGKILL) //nolint:errcheck // there is nobody left to tell
		select {}
	}
	m.at++
}

func (m *mortal) FindRound(ctx context.Context, id survey.RoundID) (*survey.Round, error) {
	m.pass()
	defer m.pass()
	return m.Store.FindRound(ctx, id)
}

func (m *mortal) FindManifest(ctx context.Context, id survey.RoundID) ([]byte, error) {
	m.pass()
	defer m.pass()
	return m.Store.FindManifest(ctx, id)
}

func (m *mortal) CloseRound(ctx context.Context, id survey.RoundID, e audit.Entry, then ...survey.Job) error {
	m.pass()
	defer m.pass()
	return m.Store.CloseRound(ctx, id, e, then...)
}

func (m *mortal) ListInvited(ctx context.Context, id survey.RoundID) ([]survey.InvitedCell, error) {
	m.pass()
	defer m.pass()
	return m.Store.ListInvited(ctx, id)
}

func (m *mortal) FindIteration(ctx context.Context, id survey.IterationID) (*survey.Iteration, error) {
	m.pass()
	defer m.pass()
	return m.Store.FindIteration(ctx, id)
}

func (m *mortal) ListEarlier(ctx context.Context, id survey.RoundID) ([]tally.Earlier, error) {
	m.pass()
	defer m.pass()
	return m.Store.ListEarlier(ctx, id)
}

func (m *mortal) EachBallot(ctx context.Context, id survey.RoundID, visit func(survey.SealedBallot) error) error {
	m.pass()
	defer m.pass()
	return m.Store.EachBallot(ctx, id, visit)
}

func (m *mortal) CountRound(ctx context.Context, c survey.CountedRound) error {
	m.pass()
	defer m.pass()
	return m.Store.CountRound(ctx, c)
}

func (m *mortal) ForgetRound(ctx context.Context, id survey.RoundID, at time.Time) error {
	m.pass()
	defer m.pass()
	return m.Store.ForgetRound(ctx, id, at)
}

func (m *mortal) Tell(ctx context.Context, e audit.Entry) error {
	m.pass()
	defer m.pass()
	return m.Store.Tell(ctx, e)
}

func (m *mortal) EnsureJobs(ctx context.Context, jobs ...survey.Job) error {
	m.pass()
	defer m.pass()
	return m.Store.EnsureJobs(ctx, jobs...)
}

// killPoints is twice the number of calls that finishing a round makes.
const killPoints = 20

// TestMain lets the child of TestT12 count a round instead of running tests.
func TestMain(m *testing.M) {
	if point, err := strconv.Atoi(os.Getenv(killPoint)); err == nil {
		if err := dieCounting(point); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func dieCounting(point int) error {
	s, err := store.Open(ctx, os.Getenv(killStore), store.Options{AllowWeakDurability: true})
	if err != nil {
		return err
	}
	keys, err := ballot.OpenKeystore(os.Getenv(killKeys), rand.Reader)
	if err != nil {
		return err
	}
	service := survey.NewService(survey.Options{
		Store: &mortal{Store: s, point: point}, Keys: keys, Now: time.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	id := survey.RoundID(os.Getenv(killRound))
	if seed, err := hex.DecodeString(os.Getenv(killSeed)); err != nil || len(seed) > 0 {
		if _, err := service.UnlockRound(ctx, account.System(), id, seed); err != nil {
			return err
		}
		return service.CountDueRound(ctx, id)
	}
	return service.FinishRound(ctx, id)
}

// TestT12CountingIsAllOrNothing kills the counting process at every step: the next
// one finishes it, every ballot counts once, and the keys are gone.
func TestT12CountingIsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		for point := range killPoints {
			at := url
			if url[:6] == "sqlite" {
				at = fmt.Sprintf("%s.%d", url, point)
			}
			h := begin(t, at, 14)
			h.answerAll(t, 9)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), fmt.Sprintf("%s=%d", killPoint, point), killStore+"="+at,
				killKeys+"="+h.dir, killRound+"="+string(h.round.ID))
			out, err := child.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("point %d: the child was not killed: %v %s", point, err, out)
			}
			if err := h.FinishRound(ctx, h.round.ID); err != nil {
				t.Fatalf("point %d: %v", point, err)
			}
			h.countedOnce(t, at, point)
		}
	})
}

func (h *house) countedOnce(t *testing.T, url string, point int) {
	t.Helper()
	results, _, err := h.store.FindResults(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	if *results.Ballots != 9 || results.Invalid != 0 {
		t.Errorf("point %d: %d ballots counted, %d invalid; want 9 and 0", point, *results.Ballots, results.Invalid)
	}
	if h.keys.Has(string(h.round.ID)) {
		t.Errorf("point %d: the keys are left", point)
	}
	d := readAll(t, url)
	for _, table := range []string{"ballots", "issue_marks", "members"} {
		for _, row := range d[table] {
			if row["round"] == string(h.round.ID) {
				t.Fatalf("point %d: %s is not empty", point, table)
			}
		}
	}
	entries, err := h.store.ListAudit(ctx, h.round.Organisation)
	if err != nil || audit.Verify(entries) != nil {
		t.Fatalf("point %d: audit: %v", point, err)
	}
	verbs := map[string]int{}
	for _, e := range entries {
		verbs[e.Verb]++
	}
	for _, verb := range []string{"round.open", "round.close", "round.count", "round.forget"} {
		if verbs[verb] != 1 {
			t.Errorf("point %d: %d times %s", point, verbs[verb], verb)
		}
	}
}
