package main

import (
	"context"
	"encoding/hex"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// draftComparison draws the comparison of the iterations up to a counted round as a
// draft, if there are two. What was issued with the same data stays the last.
func (h *house) draftComparison(ctx context.Context, round *survey.Round, l locale.Language) error {
	issued, err := h.store.LastReport(ctx, round.Iteration, survey.ComparisonReport, l)
	if err != nil {
		return err
	}
	e := source.Edition{Language: l, Number: issued + 1}
	if e.Reason, err = h.store.FindOrder(ctx, round.Iteration, survey.ComparisonReport, e.Number); err != nil {
		return err
	}
	d, err := h.source().Comparison(ctx, round.Iteration, e)
	if fault.Is(err, "comparison-one") {
		return nil
	}
	if err != nil {
		return err
	}
	hash, err := hex.DecodeString(d.Hash)
	if err != nil {
		return fmt.Errorf("data hash: %w", err)
	}
	if told, err := h.issuedWith(ctx, round.Iteration, survey.ComparisonReport, l, hash); err != nil || told && e.Reason == "" {
		return err
	}
	r := &survey.Report{
		Iteration: round.Iteration, Kind: survey.ComparisonReport, Language: l, Number: e.Number, Reason: e.Reason, Created: d.Created,
		FileName: report.ComparisonName(d.ID, l),
	}
	return h.keepDraft(ctx, r, d)
}
