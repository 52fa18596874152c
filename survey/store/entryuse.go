package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Rows of an organisation, by how they refer to it.
const (
	inOrganisation = "organisation = @organisation"
	inPeople       = "person IN (SELECT id FROM people WHERE organisation = @organisation)"
	inRounds       = "round IN (SELECT id FROM rounds WHERE organisation = @organisation)"
	inIterations   = "iteration IN (SELECT iterations.id FROM iterations JOIN programmes ON programmes.id = iterations.programme WHERE programmes.organisation = @organisation)"
	inProgrammes   = "programme IN (SELECT id FROM programmes WHERE organisation = @organisation)"
)

// use is a place in which the key of an entry may stand: a column that is the key, or a
// text that holds it. A pattern that finds too much keeps an entry that could go; never
// the other way round.
type use struct{ table, of, where string }

// uses are the places by list. Manifests and results hold what respondents could choose
// and what was counted, also of rounds that are over or came from elsewhere.
var uses = map[survey.List][]use{
	survey.ProcessList: {
		{"people_roles", inPeople, "process = @key"}, {"asked", inPeople, "process = @key"},
		{"members", inRounds, "process = @key"}, {"rosters", inRounds, "process = @key"},
		{"manifests", inRounds, "CAST(canonical AS CHAR) LIKE @choice"}, {"results", inRounds, "results LIKE @named"},
		{"records", inIterations, "process = @key"}, {"assessments", inIterations, "process = @key"},
		{"iterations", inProgrammes, "settings LIKE @quoted"}, {"coachings", inOrganisation, "body LIKE @named"},
		{"tokens", inOrganisation, "processes LIKE @inside"}, {"user_organisations", inOrganisation, "processes LIKE @inside"},
	},
	survey.RoleList: {
		{"people_roles", inPeople, "role = @key"}, {"asked", inPeople, "role = @key"},
		{"members", inRounds, "role = @key"}, {"rosters", inRounds, "role = @key"},
		{"manifests", inRounds, "CAST(canonical AS CHAR) LIKE @choice"}, {"results", inRounds, "results LIKE @named"},
		{"records", inIterations, "settings LIKE @named"}, {"coachings", inOrganisation, "body LIKE @named"},
	},
	survey.UnitList: {
		{"people", inOrganisation, "unit = @key"}, {"members", inRounds, "unit = @key"}, {"rosters", inRounds, "unit = @key"},
		{"manifests", inRounds, "CAST(canonical AS CHAR) LIKE @choice"}, {"results", inRounds, "results LIKE @named"},
	},
	survey.ThemeList: {{"moderations", inRounds, "settings LIKE @named"}},
}

// used reports whether anything refers to an entry.
func used(tx *gorm.DB, id survey.OrganisationID, list survey.List, key string) (bool, error) {
	values := map[string]any{
		"organisation": string(id), "key": key, "inside": "%" + key + "%", "quoted": `%"` + key + `"%`,
		"choice": `%"key":"` + key + `"%`, "named": `%"` + string(list) + `":"` + key + `"%`,
	}
	for _, u := range uses[list] {
		var found int64
		err := tx.Raw("SELECT COUNT(*) FROM (SELECT 1 FROM "+u.table+" WHERE "+u.of+" AND "+u.where+" LIMIT 1) AS one", values).Scan(&found).Error
		if err != nil || found > 0 {
			return found > 0, err
		}
	}
	return false, nil
}

// UsedEntry reports whether people, iterations, rounds, results, records or rights refer
// to an entry.
func (s *Store) UsedEntry(ctx context.Context, id survey.OrganisationID, list survey.List, key string) (bool, error) {
	found, err := used(s.read.WithContext(ctx), id, list, key)
	if err != nil {
		return false, translate(fmt.Errorf("find use of entry: %w", err))
	}
	return found, nil
}

// DeleteEntry removes an entry that nothing refers to, in the version that was seen.
// Faults: "entry-used" (Conflict), "version-conflict" (Stale).
func (s *Store) DeleteEntry(ctx context.Context, id survey.OrganisationID, list survey.List, key string, seen int, told ...audit.Entry) error {
	return s.inTx(ctx, "delete entry", func(tx *gorm.DB) error {
		found, err := used(tx, id, list, key)
		if err != nil {
			return err
		}
		if found {
			return fault.New(fault.Conflict, "entry-used")
		}
		done := tx.Where("organisation = ? AND list = ? AND entry_key = ? AND version = ?", string(id), string(list), key, seen).Delete(&listEntryRow{})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		return tell(tx, told)
	})
}
