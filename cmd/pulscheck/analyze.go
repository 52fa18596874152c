package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// analyzeOptions are the flags of the command.
type analyzeOptions struct {
	items, answers, invited string
	groups                  grouping
	json, pdf               string
	exact, lime             bool
	language                locale.Language
}

const analyzeUsage = "analyze --items FILE --answers FILE [--invited FILE] [--group COLUMN,…] [--json FILE|-] [--exact] [--limesurvey] [--pdf FILE] [--lang de|en]"

func analyzeFlags(args []string) (o analyzeOptions, err error) {
	f := flag.NewFlagSet("analyze", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.items, "items", "", "")
	f.StringVar(&o.answers, "answers", "", "")
	f.StringVar(&o.invited, "invited", "", "")
	group := f.String("group", "process,role", "")
	f.StringVar(&o.json, "json", "", "")
	f.BoolVar(&o.exact, "exact", false, "")
	f.BoolVar(&o.lime, "limesurvey", false, "")
	f.StringVar(&o.pdf, "pdf", "", "")
	language := f.String("lang", string(locale.German), "")
	err = f.Parse(args)
	o.language = locale.Language(*language)
	switch {
	case err != nil:
	case f.NArg() > 0:
		err = fmt.Errorf("%s is no option", f.Arg(0))
	case o.items == "" || o.answers == "":
		err = errors.New("--items and --answers are needed")
	case o.pdf != "" && o.invited == "":
		err = errors.New("--pdf needs --invited: the report tells how many of the people invited answered")
	case o.language != locale.German && o.language != locale.English:
		err = errors.New("--lang is de or en")
	}
	if err != nil {
		return o, fmt.Errorf("%s: %w: %w", analyzeUsage, err, errUsage)
	}
	given := false
	f.Visit(func(one *flag.Flag) { given = given || one.Name == "group" })
	o.groups, err = groupBy(*group, given)
	if o.json == "" && o.pdf == "" {
		o.json = "-"
	}
	return o, err
}

// Warnings about what answers collected elsewhere lack.
const (
	noRoster  = tally.NoRosterGuard // no identities: iterations are not guarded against each other
	noInvited = "invited-unknown"   // no finite population correction, no response rate
)

// analyze reads answers that were collected elsewhere and gives the same statistics,
// protection and report as for a round of its own.
func analyze(args []string) error {
	o, err := analyzeFlags(args)
	if err != nil {
		return err
	}
	list, err := o.count()
	if err != nil {
		return err
	}
	if o.json != "" {
		if err := o.writeJSON(list); err != nil {
			return err
		}
	}
	if o.pdf != "" {
		return o.writePDF(list)
	}
	return nil
}

// count reads the files and counts every iteration, each in the light of those before.
func (o analyzeOptions) count() ([]iteration, error) {
	items, err := readItems(o.items)
	if err != nil {
		return nil, err
	}
	c := counting{items: items}
	if o.invited != "" {
		if c.invited, err = readInvited(o.invited, o.groups); err != nil {
			return nil, err
		}
	}
	bar := progress(-1, "answers")
	c.answers, err = readAnswers(o, items, c.invited, func(n int) { bar.Add(n) }) //nolint:errcheck // a bar that cannot be drawn stops nothing
	bar.Finish()                                                                  //nolint:errcheck // as above
	if err != nil {
		return nil, err
	}
	list := c.rounds(0, len(c.answers), nil)
	for i := range list {
		c.common(list, i)
		for _, w := range o.warnings() {
			if r := list[i].results; !slices.Contains(r.Warnings, w) {
				r.Warnings = append(r.Warnings, w)
			}
		}
	}
	return list, nil
}

// warnings tell what the files lack.
func (o analyzeOptions) warnings() []tally.Warning {
	list := []tally.Warning{{Code: noRoster}}
	if o.invited == "" {
		list = append(list, tally.Warning{Code: noInvited})
	}
	return list
}

// statistics computes every statistic, unrounded and unprotected.
func (o analyzeOptions) statistics(list []iteration) tally.Exact {
	in := tally.ExactInput{Columns: o.groups.places}
	for _, one := range list {
		in.Rounds = append(in.Rounds, one.counter)
	}
	if len(o.groups.names) > 0 {
		in.First = slices.Index(o.groups.places[:], o.groups.names[0])
	}
	return tally.NewExact(in)
}
