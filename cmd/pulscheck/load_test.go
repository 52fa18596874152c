package main

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/store/storetest"
)

// soak is how much load the server gets and how long it rests.
type soak struct {
	people   int // of one load test
	lasting  time.Duration
	rest     time.Duration
	patience time.Duration // beyond the rest, until connections are closed
}

// TestSoakLoadLeavesNothingBehind runs load tests against a server of its own, a few
// seconds or, in the soak, ten minutes. Then, after a rest, it holds no more memory,
// goroutines and descriptors than before, give or take 20 %. Before means: after a
// first load test, when pages, prepared statements and caches are there.
func TestSoakLoadLeavesNothingBehind(t *testing.T) {
	if os.Getenv("PULSCHECK_TEST_SOAK") != "1" { // a server's connections take half a minute to go
		soak{people: 1000, lasting: 3 * time.Second, patience: time.Minute}.run(t, storetest.SQLite(t))
		return
	}
	long := soak{people: 5000, lasting: 10 * time.Minute, rest: time.Minute, patience: time.Minute}
	storetest.Each(t, func(t *testing.T, url string) { long.run(t, url) })
}

func (s soak) run(t *testing.T, url string) {
	w := startWorld(t, url)
	metrics := freeAddress(t)
	c := startChild(t, url, w.dir, "PULSCHECK_METRICS="+metrics)
	m := monitor{t, "http://" + metrics + "/metrics"}
	cold := m.collected()
	t.Logf("cold: %v", cold)
	w.loadTest(t, "http://"+c.address, s.people)
	time.Sleep(s.rest)
	start := m.atRest(cold, s.patience, goroutines) // each connection has one
	t.Logf("warm: %v", start)
	participations := 0
	for begun := time.Now(); time.Since(begun) < s.lasting; participations += s.people {
		w.loadTest(t, "http://"+c.address, s.people)
	}
	t.Logf("after %d participations: %v", participations, m.collected())
	time.Sleep(s.rest)
	end := m.atRest(start, s.patience, watched...)
	t.Logf("after the rest: %v", end)
	if over := end.over(start, watched); len(over) > 0 {
		t.Errorf("more than 20 %% over the start: %v", over)
	}
}

// loadTest does what the command does and wants everybody to succeed.
func (w *world) loadTest(t *testing.T, url string, people int) {
	t.Helper()
	w.set(time.Now())
	h := &house{store: w.store, keys: w.keys, service: w.service, log: w.log}
	organisation := survey.OrganisationID("loadtest-" + survey.NewID()[:12])
	round, links, err := h.loadRound(context.Background(), organisation, people)
	if err != nil {
		t.Fatal(err)
	}
	l := measure(context.Background(), loadOptions{url: url, clients: 2 * clients}, round, links)
	h.endLoad(context.Background(), organisation, round.ID)
	if len(l.failed) > 0 || len(l.took) != people {
		t.Fatalf("%d of %d took part, the first failure: %v", len(l.took), people, l.failed)
	}
	if _, err := w.store.FindOrganisation(context.Background(), organisation); err == nil {
		t.Error("the load test's organisation is still there")
	}
	t.Logf("%.0f participations a second, 99 %% within %.0f ms", float64(people)/l.lasted.Seconds(), milliseconds(percentile(l.took, 0.99)))
}

func TestLoadTellsRatePercentilesFailuresAndProcessorTime(t *testing.T) {
	l := load{lasted: 2 * time.Second, processor: 404 * time.Millisecond, failed: []error{errors.New("away")}}
	for i := range 100 {
		l.took = append(l.took, time.Duration(100-i)*time.Millisecond)
	}
	var got strings.Builder
	l.print(&got)
	want := `100 participations in 2.0 s: 50 per second, 1 failed
50 % took at most 51 ms (page, manifest, invitation, ticket, ballot)
90 % took at most 91 ms (page, manifest, invitation, ticket, ballot)
99 % took at most 100 ms (page, manifest, invitation, ticket, ballot)
4.00 ms of processor time each in this process; the server's comes on top
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

// What is watched, by its name in the metrics.
const (
	resident    = "process_resident_memory_bytes"
	heap        = "go_memstats_heap_alloc_bytes"
	goroutines  = "go_goroutines"
	descriptors = "process_open_fds"
	collections = "go_gc_duration_seconds_count"
)

var watched = []string{resident, heap, goroutines, descriptors}

// figures are metrics by name.
type figures map[string]float64

func (f figures) String() string {
	var text strings.Builder
	for _, name := range watched {
		text.WriteString(name + " " + strconv.FormatFloat(f[name], 'f', 0, 64) + "  ")
	}
	return text.String()
}

// monitor asks a server for its metrics.
type monitor struct {
	t   *testing.T
	url string
}

func (m monitor) ask() figures {
	m.t.Helper()
	answer, err := http.Get(m.url)
	if err != nil {
		m.t.Fatal(err)
	}
	defer answer.Body.Close()
	f := figures{}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			f[name] = number
		}
	}
	for _, name := range append([]string{collections}, watched...) {
		if _, told := f[name]; !told {
			m.t.Fatalf("the metrics lack %s", name)
		}
	}
	return f
}

// collected gives the figures right after the garbage was collected twice, which
// asking brings about.
func (m monitor) collected() figures {
	m.t.Helper()
	f := m.ask()
	for enough := f[collections] + 2; f[collections] < enough; {
		f = m.ask()
	}
	return f
}

// atRest gives the figures when those named are at most 20 % over what they were
// before, or when patience ends. Connections take a while to go.
func (m monitor) atRest(before figures, patience time.Duration, names ...string) figures {
	m.t.Helper()
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		f := m.collected()
		if len(f.over(before, names)) == 0 || time.Since(begun) > patience {
			return f
		}
	}
}

// over lists what of these is more than 20 % over what it was before.
func (f figures) over(before figures, names []string) (list []string) {
	for _, name := range names {
		if f[name] > 1.2*before[name] {
			list = append(list, name)
		}
	}
	return list
}
