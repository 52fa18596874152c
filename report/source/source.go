// Package source gathers what documents are made of: the released results of rounds and
// what a programme knows beside them, read through the use cases of survey. It decides
// neither what a document says (report) nor how it looks (report/pdf, report/fragment).
// The jobs and commands of cmd call it for what is drawn and kept, api/web for the same
// pages as HTML.
package source

import (
	"context"
	"fmt"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Source reads for documents. It asks as the house itself: whoever calls it has made
// sure that the reader may see the document.
type Source struct {
	service *survey.Service
	Options
}

// Options of a Source.
type Options struct {
	Software string           // version of the program that stands on documents, may be empty
	Origin   string           // scheme and host of the pages, for codes on team sheets
	Now      func() time.Time // for team sheets
}

// New makes a source.
func New(service *survey.Service, o Options) *Source {
	return &Source{service, o}
}

// logo gives the picture for covers, nil if an organisation has none.
func (s *Source) logo(ctx context.Context, actor account.Actor, id survey.OrganisationID) (*survey.Logo, error) {
	l, err := s.service.ShowLogo(ctx, actor, id)
	if fault.Is(err, "not-found") {
		err = nil
	}
	return l, err
}

// Edition says which one of a report is built.
type Edition struct {
	Language locale.Language
	Number   int    // the printed version, from 1
	Reason   string // why it replaces the one before; empty = nobody said
}

// Document builds a report of a kind about an iteration. Faults: Conflict
// "report-no-results" before a check round was counted, "comparison-one" of a comparison
// that has nothing to compare with.
func (s *Source) Document(ctx context.Context, kind survey.ReportKind, id survey.IterationID, e Edition) (*report.Document, error) {
	switch kind {
	case survey.TeamReport:
		return s.Team(ctx, id, e)
	case survey.ComparisonReport:
		return s.Comparison(ctx, id, e)
	case survey.CheckReport:
		g, err := s.Check(ctx, id)
		if err != nil {
			return nil, err
		}
		return g.Build(ctx, e)
	}
	return nil, fmt.Errorf("no source of reports of kind %s", kind)
}
