package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"pulscheck/api"
	"pulscheck/api/middleware"
	v1 "pulscheck/api/v1"
	"pulscheck/api/web"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/mail"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store"
)

// house is everything wired together.
type house struct {
	store   *store.Store
	keys    *ballot.Keystore
	service *survey.Service
	courier *mail.Courier
	clock   *schedule.Clock // nil: always believed
	log     *slog.Logger
	origin  string           // scheme and host of the pages, for printed addresses
	today   func() time.Time // the clock
}

// build opens keystore and database and puts the service on top, all on one clock.
func build(ctx context.Context, c *config, now func() time.Time) (*house, error) {
	h := &house{log: c.logger(), today: now}
	slog.SetDefault(h.log)
	var err error
	if h.keys, err = ballot.OpenKeystore(c.Keys, rand.Reader); err != nil {
		return nil, err
	}
	h.store, err = store.Open(ctx, c.Database, store.Options{
		Migrate: c.Migrate == "1", AllowWeakDurability: c.AllowWeakDurability, Log: h.log,
	})
	if err != nil {
		return nil, err
	}
	h.warnWeak()
	started := now()
	h.clock = schedule.NewClock(h.store, now, func() time.Duration { return now().Sub(started) }, h.log) // monotonic, as both readings are
	h.service = survey.NewService(survey.Options{
		Store: h.store, Keys: h.keys, Now: now, Random: rand.Reader, Log: h.log, Clock: h.clock.Err, Facts: c.facts(),
	})
	return h, h.openMail(c)
}

// openMail makes the courier; nothing is reached yet.
func (h *house) openMail(c *config) error {
	sender, err := mail.NewSender(mail.Options{URL: c.SMTP, From: c.MailFrom})
	if err != nil {
		return err
	}
	h.origin = c.BaseURL
	h.courier = mail.NewCourier(mail.CourierOptions{
		Store: h.store, Rounds: h.service, Codes: h.service, Sender: sender, BaseURL: c.BaseURL, Now: h.today, Log: h.log,
	})
	return nil
}

// management is what the management API works with. Replicas share the keystore, so
// that pages go on wherever they are asked for.
func (h *house) management() (*v1.Options, error) {
	installation, err := h.keys.Installation()
	if err != nil {
		return nil, err
	}
	secret := hmac.New(sha256.New, installation)
	secret.Write([]byte("pulscheck/api/v1")) // never fails
	return &v1.Options{Service: h.service, Replies: h.store, Secret: secret.Sum(nil), Now: h.today, Release: release()}, nil
}

// pages is what the pages work with.
func (h *house) pages() *web.Options {
	return &web.Options{Service: h.service, Replies: h.store, Source: h.source(), Now: h.today, Base: h.origin}
}

// ready says whether requests can be served.
func (h *house) ready(ctx context.Context) error {
	if err := h.store.Ping(ctx); err != nil {
		return err
	}
	if err := h.store.Durable(); err != nil {
		return err
	}
	return h.clock.Err()
}

// listen takes an address.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return l, nil
}

// serve runs API, pages and jobs until it is told to stop.
func serve(ctx context.Context, c *config, now func() time.Time) error {
	h, err := build(ctx, c, now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // nothing is left to write
	// Before anything is told or opened.
	if err := h.firstWitness(ctx); err != nil {
		return err
	}
	defer h.lastWitness()
	if err := h.noteConfiguration(ctx, c); err != nil {
		return err
	}
	listener, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	h.log.Info("serving", "address", listener.Addr().String())
	jobs := h.newRunner(now)
	metrics := middleware.NewMetrics(now, func() middleware.Load { return middleware.Load(h.store.Load()) })
	metrics.Jobs(func() middleware.Jobs { return middleware.Jobs(jobs.Load()) })
	management, err := h.management()
	if err != nil {
		return err
	}
	pages := h.pages()
	if pages.OIDC, err = h.oidc(c); err != nil {
		return err
	}
	server := api.New(api.Options{
		Participation: h.service, Management: management, Pages: pages, Ready: h.ready, Weak: h.store.WeakDurability, Proxies: c.TrustedProxies,
		Metrics: metrics, Now: now, Log: h.log,
	})
	group, ctx := errgroup.WithContext(ctx)
	if c.Metrics != "" {
		own, err := listen(ctx, c.Metrics)
		if err != nil {
			return err
		}
		group.Go(func() error { return api.Serve(ctx, own, metrics.Handler()) })
	}
	group.Go(func() error { return server.Serve(ctx, listener) })
	group.Go(func() error { return h.serveJobs(ctx, jobs) })
	group.Go(func() error { return h.watchDurability(ctx, time.Minute) })
	group.Go(func() error { return h.watchWitness(ctx, time.Minute) })
	return group.Wait()
}
