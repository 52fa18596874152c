package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// clients is how many people send at the same time, on two processors.
const clients = 16 // for each processor

func engines(b *testing.B, run func(b *testing.B, url string)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.SQLite(b)) })
	b.Run("mysql", func(b *testing.B) { run(b, storetest.MySQL(b)) })
}

// BenchmarkFloor is a bare gin handler that inserts one row of the size of a ballot:
// what the machine gives without pulscheck.
func BenchmarkFloor(b *testing.B) {
	engines(b, func(b *testing.B, url string) {
		kind, rest, _ := strings.Cut(url, ":")
		if kind == "sqlite" {
			rest = "file:" + rest + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"
		}
		db, err := sql.Open(kind, rest)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close() //nolint:errcheck // the benchmark is over
		db.SetMaxOpenConns(24)
		if kind == "sqlite" {
			db.SetMaxOpenConns(1)
		}
		if _, err := db.Exec("CREATE TABLE floor (id VARCHAR(64) PRIMARY KEY, body BLOB NOT NULL)"); err != nil {
			b.Fatal(err)
		}
		gin.SetMode(gin.ReleaseMode)
		engine := gin.New()
		body := bytes.Repeat([]byte{7}, ballot.SealedSize)
		var n atomic.Int64
		engine.POST("/", func(c *gin.Context) {
			io.Copy(io.Discard, c.Request.Body) //nolint:errcheck // the body is not looked at
			if _, err := db.ExecContext(c.Request.Context(), "INSERT INTO floor (id, body) VALUES (?, ?)", fmt.Sprint("row", n.Add(1)), body); err != nil {
				c.Status(http.StatusInternalServerError)
				return
			}
			c.Status(http.StatusCreated)
		})
		server := httptest.NewServer(engine)
		defer server.Close()
		payload := bytes.Repeat([]byte{'x'}, 900)
		send(b, server.URL+"/", func(int64) []byte { return payload })
	})
}

// BenchmarkBallots sends valid ballots with tickets taken before.
func BenchmarkBallots(b *testing.B) {
	engines(b, func(b *testing.B, url string) {
		w := startWorld(b, url)
		w.set(time.Now())
		o := storetest.Organisation(b, w.store)
		storetest.People(b, w.store, o, 20)
		round, _ := w.open(b, storetest.Round(b, w.store, o, questionnaire.Check(), time.Now()))
		bodies := ballotBodies(b, w, round, b.N)
		send(b, w.base+"/api/v1/rounds/"+string(round.ID)+"/ballots", func(i int64) []byte { return bodies[i] })
		load := w.store.Load()
		b.ReportMetric(float64(load.Rows)/float64(max(1, load.Commits)), "rows/commit")
	})
}

// ballotBodies makes requests with tickets under the round's key, evaluated here.
func ballotBodies(b *testing.B, w *world, r *survey.Round, n int) [][]byte {
	b.Helper()
	keys, err := w.keys.Load(string(r.ID))
	if err != nil {
		b.Fatal(err)
	}
	answers := map[string]int{}
	for _, i := range r.Questionnaire.Items {
		answers[i.Key] = 1
	}
	bodies := make([][]byte, n)
	var wg sync.WaitGroup
	for part := range 2 {
		wg.Go(func() {
			for i := part; i < n; i += 2 {
				claim, err := ballot.NewClaim(string(r.ID), keys.IssuerKey())
				if err != nil {
					b.Error(err)
					return
				}
				evaluated, proof, err := keys.Evaluate(claim.Blinded)
				if err != nil {
					b.Error(err)
					return
				}
				t, err := claim.Finish(evaluated, proof)
				if err != nil {
					b.Error(err)
					return
				}
				bodies[i], err = json.Marshal(map[string]any{
					"ticket":     map[string]string{"nonce": b64.EncodeToString(t.Nonce), "output": b64.EncodeToString(t.Output)},
					"attributes": map[string]any{"process": "INC", "role": "staff", "unit": nil}, "answers": answers,
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return bodies
}

// send posts bodies from all clients at once and reports the rate, the 99th percentile
// and the processor time of this process: clients and server, not a database beside it.
func send(b *testing.B, url string, body func(int64) []byte) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4 * clients}}
	defer client.CloseIdleConnections()
	var n atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	b.SetParallelism(clients)
	used := processorTime()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var mine []time.Duration
		for pb.Next() {
			start := time.Now()
			r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(body(n.Add(1)-1)))
			if err != nil {
				b.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/json")
			answer, err := client.Do(r)
			if err != nil {
				b.Error(err)
				return
			}
			io.Copy(io.Discard, answer.Body) //nolint:errcheck // only the status matters
			answer.Body.Close()
			if answer.StatusCode != http.StatusCreated {
				b.Errorf("%s", answer.Status)
				return
			}
			mine = append(mine, time.Since(start))
		}
		mu.Lock()
		defer mu.Unlock()
		took = append(took, mine...)
	})
	b.StopTimer()
	b.ReportMetric(milliseconds(processorTime()-used)/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ballots/s")
	b.ReportMetric(milliseconds(percentile(took, 0.99)), "p99-ms")
}

// BenchmarkParticipations runs whole ones: page, manifest, invitation, ticket, ballot,
// the respondent's cryptography included.
func BenchmarkParticipations(b *testing.B) {
	engines(b, func(b *testing.B, url string) {
		w := startWorld(b, url)
		w.set(time.Now())
		o := storetest.Organisation(b, w.store)
		storetest.People(b, w.store, o, max(b.N, 20))
		round, links := w.open(b, storetest.Round(b, w.store, o, questionnaire.Check(), time.Now()))
		for person := range links {
			if len(links) <= b.N {
				break
			}
			delete(links, person)
		}
		b.ResetTimer()
		l := measure(context.Background(), loadOptions{url: w.base, clients: 2 * clients}, round, links)
		b.StopTimer()
		if len(l.failed) > 0 {
			b.Fatal(l.failed[0])
		}
		b.ReportMetric(milliseconds(l.processor)/float64(b.N), "cpu-ms/op")
		b.ReportMetric(float64(len(l.took))/l.lasted.Seconds(), "participations/s")
		b.ReportMetric(milliseconds(percentile(l.took, 0.99)), "p99-ms")
	})
}
