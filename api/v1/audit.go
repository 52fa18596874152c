package v1

import (
	"context"
	"strconv"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

func newAuditEntry(e *survey.Logged) AuditEntry {
	return AuditEntry{
		Seq: e.Seq, At: e.At.UTC(), Actor: e.Actor, Verb: e.Verb, Subject: e.Subject, Detail: e.Detail, Previous: binary(e.Previous), Hash: binary(e.Hash),
		ActorName: orNull(e.Who), Address: orNull(e.Address), SubjectName: newLabel(e.What),
	}
}

// newLabel is null for what is not there any more, or has no name.
func newLabel(l survey.Label) *AuditLabel {
	if l == (survey.Label{}) {
		return nil
	}
	return &AuditLabel{DE: orNull(l.Text.DE), EN: orNull(l.Text.EN), Iteration: orNull(l.Number)}
}

// orNull is null for what is not known.
func orNull[T comparable](value T) *T {
	var nothing T
	if value == nothing {
		return nil
	}
	return &value
}

// ListAudit gives who did what, from the first entry on.
func (a *API) ListAudit(ctx context.Context, actor account.Actor, in *struct {
	Of
	Paging
}) (*List[AuditEntry], error) {
	of := byDefault(actor, in.Organisation)
	all, err := a.service.ListEvents(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, string(of)+"/audit", all, func(e *survey.Logged) string { return strconv.Itoa(e.Seq) }, newAuditEntry)
}
