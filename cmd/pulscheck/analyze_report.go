package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// writePDF writes the check report of the last iteration. It is dated as the file of
// the answers, so that the same files give the same bytes; when people answered is not
// known.
func (o analyzeOptions) writePDF(list []iteration) error {
	f, err := os.Open(o.answers)
	if err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	defer f.Close() //nolint:errcheck // opened for reading
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	print := sha256.New()
	if _, err := io.Copy(print, f); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	var rounds []report.Earlier
	for i, one := range list {
		one.results.CountedAt = info.ModTime().UTC()
		rounds = append(rounds, report.Earlier{Iteration: i + 1, Results: one.results, Round: &survey.Round{
			ID: survey.RoundID(one.results.Round), Kind: survey.CheckRound, K: one.results.K, Questionnaire: one.asked,
			Invited: one.results.Invited, Fingerprint: print.Sum(nil), CountedAt: &one.results.CountedAt,
		}})
	}
	last := len(rounds) - 1
	document, err := report.Build(report.Input{
		Organisation: o.organisation(list), Programme: filepath.Base(o.answers), Iteration: survey.Iteration{Number: last + 1},
		Language: o.language, Version: 1, Elsewhere: true, Software: release(), Round: rounds[last].Round, Results: rounds[last].Results, Earlier: rounds[:last],
	})
	if err != nil {
		return err
	}
	body, err := pdf.Draw(document)
	if err != nil {
		return err
	}
	return writeFile(o.pdf, body)
}

// organisation stands for the people who answered: their groups, by name where the
// name is one of ours.
func (o analyzeOptions) organisation(list []iteration) *survey.Organisation {
	stem := strings.TrimSuffix(filepath.Base(o.answers), filepath.Ext(o.answers))
	org := &survey.Organisation{Key: "analyze", Name: stem, Zone: "UTC", K: survey.FloorK}
	places := []*[]survey.Named{&org.Processes, &org.Roles, &org.Units}
	known := [][]questionnaire.Entry{questionnaire.Processes(), questionnaire.Roles(), nil}
	for _, one := range list {
		for _, g := range one.results.Groups {
			for p, value := range []string{g.Group.Process, g.Group.Role, g.Group.Unit} {
				if value != "" && value != tally.Others {
					*places[p] = add(*places[p], value, known[p])
				}
			}
		}
	}
	for _, names := range places {
		slices.SortFunc(*names, func(a, b survey.Named) int { return natural(a.Key, b.Key) })
	}
	return org
}

// add appends a name once.
func add(names []survey.Named, key string, known []questionnaire.Entry) []survey.Named {
	if slices.ContainsFunc(names, func(n survey.Named) bool { return n.Key == key }) {
		return names
	}
	name := locale.Text{DE: key, EN: key}
	for _, k := range known {
		if k.Key == key {
			name = k.Name
		}
	}
	return append(names, survey.Named{Key: key, Name: name})
}
