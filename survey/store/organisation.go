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

type organisationRow struct {
	ID      string
	OrgKey  string
	Name    string
	Zone    string
	K       int
	Version int

	Settings string
}

func (organisationRow) TableName() string { return "organisations" }

// organisationSettings are what nobody searches by.
type organisationSettings struct {
	Auditors []string        `json:"auditors,omitempty"`
	Trustee  *survey.Trustee `json:"trustee,omitempty"`
	Contact  locale.Text     `json:"contact,omitzero"`

	Agreement string `json:"agreement,omitempty"`

	SecondPerson bool `json:"second_person,omitempty"`

	Limits survey.Limits `json:"limits,omitzero"`
	Colour survey.Colour `json:"colour,omitempty"`
}

func newOrganisationRow(o *survey.Organisation) (organisationRow, error) {
	settings, err := json.Marshal(organisationSettings{
		Auditors: o.Auditors, Trustee: o.Trustee, Contact: o.Contact, Agreement: o.Agreement, SecondPerson: o.SecondPerson, Limits: o.Limits, Colour: o.Colour,
	})
	return organisationRow{string(o.ID), o.Key, o.Name, o.Zone, o.K, 1, string(settings)}, err
}

func (r organisationRow) organisation() (survey.Organisation, error) {
	var s organisationSettings
	err := readSettings(r.Settings, &s)
	return survey.Organisation{
		ID: survey.OrganisationID(r.ID), Key: r.OrgKey, Name: r.Name, Zone: r.Zone, K: r.K, Auditors: s.Auditors, Trustee: s.Trustee, Contact: s.Contact,
		Agreement: s.Agreement, SecondPerson: s.SecondPerson, Limits: s.Limits, Colour: s.Colour, Version: r.Version,
	}, err
}

type listEntryRow struct {
	Organisation string
	List         string
	EntryKey     string
	Position     int
	NameDe       string
	NameEn       string
	Settings     string
	Version      int
}

func (listEntryRow) TableName() string { return "list_entries" }

// entrySettings are what nobody searches by.
type entrySettings struct {
	Since    string `json:"since,omitempty"`
	Archived bool   `json:"archived,omitempty"`
}

func newEntryRow(id survey.OrganisationID, list survey.List, position int, n survey.Named) (listEntryRow, error) {
	settings, err := json.Marshal(entrySettings{n.Since, n.Archived})
	return listEntryRow{string(id), string(list), n.Key, position, n.Name.DE, n.Name.EN, string(settings), 1}, err
}

func (r listEntryRow) named() (survey.Named, error) {
	var s entrySettings
	err := readSettings(r.Settings, &s)
	return survey.Named{
		Key: r.EntryKey, Name: locale.Text{DE: r.NameDe, EN: r.NameEn}, Since: s.Since, Archived: s.Archived, Version: r.Version,
	}, err
}

// CreateOrganisation stores an organisation with its lists.
func (s *Store) CreateOrganisation(ctx context.Context, o *survey.Organisation, told ...audit.Entry) error {
	var entries []listEntryRow
	for _, list := range []survey.List{survey.ProcessList, survey.RoleList, survey.UnitList, survey.ThemeList} {
		for i, n := range list.Of(o) {
			row, err := newEntryRow(o.ID, list, i, n)
			if err != nil {
				return fmt.Errorf("create organisation: %w", err)
			}
			list.Of(o)[i].Version = row.Version
			entries = append(entries, row)
		}
	}
	organisation, err := newOrganisationRow(o)
	if err != nil {
		return fmt.Errorf("create organisation: %w", err)
	}
	o.Version = organisation.Version
	return s.inTx(ctx, "create organisation", func(tx *gorm.DB) error {
		if err := tx.Create(&organisation).Error; err != nil {
			return taken(err)
		}
		if len(entries) > 0 {
			if err := tx.CreateInBatches(entries, batch).Error; err != nil {
				return err
			}
		}
		return tell(tx, told)
	})
}

// UpdateOrganisation stores what changed since version o.Version, not the lists.
func (s *Store) UpdateOrganisation(ctx context.Context, o *survey.Organisation, told ...audit.Entry) error {
	row, err := newOrganisationRow(o)
	if err != nil {
		return fmt.Errorf("update organisation: %w", err)
	}
	return s.inTx(ctx, "update organisation", func(tx *gorm.DB) error {
		return change(tx, tx.Model(&organisationRow{}).Where("id = ?", row.ID), o.Version,
			map[string]any{"name": row.Name, "zone": row.Zone, "k": row.K, "settings": row.Settings}, told)
	})
}

// ListOrganisations gives all organisations without their lists, in order of name.
func (s *Store) ListOrganisations(ctx context.Context) ([]survey.Organisation, error) {
	var rows []organisationRow
	if err := s.read.WithContext(ctx).Order("name, id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list organisations: %w", err))
	}
	all := make([]survey.Organisation, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.organisation(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// FindOrganisation gives an organisation with its lists; fault NotFound otherwise.
func (s *Store) FindOrganisation(ctx context.Context, id survey.OrganisationID) (*survey.Organisation, error) {
	var row organisationRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find organisation: %w", err))
	}
	var entries []listEntryRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("position, entry_key").Find(&entries).Error; err != nil {
		return nil, translate(fmt.Errorf("find organisation: %w", err))
	}
	o, err := row.organisation()
	if err != nil {
		return nil, err
	}
	lists := map[survey.List]*[]survey.Named{survey.ProcessList: &o.Processes, survey.RoleList: &o.Roles, survey.UnitList: &o.Units, survey.ThemeList: &o.Themes}
	for _, e := range entries {
		n, err := e.named()
		if err != nil {
			return nil, err
		}
		list := lists[survey.List(e.List)]
		*list = append(*list, n)
	}
	return &o, nil
}

// CreateEntries adds entries at the end of a list. A key that is there already is
// fault Conflict "key-taken", and nothing is added.
func (s *Store) CreateEntries(ctx context.Context, id survey.OrganisationID, list survey.List, entries []survey.Named, told ...audit.Entry) error {
	return s.inTx(ctx, "create entries", func(tx *gorm.DB) error {
		if err := addEntries(tx, id, list, entries); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

func addEntries(tx *gorm.DB, id survey.OrganisationID, list survey.List, entries []survey.Named) error {
	var last *int
	err := tx.Model(&listEntryRow{}).Where("organisation = ? AND list = ?", string(id), string(list)).Select("MAX(position)").Scan(&last).Error
	if err != nil {
		return err
	}
	next := 0
	if last != nil {
		next = *last + 1
	}
	for i, n := range entries {
		row, err := newEntryRow(id, list, next+i, n)
		if err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return taken(err)
		}
	}
	return nil
}

// UpdateEntry stores what changed of an entry since version n.Version.
func (s *Store) UpdateEntry(ctx context.Context, id survey.OrganisationID, list survey.List, n survey.Named, told ...audit.Entry) error {
	row, err := newEntryRow(id, list, 0, n)
	if err != nil {
		return fmt.Errorf("update entry: %w", err)
	}
	return s.inTx(ctx, "update entry", func(tx *gorm.DB) error {
		query := tx.Model(&listEntryRow{}).Where("organisation = ? AND list = ? AND entry_key = ?", row.Organisation, row.List, row.EntryKey)
		return change(tx, query, n.Version, map[string]any{"name_de": row.NameDe, "name_en": row.NameEn, "settings": row.Settings}, told)
	})
}
