package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"pulscheck/migrations"
	"pulscheck/survey/fault"
	"pulscheck/survey/table"
)

var errUsage = errors.New(`unknown command or option

usage: pulscheck COMMAND
  serve                         API, pages and jobs in one process
  demo [--dir DIR] [--people N] [--iterations N] [--seed N] [--once]
                                a sample organisation whose people answer, with its reports
  report --iteration ID [--kind check|comparison|team] [--lang de|en] -o FILE
                                one PDF from stored results
  analyze --items FILE --answers FILE [--invited FILE] [--group COLUMN,...] [--json FILE|-]
          [--exact] [--limesurvey] [--pdf FILE] [--lang de|en]
                                statistics, protection and report for answers collected elsewhere; --limesurvey
                                reads an export of LimeSurvey with codes of questions and answers
  verify FILE.pdf               compares the attached data of a report with the printed hash, and with
                                the database if there is one
  people import FILE --organisation O [--dry-run] [--leave]
                                a list of people, one row per process role; O is an id or key
  round poster ROUND [--size a4|a3] [--door-de TEXT] [--door-en TEXT] -o FILE
                                a poster with the address of an open round as QR code
  round tickets ROUND --count N -o FILE
                                paper tickets to cut out, one for each invited person without
                                e-mail address; printed again, they are the same ones
  loadtest --url URL [--people N] [--clients N]
                                whole participations against a running server, to size it
  admin token --role R [--organisation O] [--process K,K] [--expires 90d] [--name N]
                                a new token for the management API, printed once
  council --organisation O [--lang de|en] -o FILE.pdf|FILE.html
                                what a works council is told, from the settings of now: purpose, data, periods,
                                rights, limits, fingerprints, and the record of processing (Art. 30 GDPR)
  trustee key -o FILE           a key without which rounds cannot be counted, for whoever holds it (works
                                council) on a machine of their own; prints the public half
  trustee unlock --key FILE [--url URL --round ROUND --token-file FILE] [--early]
                                lets a closed round be counted; without --url it reads what
                                GET /rounds/ROUND/trustee gives and prints what POST …/unlock takes
  admin create --email E --role operator [--lang de|en]
                                the account of an operator, with a code for its first log-in
  admin reset-code --email E    a code that sets password and second factor of an account anew
  admin remove --email E --organisation O
                                takes a user out of an organisation, also its last auditor
  admin delete-organisation KEY --yes [--force]
                                removes an organisation with everything stored of it; --force also while a
                                round is open or not counted
  migrate up|status             schema of the database
  doctor                        checks configuration, keys, database, mail and clock
  version                       version, commit, Go version

Settings are PULSCHECK_* variables or flags of the same name, e.g. --listen`)

// run picks the command.
func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	command, rest := args[0], args[1:]
	switch command {
	case "serve":
		return withConfig(rest, func(c *config, rest []string) error {
			if err := nothingLeft(rest); err != nil {
				return err
			}
			return serve(ctx, c, time.Now)
		})
	case "demo":
		return demo(ctx, rest)
	case "report":
		return withConfig(rest, func(c *config, rest []string) error { return writeReport(ctx, c, rest) })
	case "verify":
		return withConfig(rest, func(c *config, rest []string) error { return verify(ctx, c, rest) })
	case "people":
		return withConfig(rest, func(c *config, rest []string) error { return people(ctx, c, rest) })
	case "round":
		return withConfig(rest, func(c *config, rest []string) error { return printRound(ctx, c, rest) })
	case "loadtest":
		return withConfig(rest, func(c *config, rest []string) error { return loadtest(ctx, c, rest) })
	case "admin":
		return withConfig(rest, func(c *config, rest []string) error { return admin(ctx, c, rest) })
	case "migrate":
		return withConfig(rest, func(c *config, rest []string) error { return migrate(ctx, c, rest) })
	case "doctor":
		return withConfig(rest, func(c *config, rest []string) error { return doctor(ctx, c, rest) })
	case "council":
		return withConfig(rest, func(c *config, rest []string) error { return council(ctx, c, rest) })
	case "trustee":
		return trustee(ctx, rest, time.Now(), os.Stdin, os.Stdout)
	case "analyze":
		return analyze(rest)
	case "version":
		version(os.Stdout)
		return nil
	}
	return fmt.Errorf("%s: %w", command, errUsage)
}

// exit tells an error and gives the status that contract.md names for it.
func exit(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, "pulscheck:", err)
	return status(err)
}

func status(err error) int {
	var data *table.Error
	switch {
	case errors.Is(err, errUsage):
		return 64
	case errors.As(err, &data):
		return 65
	case errors.Is(err, migrations.ErrNewer):
		return 3
	case fault.Of(err).Kind == fault.Configuration:
		return 78
	}
	return 1
}

// withConfig reads the configuration from environment and flags and hands what is
// left of the arguments to the command.
func withConfig(args []string, f func(*config, []string) error) error {
	c, rest, err := readConfig(os.Environ(), args)
	if err != nil {
		return err
	}
	return f(c, rest)
}

// nothingLeft refuses arguments that are no settings, such as a misspelt one, by name
// and never by value.
func nothingLeft(rest []string) error {
	if len(rest) == 0 {
		return nil
	}
	name, _, _ := strings.Cut(rest[0], "=")
	if !strings.HasPrefix(name, "--") {
		name = "an argument"
	}
	return fault.Wrap(fault.Configuration, "configuration", errors.New(name+" is no setting"))
}

// flagValue takes "--name value" or "--name=value" out of args.
func flagValue(args []string, name string) (value string, rest []string, found bool) {
	for i, a := range args {
		switch {
		case a == name && i+1 < len(args):
			return args[i+1], append(args[:i:i], args[i+2:]...), true
		case strings.HasPrefix(a, name+"="):
			return strings.TrimPrefix(a, name+"="), append(args[:i:i], args[i+1:]...), true
		}
	}
	return "", args, false
}
