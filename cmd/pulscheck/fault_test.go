package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// childCommand makes the test binary a pulscheck.
const childCommand = "PULSCHECK_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childCommand) {
	case "1":
		main()
		return
	case shiftedMode:
		os.Exit(exit(withConfig(nil, func(c *config, _ []string) error { return serveShifted(c) })))
	case employeesMode:
		os.Exit(exit(withConfig(os.Args[1:], func(c *config, rest []string) error { return employees(context.Background(), c, rest) })))
	}
	status := m.Run()
	if demoFolder != "" {
		os.RemoveAll(demoFolder) //nolint:errcheck // it lies among what is thrown away
	}
	os.Exit(status)
}

// child is a pulscheck process that serves a database of the test.
type child struct {
	t       *testing.T
	address string
	env     []string
	process *exec.Cmd
}

func startChild(t *testing.T, url, keys string, settings ...string) *child {
	t.Helper()
	c := &child{t: t, address: freeAddress(t)}
	c.env = append(os.Environ(), childCommand+"=1", "PULSCHECK_LISTEN="+c.address, "PULSCHECK_DATABASE="+url, "PULSCHECK_KEYS="+keys, "PULSCHECK_SMTP=file:"+t.TempDir(),
		"PULSCHECK_MIGRATE=0", "PULSCHECK_ALLOW_WEAK_DURABILITY=1")
	c.env = append(c.env, settings...)
	c.start()
	t.Cleanup(func() { c.stop(syscall.SIGKILL) })
	return c
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // only its number was wanted
	return l.Addr().String()
}

// start waits until the server is ready.
func (c *child) start() {
	c.t.Helper()
	c.process = exec.Command(os.Args[0], "serve")
	c.process.Env = c.env
	if err := c.process.Start(); err != nil {
		c.t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		answer, err := http.Get("http://" + c.address + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("the server is not ready: %v", err)
		}
	}
}

// stop sends a signal and gives the exit status, -1 for a kill.
func (c *child) stop(s syscall.Signal) int {
	c.process.Process.Signal(s) //nolint:errcheck // it may be gone already
	c.process.Wait()            //nolint:errcheck // the status is asked
	return c.process.ProcessState.ExitCode()
}

// stubborn is a respondent who repeats what was not acknowledged, as the page does:
// the same blinded element, the same ballot.
type stubborn struct {
	client *http.Client
	base   string
	round  string
}

// request repeats a request until the server answers it with something final.
func (s stubborn) request(path string, body any) (int, []byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	for range 3000 {
		answer, err := s.client.Post(s.base+"/api/v1/rounds/"+s.round+path, "application/json", bytes.NewReader(text))
		if err == nil {
			reply, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err == nil && answer.StatusCode < http.StatusInternalServerError {
				return answer.StatusCode, reply, nil
			}
		}
		time.Sleep(10 * time.Millisecond) // the pause of a client whose server is away
	}
	return 0, nil, errors.New("no answer after 3000 attempts")
}

// takePart gives the hash of the ticket whose ballot was acknowledged.
func (s stubborn) takePart(link ballot.Link, key []byte, answers map[string]int) (string, error) {
	blind, err := ballot.NewClaim(s.round, key)
	if err != nil {
		return "", err
	}
	claim := map[string]string{
		"handle": b64.EncodeToString(link.Handle), "secret": b64.EncodeToString(link.Secret), "blinded": b64.EncodeToString(blind.Blinded),
	}
	status, reply, err := s.request("/tickets", claim)
	var issued struct{ Evaluated, Proof string }
	if err != nil || status != http.StatusOK || json.Unmarshal(reply, &issued) != nil {
		return "", fmt.Errorf("ticket: %d %s %w", status, reply, err)
	}
	evaluated, _ := b64.DecodeString(issued.Evaluated)
	proof, _ := b64.DecodeString(issued.Proof)
	ticket, err := blind.Finish(evaluated, proof)
	if err != nil {
		return "", err
	}
	status, reply, err = s.request("/ballots", map[string]any{
		"ticket":     map[string]string{"nonce": b64.EncodeToString(ticket.Nonce), "output": b64.EncodeToString(ticket.Output)},
		"attributes": map[string]any{"process": "INC", "role": nil, "unit": nil}, "answers": answers,
	})
	if err != nil || status != http.StatusOK && status != http.StatusCreated {
		return "", fmt.Errorf("ballot: %d %s %w", status, reply, err)
	}
	return string(ballot.TicketHash(s.round, ticket.Nonce)), nil
}

// underFire lets n people take part through a child, 50 at a time, while hit strikes
// it so many times, and checks that every acknowledged ballot counts exactly once.
func underFire(t *testing.T, url string, n, strikes int, hit func(*child)) {
	t.Helper()
	w := startWorld(t, url)
	w.set(time.Now())
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, n)
	round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), time.Now()))
	keys, err := w.keys.Load(string(round.ID))
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]int{}
	for _, i := range round.Questionnaire.Items {
		answers[i.Key] = 1
	}
	c := startChild(t, url, w.dir)
	s := stubborn{&http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 50}}, "http://" + c.address, string(round.ID)}
	defer s.client.CloseIdleConnections()
	acknowledged := make(chan string, n)
	queue := make(chan string, n)
	for _, fragment := range links {
		queue <- fragment
	}
	close(queue)
	var done atomic.Int64
	progressed := make(chan struct{}, n)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for fragment := range queue {
				link, err := ballot.ParseLink(fragment)
				if err != nil {
					t.Error(err)
					return
				}
				hash, err := s.takePart(link, keys.IssuerKey(), answers)
				if err != nil {
					t.Error(err)
				}
				acknowledged <- hash
				done.Add(1)
				progressed <- struct{}{}
			}
		})
	}
	finished := make(chan struct{})
	go func() { wg.Wait(); close(finished) }()
	for struck := 0; struck < strikes; {
		select {
		case <-progressed:
			if done.Load() >= int64((struck+1)*n/(strikes+1)) {
				hit(c)
				struck++
			}
		case <-finished:
			t.Fatalf("only %d strikes", struck)
		}
	}
	<-finished
	close(acknowledged)
	c.stop(syscall.SIGTERM)
	w.countsExactly(t, round, acknowledged, n)
}

// countsExactly counts the round and compares its tickets with the acknowledged ones.
func (w *world) countsExactly(t *testing.T, round *survey.Round, acknowledged chan string, n int) {
	t.Helper()
	ctx := context.Background()
	if err := w.service.FinishRound(ctx, round.ID); err != nil {
		t.Fatal(err)
	}
	hashes, err := w.service.TicketHashes(ctx, round.ID)
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]int{}
	for _, h := range hashes {
		counted[string(h)]++
	}
	lost, doubled := 0, 0
	for h := range acknowledged {
		if counted[h] == 0 {
			lost++
		}
		doubled += max(0, counted[h]-1)
	}
	t.Logf("%d people, %d ballots: %d acknowledged ones lost, %d doubled", n, len(hashes), lost, doubled)
	if lost+doubled > 0 || len(hashes) != n {
		t.Errorf("%d lost, %d doubled, %d ballots of %d people", lost, doubled, len(hashes), n)
	}
}

// strikes gives how often the service is hit: a few times in CI, often in the soak.
func strikes(t *testing.T, soak int) int {
	t.Helper()
	if os.Getenv("PULSCHECK_TEST_SOAK") == "1" {
		return soak
	}
	return 4
}

// TestSoakKillService is R1: kill -9 under 50 parallel clients.
func TestSoakKillService(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		k := strikes(t, 200)
		underFire(t, url, max(400, 40*k), k, func(c *child) {
			c.stop(syscall.SIGKILL)
			c.start()
		})
	})
}

// TestSoakRestartService is R12: SIGTERM under load ends with 0 and loses nothing.
func TestSoakRestartService(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		k := strikes(t, 20)
		underFire(t, url, max(400, 60*k), k, func(c *child) { // more people for each than clients: those in work are answered
			if status := c.stop(syscall.SIGTERM); status != 0 {
				t.Errorf("exit status after SIGTERM: %d", status)
			}
			c.start()
		})
	})
}

// TestKeysLost is R14: without the right keys a round pauses, and nothing is made anew.
func TestKeysLost(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 20)
	round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), *w.clock.Load()))
	other, _ := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), *w.clock.Load()))
	file := filepath.Join(w.dir, string(round.ID)+".key")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(filepath.Join(w.dir, string(other.ID)+".key"))
	if err != nil {
		t.Fatal(err)
	}
	var link ballot.Link
	for _, fragment := range links {
		if link, err = ballot.ParseLink(fragment); err != nil {
			t.Fatal(err)
		}
		break
	}
	ask := func() (int, string) { // a process that was just started
		keys, err := ballot.OpenKeystore(w.dir, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		fresh := survey.NewService(survey.Options{Store: w.store, Keys: keys, Now: w.now, Random: rand.Reader, Log: w.log})
		server := httptest.NewServer(api.New(api.Options{Participation: fresh, Ready: w.store.Ping, Now: w.now, Log: w.log}))
		defer server.Close()
		answer, err := http.Post(server.URL+"/api/v1/rounds/"+string(round.ID)+"/invitation", "application/json", strings.NewReader(claimOf(link, "")))
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var problem struct{ Code string }
		if err := json.NewDecoder(answer.Body).Decode(&problem); err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, problem.Code
	}
	if status, code := ask(); status != http.StatusOK {
		t.Fatal(status, code)
	}
	for name, content := range map[string][]byte{"gone": nil, "damaged": good[:40], "of another round": foreign} {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if content != nil {
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if status, code := ask(); status != http.StatusServiceUnavailable || code != "keys-unavailable" {
			t.Errorf("keys %s: %d %s, want 503 keys-unavailable", name, status, code)
		}
		if now, err := os.ReadFile(file); content == nil && err == nil || content != nil && !bytes.Equal(now, content) {
			t.Errorf("keys %s: the file was changed", name)
		}
		if err := os.WriteFile(file, good, 0o600); err != nil {
			t.Fatal(err)
		}
		if status, code := ask(); status != http.StatusOK {
			t.Errorf("keys back after %s: %d %s", name, status, code)
		}
	}
}
