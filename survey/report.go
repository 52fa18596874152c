package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// ReportID names a report.
type ReportID string

// ReportKind is what a report tells.
type ReportKind string

// The kinds.
const (
	CheckReport ReportKind = "check" // tells the steering committee of one iteration
	TeamReport  ReportKind = "team"  // a sheet that tells everybody what became of their answers

	ComparisonReport ReportKind = "comparison" // sets the iterations up to this one side by side
)

// ReportState of a report.
type ReportState string

// The states. What was issued never changes; what comes later is the next number.
const (
	ReportDraft  ReportState = "draft"
	ReportIssued ReportState = "issued"
)

// Report is one PDF of an iteration, with the bytes that were drawn once.
type Report struct {
	ID        ReportID
	Iteration IterationID
	Kind      ReportKind
	Language  locale.Language
	Number    int // the printed version, from 1
	State     ReportState
	Reason    string // why there is another number
	Document  string // printed document id
	DataHash  []byte // SHA-256 of the attached data, 32 bytes
	FileName  string
	FileHash  []byte    // SHA-256 of Body, 32 bytes
	Body      []byte    // the PDF; nil in lists
	Findings  []Finding // of the rules of a check report, also those left out; nil in lists
	Edits     int       // version of the edits that it was drawn with
	Created   time.Time
	Issued    *time.Time
	Version   int
}

// Reports keeps what was drawn.
type Reports interface {
	// CreateReport stores a draft under its number; a draft that is there already is
	// replaced and keeps its id, and its version unless other bytes were drawn. A number
	// that was issued or passed is fault Conflict "report-number".
	CreateReport(ctx context.Context, r *Report, told ...audit.Entry) error
	// LastReport gives the highest number issued, 0 for none.
	LastReport(ctx context.Context, id IterationID, kind ReportKind, l locale.Language) (int, error)
	FindReport(ctx context.Context, id ReportID) (*Report, error)
	// ListIssued gives the issued files of a document, whatever the case of its letters.
	ListIssued(ctx context.Context, document string) ([]Issued, error)
	// ListReports gives reports without their bytes.
	ListReports(ctx context.Context, id IterationID) ([]Report, error)
	// IssueReport freezes a draft of version r.Version and hands on the letters that carry
	// it; one that is issued stays as it is. Fault Stale "version-conflict".
	IssueReport(ctx context.Context, r *Report, at time.Time, letters []Letter, told ...audit.Entry) error
}

// ListReports gives the reports of an iteration, without their bytes.
func (s *Service) ListReports(ctx context.Context, actor account.Actor, id IterationID) ([]Report, error) {
	if _, _, err := s.iteration(ctx, actor, account.ReadReports, id); err != nil {
		return nil, err
	}
	return s.store.ListReports(ctx, id)
}

// ShowReport gives a report with its bytes.
func (s *Service) ShowReport(ctx context.Context, actor account.Actor, id ReportID) (*Report, error) {
	report, _, err := s.report(ctx, actor, account.ReadReports, id)
	return report, err
}

func (s *Service) report(ctx context.Context, actor account.Actor, p account.Permission, id ReportID) (*Report, *Programme, error) {
	if err := actor.May(p); err != nil {
		return nil, nil, err
	}
	report, err := s.store.FindReport(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	_, programme, err := s.iteration(ctx, actor, p, report.Iteration)
	return report, programme, err
}

// IssueReport freezes a draft for ever and mails it to the steering committee. Fault
// Stale "version-conflict" if it is not the draft that the caller saw, Conflict
// "report-outdated" while findings are edited that it was not drawn with yet.
func (s *Service) IssueReport(ctx context.Context, actor account.Actor, id ReportID, seen int) (*Report, error) {
	report, programme, err := s.report(ctx, actor, account.IssueReports, id)
	if err != nil {
		return nil, err
	}
	if report.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if report.Kind == CheckReport && report.State == ReportDraft {
		edits, err := s.store.FindEdits(ctx, report.Iteration, report.Language)
		if err != nil {
			return nil, err
		}
		if edits.Version != report.Edits {
			return nil, fault.New(fault.Conflict, "report-outdated")
		}
	}
	now := s.now()
	told := s.tell(actor, programme.Organisation, "report.issue", string(id), map[string]string{"document": report.Document})
	letters, err := s.reportLetters(ctx, report, programme, now)
	if err != nil {
		return nil, err
	}
	if err := s.store.IssueReport(ctx, report, now, letters, told); err != nil {
		return nil, err
	}
	return s.store.FindReport(ctx, id)
}
