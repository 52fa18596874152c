package store

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/tally"
)

// CreatePast stores a round that another tool counted.
func (s *Store) CreatePast(ctx context.Context, r *survey.Round, results *tally.Results, kept *tally.Kept, told audit.Entry) error {
	shown, err := json.Marshal(results)
	if err != nil {
		return fmt.Errorf("import round: %w", err)
	}
	exact, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("import round: %w", err)
	}
	settings, err := settingsOf(r)
	if err != nil {
		return fmt.Errorf("import round: %w", err)
	}
	r.Version = 1
	row := roundRow{
		ID: string(r.ID), Organisation: string(r.Organisation), Iteration: string(r.Iteration), Kind: string(r.Kind),
		TitleDe: r.Title.DE, TitleEn: r.Title.EN, State: string(r.State), Opens: r.Opens.UTC(), Closes: r.Closes.UTC(), K: r.K,
		Questionnaire: r.Questionnaire.Hash(), Invited: r.Invited, Fingerprint: r.Fingerprint, CountedAt: r.CountedAt, Settings: settings, Version: r.Version,
	}
	return s.inTx(ctx, "import round", func(tx *gorm.DB) error {
		if err := keepQuestionnaire(tx, r.Questionnaire); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return taken(err)
		}
		if err := tx.Create(&resultRow{string(r.ID), string(shown), string(exact), []byte{}}).Error; err != nil {
			return err
		}
		over := tx.Model(&iterationRow{}).Where("id = ? AND phase = ?", string(r.Iteration), string(survey.Plan)).
			Updates(map[string]any{"phase": string(survey.Finished), "version": gorm.Expr("version + 1")})
		if over.Error != nil {
			return over.Error
		}
		return appendAudit(tx, told)
	})
}
