package store

import (
	"context"
	"fmt"
	"time"

	"pulscheck/survey"
)

type uploadRow struct {
	ID             string
	OrganisationID string
	Actor          string
	Content        []byte
	Kept           time.Time
}

func (uploadRow) TableName() string { return "uploads" }

// CreateUpload stores a list that is being imported.
func (s *Store) CreateUpload(ctx context.Context, u survey.Upload) error {
	row := uploadRow{u.ID, string(u.Organisation), u.Actor, u.Content, u.Kept.UTC()}
	if err := s.write.WithContext(ctx).Create(&row).Error; err != nil {
		return translate(fmt.Errorf("create upload: %w", err))
	}
	return nil
}

// FindUpload gives a list of an actor.
func (s *Store) FindUpload(ctx context.Context, id string, o survey.OrganisationID, actor string) (*survey.Upload, error) {
	var row uploadRow
	if err := s.read.WithContext(ctx).Take(&row, "id = ? AND organisation_id = ? AND actor = ?", id, string(o), actor).Error; err != nil {
		return nil, translate(fmt.Errorf("find upload: %w", err))
	}
	return &survey.Upload{ID: row.ID, Organisation: o, Actor: row.Actor, Content: row.Content, Kept: row.Kept.UTC()}, nil
}

// ListUploads gives the lists of an organisation.
func (s *Store) ListUploads(ctx context.Context, o survey.OrganisationID) ([]survey.Upload, error) {
	var rows []uploadRow
	if err := s.read.WithContext(ctx).Where("organisation_id = ?", string(o)).Order("id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list uploads: %w", err))
	}
	all := make([]survey.Upload, len(rows))
	for i, r := range rows {
		all[i] = survey.Upload{ID: r.ID, Organisation: o, Actor: r.Actor, Content: r.Content, Kept: r.Kept.UTC()}
	}
	return all, nil
}

// DeleteUpload deletes a list.
func (s *Store) DeleteUpload(ctx context.Context, id string) error {
	return s.deleteUploads(ctx, "id = ?", id)
}

// DeleteUploads deletes the lists that were kept before an instant.
func (s *Store) DeleteUploads(ctx context.Context, kept time.Time) error {
	return s.deleteUploads(ctx, "kept < ?", kept.UTC())
}

func (s *Store) deleteUploads(ctx context.Context, where string, value any) error {
	if err := s.write.WithContext(ctx).Where(where, value).Delete(&uploadRow{}).Error; err != nil {
		return translate(fmt.Errorf("delete uploads: %w", err))
	}
	return nil
}
