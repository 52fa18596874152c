package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/mail"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store"

	"crypto/rand"
)

// doctor checks what an operator can get wrong and tells each finding in one line.
// With --health it only asks the running server, for the health check of containers.
func doctor(ctx context.Context, c *config, args []string) error {
	if slices.Equal(args, []string{"--health"}) {
		return askHealth(ctx, c)
	}
	if err := nothingLeft(args); err != nil {
		return err
	}
	healthy := true
	tell := func(what string, err error) {
		if err != nil {
			healthy = false
			fmt.Printf("%-14s %v\n", what, err)
			return
		}
		fmt.Printf("%-14s ok\n", what)
	}
	tell("configuration", nil)
	keys, err := ballot.OpenKeystore(c.Keys, rand.Reader)
	tell("keys", err)
	if folder := mail.Folder(c.SMTP); folder != "" {
		fmt.Printf("%-14s only written to %s, nobody gets them: see PULSCHECK_SMTP\n", "mail", folder)
	} else {
		tell("mail", c.checkServer(ctx))
	}
	s, err := store.Open(ctx, c.Database, store.Options{AllowWeakDurability: true, Log: c.logger()})
	tell("database", err)
	if err == nil {
		defer s.Close() //nolint:errcheck // nothing was written
		var weak error
		if settings := s.WeakDurability(); len(settings) > 0 {
			weak = fmt.Errorf("answers might not survive a power cut: %v", settings)
		}
		tell("durability", weak)
		started := time.Now()
		clock := schedule.NewClock(s, time.Now, func() time.Duration { return time.Since(started) }, slog.New(slog.DiscardHandler))
		tell("clock", clock.Look(ctx))
		tell("jobs", deadJobs(ctx, s))
		tell("audit", verifyAudit(ctx, s))
		if err := restored(ctx, s, keys); errors.Is(err, errRestored) {
			fmt.Printf("%-14s %v\n", "restore", err) // the next start sees to it
		} else {
			tell("restore", err)
		}
	}
	if !healthy {
		return errors.New("something is to be done")
	}
	return nil
}

// mailWait is how long a mail server may take to answer the doctor.
const mailWait = 15 * time.Second

// checkServer connects to the mail server, starts TLS and logs in.
func (c *config) checkServer(ctx context.Context) error {
	sender, err := mail.NewSender(mail.Options{URL: c.SMTP, From: c.MailFrom, Timeout: mailWait})
	if err != nil {
		return err
	}
	return sender.Check(ctx)
}

// deadJobs tells of work that was given up.
func deadJobs(ctx context.Context, s *store.Store) error {
	dead, err := s.CountDeadJobs(ctx)
	if err == nil && dead > 0 {
		err = fmt.Errorf("%d given up: see job.dead in the audit; those that close and count are tried again at the next start", dead)
	}
	return err
}

// verifyAudit follows the chain of every organisation and of the installation.
func verifyAudit(ctx context.Context, s *store.Store) error {
	organisations, err := s.ListOrganisations(ctx)
	if err != nil {
		return err
	}
	var broken []error
	for _, o := range append(organisations, survey.Organisation{}) {
		entries, err := s.ListAudit(ctx, o.ID)
		if err == nil {
			err = audit.Verify(entries)
		}
		broken = append(broken, err)
	}
	return errors.Join(broken...)
}

// askHealth asks the server that runs with this configuration.
func askHealth(ctx context.Context, c *config) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Listen+"/readyz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask %s: %w", c.Listen, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	return nil
}
