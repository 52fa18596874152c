package apitest

import (
	"encoding/json"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"pulscheck/api"
	v1 "pulscheck/api/v1"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// cutter stands between pulscheck and a MySQL server and can be told to drop every
// connection after so many commands.
type cutter struct {
	server string

	mu    sync.Mutex
	left  int  // commands until the cut; negative = never
	down  bool // nobody gets through
	stay  bool // down after the cut
	open  map[net.Conn]bool
	times int // cuts so far
}

// newCutter gives the address of the database behind the cutter.
func newCutter(t *testing.T, url string) (*cutter, string) {
	t.Helper()
	before, rest, _ := strings.Cut(url, "@tcp(")
	address, after, _ := strings.Cut(rest, ")")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // the test is over
	c := &cutter{server: address, left: -1, open: map[net.Conn]bool{}}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go c.carry(client)
		}
	}()
	return c, before + "@tcp(" + l.Addr().String() + ")" + after
}

// after arms the cut.
func (c *cutter) after(commands int, stay bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.stay, c.down, c.times = commands, stay, false, 0
}

func (c *cutter) carry(client net.Conn) {
	defer client.Close() //nolint:errcheck // it may be cut already
	c.mu.Lock()
	down := c.down
	c.mu.Unlock()
	server, err := net.Dial("tcp", c.server)
	if err != nil || down {
		return
	}
	defer server.Close() //nolint:errcheck // it may be cut already
	c.mu.Lock()
	c.open[client], c.open[server] = true, true
	c.mu.Unlock()
	go func() {
		io.Copy(client, server) //nolint:errcheck // either side may go
		client.Close()          //nolint:errcheck // it may be cut already
	}()
	for {
		head := make([]byte, 4) // length, number within the exchange
		if _, err := io.ReadFull(client, head); err != nil {
			return
		}
		body := make([]byte, int(head[0])|int(head[1])<<8|int(head[2])<<16)
		if _, err := io.ReadFull(client, body); err != nil || head[3] == 0 && c.cut() {
			return
		}
		if _, err := server.Write(slices.Concat(head, body)); err != nil {
			return
		}
	}
}

// cut counts a command and cuts if its time has come.
func (c *cutter) cut() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left < 0 {
		return false
	}
	if c.left--; c.left >= 0 {
		return false
	}
	c.times++
	c.down = c.stay
	for conn := range c.open {
		conn.Close() //nolint:errcheck // it may be cut already
	}
	clear(c.open)
	return true
}

// TestDatabaseGoesInTheMiddle cuts the connections after every command that a request
// needs: it is carried out all the same, or refused as 503, never as a failure of ours.
func TestDatabaseGoesInTheMiddle(t *testing.T) {
	if os.Getenv("PULSCHECK_TEST_MYSQL") == "" && os.Getenv("PULSCHECK_TEST_REQUIRE") != "1" {
		t.Skip("PULSCHECK_TEST_MYSQL names no server")
	}
	c, url := newCutter(t, storetest.MySQL(t))
	w := newWorld(t, url)
	asked, cuts, refused := 0, 0, 0
	for _, r := range api.Routes(v1.New(v1.Options{})) {
		role := account.Lead
		for _, other := range account.Roles() {
			if (account.Actor{Role: role}).May(r.May) != nil {
				role = other
			}
		}
		for n := 0; n < 14; n++ {
			q, ids := requests[r.Method+" "+r.Path], maps.Clone(w.own)
			if q.fresh != nil {
				c.after(-1, false)
				q.fresh(w, ids)
			}
			c.after(n, n == 2) // after the token was found the database stays away, else it is back at once
			m := matrix{world: w}
			status, body := m.request(r, ids, w.tokens[role], q)
			c.mu.Lock()
			cut := c.times > 0
			c.mu.Unlock()
			asked++
			if !cut {
				break
			}
			cuts++
			var told struct{ Code string }
			switch {
			case status == http.StatusServiceUnavailable && json.Unmarshal([]byte(body), &told) == nil && told.Code == "database-unavailable":
				refused++
			case status != q.want && (r.Method != http.MethodDelete || status != http.StatusNotFound): // the answer to its commit was lost
				t.Errorf("%s %s cut at command %d: %d %s", r.Method, r.Path, n, status, body)
			}
		}
	}
	c.after(-1, false)
	t.Logf("%d requests, %d cut, %d of them refused", asked, cuts, refused)
	if cuts < 100 || refused == 0 {
		t.Error("hardly anything was cut")
	}
}
