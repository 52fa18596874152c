package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

type reportRow struct {
	ID        string
	Iteration string
	Kind      string
	Language  string
	Number    int
	State     string
	Reason    string
	Document  string
	DataHash  []byte
	FileName  string
	FileHash  []byte
	Body      []byte
	Created   time.Time
	Issued    *time.Time
	Version   int
	Findings  string
	Edits     int
}

func (reportRow) TableName() string { return "reports" }

// about are the columns that tell about a report without its bytes.
const about = "id, iteration, kind, language, number, state, reason, document, data_hash, file_name, file_hash, created, issued, version, edits"

func (r reportRow) report() (survey.Report, error) {
	out := survey.Report{
		ID: survey.ReportID(r.ID), Iteration: survey.IterationID(r.Iteration), Kind: survey.ReportKind(r.Kind),
		Language: locale.Language(r.Language), Number: r.Number, State: survey.ReportState(r.State), Reason: r.Reason,
		Document: r.Document, DataHash: r.DataHash, FileName: r.FileName, FileHash: r.FileHash, Body: r.Body,
		Created: r.Created.UTC(), Version: r.Version, Edits: r.Edits,
	}
	if r.Issued != nil {
		at := r.Issued.UTC()
		out.Issued = &at
	}
	return out, readSettings(r.Findings, &out.Findings)
}

// CreateReport stores a draft under a number that follows those issued of its iteration,
// kind and language. A draft that is there already is replaced: only issued ones stay
// for ever. Drawn again under the same number it keeps its id, and its version unless
// something changed.
func (s *Store) CreateReport(ctx context.Context, r *survey.Report, told ...audit.Entry) error {
	findings, err := json.Marshal(r.Findings)
	if err != nil {
		return fmt.Errorf("create report: %w", err)
	}
	return s.inTx(ctx, "create report", func(tx *gorm.DB) error {
		same := tx.Where("iteration = ? AND kind = ? AND language = ?", string(r.Iteration), string(r.Kind), string(r.Language)).Session(&gorm.Session{})
		r.Version = 1
		var drafts []reportRow
		if err := same.Select(about).Where("state = ? AND number = ?", string(survey.ReportDraft), r.Number).Find(&drafts).Error; err != nil {
			return err
		}
		for _, d := range drafts {
			if r.ID, r.Version = survey.ReportID(d.ID), d.Version; !bytes.Equal(d.FileHash, r.FileHash) || d.Edits != r.Edits {
				r.Version++
			}
		}
		if err := same.Where("state = ?", string(survey.ReportDraft)).Delete(&reportRow{}).Error; err != nil {
			return err
		}
		var last *int
		if err := same.Model(&reportRow{}).Select("MAX(number)").Scan(&last).Error; err != nil {
			return err
		}
		if last != nil && r.Number <= *last {
			return fault.New(fault.Conflict, "report-number")
		}
		row := reportRow{
			string(r.ID), string(r.Iteration), string(r.Kind), string(r.Language), r.Number, string(survey.ReportDraft), r.Reason,
			r.Document, r.DataHash, r.FileName, r.FileHash, r.Body, r.Created.UTC(), nil, r.Version, string(findings), r.Edits,
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		r.State = survey.ReportDraft
		return tell(tx, told)
	})
}

// LastReport gives the highest number of an iteration, kind and language that was
// issued, 0 for none.
func (s *Store) LastReport(ctx context.Context, id survey.IterationID, kind survey.ReportKind, l locale.Language) (int, error) {
	var last *int
	err := s.read.WithContext(ctx).Model(&reportRow{}).Select("MAX(number)").
		Where("iteration = ? AND kind = ? AND language = ? AND state = ?", string(id), string(kind), string(l), string(survey.ReportIssued)).Scan(&last).Error
	if err != nil {
		return 0, translate(fmt.Errorf("find last report: %w", err))
	}
	if last == nil {
		return 0, nil
	}
	return *last, nil
}

// FindReport gives a report with its bytes; fault NotFound otherwise.
func (s *Store) FindReport(ctx context.Context, id survey.ReportID) (*survey.Report, error) {
	var row reportRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find report: %w", err))
	}
	r, err := row.report()
	return &r, err
}

// ListReports gives the reports of an iteration without their bytes.
func (s *Store) ListReports(ctx context.Context, id survey.IterationID) ([]survey.Report, error) {
	var rows []reportRow
	err := s.read.WithContext(ctx).Select(about).Where("iteration = ?", string(id)).Order("kind, language, number").Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list reports: %w", err))
	}
	all := make([]survey.Report, len(rows))
	for i, r := range rows {
		if all[i], err = r.report(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// IssueReport freezes a draft of version r.Version for ever and hands on the letters that
// carry it. One that is issued already is left as it is.
func (s *Store) IssueReport(ctx context.Context, r *survey.Report, at time.Time, letters []survey.Letter, told ...audit.Entry) error {
	return s.inTx(ctx, "issue report", func(tx *gorm.DB) error {
		draft := tx.Model(&reportRow{}).Where("id = ? AND state = ?", string(r.ID), string(survey.ReportDraft)).Session(&gorm.Session{})
		done := draft.Where("version = ?", r.Version).
			Updates(map[string]any{"state": string(survey.ReportIssued), "issued": at.UTC(), "version": r.Version + 1})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			var other int64
			if err := draft.Count(&other).Error; err != nil || other == 0 {
				return err
			}
			return fault.New(fault.Stale, "version-conflict")
		}
		if err := addLetters(tx, letters, at); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// ListIssued gives the issued files of a document by language and version.
func (s *Store) ListIssued(ctx context.Context, document string) ([]survey.Issued, error) {
	var rows []reportRow
	query := s.read.WithContext(ctx).Select(about).Where("document = ? AND state = ?", strings.ToUpper(document), string(survey.ReportIssued))
	if err := query.Order("language, number").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list issued: %w", err))
	}
	var all []survey.Issued
	for _, r := range rows {
		one, err := r.report()
		if err != nil {
			return nil, err
		}
		last, err := s.LastReport(ctx, one.Iteration, one.Kind, one.Language)
		if err != nil {
			return nil, err
		}
		if last == one.Number {
			last = 0
		}
		all = append(all, survey.Issued{
			Document: one.Document, Number: one.Number, Language: one.Language, Day: *one.Issued,
			DataHash: one.DataHash, FileHash: one.FileHash, Replaced: last,
		})
	}
	return all, nil
}
