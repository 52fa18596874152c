package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/report/source"
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
	g, err := h.source().Check(ctx, round.Iteration)
	if err != nil {
		return fmt.Errorf("report of round %s: %w", id, err)
	}
	if err := h.propose(ctx, g); err != nil {
		return fmt.Errorf("proposals of round %s: %w", id, err)
	}
	for _, l := range []locale.Language{locale.German, locale.English} {
		if err := h.draftReport(ctx, g, l); err != nil {
			return fmt.Errorf("report of round %s: %w", id, err)
		}
		if err := h.draftComparison(ctx, round, l); err != nil {
			return fmt.Errorf("comparison of round %s: %w", id, err)
		}
	}
	return nil
}

// propose lays what the rules of the report propose before the committee.
func (h *house) propose(ctx context.Context, g *source.Gathered) error {
	var proposals []survey.Proposal
	for _, l := range []locale.Language{locale.German, locale.English} {
		d, err := g.Build(ctx, source.Edition{Language: l, Number: 1})
		if err != nil {
			return err
		}
		for n, p := range d.Proposals {
			if l == locale.German {
				proposals = append(proposals, survey.Proposal{Rule: p.Rule})
				proposals[n].Text.DE = p.Text
			} else {
				proposals[n].Text.EN = p.Text
			}
		}
	}
	_, err := h.service.ProposeDecisions(ctx, account.System(), g.Input.Iteration.ID, proposals)
	return err
}

// source gathers what reports are made of.
func (h *house) source() *source.Source {
	return source.New(h.service, source.Options{Software: release(), Origin: h.origin, Now: h.today})
}

func (h *house) draftReport(ctx context.Context, g *source.Gathered, l locale.Language) error {
	iteration := g.Input.Iteration
	issued, err := h.store.LastReport(ctx, iteration.ID, survey.CheckReport, l)
	if err != nil {
		return err
	}
	e := source.Edition{Language: l, Number: issued + 1}
	if e.Reason, err = h.store.FindOrder(ctx, iteration.ID, survey.CheckReport, e.Number); err != nil {
		return err
	}
	d, err := g.Build(ctx, e)
	if err != nil {
		return err
	}
	hash, err := hex.DecodeString(d.Hash)
	if err != nil {
		return fmt.Errorf("data hash: %w", err)
	}
	if told, err := h.issuedWith(ctx, iteration.ID, survey.CheckReport, l, hash); err != nil || told && e.Reason == "" {
		return err
	}
	r := &survey.Report{
		Iteration: iteration.ID, Kind: survey.CheckReport, Language: l, Number: e.Number, Reason: e.Reason, Created: g.Counted,
		FileName: report.FileName(g.Input.Organisation, iteration.Number, e.Number, l),
	}
	if err := h.keepDraft(ctx, r, d); err != nil {
		return err
	}
	if g.Programme.SendReport != survey.WhenCounted || g.Programme.Language != l {
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
