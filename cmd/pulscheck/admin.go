package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

const adminUsage = "admin token --role R [--organisation O] [--process K,K] [--expires 90d] [--name N]"

// admin does what only somebody on the operator's machine may do.
func admin(ctx context.Context, c *config, args []string) error {
	if len(args) == 0 || args[0] != "token" {
		return fmt.Errorf("%s: %w", adminUsage, errUsage)
	}
	f := flag.NewFlagSet("admin token", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	role := f.String("role", "", "")
	organisation := f.String("organisation", "", "")
	processes := f.String("process", "", "")
	expires := f.String("expires", "90d", "")
	name := f.String("name", "command line", "")
	if err := f.Parse(args[1:]); err != nil || f.NArg() > 0 || *role == "" {
		return fmt.Errorf("%s: %w", adminUsage, errUsage)
	}
	life, err := days(*expires)
	if err != nil {
		return fmt.Errorf("--expires: %w: %w", err, errUsage)
	}
	h, err := build(ctx, c)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // what was written is committed
	in := survey.TokenInput{Role: account.Role(*role), Name: *name, Life: life}
	if *processes != "" {
		in.Processes = strings.Split(*processes, ",")
	}
	if *organisation != "" {
		if in.Organisation, err = h.organisationNamed(ctx, *organisation); err != nil {
			return err
		}
	}
	return makeToken(ctx, h.service, in, os.Stdout)
}

// makeToken prints a new token, which nobody can see again.
func makeToken(ctx context.Context, service *survey.Service, in survey.TokenInput, out io.Writer) error {
	_, text, err := service.CreateToken(ctx, account.System(), in)
	if err != nil {
		return fmt.Errorf("make token: %w", err)
	}
	_, err = fmt.Fprintln(out, text)
	return err
}

// days reads a number of days: 90d.
func days(text string) (time.Duration, error) {
	number, found := strings.CutSuffix(text, "d")
	n, err := strconv.Atoi(number)
	if !found || err != nil || n < 1 || n > 400 {
		return 0, fmt.Errorf("a number of days from 1d to 400d is wanted")
	}
	return time.Duration(n) * 24 * time.Hour, nil
}
