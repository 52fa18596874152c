package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

type organisationRow struct {
	ID     string
	OrgKey string
	Name   string
	Zone   string
	K      int
}

func (organisationRow) TableName() string { return "organisations" }

type listEntryRow struct {
	Organisation string
	List         string
	EntryKey     string
	Position     int
	NameDe       string
	NameEn       string
}

func (listEntryRow) TableName() string { return "list_entries" }

// Lists of an organisation.
const (
	processList = "process"
	roleList    = "role"
	unitList    = "unit"
)

// CreateOrganisation stores an organisation with its lists.
func (s *Store) CreateOrganisation(ctx context.Context, o *survey.Organisation) error {
	var entries []listEntryRow
	for list, named := range map[string][]survey.Named{processList: o.Processes, roleList: o.Roles, unitList: o.Units} {
		for i, n := range named {
			entries = append(entries, listEntryRow{string(o.ID), list, n.Key, i, n.Name.DE, n.Name.EN})
		}
	}
	return s.inTx(ctx, "create organisation", func(tx *gorm.DB) error {
		if err := tx.Create(&organisationRow{string(o.ID), o.Key, o.Name, o.Zone, o.K}).Error; err != nil {
			return err
		}
		if len(entries) == 0 {
			return nil
		}
		return tx.CreateInBatches(entries, batch).Error
	})
}

// FindOrganisation gives an organisation with its lists; fault NotFound otherwise.
func (s *Store) FindOrganisation(ctx context.Context, id survey.OrganisationID) (*survey.Organisation, error) {
	var row organisationRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find organisation: %w", err))
	}
	var entries []listEntryRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("position").Find(&entries).Error; err != nil {
		return nil, translate(fmt.Errorf("find organisation: %w", err))
	}
	o := &survey.Organisation{ID: id, Key: row.OrgKey, Name: row.Name, Zone: row.Zone, K: row.K}
	lists := map[string]*[]survey.Named{processList: &o.Processes, roleList: &o.Roles, unitList: &o.Units}
	for _, e := range entries {
		list := lists[e.List]
		*list = append(*list, survey.Named{Key: e.EntryKey, Name: locale.Text{DE: e.NameDe, EN: e.NameEn}})
	}
	return o, nil
}
