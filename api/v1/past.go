package v1

import (
	"bytes"
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
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
	id := survey.IterationID(in.Iteration)
	if err := a.importing(ctx, actor, id); err != nil {
		return nil, err
	}
	r, wrong, err := a.service.ImportPast(ctx, actor, id, survey.PastInput{
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
