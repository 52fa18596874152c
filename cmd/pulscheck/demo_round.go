package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"pulscheck/api"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
)

// demoClients is how many people answer at the same time.
const demoClients = 8

// answer lets those of the invited people take part whose moment it is, through a real
// listener.
func (d *demoRun) answer(ctx context.Context, at demoMoment, r *survey.Round) error {
	links, _, err := d.service.Links(ctx, r.ID)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, "127.0.0.1:0")
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	server := api.New(api.Options{Participation: d.service, Ready: d.store.Ping, Now: time.Now, Log: d.log})
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(serving, listener) }()

	client := respondent{
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: demoClients}, Timeout: time.Minute},
		base: "http://" + listener.Addr().String(), round: string(r.ID), seen: &manifestCache{},
	}
	bar := progress(len(links), fmt.Sprintf("Iteration %d, round %d", at.iteration+1, at.round+1))
	group, answering := errgroup.WithContext(ctx)
	group.SetLimit(demoClients)
	for person, fragment := range links {
		if !demoTakesPart(d.seed, d.position[person], at) {
			bar.Add(1) //nolint:errcheck // see below
			continue
		}
		group.Go(func() error {
			err := client.takePart(answering, fragment, func(m *ballot.Manifest, who invitation) (sheet, bool) {
				return d.fill(person, at, r, who)
			})
			bar.Add(1) //nolint:errcheck // a bar that cannot be drawn is no failure
			return err
		})
	}
	err = group.Wait()
	client.http.CloseIdleConnections()
	stop()
	if stopped := <-ended; err == nil {
		err = stopped
	}
	return err
}

// fill answers for a simulated person.
func (d *demoRun) fill(person survey.PersonID, at demoMoment, r *survey.Round, who invitation) (sheet, bool) {
	s := demoAnswer(d.seed, d.position[person], at, survey.ProcessRole{Process: who.Process, Role: who.Role}, r.Questionnaire)
	filled := sheet{Answers: map[string]ballot.Answer{}, Text: s.text, TextKind: s.textKind}
	for key, value := range s.values {
		filled.Answers[key] = ballot.Answer{Value: value}
	}
	for key := range s.cannotSay {
		filled.Answers[key] = ballot.Answer{CannotSay: true}
	}
	return filled, len(filled.Answers) > 0
}

// demoLinks is how many personal links the served demo prints.
const demoLinks = 5

// demoOpen is how long the served round stays open.
const demoOpen = 14 * 24 * time.Hour

// serve offers one more round, open now, with the reports to download.
func (d *demoRun) serve(ctx context.Context) error {
	listener, err := listen(ctx, "127.0.0.1:8080")
	if err != nil {
		if listener, err = listen(ctx, "127.0.0.1:0"); err != nil {
			return err
		}
	}
	base := "http://" + listener.Addr().String()
	live, err := d.present(base)
	if err != nil {
		return err
	}
	r, err := d.openNow(ctx, live)
	if err != nil {
		return err
	}
	if err := printLinks(ctx, live.service, r, base); err != nil {
		return err
	}
	files := map[string]string{}
	for _, name := range demoFiles {
		if strings.HasSuffix(name, ".pdf") {
			files[name] = filepath.Join(d.dir, name)
			fmt.Printf("  %s/%s\n", base, name)
		}
	}
	if err := d.printLogins(ctx, live, base); err != nil {
		return err
	}
	if err := d.printToken(ctx, live, base); err != nil {
		return err
	}
	fmt.Println("Ctrl+C ends the demo.")
	management, err := live.management()
	if err != nil {
		return err
	}
	server := api.New(api.Options{
		Participation: live.service, Management: management, Pages: live.pages(), Ready: d.store.Ping, Files: files, Now: time.Now, Log: d.log,
	})
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return server.Serve(ctx, listener) })
	group.Go(func() error { return live.serveJobs(ctx, live.newRunner(time.Now)) })
	return group.Wait()
}

// present is the house of the demo under the real clock.
func (d *demoRun) present(base string) (*house, error) {
	h := d.house
	h.today = time.Now
	h.service = survey.NewService(survey.Options{Store: d.store, Keys: d.keys, Now: time.Now, Random: demoRandom(d.seed, 2), Log: d.log})
	return &h, h.openMail(&config{SMTP: "file:" + filepath.Join(d.dir, "mails"), MailFrom: demoSender, BaseURL: base})
}

// openNow opens a check round of the iteration that is being planned.
func (d *demoRun) openNow(ctx context.Context, h *house) (*survey.Round, error) {
	all, err := h.service.ListIterations(ctx, account.System(), d.programme)
	if err != nil {
		return nil, err
	}
	opens := time.Now().Add(-time.Minute)
	closes := opens.Add(demoOpen)
	r, err := h.service.CreateRound(ctx, account.System(), all[len(all)-1].ID, survey.RoundInput{Kind: survey.CheckRound, Opens: &opens, Closes: &closes})
	if err != nil {
		return nil, err
	}
	return h.service.OpenRound(ctx, account.System(), r.ID)
}

// printToken gives the programme lead access to the management API.
func (d *demoRun) printToken(ctx context.Context, h *house, base string) error {
	_, token, err := h.service.CreateToken(ctx, account.System(), survey.TokenInput{
		Role: account.Lead, Organisation: d.organisation, Name: "demo", Life: demoOpen,
	})
	if err != nil {
		return err
	}
	fmt.Printf("\nThe management API, as the programme lead:\n  curl -H 'Authorization: Bearer %s' %s/api/v1/organisations\n\n", token, base)
	return nil
}

func printLinks(ctx context.Context, s *survey.Service, r *survey.Round, base string) error {
	links, _, err := s.Links(ctx, r.ID)
	if err != nil {
		return err
	}
	var people []survey.PersonID
	for person := range links {
		people = append(people, person)
	}
	slices.Sort(people)
	fmt.Printf("\nA round is open until %s. Personal links to try:\n", r.Closes.Local().Format("2 January 2006 15:04"))
	for _, person := range people[:min(demoLinks, len(people))] {
		fmt.Printf("  %s/r/%s#%s\n", base, r.ID, links[person])
	}
	fmt.Println("\nReports:")
	return nil
}
