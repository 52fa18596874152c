package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pulscheck/api"
)

// crowd gives how many connections the test may hold: 10,000, or what the limit of
// open files leaves, of which each takes two.
func crowd(t *testing.T) int {
	t.Helper()
	if testing.Short() {
		return 600
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	const wanted, reserve = 10_000, 500
	for _, most := range []uint64{max(limit.Max, 2*wanted+reserve), limit.Max} { // only root may go beyond
		raised := syscall.Rlimit{Cur: most, Max: most}
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &raised); err == nil {
			limit = raised
			break
		}
	}
	return int(min(wanted, (limit.Cur-reserve)/2))
}

// TestHostileLoad is R15: while thousands of connections begin a head or a body and
// stop, and others send without end, everybody else is answered.
func TestHostileLoad(t *testing.T) {
	address, _ := start(t, api.Options{Participation: closed{}})
	n := crowd(t)
	bodies := n / 2
	slow := make([]net.Conn, n)
	for i := range slow {
		slow[i] = dial(t, address)
		if i < bodies {
			send(t, slow[i], castBallot, "Host: h", jsonBody, "Expect: 100-continue", "Content-Length: 100")
		}
	}
	for i, c := range slow[:bodies] { // net/http says "go on" when the body is first read
		line, err := bufio.NewReader(c).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
			t.Fatalf("client %d: %q %v, want 100 Continue", i, line, err)
		}
	}
	for _, c := range slow[bodies:] {
		if _, err := io.WriteString(c, askManifest+"\r\nHost: h\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
	}
	var flood sync.WaitGroup
	var enough atomic.Bool
	for range 4 {
		flood.Go(func() {
			for again := true; again; again = !enough.Load() {
				endless(t, address)
			}
		})
	}
	took := others(t, address, 1000)
	enough.Store(true)
	flood.Wait()
	t.Logf("%d slow connections and 4 floods; 1,000 requests of others: median %v, p99 %v, longest %v",
		n, took[500], took[990], took[999])
	for _, c := range slow {
		c.Close() //nolint:errcheck // the server ends sooner without them
	}
}

// others asks n times from new connections whether the server is ready and gives how
// long each took, sorted.
func others(t *testing.T, address string, n int) []time.Duration {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 30 * time.Second}
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		answer, err := client.Get("http://" + address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if took[i] = time.Since(began); answer.StatusCode != http.StatusOK {
			t.Fatalf("another client hears %s", answer.Status)
		}
	}
	slices.Sort(took)
	return took
}

// endless sends a gigabyte in chunks: it is refused after what a ballot may have.
func endless(t *testing.T, address string) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close() //nolint:errcheck // it may be closed already
	if _, err := fmt.Fprintf(c, "%s\r\nHost: h\r\n%s\r\nTransfer-Encoding: chunked\r\n\r\n", castBallot, jsonBody); err != nil {
		t.Error(err)
		return
	}
	sent := make(chan int, 1)
	go func() {
		chunk := append([]byte("10000\r\n"), append(bytes.Repeat([]byte(" "), 1<<16), "\r\n"...)...)
		total := 0
		for total < 1<<30 {
			n, err := c.Write(chunk)
			total += n
			if err != nil {
				break
			}
		}
		sent <- total
	}()
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Errorf("a gigabyte: %v", err)
		return
	}
	text, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusRequestEntityTooLarge || !bytes.Contains(text, []byte(`"body-too-large"`)) {
		t.Errorf("a gigabyte: %s %s", answer.Status, text)
	}
	if total := <-sent; total > 64<<20 {
		t.Errorf("the server took %d bytes", total)
	}
}

// TestEndlessBody sends a gigabyte alone.
func TestEndlessBody(t *testing.T) {
	address, _ := start(t, api.Options{Participation: closed{}})
	endless(t, address)
}
