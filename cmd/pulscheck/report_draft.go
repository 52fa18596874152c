package main

import (
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
	if err := h.draftReport(ctx, g); err != nil {
		return fmt.Errorf("report of round %s: %w", id, err)
	}
	if err := h.draftComparison(ctx, round); err != nil {
		return fmt.Errorf("comparison of round %s: %w", id, err)
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

// draftReport draws the check report in the languages in which its version is not issued.
func (h *house) draftReport(ctx context.Context, g *source.Gathered) error {
	iteration := g.Input.Iteration
	editions, err := h.editions(ctx, iteration.ID, survey.CheckReport, func(e source.Edition) (*report.Document, error) { return g.Build(ctx, e) })
	if err != nil {
		return err
	}
	for _, e := range editions {
		edits, err := h.store.FindEdits(ctx, iteration.ID, e.Language) // before they are read, so that none is missed
		if err != nil {
			return err
		}
		d, err := g.Build(ctx, e)
		if err != nil {
			return err
		}
		r := &survey.Report{
			Findings: source.Findings(d), Edits: edits.Version,
			Iteration: iteration.ID, Kind: survey.CheckReport, Language: e.Language, Number: e.Number, Reason: e.Reason, Created: d.Created,
			FileName: report.FileName(g.Input.Organisation, iteration.Number, e.Number, e.Language),
		}
		if err := h.keepDraft(ctx, r, d); err != nil {
			return err
		}
		if g.Programme.SendReport != survey.WhenCounted || g.Programme.Language != e.Language {
			continue
		}
		if _, err := h.service.IssueReport(ctx, account.System(), r.ID, r.Version); err != nil {
			return err
		}
	}
	return nil
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
