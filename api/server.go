// Package api is the front door: it puts the routes of all its rooms behind one chain
// of limits, headers and log, and serves them until it is told to stop. It decides
// nothing; routes.go is the table of everything that can be asked. cmd wires it.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/participation"
	"pulscheck/api/respond"
	v1 "pulscheck/api/v1"
	"pulscheck/api/web"
	"pulscheck/survey/fault"
)

// Options of a server.
type Options struct {
	Participation participation.Service
	Management    *v1.Options                 // nil = no management API
	Pages         *web.Options                // nil = no pages but those of respondents
	Ready         func(context.Context) error // nil error = can serve
	Weak          func() []string             // settings that risk answers though the operator allows them; nil = none
	Files         map[string]string           // served file names to paths, e.g. reports of the demo
	Proxies       []string                    // addresses or networks whose X-Forwarded-For is believed
	Metrics       *middleware.Metrics         // nil = not counted
	Drain         time.Duration               // how long requests in work may take when stopping; 0 = 25 s
	Now           func() time.Time
	Log           *slog.Logger
}

// Server answers requests. Its zero value is not usable.
type Server struct {
	engine   *gin.Engine
	log      *slog.Logger
	drain    time.Duration
	stopping atomic.Bool
	notFound gin.HandlerFunc // the page of it; nil = none
}

// New makes a server.
func New(o Options) *Server {
	gin.SetMode(gin.ReleaseMode)
	s := &Server{engine: gin.New(), log: o.Log, drain: o.Drain}
	e := s.engine
	e.HandleMethodNotAllowed, e.RedirectTrailingSlash, e.ForwardedByClientIP = true, false, len(o.Proxies) > 0
	if err := e.SetTrustedProxies(o.Proxies); err != nil {
		o.Log.Error("trusted proxies are not understood; none is trusted", "error", err)
		e.ForwardedByClientIP = false
	}
	e.Use(middleware.Log(o.Log), middleware.Recover(o.Log), middleware.Headers, middleware.ShortURI,
		middleware.SameOrigin())
	e.NoRoute(s.noRoute)
	e.NoMethod(func(c *gin.Context) {
		respond.Code(c, http.StatusMethodNotAllowed, fault.New(fault.Unsupported, "method-not-allowed"))
	})
	s.routes(o)
	return s
}

// noRoute says that there is nothing: to people as a page, to programs as a problem.
func (s *Server) noRoute(c *gin.Context) {
	if s.notFound != nil && strings.Contains(c.GetHeader("Accept"), "text/html") && !strings.HasPrefix(c.Request.URL.Path, v1.Prefix) {
		s.notFound(c)
		return
	}
	respond.Problem(c, fault.New(fault.NotFound, "not-found"))
}

// limitWork bounds what the routes after it do at once. Bodies come first: who sends
// slowly takes no place, and none of the time for the answer.
func (s *Server) limitWork(metrics *middleware.Metrics) {
	s.engine.Use(middleware.ReadAhead)
	if metrics != nil {
		s.engine.Use(metrics.Count)
	}
	s.engine.Use(middleware.AtOnce())
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.engine.ServeHTTP(w, r) }

// Time limits of a connection (threat-model.md 6.4) and of stopping (R12).
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 120 * time.Second
	drainTimeout  = 25 * time.Second

	maxHeaders = 32<<10 - 4096 // Go adds 4 KiB of its own
)

// Serve answers on the listener until ctx ends; then it says so in /readyz, takes no
// new connections, and returns when the requests in work are done or their time is up.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, s, s.drain, func() { s.stopping.Store(true) })
}

// Serve answers on a listener with another handler, within the same limits.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	return serve(ctx, l, h, 0, func() {})
}

func serve(ctx context.Context, l net.Listener, h http.Handler, drain time.Duration, stopping func()) error {
	if drain == 0 {
		drain = drainTimeout
	}
	listener, err := newRefusing(l)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaders, ErrorLog: slog.NewLogLogger(quiet{}, slog.LevelError),
		DisableGeneralOptionsHandler: true, // it would answer past ours
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stopping()
	patient, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(patient); err != nil {
		if err := server.Close(); err != nil {
			return fmt.Errorf("stop serving: %w", err)
		}
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// quiet swallows what net/http writes about broken connections: it holds addresses.
type quiet struct{}

func (quiet) Enabled(context.Context, slog.Level) bool  { return false }
func (quiet) Handle(context.Context, slog.Record) error { return nil }
func (q quiet) WithAttrs([]slog.Attr) slog.Handler      { return q }
func (q quiet) WithGroup(string) slog.Handler           { return q }
