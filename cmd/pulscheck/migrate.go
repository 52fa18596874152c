package main

import (
	"context"
	"errors"
	"fmt"

	"pulscheck/survey/fault"
	"pulscheck/survey/store"
)

// migrate brings the schema up to date or tells where it stands.
func migrate(ctx context.Context, c *config, args []string) error {
	if len(args) != 1 || args[0] != "up" && args[0] != "status" {
		return fmt.Errorf("migrate up or migrate status: %w", errUsage)
	}
	up := args[0] == "up"
	s, err := store.Open(ctx, c.Database, store.Options{Migrate: up, AllowWeakDurability: true, Log: c.logger()})
	if fault.Is(err, "schema-old") {
		fmt.Println(errors.Unwrap(fault.Of(err)))
		return errors.New("the schema is not up to date")
	}
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing is left to write
	state, err := s.Migrations(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("the schema is up to date: step %d of %d\n", state.Current, state.Latest)
	return nil
}
