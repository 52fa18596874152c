package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pulscheck/api/apitest"
)

// shiftedMode makes the test binary a pulscheck that serves on a shifted clock.
const shiftedMode = "serve on a shifted clock"

// serveShifted is "pulscheck serve" on a clock that runs as the real one does, but ahead
// of it by what the last line on standard input said, a duration; each line is answered
// once it counts.
func serveShifted(c *config) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	var ahead atomic.Int64
	lines := bufio.NewScanner(os.Stdin)
	shift := func() bool {
		if !lines.Scan() {
			return false
		}
		by, err := time.ParseDuration(lines.Text())
		if err != nil {
			return false
		}
		ahead.Store(int64(by))
		fmt.Println(by)
		return true
	}
	if !shift() {
		return io.ErrUnexpectedEOF
	}
	go func() {
		for shift() {
		}
	}()
	return serve(ctx, c, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) })
}

// served is a pulscheck process: nothing but its configuration, its port, its mails and
// its clock connects it with the test.
type served struct {
	t       *testing.T
	base    string
	env     []string
	process *exec.Cmd
	clock   io.Writer
	said    *bufio.Scanner
	ahead   time.Duration
	post    *postbox
}

// startServed starts one whose clock is ahead of the real one.
func startServed(t *testing.T, ahead time.Duration) *served {
	t.Helper()
	address, dir := freeAddress(t), t.TempDir()
	s := &served{t: t, base: "http://" + address, post: openPostbox(t)}
	s.env = append(os.Environ(), "PULSCHECK_LISTEN="+address, "PULSCHECK_DATABASE=sqlite:"+filepath.Join(dir, "pulscheck.db"),
		"PULSCHECK_KEYS="+filepath.Join(dir, "keys"), "PULSCHECK_SMTP=smtp://"+s.post.address(), "PULSCHECK_MAIL_FROM=puls@nordlicht.example")
	s.process = exec.Command(os.Args[0])
	s.process.Env = slices.Concat(s.env, []string{childCommand + "=" + shiftedMode})
	in, err := s.process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log := &strings.Builder{} // written by the process alone, read once it ended
	s.process.Stderr, s.clock, s.said = log, in, bufio.NewScanner(out)
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.process.Process.Signal(syscall.SIGTERM) //nolint:errcheck // what became of it is asked next
		if err := s.process.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
		if t.Failed() {
			t.Logf("the log of the server but for requests:\n%s", regexp.MustCompile(`(?m)^.*level=INFO msg=request .*\n`).ReplaceAllString(log.String(), ""))
		}
	})
	s.shift(ahead)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		answer, err := http.Get(s.base + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return s
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server is not ready: %v", err)
		}
	}
}

// shift sets how far the clock of the server is ahead.
func (s *served) shift(ahead time.Duration) {
	s.t.Helper()
	if _, err := fmt.Fprintln(s.clock, ahead); err != nil || !s.said.Scan() {
		s.t.Fatalf("the clock does not move: %v", err)
	}
	s.ahead = ahead
}

// now is the time of the server.
func (s *served) now() time.Time { return time.Now().Add(s.ahead) }

// command runs a pulscheck beside the server, as on its console, and gives what it says.
func (s *served) command(in string, args ...string) string {
	s.t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env, c.Stdin = slices.Concat(s.env, []string{childCommand + "=1"}), strings.NewReader(in)
	var complaints strings.Builder
	c.Stderr = &complaints
	out, err := c.Output()
	if err != nil {
		s.t.Fatalf("pulscheck %v: %v\n%s", args, err, &complaints)
	}
	return string(out)
}

// visitor opens somebody's browser on it.
func (s *served) visitor(t *testing.T, b *apitest.Tab, width int64) *visitor {
	t.Helper()
	return visit(t, b, s.base, s.now, width)
}
