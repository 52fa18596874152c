package store

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

type modelRow struct {
	Organisation string
	Model        string
	Settings     string
}

func (modelRow) TableName() string { return "maturity_models" }

func (r modelRow) model() (*maturity.Model, error) {
	var m maturity.Model
	return &m, readSettings(r.Settings, &m)
}

// CreateModel stores a framework of an organisation once.
func (s *Store) CreateModel(ctx context.Context, id survey.OrganisationID, m *maturity.Model, told ...audit.Entry) error {
	settings, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("create model: %w", err)
	}
	row := modelRow{string(id), m.ID, string(settings)}
	return s.inTx(ctx, "create model", func(tx *gorm.DB) error {
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected == 1 {
			return tell(tx, told)
		}
		var there modelRow
		if err := tx.Where("organisation = ? AND model = ?", row.Organisation, row.Model).Take(&there).Error; err != nil {
			return err
		}
		if there.Settings != row.Settings {
			return fault.New(fault.Conflict, "key-taken")
		}
		return nil
	})
}

// FindModel gives a framework of an organisation; fault NotFound otherwise.
func (s *Store) FindModel(ctx context.Context, id survey.OrganisationID, model string) (*maturity.Model, error) {
	var row modelRow
	if err := s.read.WithContext(ctx).Where("organisation = ? AND model = ?", string(id), model).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find model: %w", err))
	}
	return row.model()
}

// ListModels gives the frameworks of an organisation in order of their ids.
func (s *Store) ListModels(ctx context.Context, id survey.OrganisationID) ([]maturity.Model, error) {
	var rows []modelRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("model").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list models: %w", err))
	}
	all := make([]maturity.Model, len(rows))
	for i, r := range rows {
		m, err := r.model()
		if err != nil {
			return nil, err
		}
		all[i] = *m
	}
	return all, nil
}
