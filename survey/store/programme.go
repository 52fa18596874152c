package store

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/locale"
)

type programmeRow struct {
	ID           string
	Organisation string
	Name         string
	Settings     string
	Version      int
}

func (programmeRow) TableName() string { return "programmes" }

// programmeSettings are what nobody searches by.
type programmeSettings struct {
	Steering   []string          `json:"steering"`
	SendReport survey.SendReport `json:"send_report"`
	Language   locale.Language   `json:"language"`
}

func newProgrammeRow(p *survey.Programme) (programmeRow, error) {
	settings, err := json.Marshal(programmeSettings{p.Steering, p.SendReport, p.Language})
	return programmeRow{string(p.ID), string(p.Organisation), p.Name, string(settings), 1}, err
}

func (r programmeRow) programme() (survey.Programme, error) {
	s := programmeSettings{SendReport: survey.WhenIssued, Language: locale.German}
	if err := readSettings(r.Settings, &s); err != nil {
		return survey.Programme{}, err
	}
	return survey.Programme{
		ID: survey.ProgrammeID(r.ID), Organisation: survey.OrganisationID(r.Organisation), Name: r.Name,
		Steering: s.Steering, SendReport: s.SendReport, Language: s.Language, Version: r.Version,
	}, nil
}

// readSettings reads a settings column; rows of earlier releases have none.
func readSettings(text string, into any) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	return nil
}

// CreateProgramme stores a programme.
func (s *Store) CreateProgramme(ctx context.Context, p *survey.Programme, told ...audit.Entry) error {
	if p.SendReport == "" {
		p.SendReport = survey.WhenIssued
	}
	if p.Language == "" {
		p.Language = locale.German
	}
	row, err := newProgrammeRow(p)
	if err != nil {
		return fmt.Errorf("create programme: %w", err)
	}
	p.Version = row.Version
	return s.create(ctx, "create programme", &row, told)
}

// UpdateProgramme stores what changed since version p.Version.
func (s *Store) UpdateProgramme(ctx context.Context, p *survey.Programme, told ...audit.Entry) error {
	row, err := newProgrammeRow(p)
	if err != nil {
		return fmt.Errorf("update programme: %w", err)
	}
	return s.inTx(ctx, "update programme", func(tx *gorm.DB) error {
		return change(tx, tx.Model(&programmeRow{}).Where("id = ?", row.ID), p.Version,
			map[string]any{"name": row.Name, "settings": row.Settings}, told)
	})
}

// FindProgramme gives a programme; fault NotFound otherwise.
func (s *Store) FindProgramme(ctx context.Context, id survey.ProgrammeID) (*survey.Programme, error) {
	var row programmeRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find programme: %w", err))
	}
	p, err := row.programme()
	return &p, err
}

// ListProgrammes gives the programmes of an organisation in order of name.
func (s *Store) ListProgrammes(ctx context.Context, id survey.OrganisationID) ([]survey.Programme, error) {
	var rows []programmeRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("name, id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list programmes: %w", err))
	}
	all := make([]survey.Programme, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.programme(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
