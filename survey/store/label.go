package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// labelled is a table whose rows have a name: the columns of their id, of the name in
// German and in English, and of a number.
type labelled struct {
	table, id, de, en, number string
	within                    string // column of the organisation; "" = the id is known everywhere
}

var labels = []labelled{
	{"organisations", "id", "name", "name", "0", ""},
	{"programmes", "id", "name", "name", "0", "organisation"},
	{"iterations", "id", "''", "''", "number", ""},
	{"rounds", "id", "title_de", "title_en", "0", "organisation"},
	{"reports", "id", "document", "document", "0", ""},
	{"assessments", "id", "process", "process", "0", ""},
	{"users", "id", "name", "name", "0", ""},
	{"tokens", "id", "name", "name", "0", "organisation"},
	{"maturity_models", "model", "model", "model", "0", "organisation"},
}

// labelledPeople are those who are invited.
var labelledPeople = labelled{"people", "id", "name", "name", "0", "organisation"}

// labelChunk is how many ids are asked for at once.
const labelChunk = 500

// ListLabels gives what the things with these ids are called, as far as they are there.
func (s *Store) ListLabels(ctx context.Context, id survey.OrganisationID, ids []string, people bool) (map[string]survey.Label, error) {
	found, tables := map[string]survey.Label{}, labels
	if people {
		tables = append(slices.Clone(labels), labelledPeople)
	}
	db := s.read.WithContext(ctx)
	for chunk := range slices.Chunk(ids, labelChunk) {
		for _, t := range tables {
			if err := t.find(db, string(id), chunk, found); err != nil {
				return nil, translate(fmt.Errorf("list labels of %s: %w", t.table, err))
			}
		}
		if err := labelRecords(db, chunk, found); err != nil {
			return nil, translate(fmt.Errorf("list labels of records: %w", err))
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	var entries []listEntryRow
	if err := db.Where("organisation = ?", string(id)).Find(&entries).Error; err != nil {
		return nil, translate(fmt.Errorf("list labels of lists: %w", err))
	}
	for _, e := range entries {
		found[e.List+":"+e.EntryKey] = survey.Label{Text: locale.Text{DE: e.NameDe, EN: e.NameEn}}
	}
	return found, nil
}

func (t labelled) find(db *gorm.DB, organisation string, ids []string, found map[string]survey.Label) error {
	query := db.Table(t.table).Select(t.id+" AS id, "+t.de+" AS de, "+t.en+" AS en, "+t.number+" AS number").Where(t.id+" IN ?", ids)
	if t.within != "" {
		query = query.Where(t.within+" = ?", organisation)
	}
	var rows []struct {
		ID, DE, EN string
		Number     int
	}
	if err := query.Scan(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		found[r.ID] = survey.Label{Text: locale.Text{DE: r.DE, EN: r.EN}, Number: r.Number}
	}
	return nil
}

// labelRecords reads the names that the kinds of records have: the first of these.
func labelRecords(db *gorm.DB, ids []string, found map[string]survey.Label) error {
	var rows []recordRow
	if err := db.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		var body struct {
			Name, Criticism, Proposal string
			Said                      locale.Text
		}
		if err := json.Unmarshal([]byte(r.Settings), &body); err != nil {
			return err
		}
		label := survey.Label{Text: body.Said}
		for _, text := range []string{body.Name, body.Criticism, body.Proposal} {
			if text != "" {
				label.Text = locale.Text{DE: text, EN: text}
				break
			}
		}
		found[r.ID] = label
	}
	return nil
}
