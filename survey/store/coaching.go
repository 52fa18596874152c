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
)

type coachingRow struct {
	Organisation string
	Body         string
	Version      int
}

func (coachingRow) TableName() string { return "coachings" }

// FindCoaching gives the list of an organisation, an empty one if none was set.
func (s *Store) FindCoaching(ctx context.Context, id survey.OrganisationID) (*survey.Coaching, error) {
	var rows []coachingRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("find coaching: %w", err))
	}
	c := &survey.Coaching{}
	if len(rows) == 0 {
		return c, nil
	}
	c.Version = rows[0].Version
	if err := json.Unmarshal([]byte(rows[0].Body), &c.Offers); err != nil {
		return nil, fmt.Errorf("read coaching of %s: %w", id, err)
	}
	return c, nil
}

// PutCoaching replaces version c.Version, 0 for the first one.
func (s *Store) PutCoaching(ctx context.Context, id survey.OrganisationID, c *survey.Coaching, told ...audit.Entry) error {
	body, err := json.Marshal(c.Offers)
	if err != nil {
		return fmt.Errorf("put coaching: %w", err)
	}
	return s.inTx(ctx, "put coaching", func(tx *gorm.DB) error {
		if c.Version > 0 {
			return change(tx, tx.Model(&coachingRow{}).Where("organisation = ?", string(id)), c.Version, map[string]any{"body": string(body)}, told)
		}
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&coachingRow{string(id), string(body), 1})
		if made.Error == nil && made.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		if made.Error != nil {
			return made.Error
		}
		return tell(tx, told)
	})
}
