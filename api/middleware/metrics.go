package middleware

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Load is how busy the group commit is.
type Load struct {
	Waiting       int
	Rows, Commits int64
}

// Metrics counts requests by route template, method and status. No label ever names
// a round, an organisation or a person.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	now      func() time.Time
}

// NewMetrics makes metrics of requests, of the Go runtime and of the group commit
// that load tells about.
func NewMetrics(now func() time.Time, load func() Load) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(), now: now,
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pulscheck_request_seconds", Help: "Duration of requests by route template.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}, []string{"route", "method", "status"}),
	}
	gauge := func(name, help string, value func(Load) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return value(load()) })
	}
	counter := func(name, help string, value func(Load) float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return value(load()) })
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("pulscheck_commit_waiting", "Rows that wait for their commit.", func(l Load) float64 { return float64(l.Waiting) }),
		counter("pulscheck_commit_rows_total", "Rows committed together.", func(l Load) float64 { return float64(l.Rows) }),
		counter("pulscheck_commits_total", "Group commits.", func(l Load) float64 { return float64(l.Commits) }))
	return m
}

// Jobs is what came of the jobs of this replica, and how many any replica gave up.
type Jobs struct{ Done, Failed, Dead int64 }

// Jobs adds metrics of the jobs that load tells about.
func (m *Metrics) Jobs(load func() Jobs) {
	counter := func(outcome string, value func(Jobs) int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "pulscheck_jobs_total", Help: "Jobs that this replica ran.", ConstLabels: prometheus.Labels{"outcome": outcome},
		}, func() float64 { return float64(value(load())) })
	}
	m.registry.MustRegister(
		counter("done", func(j Jobs) int64 { return j.Done }), counter("failed", func(j Jobs) int64 { return j.Failed }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "pulscheck_jobs_dead", Help: "Jobs that were given up and that somebody has to look at.",
		}, func() float64 { return float64(load().Dead) }))
}

// Count measures every request.
func (m *Metrics) Count(c *gin.Context) {
	start := m.now()
	c.Next()
	m.requests.WithLabelValues(route(c), method(c.Request.Method), strconv.Itoa(c.Writer.Status())).Observe(m.now().Sub(start).Seconds())
}

// Handler answers /metrics, on an address of its own.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}
