package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

const (
	adminUsage       = "admin token|create|reset-code|remove|delete-organisation"
	adminAccessUsage = "admin token --role R [--organisation O] [--process K,K] [--expires 90d] [--name N]"
	adminCreateUsage = "admin create --email E --role operator [--lang de|en]"
	adminResetUsage  = "admin reset-code --email E"
	adminRemoveUsage = "admin remove --email E --organisation O"
)

// admin does what only somebody on the operator's machine may do.
func admin(ctx context.Context, c *config, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "token":
			return adminToken(ctx, c, args[1:])
		case "create":
			return adminCreate(ctx, c, args[1:])
		case "reset-code":
			return adminReset(ctx, c, args[1:])
		case "remove":
			return adminRemove(ctx, c, args[1:])
		case "delete-organisation":
			return adminDelete(ctx, c, args[1:])
		}
	}
	return fmt.Errorf("%s: %w", adminUsage, errUsage)
}

// adminCreate makes the account of an operator and prints the code of the first log-in.
func adminCreate(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("admin create", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	email, role, language := f.String("email", "", ""), f.String("role", "", ""), f.String("lang", "de", "")
	l := func() locale.Language { return locale.Language(*language) }
	if err := f.Parse(args); err != nil || f.NArg() > 0 || *email == "" || l() != locale.German && l() != locale.English {
		return fmt.Errorf("%s: %w", adminCreateUsage, errUsage)
	}
	if *role != string(account.Operator) {
		return fmt.Errorf("%s; operators invite everybody else: %w", adminCreateUsage, errUsage)
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // what was written is committed
	code, err := h.service.CreateOperator(ctx, account.System(), *email, l())
	if fault.Is(err, "key-taken") {
		return fmt.Errorf("this address has an account; admin reset-code gives it a new code: %w", err)
	}
	if err != nil {
		return fmt.Errorf("create operator: %w", err)
	}
	return printCode(os.Stdout, c.BaseURL, code)
}

// adminReset prints a code that sets an account up anew.
func adminReset(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("admin reset-code", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	email := f.String("email", "", "")
	if err := f.Parse(args); err != nil || f.NArg() > 0 || *email == "" {
		return fmt.Errorf("%s: %w", adminResetUsage, errUsage)
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // what was written is committed
	code, err := h.service.ResetCode(ctx, account.System(), *email)
	if err != nil {
		return fmt.Errorf("reset code: %w", err)
	}
	return printCode(os.Stdout, c.BaseURL, code)
}

// adminRemove takes a user out of an organisation: also an auditor who has gone, whom
// nobody else there may remove.
func adminRemove(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("admin remove", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	email, organisation := f.String("email", "", ""), f.String("organisation", "", "")
	if err := f.Parse(args); err != nil || f.NArg() > 0 || *email == "" || *organisation == "" {
		return fmt.Errorf("%s: %w", adminRemoveUsage, errUsage)
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // what was written is committed
	of, err := h.organisationNamed(ctx, *organisation)
	if err != nil {
		return err
	}
	users, err := h.service.ListUsers(ctx, account.System(), of)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(users, func(u account.User) bool { return u.Email == account.NormalEmail(*email) })
	if at < 0 {
		return fmt.Errorf("nobody of organisation %s has this address: %w", *organisation, fault.New(fault.NotFound, "not-found"))
	}
	if err := h.service.RemoveUser(ctx, account.System(), of, users[at].ID); err != nil {
		return fmt.Errorf("remove user: %w", err)
	}
	return nil
}

// printCode tells a one-time code and where it is used.
func printCode(out io.Writer, base, code string) error {
	_, err := fmt.Fprintf(out, "%s\nOne-time code, good for 30 minutes: %s/setup\n", code, base)
	return err
}

// adminToken makes a token for the management API.
func adminToken(ctx context.Context, c *config, args []string) error {
	f := flag.NewFlagSet("admin token", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	role := f.String("role", "", "")
	organisation := f.String("organisation", "", "")
	processes := f.String("process", "", "")
	expires := f.String("expires", "90d", "")
	name := f.String("name", "command line", "")
	if err := f.Parse(args); err != nil || f.NArg() > 0 || *role == "" {
		return fmt.Errorf("%s: %w", adminAccessUsage, errUsage)
	}
	life, err := days(*expires)
	if err != nil {
		return fmt.Errorf("--expires: %w: %w", err, errUsage)
	}
	h, err := build(ctx, c, time.Now)
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
