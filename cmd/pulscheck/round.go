package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
)

// papers are the sizes of posters by option.
var papers = map[string]pdf.Paper{"a4": pdf.A4, "a3": pdf.A3}

// maxDoor is the most runes that a poster says about whom to ask.
const maxDoor = 120

// printing is what is asked of "round poster" and "round tickets".
type printing struct {
	kind  string // poster or tickets
	round survey.RoundID
	size  string
	door  locale.Text
	count int
	file  string
}

func readPrinting(args []string) (p printing, ok bool) {
	if len(args) < 2 {
		return p, false
	}
	p.kind, p.round = args[0], survey.RoundID(args[1])
	f := flag.NewFlagSet("round", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&p.file, "o", "", "")
	switch p.kind {
	case "poster":
		f.StringVar(&p.size, "size", "a4", "")
		f.StringVar(&p.door.DE, "door-de", "", "")
		f.StringVar(&p.door.EN, "door-en", "", "")
	case "tickets":
		f.IntVar(&p.count, "count", 0, "")
	default:
		return p, false
	}
	if err := f.Parse(args[2:]); err != nil || f.NArg() > 0 || p.file == "" {
		return p, false
	}
	tooLong := utf8.RuneCountInString(p.door.DE) > maxDoor || utf8.RuneCountInString(p.door.EN) > maxDoor
	return p, !tooLong && (papers[p.size] != "" || p.count > 0)
}

// printRound writes what is printed for an open round.
func printRound(ctx context.Context, c *config, args []string) error {
	p, ok := readPrinting(args)
	if !ok {
		return fmt.Errorf("round poster ROUND [--size a4|a3] [--door-de TEXT] [--door-en TEXT] -o FILE (texts of at most %d characters)"+
			" or round tickets ROUND --count N -o FILE: %w", maxDoor, errUsage)
	}
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // nothing is left to write
	round, organisation, err := h.service.ShowOpen(ctx, account.System(), p.round)
	if err != nil {
		return tellRound(p.round, err)
	}
	in := report.Invitation{Organisation: organisation, Round: round, Base: c.BaseURL, Door: p.door}
	if p.kind == "poster" {
		return p.writePoster(in)
	}
	return p.writeTickets(ctx, h.service, in)
}

func (p *printing) writePoster(in report.Invitation) error {
	poster, err := report.BuildPoster(in)
	if err != nil {
		return err
	}
	body, err := pdf.DrawPoster(poster, papers[p.size])
	if err != nil {
		return err
	}
	if err := writeFile(p.file, body); err != nil {
		return err
	}
	fmt.Printf("%s: poster with the address %s\n", p.file, poster.Address)
	return nil
}

func (p *printing) writeTickets(ctx context.Context, s *survey.Service, in report.Invitation) error {
	links, err := s.PrintTickets(ctx, account.System(), p.round, p.count)
	if err != nil {
		return tellRound(p.round, err)
	}
	tickets, err := report.BuildTickets(in, links)
	if err != nil {
		return err
	}
	body, err := pdf.DrawTickets(tickets)
	if err != nil {
		return err
	}
	if err := writeFile(p.file, body); err != nil {
		return err
	}
	fmt.Printf("%s: %d of %d paper tickets under %s. Whoever holds one can answer with it; printed again, they are the same ones.\n",
		p.file, len(links), in.Round.Paper, in.Base)
	return nil
}

// tellRound says in words what is wrong with a round that is to be printed for.
func tellRound(id survey.RoundID, err error) error {
	switch f := fault.Of(err); f.Kind {
	case fault.NotFound, fault.Conflict, fault.Gone, fault.Invalid:
		return &table.Error{File: fmt.Sprintf("round %q", id), Text: locale.New(locale.English).Fill("error."+f.Key, f.Args)}
	}
	return err
}
