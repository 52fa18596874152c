package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"pulscheck/report/pdf"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/store"
)

// writeReport writes one PDF from stored results.
func writeReport(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("report", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	iteration := f.String("iteration", "", "")
	kind := f.String("kind", "check", "")
	language := f.String("lang", string(locale.German), "")
	out := f.String("o", "", "")
	if err := f.Parse(args); err != nil || *iteration == "" || *out == "" || !slices.Contains([]survey.ReportKind{survey.CheckReport, survey.ComparisonReport, survey.TeamReport}, survey.ReportKind(*kind)) ||
		*language != string(locale.German) && *language != string(locale.English) {
		return fmt.Errorf("report --iteration ID [--kind check|comparison|team] [--lang de|en] -o FILE: %w", errUsage)
	}
	s, err := store.Open(ctx, c.Database, store.Options{AllowWeakDurability: true, Log: c.logger()})
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	h := house{store: s, service: survey.NewService(survey.Options{Store: s, Now: time.Now, Log: c.logger()}), origin: c.BaseURL, today: time.Now}
	document, err := h.source().Document(ctx, survey.ReportKind(*kind), survey.IterationID(*iteration), source.Edition{Language: locale.Language(*language), Number: 1})
	if err != nil {
		return err
	}
	body, err := pdf.Draw(document)
	if err != nil {
		return err
	}
	return writeFile(*out, body)
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
