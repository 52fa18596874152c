package v1

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"pulscheck/api/respond"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
)

// Lang is the language of what is asked for.
type Lang struct {
	Language string `query:"lang" enum:"de,en" default:"de" doc:"language of labels, and of separator and decimal sign in CSV"`
}

func (in Lang) language() locale.Language { return locale.Language(in.Language) }

// File is a file that is streamed, and saved, not shown in place.
type File struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        func(huma.Context)
}

// newFile streams what write writes. Nothing can be said any more if that fails: the
// reader sees that the file is cut off.
func newFile(name, media string, write func(io.Writer) error) *File {
	return &File{media, respond.Attachment(name), "sandbox", func(h huma.Context) {
		write(h.BodyWriter()) //nolint:errcheck // whoever asked has gone
	}}
}

// Format is how an export is written.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// file writes an export.
func (f Format) file(e *survey.Export, err error, l locale.Language) (*File, error) {
	if err != nil {
		return nil, err
	}
	name := e.Name + "." + string(f)
	if f == XLSX {
		return newFile(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer) error { return table.WriteXLSX(w, e.Sheets...) }), nil
	}
	form := table.Semicolons
	if l == locale.English {
		form = table.Commas
	}
	return newFile(name, "text/csv; charset=utf-8", func(w io.Writer) error { return table.WriteCSV(w, form, e.Sheets[0]) }), nil
}

// RoundFile asks for a file of a round.
type RoundFile struct {
	ByRound
	Lang
}

// IterationFile asks for a file of an iteration.
type IterationFile struct {
	ByIteration
	Lang
}

// AuditFile asks for the audit as a file.
type AuditFile struct {
	Of
	Lang
}

// download gives a file for what comes in.
type download[I any] = func(context.Context, account.Actor, *I) (*File, error)

func (f Format) ofRound(export func(context.Context, account.Actor, survey.RoundID, locale.Language) (*survey.Export, error)) download[RoundFile] {
	return func(ctx context.Context, actor account.Actor, in *RoundFile) (*File, error) {
		e, err := export(ctx, actor, survey.RoundID(in.Round), in.language())
		return f.file(e, err, in.language())
	}
}

func (f Format) ofIteration(export func(context.Context, account.Actor, survey.IterationID) (*survey.Export, error)) download[IterationFile] {
	return func(ctx context.Context, actor account.Actor, in *IterationFile) (*File, error) {
		e, err := export(ctx, actor, survey.IterationID(in.Iteration))
		return f.file(e, err, in.language())
	}
}

// ExportResults gives released results as a file.
func (a *API) ExportResults(f Format) download[RoundFile] { return f.ofRound(a.service.ExportResults) }

// ExportCodebook gives what keys and values of a round mean as a file.
func (a *API) ExportCodebook(f Format) download[RoundFile] {
	return f.ofRound(a.service.ExportCodebook)
}

// ExportImprovements gives the register of an iteration as a file.
func (a *API) ExportImprovements(f Format) download[IterationFile] {
	return f.ofIteration(a.service.ExportImprovements)
}

// ExportKPIs gives KPIs with their measurements as a file.
func (a *API) ExportKPIs(f Format) download[IterationFile] {
	return f.ofIteration(a.service.ExportKPIs)
}

// ExportAudit gives the audit as a file.
func (a *API) ExportAudit(f Format) download[AuditFile] {
	return func(ctx context.Context, actor account.Actor, in *AuditFile) (*File, error) {
		e, err := a.service.ExportAudit(ctx, actor, byDefault(actor, in.Organisation))
		return f.file(e, err, in.language())
	}
}

// Labels gives the labels of a round as a program for R or SPSS.
func (a *API) Labels(s survey.Syntax) download[RoundFile] {
	return func(ctx context.Context, actor account.Actor, in *RoundFile) (*File, error) {
		name, text, err := a.service.Labels(ctx, actor, survey.RoundID(in.Round), s, in.language())
		if err != nil {
			return nil, err
		}
		return newFile(name, "text/plain; charset=utf-8", func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}), nil
	}
}
