package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// analyzeOptions are the flags of the command.
type analyzeOptions struct {
	items, answers, invited string
	groups                  grouping
	json, pdf               string
	exact                   bool
	language                locale.Language
}

const analyzeUsage = "analyze --items FILE --answers FILE [--invited FILE] [--group COLUMN,…] [--json FILE|-] [--exact] [--pdf FILE] [--lang de|en]"

func analyzeFlags(args []string) (o analyzeOptions, err error) {
	f := flag.NewFlagSet("analyze", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.items, "items", "", "")
	f.StringVar(&o.answers, "answers", "", "")
	f.StringVar(&o.invited, "invited", "", "")
	group := f.String("group", "process,role", "")
	f.StringVar(&o.json, "json", "", "")
	f.BoolVar(&o.exact, "exact", false, "")
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

// iteration is one iteration with its answers and what may be shown of them.
type iteration struct {
	counter *tally.Counter
	results *tally.Results
	asked   *questionnaire.Questionnaire
}

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
	var invited *invitedFile
	if o.invited != "" {
		if invited, err = readInvited(o.invited, o.groups); err != nil {
			return nil, err
		}
	}
	bar := progress(-1, "answers")
	answers, err := readAnswers(o.answers, items, o.groups, invited, func(n int) { bar.Add(n) }) //nolint:errcheck // a bar that cannot be drawn stops nothing
	bar.Finish()                                                                                 //nolint:errcheck // as above
	if err != nil {
		return nil, err
	}
	var list []iteration
	var earlier []tally.Earlier
	for i, one := range answers {
		input := tally.Input{
			Round: one.name, Iteration: one.name, Number: i + 1, Check: true, Earlier: earlier, K: survey.FloorK, Questionnaire: items.questionnaire(one.asked),
			Combined: true, InvitedUnknown: invited == nil,
		}
		if invited != nil {
			input.Invited = invited.of(one.name)
		}
		c := one.counter(input)
		r, kept := c.Results(rand.New(rand.NewPCG(0, 0))) // there are no texts to shuffle
		earlier = append(earlier, tally.Earlier{Number: input.Number, Check: true, Questionnaire: input.Questionnaire, Results: r, Kept: kept})
		for _, w := range o.warnings() {
			if !slices.Contains(r.Warnings, w) {
				r.Warnings = append(r.Warnings, w)
			}
		}
		list = append(list, iteration{c, r, input.Questionnaire})
	}
	return list, nil
}

// counter counts the answers to the questions that were asked.
func (in *collected) counter(input tally.Input) *tally.Counter {
	c := tally.NewCounter(input)
	row := make([]int8, 0, len(in.asked))
	for b, atom := range in.atomOf {
		row = row[:0]
		for i, step := range in.steps[b*len(in.asked) : (b+1)*len(in.asked)] {
			if in.asked[i] {
				row = append(row, step)
			}
		}
		c.AddRow(in.atoms[atom], row)
	}
	return c
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
