package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

type roundRow struct {
	ID            string
	Organisation  string
	Iteration     string
	Kind          string
	TitleDe       string
	TitleEn       string
	State         string
	Opens         time.Time
	Closes        time.Time
	K             int
	Questionnaire string
	Invited       int
	Paper         int
	Fingerprint   []byte
	CountedAt     *time.Time
}

func (roundRow) TableName() string { return "rounds" }

type questionnaireRow struct {
	Hash string
	Body string
}

func (questionnaireRow) TableName() string { return "questionnaires" }

func (r roundRow) round(q *questionnaire.Questionnaire) survey.Round {
	round := survey.Round{
		ID: survey.RoundID(r.ID), Organisation: survey.OrganisationID(r.Organisation), Iteration: survey.IterationID(r.Iteration),
		Kind: survey.Kind(r.Kind), Title: locale.Text{DE: r.TitleDe, EN: r.TitleEn}, State: survey.State(r.State),
		Opens: r.Opens.UTC(), Closes: r.Closes.UTC(), K: r.K, Questionnaire: q,
		Invited: r.Invited, Paper: r.Paper, Fingerprint: r.Fingerprint,
	}
	if r.CountedAt != nil {
		at := r.CountedAt.UTC()
		round.CountedAt = &at
	}
	return round
}

// CreateRound stores a round as a draft, with its questionnaire and with jobs, such
// as the one that opens it.
func (s *Store) CreateRound(ctx context.Context, r *survey.Round, then ...survey.Job) error {
	body, err := json.Marshal(r.Questionnaire)
	if err != nil {
		return fmt.Errorf("create round: %w", err)
	}
	row := roundRow{
		ID: string(r.ID), Organisation: string(r.Organisation), Iteration: string(r.Iteration), Kind: string(r.Kind),
		TitleDe: r.Title.DE, TitleEn: r.Title.EN, State: string(survey.Draft), Opens: r.Opens.UTC(), Closes: r.Closes.UTC(),
		K: r.K, Questionnaire: r.Questionnaire.Hash(), Fingerprint: []byte{},
	}
	return s.inTx(ctx, "create round", func(tx *gorm.DB) error {
		q := questionnaireRow{row.Questionnaire, string(body)}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&q).Error; err != nil {
			return err
		}
		if err := addJobs(tx, then...); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
}

// FindRound gives a round in any state; fault NotFound otherwise.
func (s *Store) FindRound(ctx context.Context, id survey.RoundID) (*survey.Round, error) {
	rounds, err := s.rounds(ctx, s.read.WithContext(ctx).Where("id = ?", string(id)))
	if err == nil && len(rounds) == 0 {
		err = gorm.ErrRecordNotFound
	}
	if err != nil {
		return nil, translate(fmt.Errorf("find round: %w", err))
	}
	return &rounds[0], nil
}

// ListRoundsOf gives the rounds of an iteration in order of closing.
func (s *Store) ListRoundsOf(ctx context.Context, id survey.IterationID) ([]survey.Round, error) {
	rounds, err := s.rounds(ctx, s.read.WithContext(ctx).Where("iteration = ?", string(id)))
	return rounds, translate(err)
}

// ListRounds gives the rounds in one of the states, of any organisation, in order of closing.
func (s *Store) ListRounds(ctx context.Context, states ...survey.State) ([]survey.Round, error) {
	rounds, err := s.rounds(ctx, s.read.WithContext(ctx).Where("state IN ?", states))
	return rounds, translate(err)
}

func (s *Store) rounds(ctx context.Context, query *gorm.DB) ([]survey.Round, error) {
	var rows []roundRow
	if err := query.Order("closes, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list rounds: %w", err)
	}
	known := map[string]*questionnaire.Questionnaire{}
	rounds := make([]survey.Round, len(rows))
	for i, r := range rows {
		if known[r.Questionnaire] == nil {
			q, err := s.questionnaire(ctx, r.Questionnaire)
			if err != nil {
				return nil, err
			}
			known[r.Questionnaire] = q
		}
		rounds[i] = r.round(known[r.Questionnaire])
	}
	return rounds, nil
}

func (s *Store) questionnaire(ctx context.Context, hash string) (*questionnaire.Questionnaire, error) {
	var row questionnaireRow
	if err := s.read.WithContext(ctx).Where("hash = ?", hash).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("find questionnaire: %w", err)
	}
	var q questionnaire.Questionnaire
	if err := json.Unmarshal([]byte(row.Body), &q); err != nil {
		return nil, fmt.Errorf("read questionnaire %s: %w", hash, err)
	}
	return &q, nil
}
