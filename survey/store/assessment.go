package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

type assessmentRow struct {
	ID        string
	Iteration string
	Process   string
	Settings  string
	Version   int
	Turn      int
}

func (assessmentRow) TableName() string { return "assessments" }

// assessmentSettings are what nobody searches by.
type assessmentSettings struct {
	Model     string                 `json:"model"`
	Target    int                    `json:"target,omitempty"`
	Core      bool                   `json:"core,omitempty"`
	Assessors int                    `json:"assessors"`
	Teams     []string               `json:"teams,omitempty"`
	State     survey.AssessmentState `json:"state"`
	Done      *time.Time             `json:"done,omitempty"`
	Settled   []settlement           `json:"settled,omitempty"`
}

type settlement struct {
	Team      string         `json:"team,omitempty"`
	Attribute string         `json:"attribute"`
	Class     maturity.Class `json:"class"`
	Reason    string         `json:"reason"`
}

type sheetRow struct {
	Assessment string
	Assessor   string
	Team       string
	Settings   string
	Version    int
}

func (sheetRow) TableName() string { return "assessment_sheets" }

type sheetSettings struct {
	Role     account.Role      `json:"role"`
	Answers  map[string]answer `json:"answers"`
	Finished bool              `json:"finished,omitempty"`
	Saved    time.Time         `json:"saved"`
}

type answer struct {
	Value         int        `json:"value,omitempty"`
	NotApplicable bool       `json:"not_applicable,omitempty"`
	Evidence      []evidence `json:"evidence,omitempty"`
	Note          string     `json:"note,omitempty"`
}

type evidence struct {
	Kind      string `json:"kind"`
	Reference string `json:"reference"`
}

func newAssessmentRow(a *survey.Assessment) (assessmentRow, error) {
	set := assessmentSettings{a.Model, a.Target, a.Core, a.Assessors, a.Teams, a.State, a.Done, nil}
	for _, s := range a.Settled {
		set.Settled = append(set.Settled, settlement(s))
	}
	settings, err := json.Marshal(set)
	return assessmentRow{string(a.ID), string(a.Iteration), a.Process, string(settings), a.Version, a.Turn}, err
}

func (r assessmentRow) assessment() (*survey.Assessment, error) {
	var s assessmentSettings
	if err := readSettings(r.Settings, &s); err != nil {
		return nil, err
	}
	a := &survey.Assessment{
		ID: survey.AssessmentID(r.ID), Iteration: survey.IterationID(r.Iteration), Process: r.Process, Model: s.Model, Target: s.Target, Core: s.Core,
		Assessors: s.Assessors, Teams: s.Teams, State: s.State, Done: s.Done, Version: r.Version, Turn: r.Turn,
	}
	for _, x := range s.Settled {
		a.Settled = append(a.Settled, maturity.Settlement(x))
	}
	return a, nil
}

func newSheetRow(id survey.AssessmentID, s *survey.Sheet) (sheetRow, error) {
	set := sheetSettings{s.Role, map[string]answer{}, s.Finished, s.Saved.UTC()}
	for key, a := range s.Answers {
		x := answer{a.Value, a.NotApplicable, nil, a.Note}
		for _, e := range a.Evidence {
			x.Evidence = append(x.Evidence, evidence(e))
		}
		set.Answers[key] = x
	}
	settings, err := json.Marshal(set)
	return sheetRow{string(id), s.Assessor, s.Team, string(settings), s.Version}, err
}

func (r sheetRow) sheet() (survey.Sheet, error) {
	var set sheetSettings
	if err := readSettings(r.Settings, &set); err != nil {
		return survey.Sheet{}, err
	}
	s := survey.Sheet{
		Assessor: r.Assessor, Role: set.Role, Team: r.Team, Answers: map[string]maturity.Answer{}, Finished: set.Finished,
		Saved: set.Saved.UTC(), Version: r.Version,
	}
	for key, a := range set.Answers {
		x := maturity.Answer{Value: a.Value, NotApplicable: a.NotApplicable, Note: a.Note}
		for _, e := range a.Evidence {
			x.Evidence = append(x.Evidence, maturity.Evidence(e))
		}
		s.Answers[key] = x
	}
	return s, nil
}

// replaceSheet puts a sheet in the place of the one that its assessor had.
var replaceSheet = clause.OnConflict{
	Columns:   []clause.Column{{Name: "assessment"}, {Name: "assessor"}, {Name: "team"}},
	DoUpdates: clause.AssignmentColumns([]string{"settings", "version"}),
}

// CreateAssessment stores an assessment; a second one of the process in its iteration
// is fault Conflict "key-taken".
func (s *Store) CreateAssessment(ctx context.Context, a *survey.Assessment, told ...audit.Entry) error {
	row, err := newAssessmentRow(a)
	if err != nil {
		return fmt.Errorf("create assessment: %w", err)
	}
	return s.inTx(ctx, "create assessment", func(tx *gorm.DB) error {
		if err := holdModel(tx, a); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return taken(err)
		}
		return tell(tx, told)
	})
}

// ChangeAssessment stores an assessment of turn a.Turn and one of its sheets.
func (s *Store) ChangeAssessment(ctx context.Context, a *survey.Assessment, sheet *survey.Sheet, told ...audit.Entry) error {
	row, err := newAssessmentRow(a)
	if err != nil {
		return fmt.Errorf("change assessment: %w", err)
	}
	return s.inTx(ctx, "change assessment", func(tx *gorm.DB) error {
		done := tx.Model(&assessmentRow{}).Where("id = ? AND turn = ?", row.ID, row.Turn).
			Updates(map[string]any{"settings": row.Settings, "version": row.Version, "turn": row.Turn + 1})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		if sheet != nil {
			written, err := newSheetRow(a.ID, sheet)
			if err != nil {
				return err
			}
			if err := tx.Clauses(replaceSheet).Create(&written).Error; err != nil {
				return err
			}
		}
		return tell(tx, told)
	})
}

// FindAssessment gives an assessment with its sheets; fault NotFound otherwise.
func (s *Store) FindAssessment(ctx context.Context, id survey.AssessmentID) (*survey.Assessment, error) {
	all, err := s.assessments(ctx, "id = ?", string(id))
	if err == nil && len(all) == 0 {
		err = translate(fmt.Errorf("find assessment: %w", gorm.ErrRecordNotFound))
	}
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// ListAssessments gives the assessments of an iteration with their sheets.
func (s *Store) ListAssessments(ctx context.Context, id survey.IterationID) ([]survey.Assessment, error) {
	return s.assessments(ctx, "iteration = ?", string(id))
}

// assessments reads the turn before the sheets: whoever decides by sheets that are newer
// does not get the turn.
func (s *Store) assessments(ctx context.Context, where string, value string) (all []survey.Assessment, err error) {
	var rows []assessmentRow
	var sheets []sheetRow
	db := s.read.WithContext(ctx)
	if err := db.Where(where, value).Order("process").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list assessments: %w", err))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	of := db.Model(&assessmentRow{}).Select("id").Where(where, value)
	if err := db.Where("assessment IN (?)", of).Order("assessment, assessor, team").Find(&sheets).Error; err != nil {
		return nil, translate(fmt.Errorf("list assessments: %w", err))
	}
	for _, r := range rows {
		a, err := r.assessment()
		if err != nil {
			return nil, err
		}
		for _, w := range sheets {
			if w.Assessment != r.ID {
				continue
			}
			sheet, err := w.sheet()
			if err != nil {
				return nil, err
			}
			a.Sheets = append(a.Sheets, sheet)
		}
		all = append(all, *a)
	}
	return all, nil
}
