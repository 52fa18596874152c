package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pulscheck/api"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// closed is a service without rounds whose every call fails with err.
type closed struct{ err error }

func (s closed) Round(context.Context, survey.RoundID) (*survey.Round, error) { return nil, s.err }
func (s closed) Manifest(context.Context, survey.RoundID) ([]byte, error)     { return nil, s.err }
func (s closed) Invitation(context.Context, survey.RoundID, survey.Claim) (survey.Invitation, error) {
	return survey.Invitation{}, s.err
}

func (s closed) IssueTicket(context.Context, survey.RoundID, survey.Claim, []byte) (survey.IssuedTicket, error) {
	return survey.IssuedTicket{}, s.err
}

func (s closed) PlainTicket(context.Context, survey.RoundID, survey.Claim) (ballot.Ticket, survey.Invitation, error) {
	return ballot.Ticket{}, survey.Invitation{}, s.err
}

func (s closed) CastBallot(context.Context, survey.RoundID, survey.Submission) (bool, error) {
	panic("secret answer")
}

func (s closed) Board(context.Context, survey.RoundID) (*survey.Board, error) { return nil, s.err }

func (s closed) Privacy(context.Context, survey.RoundID) (*survey.Privacy, error) { return nil, s.err }

func (s closed) Notice(context.Context, survey.ProgrammeID) (*survey.Notice, error) {
	return nil, s.err
}
func (s closed) DrawDoorCode() (survey.DoorCode, error)                             { return survey.DoorCode{}, s.err }
func (s closed) Ask(context.Context, survey.RoundID, survey.DoorCode, string) error { return s.err }
func (s closed) ReadDoor(context.Context, survey.DoorCode) (*survey.Question, error) {
	return nil, s.err
}

func (s closed) TicketHashes(context.Context, survey.RoundID) ([][]byte, error) { return nil, s.err }

func serve(t *testing.T, service closed, log io.Writer, ready error) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(api.New(api.Options{
		Participation: service, Ready: func(context.Context) error { return ready }, Log: slog.New(slog.NewTextHandler(log, nil)),
	}))
	t.Cleanup(server.Close)
	return server
}

func ask(t *testing.T, method, url, body string, header http.Header) (*http.Response, map[string]any) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		r.Header[k] = v
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	decoded := map[string]any{}
	if err := json.NewDecoder(answer.Body).Decode(&decoded); err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return answer, decoded
}

func TestProblems(t *testing.T) {
	var log bytes.Buffer
	server := serve(t, closed{errors.New("SELECT secret FROM cause")}, &log, nil)
	away := serve(t, closed{fault.New(fault.Unavailable, "database-unavailable")}, io.Discard, nil)
	json1 := http.Header{"Content-Type": {"application/json"}}
	for name, c := range map[string]struct {
		method, url, body string
		header            http.Header
		status            int
		code              string
	}{
		"unknown":     {"GET", server.URL + "/nothing", "", nil, 404, "not-found"},
		"method":      {"DELETE", server.URL + "/healthz", "", nil, 405, "method-not-allowed"},
		"long":        {"GET", server.URL + "/" + strings.Repeat("a", 2048), "", nil, 414, "uri-too-long"},
		"internal":    {"GET", server.URL + "/api/v1/rounds/x/manifest", "", nil, 500, "internal"},
		"panic":       {"POST", server.URL + "/api/v1/rounds/x/ballots", "{}", json1, 500, "internal"},
		"unavailable": {"GET", away.URL + "/api/v1/rounds/x/manifest", "", nil, 503, "database-unavailable"},
		"cross-site": {"POST", server.URL + "/api/v1/rounds/x/ballots", "{}",
			http.Header{"Content-Type": {"application/json"}, "Sec-Fetch-Site": {"cross-site"}}, 403, "cross-origin-request"},
	} {
		t.Run(name, func(t *testing.T) {
			answer, body := ask(t, c.method, c.url, c.body, c.header)
			if answer.StatusCode != c.status || body["code"] != c.code || answer.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %v %s", answer.StatusCode, body, answer.Header.Get("Content-Type"))
			}
			if c.status == 503 && answer.Header.Get("Retry-After") != "5" {
				t.Error("no Retry-After")
			}
			if c.status == 405 && answer.Header.Get("Allow") == "" {
				t.Error("no Allow")
			}
			if !strings.Contains(answer.Header.Get("Content-Security-Policy"), "require-trusted-types-for") {
				t.Error("no content policy")
			}
		})
	}
	if strings.Contains(log.String(), "secret answer") || strings.Contains(log.String(), "127.0.0.1") {
		t.Errorf("the log tells too much:\n%s", log.String())
	}
}

// TestHeadIsAnsweredLikeGet: monitors and link checkers ask without wanting the body.
func TestHeadIsAnsweredLikeGet(t *testing.T) {
	server := serve(t, closed{fault.New(fault.NotFound, "not-found")}, io.Discard, nil)
	for path, want := range map[string]int{
		"/healthz": 200, "/readyz": 200, "/static/css/survey.css": 200, "/r/none": 404,
		"/api/v1/rounds/none/manifest": 404, "/api/v1/rounds/none/tickets.txt": 404,
	} {
		get, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		get.Body.Close()
		head, err := http.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(head.Body)
		head.Body.Close()
		if err != nil || len(body) > 0 || head.StatusCode != want || get.StatusCode != want {
			t.Errorf("%s: HEAD %d with %d bytes, GET %d, want %d (%v)", path, head.StatusCode, len(body), get.StatusCode, want, err)
		}
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control", "Content-Security-Policy"} {
			if got, same := head.Header.Get(name), get.Header.Get(name); got != same {
				t.Errorf("%s: %s of HEAD %q, of GET %q", path, name, got, same)
			}
		}
	}
	refused, err := http.Head(server.URL + "/api/v1/rounds/none/ballots")
	if err != nil {
		t.Fatal(err)
	}
	refused.Body.Close()
	if refused.StatusCode != 405 {
		t.Errorf("HEAD where nothing is given: %d, want 405", refused.StatusCode)
	}
}

func TestReadiness(t *testing.T) {
	answer, body := ask(t, "GET", serve(t, closed{}, io.Discard, nil).URL+"/readyz", "", nil)
	if answer.StatusCode != 200 {
		t.Errorf("%d %v", answer.StatusCode, body)
	}
	down := fault.New(fault.Unavailable, "database-unavailable")
	answer, body = ask(t, "GET", serve(t, closed{}, io.Discard, down).URL+"/readyz", "", nil)
	if answer.StatusCode != 503 || body["reason"] != "database-unavailable" {
		t.Errorf("%d %v", answer.StatusCode, body)
	}
}

func TestServeStops(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := api.New(api.Options{Participation: closed{}, Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	if answer, _ := ask(t, "GET", "http://"+l.Addr().String()+"/healthz", "", nil); answer.StatusCode != 200 {
		t.Errorf("healthz: %d", answer.StatusCode)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("stop: %v", err)
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("still listening")
	}
}
