package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

const adminDeleteUsage = "admin delete-organisation KEY --yes [--force]"

// adminDelete removes an organisation with everything that is stored of it.
func adminDelete(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("admin delete-organisation", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	yes, force := f.Bool("yes", false, ""), f.Bool("force", false, "")
	if len(args) == 0 || f.Parse(args[1:]) != nil || f.NArg() > 0 {
		return fmt.Errorf("%s: %w", adminDeleteUsage, errUsage)
	}
	if !*yes {
		return fmt.Errorf("this cannot be taken back; say --yes: %s: %w", adminDeleteUsage, errUsage)
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // what was written is committed
	id, err := h.organisationNamed(ctx, args[0])
	if err != nil {
		return err
	}
	err = h.service.DeleteOrganisation(ctx, account.System(), id, *force)
	if fault.Is(err, "round-uncounted") {
		return fmt.Errorf("a round is open or not counted yet; --force loses its answers: %w", err)
	}
	if err != nil {
		return fmt.Errorf("delete organisation: %w", err)
	}
	fmt.Printf("organisation %s is deleted; backups made before hold it until they go\n", args[0])
	return nil
}
