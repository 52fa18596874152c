package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/mail"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store"
)

// demoOptions are the flags of the command.
type demoOptions struct {
	dir        string
	people     int
	iterations int
	seed       uint64
	once       bool
}

// Limits of the sample organisation.
const (
	minDemoPeople     = 20
	maxDemoPeople     = 50_000
	maxDemoIterations = 12
)

func demoFlags(args []string) (o demoOptions, err error) {
	f := flag.NewFlagSet("demo", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.dir, "dir", "demo", "")
	f.IntVar(&o.people, "people", 240, "")
	f.IntVar(&o.iterations, "iterations", 3, "")
	f.Uint64Var(&o.seed, "seed", 1, "")
	f.BoolVar(&o.once, "once", false, "")
	err = f.Parse(args)
	switch {
	case err != nil:
	case f.NArg() > 0:
		err = fmt.Errorf("%s is no option of demo", f.Arg(0))
	case o.people < minDemoPeople || o.people > maxDemoPeople:
		err = fmt.Errorf("--people lies between %d and %d", minDemoPeople, maxDemoPeople)
	case o.iterations < 1 || o.iterations > maxDemoIterations:
		err = fmt.Errorf("--iterations lies between 1 and %d", maxDemoIterations)
	}
	if err != nil {
		return o, fmt.Errorf("demo: %w: %w", err, errUsage)
	}
	return o, nil
}

// demoRun is the sample organisation while its people answer. Ids, keys and the
// clock follow from the seed, so that the same seed gives the same numbers and the
// same bytes; nothing but the demo draws keys like that.
type demoRun struct {
	demoOptions
	house
	now          time.Time
	organisation survey.OrganisationID
	programme    survey.ProgrammeID
	people       []survey.Person
	position     map[survey.PersonID]int
	done         []survey.IterationID
	waves        map[survey.RoundID]int // how often people were let answer
}

// demo builds the organisation in an embedded SQLite, lets everybody take part
// through the real protocol, writes the reports and then serves one more round.
func demo(ctx context.Context, args []string) error {
	o, err := demoFlags(args)
	if err != nil {
		return err
	}
	started := time.Now()
	d, err := startDemo(ctx, o)
	if err != nil {
		return err
	}
	defer d.store.Close() //nolint:errcheck // nothing is left to write
	if err := d.live(ctx); err != nil {
		return err
	}
	paths, err := d.write(ctx)
	if err != nil {
		return err
	}
	for _, p := range paths {
		fmt.Println(p)
	}
	fmt.Fprintf(os.Stderr, "%d people, %d iterations, %.1f s\n", o.people, o.iterations, time.Since(started).Seconds())
	if o.once {
		return nil
	}
	return d.serve(ctx)
}

// demoFiles are what a demo leaves in its folder; an earlier one is replaced.
var demoFiles = []string{
	"pulscheck.db", "pulscheck.db-wal", "pulscheck.db-shm", "keys", "mails", "check-bericht.pdf", "check-report.pdf", "comparison.pdf", "team.pdf", "results.json",
}

func startDemo(ctx context.Context, o demoOptions) (*demoRun, error) {
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	for _, name := range demoFiles {
		if err := os.RemoveAll(filepath.Join(o.dir, name)); err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
	}
	d := &demoRun{demoOptions: o, organisation: "demo-organisation", programme: "demo-programme", waves: map[survey.RoundID]int{}, now: demoStart.AddDate(0, 0, -7)}
	d.log, d.origin, d.today = slog.New(slog.DiscardHandler), demoMailBase, func() time.Time { return d.now }
	random := demoRandom(o.seed, 0)
	var err error
	if d.keys, err = ballot.OpenKeystore(filepath.Join(o.dir, "keys"), random); err != nil {
		return nil, err
	}
	d.store, err = store.Open(ctx, "sqlite:"+filepath.Join(o.dir, "pulscheck.db"), store.Options{Migrate: true, AllowWeakDurability: true, Throwaway: true, Log: d.log})
	if err != nil {
		return nil, err
	}
	d.service = survey.NewService(survey.Options{
		Store: d.store, Keys: d.keys, Now: func() time.Time { return d.now }, Random: random, Log: d.log,
	})
	sender, err := mail.NewSender(mail.Options{URL: "file:" + filepath.Join(o.dir, "mails"), From: demoSender})
	if err != nil {
		return nil, err
	}
	d.courier = mail.NewCourier(mail.CourierOptions{
		Store: d.store, Rounds: d.service, Sender: sender, BaseURL: demoMailBase, Now: func() time.Time { return d.now }, Log: d.log,
		Wait: func(context.Context, time.Duration) error { return nil },
	})
	return d, d.found(ctx)
}

// demoSender is who the mails of the sample organisation come from.
const demoSender = "puls@nordlicht.example"

// demoMailBase is the address in the mails of the sample organisation.
const demoMailBase = "https://puls.nordlicht.example"

// demoRandom gives a stream of bytes that follows from the seed.
func demoRandom(seed uint64, stream byte) *rand.ChaCha8 {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	key[31] = stream
	return rand.NewChaCha8(key)
}

// found stores the organisation with its people and its programme.
func (d *demoRun) found(ctx context.Context) error {
	o := &survey.Organisation{
		ID: d.organisation, Key: "nordlicht", Name: "Nordlicht Energie AG", Zone: "Europe/Berlin", K: survey.FloorK, Units: demoUnits,
		Contact: locale.Text{DE: "dienstags 10 bis 11 Uhr, Raum 2.14", EN: "Tuesdays 10 to 11, room 2.14"},
	}
	for _, p := range questionnaire.Processes() {
		if _, used := demoProcess[p.Key]; used {
			live := ""
			if days, known := demoLive[p.Key]; known {
				live = demoStart.AddDate(0, 0, days).Format(time.DateOnly)
			}
			o.Processes = append(o.Processes, survey.Named{Key: p.Key, Name: p.Name, Since: live})
		}
	}
	for _, r := range questionnaire.Roles() {
		o.Roles = append(o.Roles, survey.Named{Key: r.Key, Name: r.Name})
	}
	if err := d.store.CreateOrganisation(ctx, o); err != nil {
		return err
	}
	d.people = demoPeople(d.organisation, d.demoOptions.people, rand.New(demoRandom(d.seed, 1)))
	d.position = map[survey.PersonID]int{}
	for i, p := range d.people {
		d.position[p.ID] = i
	}
	if err := d.store.CreatePeople(ctx, d.people); err != nil {
		return err
	}
	if err := d.foundThemes(ctx); err != nil {
		return err
	}
	if err := d.foundCoaching(ctx); err != nil {
		return err
	}
	return d.store.CreateProgramme(ctx, &survey.Programme{
		ID: d.programme, Organisation: d.organisation, Name: "ITSM-Einführung", Language: locale.German,
		Steering: []string{"lenkungsausschuss@nordlicht.example"}, SendReport: survey.WhenIssued,
	})
}

// write puts results and reports into the folder and gives their paths.
func (d *demoRun) write(ctx context.Context) ([]string, error) {
	last := d.done[len(d.done)-1]
	check, err := d.checkRound(ctx, last)
	if err != nil {
		return nil, err
	}
	results, _, err := d.store.FindResults(ctx, check)
	if err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write results: %w", err)
	}
	type file struct {
		name string
		body []byte
	}
	files := []file{{"results.json", append(text, '\n')}}
	reports, err := d.store.ListReports(ctx, last)
	if err != nil {
		return nil, err
	}
	for _, r := range reports {
		name := map[survey.ReportKind]map[locale.Language]string{
			survey.CheckReport: {locale.German: "check-bericht.pdf", locale.English: "check-report.pdf"},
			survey.TeamReport:  {locale.German: "team.pdf"},

			survey.ComparisonReport: {locale.German: "comparison.pdf"},
		}[r.Kind][r.Language]
		if name == "" {
			continue
		}
		drawn, err := d.store.FindReport(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, drawn.Body})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	var paths []string
	for _, f := range files {
		path := filepath.Join(d.dir, f.name)
		if err := writeFile(path, f.body); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
