package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// proxy stands between pulscheck and a database and can take it away.
type proxy struct {
	net.Listener
	to string

	mu    sync.Mutex
	mode  string // "", "hang", "drop" or "reset"
	conns []net.Conn
}

func startProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l, to: to}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.join(c)
		}
	}()
	t.Cleanup(func() { p.set("drop"); l.Close() }) //nolint:errcheck // a test is over
	return p
}

func (p *proxy) join(client net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mode == "drop" || p.mode == "reset" {
		p.cut(client)
		return
	}
	p.conns = append(p.conns, client)
	if p.mode == "hang" {
		return
	}
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		client.Close() //nolint:errcheck // there is nothing to talk to
		return
	}
	p.conns = append(p.conns, server)
	go p.pump(client, server)
	go p.pump(server, client)
}

// pump forwards until the database is away; hanging bytes are swallowed.
func (p *proxy) pump(from, to net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		p.mu.Lock()
		hanging := p.mode == "hang"
		p.mu.Unlock()
		if n > 0 && !hanging {
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	from.Close() //nolint:errcheck // both ends
	to.Close()   //nolint:errcheck // both ends
}

// set changes the mode; dropping, and coming back after hanging, closes what is open.
func (p *proxy) set(mode string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.mode
	p.mode = mode
	if mode == "drop" || mode == "reset" || was == "hang" {
		for _, c := range p.conns {
			p.cut(c)
		}
		p.conns = nil
	}
}

// cut ends a connection, with a reset if that is the mode.
func (p *proxy) cut(c net.Conn) {
	if p.mode == "reset" {
		c.(*net.TCPConn).SetLinger(0) //nolint:errcheck // it is closed in any case
	}
	c.Close() //nolint:errcheck // that is what it is for
}

// TestDatabaseAway is R9: while the database is away answers are 503 within two
// seconds and the process lives; when it is back, answers are right within five.
func TestDatabaseAway(t *testing.T) {
	url := storetest.MySQL(t)
	address := regexp.MustCompile(`tcp\(([^)]+)\)`)
	p := startProxy(t, address.FindStringSubmatch(url)[1])
	w := startWorld(t, address.ReplaceAllString(url, "tcp("+p.Addr().String()+")"))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 20)
	round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), *w.clock.Load()))
	var body string
	for _, fragment := range links {
		link, err := ballot.ParseLink(fragment)
		if err != nil {
			t.Fatal(err)
		}
		claim, err := ballot.NewClaim(string(round.ID), mustKey(t, w, round))
		if err != nil {
			t.Fatal(err)
		}
		body = fmt.Sprintf(`{"handle":%q,"secret":%q,"blinded":%q}`, b64.EncodeToString(link.Handle), b64.EncodeToString(link.Secret), b64.EncodeToString(claim.Blinded))
		break
	}
	ask := func() (int, time.Duration) {
		start := time.Now()
		answer, err := http.Post(w.base+"/api/v1/rounds/"+string(round.ID)+"/tickets", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode, time.Since(start)
	}
	if status, _ := ask(); status != http.StatusOK {
		t.Fatalf("before: %d", status)
	}
	var warm sync.WaitGroup
	for range 50 { // the pool has its usual size
		warm.Go(func() { ask() })
	}
	warm.Wait()
	http.DefaultClient.CloseIdleConnections()
	before, heap := runtime.NumGoroutine(), heapInUse()
	for _, mode := range []string{"drop", "hang", "reset"} {
		p.set(mode)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if status, took := ask(); status != http.StatusServiceUnavailable || took > 2500*time.Millisecond {
					t.Errorf("%s: %d after %v, want 503 within two seconds", mode, status, took)
				}
			})
		}
		wg.Wait()
		p.set("")
		back := time.Now()
		for status := 0; status != http.StatusOK; {
			if status, _ = ask(); time.Since(back) > 10*time.Second {
				t.Fatalf("%s: still %d ten seconds after the database is back", mode, status)
			}
		}
		t.Logf("%s: back after %v", mode, time.Since(back).Round(time.Millisecond))
	}
	http.DefaultClient.CloseIdleConnections()
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before*6/5; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Errorf("%d goroutines, before %d", runtime.NumGoroutine(), before)
			break
		}
	}
	after := heapInUse()
	if after > heap*6/5+1<<20 { // a megabyte for what the runtime keeps of ended goroutines
		t.Errorf("%d KiB in use, before %d", after>>10, heap>>10)
	}
	t.Logf("%d goroutines, before %d; %d KiB in use, before %d", runtime.NumGoroutine(), before, after>>10, heap>>10)
}

// heapInUse gives the bytes that are reachable.
func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func mustKey(t *testing.T, w *world, r *survey.Round) []byte {
	t.Helper()
	keys, err := w.keys.Load(string(r.ID))
	if err != nil {
		t.Fatal(err)
	}
	return keys.IssuerKey()
}

// TestDiskFull is R8: on a full disk answers are 507, nothing acknowledged is lost,
// and with space it works again without a restart. It needs a small file system of
// its own, which root may mount.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("no file system of its own: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) }) //nolint:errcheck // a test is over
	w := startWorld(t, "sqlite:"+filepath.Join(dir, "pulscheck.db"))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 40)
	round, _ := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), *w.clock.Load()))
	keys, err := w.keys.Load(string(round.ID))
	if err != nil {
		t.Fatal(err)
	}
	cast := func() (int, string) {
		claim, err := ballot.NewClaim(string(round.ID), keys.IssuerKey())
		if err != nil {
			t.Fatal(err)
		}
		evaluated, proof, err := keys.Evaluate(claim.Blinded)
		if err != nil {
			t.Fatal(err)
		}
		ticket, err := claim.Finish(evaluated, proof)
		if err != nil {
			t.Fatal(err)
		}
		body := fmt.Sprintf(`{"ticket":{"nonce":%q,"output":%q},"attributes":{"process":"INC"},"answers":{"A1":3}}`,
			b64.EncodeToString(ticket.Nonce), b64.EncodeToString(ticket.Output))
		answer, err := http.Post(w.base+"/api/v1/rounds/"+string(round.ID)+"/ballots", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(text)
	}
	acknowledged := 0
	for range 5 {
		if status, text := cast(); status != http.StatusCreated {
			t.Fatalf("%d %s", status, text)
		}
		acknowledged++
	}
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, bytes.Repeat([]byte{1}, 96<<20), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	full := 0
	for range 200 {
		status, text := cast()
		switch {
		case status == http.StatusCreated:
			acknowledged++
		case status == http.StatusInsufficientStorage && strings.Contains(text, "storage-full"):
			full++
		default:
			t.Fatalf("full disk: %d %s", status, text)
		}
		if full == 5 {
			break
		}
	}
	if full < 5 {
		t.Fatalf("%d answers of 507", full)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	freed := time.Now()
	for status := 0; status != http.StatusCreated; {
		if status, _ = cast(); time.Since(freed) > 10*time.Second {
			t.Fatalf("still %d ten seconds after space is free", status)
		}
	}
	acknowledged++
	t.Logf("works again after %v", time.Since(freed).Round(time.Millisecond))
	if err := w.service.FinishRound(t.Context(), round.ID); err != nil {
		t.Fatal(err)
	}
	hashes, err := w.service.TicketHashes(t.Context(), round.ID)
	if err != nil || len(hashes) != acknowledged {
		t.Errorf("%d ballots counted, %d acknowledged, %v", len(hashes), acknowledged, err)
	}
}
