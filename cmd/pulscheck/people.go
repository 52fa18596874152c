package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
)

// people imports a list of people into an organisation.
func people(ctx context.Context, c *config, args []string) error {
	usage := fmt.Errorf("people import FILE --organisation O [--dry-run] [--leave]: %w", errUsage)
	if len(args) < 2 || args[0] != "import" {
		return usage
	}
	f := flag.NewFlagSet("people import", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	organisation := f.String("organisation", "", "")
	dryRun := f.Bool("dry-run", false, "")
	leave := f.Bool("leave", false, "")
	if err := f.Parse(args[2:]); err != nil || *organisation == "" || f.NArg() > 0 {
		return usage
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // nothing is left to write
	id, err := h.organisationNamed(ctx, *organisation)
	if err != nil {
		return err
	}
	file, err := os.Open(args[1])
	if err != nil {
		return &table.Error{File: filepath.Base(args[1]), Text: "cannot be opened"}
	}
	defer file.Close() //nolint:errcheck // opened for reading
	out, err := h.service.ImportPeople(ctx, account.System(), id, survey.ImportInput{File: file, DryRun: *dryRun, Leave: *leave})
	return tellImport(filepath.Base(args[1]), out, err, *dryRun)
}

// organisationNamed finds an organisation by id or key.
func (h *house) organisationNamed(ctx context.Context, name string) (survey.OrganisationID, error) {
	all, err := h.service.ListOrganisations(ctx, account.System())
	if err != nil {
		return "", err
	}
	for _, o := range all {
		if o.Key == name || string(o.ID) == name {
			return o.ID, nil
		}
	}
	return "", errors.New("no organisation has this id or key")
}

// tellImport prints what an import did, or the rows that are wrong.
func tellImport(file string, out *survey.ImportOutcome, err error, dryRun bool) error {
	words := locale.New(locale.English)
	if out != nil {
		for _, e := range out.Errors {
			fmt.Fprintf(os.Stderr, "%s, line %d, column %s: %s\n", file, e.Row, e.Column, words.T("error."+e.Code))
		}
	}
	var bad *table.Error
	switch f := fault.Of(err); {
	case err == nil:
	case errors.As(err, &bad):
		bad.File = file
		return bad
	case f.Kind == fault.Invalid || f.Kind == fault.TooLarge:
		return &table.Error{File: file, Text: words.T("error." + f.Key)}
	default:
		return err
	}
	done := "imported"
	if dryRun {
		done = "nothing was stored"
	}
	fmt.Printf("%d new, %d changed, %d unchanged, %d not in the file (%d of them leave), %d new units: %s\n",
		out.New, out.Changed, out.Unchanged, out.Missing, out.Left, len(out.Units), done)
	return nil
}
