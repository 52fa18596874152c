package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store"
)

// errNotEqual ends verify when something differs; what, was told before.
var errNotEqual = errors.New("not equal")

// verified is what a report says of itself.
type verified struct {
	hash, file string // SHA-256 of the attached data and of the PDF
	language   locale.Language

	Kind         string `json:"kind"`
	Organisation string `json:"organisation"`
	Iteration    int    `json:"iteration"`
	Results      struct {
		Iteration survey.IterationID `json:"iteration"`
	} `json:"results"`
	Comparison struct {
		Rounds []struct {
			Iteration survey.IterationID `json:"iteration"`
		} `json:"rounds"`
	} `json:"comparison"`
}

// letters stand for the kinds of reports in document ids.
var letters = map[string]string{
	string(survey.CheckReport): "B", string(survey.TeamReport): "T", string(survey.ComparisonReport): "V",
}

// verify recomputes the data hash of a report from its attached data and compares it
// with the printed one and, if the database can be reached, with what is stored.
func verify(ctx context.Context, c *config, args []string) error {
	if len(args) != 1 || strings.HasPrefix(args[0], "-") {
		return fmt.Errorf("verify FILE.pdf: %w", errUsage)
	}
	body, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	reading, err := pdf.Read(body)
	if err != nil {
		return fmt.Errorf("verify %s: no unchanged report: %w", args[0], err)
	}
	v, err := attachedData(reading)
	if err != nil {
		return fmt.Errorf("verify %s: %w", args[0], err)
	}
	v.file = sum(body)
	fmt.Println("attached ", v.hash)
	document, err := v.printed(reading)
	if err != nil {
		fmt.Println("printed   differs:", err)
		return fmt.Errorf("verify %s: %w", args[0], errNotEqual)
	}
	fmt.Println("printed   equal, on each of", len(reading.Pages), "pages of", document)
	stored, err := v.stored(ctx, c)
	fmt.Println("stored   ", stored)
	if err != nil {
		return fmt.Errorf("verify %s: %w", args[0], err)
	}
	return nil
}

func sum(body []byte) string {
	h := sha256.Sum256(body)
	return hex.EncodeToString(h[:])
}

// attachedData finds the canonical data.
func attachedData(r *pdf.Reading) (*verified, error) {
	for l, name := range report.DataFiles {
		if data, attached := r.Files[name]; attached {
			v := &verified{hash: sum(data), language: l}
			if err := json.Unmarshal(data, v); err != nil {
				return nil, fmt.Errorf("attached data: %w", err)
			}
			if n := len(v.Comparison.Rounds); n > 0 { // it is kept with the last iteration
				v.Results.Iteration = v.Comparison.Rounds[n-1].Iteration
			}
			return v, nil
		}
	}
	return nil, errors.New("no data are attached")
}

// printed looks for the hash on the pages, short beside the document id on each and in
// full on the last, and gives that id.
func (v *verified) printed(r *pdf.Reading) (id string, err error) {
	short := v.hash[:4] + " " + v.hash[4:8] + " " + v.hash[8:12]
	letter := letters[v.Kind]
	foot, err := regexp.Compile(fmt.Sprintf(` (%s-I%02d-%s[0-9]+) .* %s *$`, regexp.QuoteMeta(strings.ToUpper(v.Organisation)), v.Iteration, letter, short))
	if err != nil {
		return "", err
	}
	for i, texts := range r.Pages {
		found := false
		for _, s := range texts {
			if m := foot.FindStringSubmatch(s); m != nil && (id == "" || m[1] == id) {
				id, found = m[1], true
			}
		}
		if !found {
			return "", fmt.Errorf("page %d does not show %s with the id of this iteration", i+1, short)
		}
	}
	if letter == "T" && id != "" {
		return id, nil // one page for the wall, without the long hash
	}
	if id == "" || !strings.Contains(strings.Join(strings.Fields(strings.Join(r.Pages[len(r.Pages)-1], "")), ""), v.hash) {
		return "", errors.New("the last page does not show the hash in full")
	}
	return id, nil
}

// stored compares with the reports that the database holds, or else with what it would
// report now. It gives words for what came out; a database that is away is no difference.
func (v *verified) stored(ctx context.Context, c *config) (string, error) {
	if path, sqlite := strings.CutPrefix(c.Database, "sqlite:"); sqlite {
		if _, err := os.Stat(path); err != nil {
			return "not compared: no database", nil
		}
	}
	s, err := store.Open(ctx, c.Database, store.Options{AllowWeakDurability: true, Log: c.logger()})
	if err != nil {
		return "not compared: the database cannot be reached", nil
	}
	defer s.Close() //nolint:errcheck // nothing was written
	reports, err := s.ListReports(ctx, v.Results.Iteration)
	if err != nil {
		return "not compared: the database cannot be read", nil
	}
	issued, known := false, false
	for _, r := range reports {
		if string(r.Kind) != v.Kind {
			continue
		}
		if r.Language != v.language || hex.EncodeToString(r.DataHash) != v.hash {
			known = known || r.Language == v.language
			continue
		}
		if hex.EncodeToString(r.FileHash) == v.file {
			return fmt.Sprintf("equal to %s, %s", r.Document, r.State), nil
		}
		issued = issued || r.State == survey.ReportIssued
	}
	if issued {
		return "the data are equal, but this is not the file that was issued", errNotEqual
	}
	if v.Kind == string(survey.TeamReport) {
		return "unknown: no report of this database", errNotEqual // nothing tells when it was made
	}
	d, err := source.New(survey.NewService(survey.Options{Store: s, Now: time.Now}), source.Options{Software: release()}).
		Document(ctx, survey.ReportKind(v.Kind), v.Results.Iteration, source.Edition{Language: v.language, Number: 1})
	switch {
	case err != nil && fault.Of(err).Kind == fault.NotFound:
		return "unknown: no report of this database", errNotEqual
	case err != nil:
		return "not compared", err
	case d.Hash == v.hash:
		return "equal to the results of this iteration", nil
	case known:
		return "differs from every report of this iteration", errNotEqual
	}
	return "differs from the results of this iteration", errNotEqual
}
