package v1

import (
	"cmp"
	"context"
	"net/http"

	"pulscheck/api/respond"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

func newReport(r *survey.Report) Report {
	return Report{
		ID: string(r.ID), Iteration: string(r.Iteration), Kind: string(r.Kind), Language: string(r.Language), Number: r.Number,
		State: string(r.State), Reason: r.Reason, Document: r.Document, DataHash: binary(r.DataHash), FileName: r.FileName,
		FileHash: binary(r.FileHash), Created: r.Created.UTC(), Issued: utc(r.Issued), Version: r.Version,
	}
}

// ListReports gives the reports of an iteration.
func (a *API) ListReports(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Paging
}) (*List[Report], error) {
	all, err := a.service.ListReports(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Iteration+"/reports", all, func(r *survey.Report) string { return string(r.ID) }, newReport)
}

// ShowReport gives what is known of a report.
func (a *API) ShowReport(ctx context.Context, actor account.Actor, in *ByReport) (*One[Report], error) {
	return oneReport(a.service.ShowReport(ctx, actor, survey.ReportID(in.Report)))
}

func oneReport(r *survey.Report, err error) (*One[Report], error) {
	if err != nil {
		return nil, err
	}
	return &One[Report]{etag(r.Version), newReport(r)}, nil
}

// PDF is a file that is saved, not shown in place.
type PDF struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// DownloadReport gives the PDF.
func (a *API) DownloadReport(ctx context.Context, actor account.Actor, in *ByReport) (*PDF, error) {
	r, err := a.service.ShowReport(ctx, actor, survey.ReportID(in.Report))
	if err != nil {
		return nil, err
	}
	if err := take(ctx, a.limits.PDFs, actor.ID); err != nil {
		return nil, err
	}
	return &PDF{"application/pdf", respond.Attachment(r.FileName), "sandbox", r.Body}, nil
}

// IssueReport freezes a draft.
func (a *API) IssueReport(ctx context.Context, actor account.Actor, in *struct {
	ByReport
	Seen
}) (*One[Report], error) {
	return oneReport(a.service.IssueReport(ctx, actor, survey.ReportID(in.Report), seen(in.IfMatch)))
}

// ReportOrder is why there is to be another version.
type ReportOrder struct {
	Kind   string `json:"kind,omitempty" enum:"check,team,comparison" default:"check" doc:"team: the sheet that goes back to the team; comparison: the iterations up to this one side by side"`
	Reason string `json:"reason,omitempty" maxLength:"200" example:"with the decisions of 27 April" doc:"stands on the cover; needed once a version was issued"`
}

// Ordered says nothing but that a job will draw the report.
type Ordered struct{ Status int }

// DrawReport has a report drawn again.
func (a *API) DrawReport(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Body ReportOrder
}) (*Ordered, error) {
	if err := actor.May(account.IssueReports); err != nil { // counted only for who may
		return nil, err
	}
	if err := take(ctx, a.limits.PDFs, actor.ID); err != nil {
		return nil, err
	}
	kind := cmp.Or(survey.ReportKind(in.Body.Kind), survey.CheckReport)
	err := a.service.DrawReport(ctx, actor, survey.IterationID(in.Iteration), kind, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return &Ordered{http.StatusAccepted}, nil
}
