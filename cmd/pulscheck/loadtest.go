package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// loadOptions are the flags of the command.
type loadOptions struct {
	url             string
	people, clients int
}

// Limits of a load test.
const (
	maxLoadPeople  = 50_000
	maxLoadClients = 1000
)

func loadFlags(args []string) (o loadOptions, err error) {
	f := flag.NewFlagSet("loadtest", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.url, "url", "", "")
	f.IntVar(&o.people, "people", 1000, "")
	f.IntVar(&o.clients, "clients", 32, "")
	err = f.Parse(args)
	if err == nil && (o.url == "" || f.NArg() > 0 || o.people < survey.MinInvited || o.people > maxLoadPeople || o.clients < 1 || o.clients > maxLoadClients) {
		err = fmt.Errorf("loadtest --url URL [--people %d..%d] [--clients 1..%d]", survey.MinInvited, maxLoadPeople, maxLoadClients)
	}
	if err != nil {
		return o, fmt.Errorf("%w: %w", err, errUsage)
	}
	return o, nil
}

// loadtest lets invented people take part in a round of an organisation of its own,
// through the public routes of a running server that has the same configuration, and
// removes both afterwards.
func loadtest(ctx context.Context, c *config, args []string) error {
	o, err := loadFlags(args)
	if err != nil {
		return err
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // nothing is left to write
	organisation := survey.OrganisationID("loadtest-" + survey.NewID()[:12])
	round, links, err := h.loadRound(ctx, organisation, o.people)
	if round != nil {
		defer h.endLoad(context.WithoutCancel(ctx), organisation, round.ID)
	}
	if err != nil {
		return err
	}
	l := measure(ctx, o, round, links)
	l.print(os.Stdout)
	if len(l.failed) > 0 {
		return fmt.Errorf("%d of %d participations failed, the first: %w", len(l.failed), o.people, l.failed[0])
	}
	return nil
}

// loadRound makes the organisation and opens its round.
func (h *house) loadRound(ctx context.Context, id survey.OrganisationID, people int) (*survey.Round, map[survey.PersonID]string, error) {
	var key [4]byte
	rand.Read(key[:])
	process := survey.Named{Key: "INC", Name: locale.Text{DE: "Störungsmanagement", EN: "Incident management"}}
	role := survey.Named{Key: "staff", Name: locale.Text{DE: "Mitarbeit", EN: "Staff"}}
	organisation := &survey.Organisation{
		ID: id, Key: "load" + hex.EncodeToString(key[:]), Name: "Lasttest", Zone: "UTC", K: survey.FloorK,
		Processes: []survey.Named{process}, Roles: []survey.Named{role},
	}
	invited := make([]survey.Person, people)
	for i := range invited {
		invited[i] = survey.Person{
			ID: survey.PersonID(survey.NewID()), Organisation: id, Email: fmt.Sprintf("p%06d@loadtest.invalid", i),
			Locale: locale.German, Roles: []survey.ProcessRole{{Process: process.Key, Role: role.Key}},
		}
	}
	now, q := time.Now(), questionnaire.Check()
	programme := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: id, Name: "Lasttest"}
	iteration := &survey.Iteration{ID: survey.IterationID(survey.NewID()), Programme: programme.ID, Number: 1, Phase: survey.Check, Starts: now, Ends: now.Add(time.Hour)}
	round := &survey.Round{
		ID: survey.RoundID(survey.NewID()), Organisation: id, Iteration: iteration.ID, Kind: survey.CheckRound, Title: q.Title,
		Opens: now.Add(-time.Minute), Closes: now.Add(2 * time.Hour), K: survey.FloorK, Questionnaire: q,
	}
	err := errors.Join(h.store.CreateOrganisation(ctx, organisation), h.store.CreatePeople(ctx, invited),
		h.store.CreateProgramme(ctx, programme), h.store.CreateIteration(ctx, iteration), h.store.CreateRound(ctx, round))
	if err != nil {
		return round, nil, err
	}
	if _, err := h.service.OpenRound(ctx, account.System(), round.ID); err != nil {
		return round, nil, err
	}
	links, _, err := h.service.Links(ctx, round.ID)
	return round, links, err
}

// endLoad removes keys and rows.
func (h *house) endLoad(ctx context.Context, id survey.OrganisationID, round survey.RoundID) {
	if err := errors.Join(h.keys.Destroy(string(round)), h.store.DeleteOrganisation(ctx, id)); err != nil {
		h.log.Error("the load test's organisation was not removed", "organisation", string(id), "error", err)
	}
}

// load is what a load test measured.
type load struct {
	mu        sync.Mutex
	took      []time.Duration
	failed    []error
	lasted    time.Duration
	processor time.Duration // of this process, the respondents' cryptography included
}

// measure lets everybody take part, so many at a time.
func measure(ctx context.Context, o loadOptions, r *survey.Round, links map[survey.PersonID]string) *load {
	client := respondent{
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: o.clients}, Timeout: time.Minute},
		base: o.url, round: string(r.ID), seen: &manifestCache{},
	}
	defer client.http.CloseIdleConnections()
	answers := sheet{Answers: map[string]ballot.Answer{}}
	for _, i := range r.Questionnaire.Items {
		answers.Answers[i.Key] = ballot.Answer{Value: r.Questionnaire.Scales[i.Scale].Hi}
	}
	l := &load{}
	started, used := time.Now(), processorTime()
	var group errgroup.Group
	group.SetLimit(o.clients)
	bar := progress(len(links), "loadtest")
	for _, link := range links {
		group.Go(func() error {
			start := time.Now()
			err := client.visit(ctx, link, answers)
			l.mu.Lock()
			defer l.mu.Unlock()
			bar.Add(1) //nolint:errcheck // a bar that cannot be drawn is no failure
			if err != nil {
				l.failed = append(l.failed, err)
				return nil
			}
			l.took = append(l.took, time.Since(start))
			return nil
		})
	}
	group.Wait() //nolint:errcheck // failures are counted
	l.lasted, l.processor = time.Since(started), processorTime()-used
	return l
}

// visit loads the page and takes part.
func (r respondent) visit(ctx context.Context, link string, s sheet) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+"/r/"+r.round, nil)
	if err != nil {
		return err
	}
	answer, err := r.http.Do(request)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	return r.takePart(ctx, link, func(*ballot.Manifest, invitation) (sheet, bool) { return s, true })
}

func (l *load) print(to io.Writer) {
	fmt.Fprintf(to, "%d participations in %.1f s: %.0f per second, %d failed\n",
		len(l.took), l.lasted.Seconds(), float64(len(l.took))/l.lasted.Seconds(), len(l.failed))
	for _, share := range []float64{0.5, 0.9, 0.99} {
		fmt.Fprintf(to, "%.0f %% took at most %.0f ms (page, manifest, invitation, ticket, ballot)\n",
			100*share, milliseconds(percentile(l.took, share)))
	}
	fmt.Fprintf(to, "%.2f ms of processor time each in this process; the server's comes on top\n",
		milliseconds(l.processor)/float64(max(1, len(l.took)+len(l.failed))))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
