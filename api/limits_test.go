package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/api"
	"pulscheck/survey"
)

// busy is a service whose manifest takes until the test says so.
type busy struct {
	closed
	entered chan struct{}
	release chan struct{}
}

func (s busy) Manifest(context.Context, survey.RoundID) ([]byte, error) {
	s.entered <- struct{}{}
	<-s.release
	return []byte("{}"), nil
}

// ready says that nothing is missing.
func ready(context.Context) error { return nil }

// start serves on a real listener. stop ends it and gives what Serve returned; the
// end of the test does too.
func start(t *testing.T, o api.Options) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.Ready, o.Now, o.Log = ready, time.Now, slog.New(slog.DiscardHandler)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- api.New(o).Serve(ctx, l) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return l.Addr().String(), stop
}

// dial opens a connection that ends with the test.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() }) //nolint:errcheck // it may be closed already
	return c
}

// send puts the head of a request on a connection.
func send(t *testing.T, c net.Conn, head ...string) {
	t.Helper()
	if _, err := io.WriteString(c, strings.Join(head, "\r\n")+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
}

// read takes one answer off a connection.
func read(t *testing.T, c net.Conn) (*http.Response, map[string]any) {
	t.Helper()
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	decoded := map[string]any{}
	if err := json.Unmarshal(body, &decoded); err != nil {
		t.Fatalf("%s: %q: %v", answer.Status, body, err)
	}
	return answer, decoded
}

// headers makes a request whose head is exactly size bytes long.
func headers(size int) string {
	head, end := "GET /healthz HTTP/1.1\r\nHost: h\r\nX-Long: ", "\r\n\r\n"
	return head + strings.Repeat("a", size-len(head)-len(end)) + end
}

func TestHeaderLimit(t *testing.T) {
	address, _ := start(t, api.Options{Participation: closed{}})
	for size, want := range map[int]int{32 << 10: 200, 32<<10 + 1: 431, 200_000: 431} {
		c := dial(t, address)
		// The server may stop reading before the end: then only its answer counts.
		io.WriteString(c, headers(size)) //nolint:errcheck // see above
		answer, body := read(t, c)
		if answer.StatusCode != want {
			t.Errorf("%d bytes: %d, want %d", size, answer.StatusCode, want)
		}
		if want != 431 {
			continue
		}
		if body["code"] != "headers-too-large" || answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%d bytes: %v %s", size, body, answer.Header.Get("Content-Type"))
		}
		if !answer.Close || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%d bytes: headers %v, want the usual ones and the end of the connection", size, answer.Header)
		}
	}
}

// Lines of requests.
const (
	askManifest = "GET /api/v1/rounds/x/manifest HTTP/1.1"
	castBallot  = "POST /api/v1/rounds/x/ballots HTTP/1.1"
	jsonBody    = "Content-Type: application/json"
)

// hurried tells when its deadline is.
type hurried struct {
	closed
	deadline chan time.Time
}

func (s hurried) CastBallot(ctx context.Context, _ survey.RoundID, _ survey.Submission) (bool, error) {
	deadline, _ := ctx.Deadline()
	s.deadline <- deadline
	return true, nil
}

// TestSlowSenderHasTime: the time for an answer begins when the request is there, not
// when it begins to come.
func TestSlowSenderHasTime(t *testing.T) {
	const within = 1800 * time.Millisecond
	s := hurried{deadline: make(chan time.Time, 1)}
	address, _ := start(t, api.Options{Participation: s})
	c := dial(t, address)
	send(t, c, castBallot, "Host: h", jsonBody, "Expect: 100-continue", "Content-Length: 2")
	r := bufio.NewReader(c)
	if line, err := r.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		t.Fatalf("%q %v, want 100 Continue", line, err)
	}
	sent := time.Now()
	if _, err := io.WriteString(c, "{}"); err != nil {
		t.Fatal(err)
	}
	if began := (<-s.deadline).Add(-within); began.Before(sent) {
		t.Errorf("the time for the answer began %v before the request was there", sent.Sub(began))
	}
}

// TestFull: with every place taken the process still says that it lives; others wait
// two seconds and hear when to come again.
func TestFull(t *testing.T) {
	const places = 512
	s := busy{entered: make(chan struct{}), release: make(chan struct{})}
	address, _ := start(t, api.Options{Participation: s})
	statuses := make(chan int, places)
	for range places {
		c := dial(t, address)
		send(t, c, askManifest, "Host: h")
		go func() {
			answer, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				statuses <- 0
				return
			}
			statuses <- answer.StatusCode
		}()
		<-s.entered
	}
	c := dial(t, address)
	began := time.Now()
	send(t, c, "GET /healthz HTTP/1.1", "Host: h")
	if answer, body := read(t, c); answer.StatusCode != 200 || time.Since(began) > time.Second {
		t.Errorf("healthz: %d %v after %v", answer.StatusCode, body, time.Since(began))
	}
	began = time.Now()
	send(t, c, askManifest, "Host: h")
	answer, body := read(t, c)
	if answer.StatusCode != 503 || body["code"] != "overloaded" || answer.Header.Get("Retry-After") != "5" {
		t.Errorf("%d %v, want overloaded", answer.StatusCode, body)
	}
	if waited := time.Since(began); waited < 2*time.Second || waited > 4*time.Second {
		t.Errorf("refused after %v, want 2 s", waited)
	}
	close(s.release)
	for range places {
		if got := <-statuses; got != 200 {
			t.Fatalf("a request in work ended with %d", got)
		}
	}
}

func TestSlowHeaders(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as headers may")
	}
	t.Parallel()
	address, _ := start(t, api.Options{Participation: closed{}})
	c := dial(t, address)
	if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: h\r\nX-Slow: "); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("%v, want the server to close", err)
	}
	if took := time.Since(began); took < 4*time.Second || took > 8*time.Second {
		t.Errorf("closed after %v, want 5 s", took)
	}
}
