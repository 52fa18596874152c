package v1

import (
	"bytes"
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// ImportPast takes over what another tool counted: a CSV file with one row for each
// question and group.
func (a *API) ImportPast(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Kind    string    `query:"kind" enum:"check,pulse" default:"check"`
	Closes  time.Time `query:"closes" doc:"when it ended, within the iteration" example:"2025-11-14T16:00:00Z"`
	Opens   time.Time `query:"opens" doc:"when it began; an hour before by default"`
	Title   string    `query:"title" maxLength:"200"`
	RawBody []byte    `contentType:"text/csv" required:"true"`
}) (*Made[Round], error) {
	if err := actor.May(account.DraftRounds); err != nil {
		return nil, err
	}
	i, err := a.service.ShowIteration(ctx, actor, survey.IterationID(in.Iteration)) // counted only for who may
	if err != nil {
		return nil, err
	}
	if a.imports.Add(string(i.ID)) {
		return nil, fault.New(fault.RateLimited, "rate-limited")
	}
	r, wrong, err := a.service.ImportPast(ctx, actor, i.ID, survey.PastInput{
		File: bytes.NewReader(in.RawBody), Kind: survey.Kind(in.Kind), Opens: in.Opens, Closes: in.Closes, Title: in.Title,
	})
	if len(wrong) > 0 {
		return nil, rowFault(wrong)
	}
	if err != nil {
		return nil, err
	}
	return &Made[Round]{Prefix + "/rounds/" + string(r.ID), etag(r.Version), newRound(r)}, nil
}
