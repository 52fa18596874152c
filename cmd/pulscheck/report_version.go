package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// editions are the drafts that are to be drawn of a report. A version has one number in
// every language: what is issued in one of them only is still the draft of the same
// version in the other one, until somebody orders the next or the data of what was issued
// are no longer those that build finds.
func (h *house) editions(ctx context.Context, id survey.IterationID, kind survey.ReportKind, build func(source.Edition) (*report.Document, error)) ([]source.Edition, error) {
	reports, err := h.store.ListReports(ctx, id)
	if err != nil {
		return nil, err
	}
	issued, last := map[locale.Language]survey.Report{}, 0
	for _, r := range reports { // by number
		if r.Kind == kind && r.State == survey.ReportIssued {
			issued[r.Language], last = r, max(last, r.Number)
		}
	}
	number := last + 1
	reason, err := h.store.FindOrder(ctx, id, kind, number)
	if err != nil {
		return nil, err
	}
	if last > 0 && reason == "" {
		same, err := unchanged(issued, last, build)
		if err != nil {
			return nil, err
		}
		if same {
			number = last
			if reason, err = h.store.FindOrder(ctx, id, kind, number); err != nil {
				return nil, err
			}
		}
	}
	var drafts []source.Edition
	for _, l := range []locale.Language{locale.German, locale.English} {
		if issued[l].Number < number {
			drafts = append(drafts, source.Edition{Language: l, Number: number, Reason: reason})
		}
	}
	return drafts, nil
}

// unchanged says that whatever was issued under the last number has the data that build
// finds now.
func unchanged(issued map[locale.Language]survey.Report, last int, build func(source.Edition) (*report.Document, error)) (bool, error) {
	for l, r := range issued {
		if r.Number != last {
			continue
		}
		d, err := build(source.Edition{Language: l, Number: last + 1})
		if err != nil {
			return false, err
		}
		hash, err := hex.DecodeString(d.Hash)
		if err != nil {
			return false, fmt.Errorf("data hash: %w", err)
		}
		if !bytes.Equal(hash, r.DataHash) {
			return false, nil
		}
	}
	return true, nil
}
