package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// draftReports draws the check report of a counted round in both languages, and the
// comparison with the iterations before. Where the
// programme wants it so, the one in the language of the steering committee is issued
// and mailed at once. It may run again after it was cut off.
func (h *house) draftReports(ctx context.Context, id survey.RoundID) error {
	round, err := h.store.FindRound(ctx, id)
	if err != nil {
		return err
	}
	if round.Kind != survey.CheckRound || round.CountedAt == nil {
		return nil
	}
	for _, l := range []locale.Language{locale.German, locale.English} {
		if err := h.draftReport(ctx, round, l); err != nil {
			return fmt.Errorf("report of round %s: %w", id, err)
		}
		if err := h.draftComparison(ctx, round, l); err != nil {
			return fmt.Errorf("comparison of round %s: %w", id, err)
		}
	}
	return nil
}

func (h *house) draftReport(ctx context.Context, round *survey.Round, l locale.Language) error {
	issued, err := h.store.LastReport(ctx, round.Iteration, survey.CheckReport, l)
	if err != nil {
		return err
	}
	reason, err := h.store.FindOrder(ctx, round.Iteration, survey.CheckReport, issued+1)
	if err != nil {
		return err
	}
	d, err := describeReport(ctx, h.store, round.Iteration, edition{l, issued + 1, reason})
	if err != nil {
		return err
	}
	hash, err := hex.DecodeString(d.document.Hash)
	if err != nil {
		return fmt.Errorf("data hash: %w", err)
	}
	if told, err := h.issuedWith(ctx, round.Iteration, survey.CheckReport, l, hash); err != nil || told && reason == "" {
		return err
	}
	r := &survey.Report{
		Iteration: round.Iteration, Kind: survey.CheckReport, Language: l, Number: issued + 1, Reason: reason, Created: d.counted,
		FileName: report.FileName(d.organisation, d.iteration.Number, issued+1, l),
	}
	if err := h.keepDraft(ctx, r, d.document); err != nil {
		return err
	}
	if d.programme.SendReport != survey.WhenCounted || d.programme.Language != l {
		return nil
	}
	_, err = h.service.IssueReport(ctx, account.System(), r.ID, r.Version)
	return err
}

// keepDraft draws a document and stores it as the draft of a report.
func (h *house) keepDraft(ctx context.Context, r *survey.Report, d *report.Document) error {
	hash, err := hex.DecodeString(d.Hash)
	if err != nil {
		return fmt.Errorf("data hash: %w", err)
	}
	body, err := pdf.Draw(d)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	r.ID, r.Document, r.DataHash, r.FileHash, r.Body = survey.ReportID(h.service.DrawID()), d.ID, hash, sum[:], body
	return h.store.CreateReport(ctx, r)
}

// issuedWith reports whether a report of a kind with the same data was issued already.
func (h *house) issuedWith(ctx context.Context, id survey.IterationID, kind survey.ReportKind, l locale.Language, hash []byte) (bool, error) {
	reports, err := h.store.ListReports(ctx, id)
	for _, r := range reports {
		if r.Kind == kind && r.Language == l && r.State == survey.ReportIssued && bytes.Equal(r.DataHash, hash) {
			return true, nil
		}
	}
	return false, err
}
