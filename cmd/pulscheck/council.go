package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/report/pdf"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// council writes the works council pack of an organisation as PDF or HTML.
func council(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("council", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	organisation := f.String("organisation", "", "")
	language := f.String("lang", string(locale.German), "")
	out := f.String("o", "", "")
	draw := map[string]func(*report.Document) ([]byte, error){".pdf": pdf.Draw, ".html": fragment.Whole}
	if err := f.Parse(args); err != nil || f.NArg() > 0 || *organisation == "" || draw[filepath.Ext(*out)] == nil ||
		*language != string(locale.German) && *language != string(locale.English) {
		return fmt.Errorf("council --organisation O [--lang de|en] -o FILE.pdf|FILE.html: %w", errUsage)
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // nothing was written
	id, err := h.organisationNamed(ctx, *organisation)
	if err != nil {
		return err
	}
	told, err := h.service.ShowCouncil(ctx, account.System(), id)
	if err != nil {
		return err
	}
	d, err := report.BuildCouncil(report.CouncilInput{Council: told, Language: locale.Language(*language), Software: release()})
	if err != nil {
		return err
	}
	body, err := draw[filepath.Ext(*out)](d)
	if err != nil {
		return err
	}
	return writeFile(*out, body)
}
