package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/store"
	"pulscheck/survey/tally"
)

// writeReport writes one PDF from stored results.
func writeReport(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("report", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	iteration := f.String("iteration", "", "")
	kind := f.String("kind", "check", "")
	language := f.String("lang", string(locale.German), "")
	out := f.String("o", "", "")
	if err := f.Parse(args); err != nil || *iteration == "" || *out == "" || *kind != "check" ||
		*language != string(locale.German) && *language != string(locale.English) {
		return fmt.Errorf("report --iteration ID [--kind check] [--lang de|en] -o FILE: %w", errUsage)
	}
	s, err := store.Open(ctx, c.Database, store.Options{AllowWeakDurability: true, Log: c.logger()})
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	d, err := describeReport(ctx, s, survey.IterationID(*iteration), edition{locale.Language(*language), 1, ""})
	if err != nil {
		return err
	}
	body, err := pdf.Draw(d.document)
	if err != nil {
		return err
	}
	return writeFile(*out, body)
}

// described is a check report before it is drawn.
type described struct {
	document     *report.Document
	organisation *survey.Organisation
	programme    *survey.Programme
	iteration    *survey.Iteration
	counted      time.Time // when its round was counted
}

// edition says which one of a report is built.
type edition struct {
	language locale.Language
	number   int
	reason   string // why it replaces the one before; empty = nobody said
}

// describeReport builds the check report of an iteration: its last counted check round,
// with the counted rounds of the programme before it.
func describeReport(ctx context.Context, s *store.Store, id survey.IterationID, v edition) (*described, error) {
	iteration, err := s.FindIteration(ctx, id)
	if err != nil {
		return nil, err
	}
	programme, err := s.FindProgramme(ctx, iteration.Programme)
	if err != nil {
		return nil, err
	}
	organisation, err := s.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	counted, events, err := countedRounds(ctx, s, iteration)
	if err != nil {
		return nil, err
	}
	last := len(counted) - 1
	for last >= 0 && (counted[last].Iteration != iteration.Number || counted[last].Round.Kind != survey.CheckRound) {
		last--
	}
	if last < 0 {
		return nil, fmt.Errorf("iteration %s has no counted check round", id)
	}
	document, err := report.Build(report.Input{
		Organisation: organisation, Programme: programme.Name, Iteration: *iteration, Language: v.language, Version: v.number, Reason: v.reason, Software: release(),
		Round: counted[last].Round, Results: counted[last].Results, Earlier: counted[:last], Events: events,
	})
	return &described{document, organisation, programme, iteration, *counted[last].Round.CountedAt}, err
}

// countedRounds gives the counted rounds of a programme up to an iteration, oldest
// first, and the events of these iterations.
func countedRounds(ctx context.Context, s *store.Store, until *survey.Iteration) ([]report.Earlier, []survey.Event, error) {
	iterations, err := s.ListIterations(ctx, until.Programme)
	if err != nil {
		return nil, nil, err
	}
	var counted []report.Earlier
	var events []survey.Event
	for _, i := range iterations {
		if i.Number > until.Number {
			break
		}
		events = append(events, i.Events...)
		rounds, err := s.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return nil, nil, err
		}
		for j := range rounds {
			if rounds[j].CountedAt == nil {
				continue
			}
			var results *tally.Results
			if results, _, err = s.FindResults(ctx, rounds[j].ID); err != nil {
				return nil, nil, err
			}
			counted = append(counted, report.Earlier{Iteration: i.Number, Round: &rounds[j], Results: results})
		}
	}
	return counted, events, nil
}

// writeFile puts a file there whole or not at all.
func writeFile(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone after the rename
	_, err = f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
