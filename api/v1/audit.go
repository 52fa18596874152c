package v1

import (
	"context"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

func newAuditEntry(e *audit.Entry) AuditEntry {
	return AuditEntry{
		Seq: e.Seq, At: e.At.UTC(), Actor: e.Actor, Verb: e.Verb, Subject: e.Subject, Detail: e.Detail, Previous: binary(e.Previous), Hash: binary(e.Hash),
	}
}

// ListAudit gives who did what, from the first entry on.
func (a *API) ListAudit(ctx context.Context, actor account.Actor, in *struct {
	Of
	Paging
}) (*List[AuditEntry], error) {
	of := byDefault(actor, in.Organisation)
	all, err := a.service.ListAudit(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, string(of)+"/audit", all, func(e *audit.Entry) string { return strconv.Itoa(e.Seq) }, newAuditEntry)
}
