package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
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
	Settings      string
	Version       int
	Restored      *time.Time
}

// roundSettings are what nobody searches by.
type roundSettings struct {
	Zone       string         `json:"zone,omitempty"`
	OpensWall  string         `json:"opens_wall,omitempty"`
	ClosesWall string         `json:"closes_wall,omitempty"`
	Cadence    bool           `json:"cadence,omitempty"`
	Pinned     bool           `json:"pinned,omitempty"`
	Submitted  *time.Time     `json:"submitted,omitempty"`
	Vetoed     *time.Time     `json:"vetoed,omitempty"`
	Reason     string         `json:"reason,omitempty"`
	Reminders  []time.Time    `json:"reminders,omitempty"`
	Trustee    []byte         `json:"trustee,omitempty"`
	Imported   bool           `json:"imported,omitempty"`
	Announced  *time.Time     `json:"announced,omitempty"`
	Tried      string         `json:"tried,omitempty"`
	Audited    bool           `json:"audited,omitempty"`
	Asking     *survey.Asking `json:"asking,omitempty"`
}

func settingsOf(r *survey.Round) (string, error) {
	text, err := json.Marshal(roundSettings{
		r.Zone, r.OpensWall, r.ClosesWall, r.FromCadence, r.Pinned, r.Submitted, r.Vetoed, r.Reason, r.Reminders, r.Trustee, r.Imported, r.Announced, r.Tried, r.Audited, r.Asking,
	})
	return string(text), err
}

func (roundRow) TableName() string { return "rounds" }

type questionnaireRow struct {
	Hash string
	Body string
}

func (questionnaireRow) TableName() string { return "questionnaires" }

func (r roundRow) round(q *questionnaire.Questionnaire) (survey.Round, error) {
	var s roundSettings
	if err := readSettings(r.Settings, &s); err != nil {
		return survey.Round{}, err
	}
	round := survey.Round{
		ID: survey.RoundID(r.ID), Organisation: survey.OrganisationID(r.Organisation), Iteration: survey.IterationID(r.Iteration),
		Kind: survey.Kind(r.Kind), Title: locale.Text{DE: r.TitleDe, EN: r.TitleEn}, State: survey.State(r.State),
		Opens: r.Opens.UTC(), Closes: r.Closes.UTC(), K: r.K, Questionnaire: q,
		Invited: r.Invited, Paper: r.Paper, Fingerprint: r.Fingerprint,
		Zone: s.Zone, OpensWall: s.OpensWall, ClosesWall: s.ClosesWall, FromCadence: s.Cadence, Pinned: s.Pinned,
		Submitted: s.Submitted, Vetoed: s.Vetoed, Reason: s.Reason, Reminders: s.Reminders, Trustee: s.Trustee, Imported: s.Imported, Announced: s.Announced, Tried: s.Tried, Audited: s.Audited, Asking: s.Asking, Version: r.Version,
	}
	if r.CountedAt != nil {
		at := r.CountedAt.UTC()
		round.CountedAt = &at
	}
	if r.Restored != nil {
		at := r.Restored.UTC()
		round.Restored = &at
	}
	return round, nil
}

// CreateRound stores a round as a draft, with its questionnaire and with jobs, such
// as the one that opens it.
func (s *Store) CreateRound(ctx context.Context, r *survey.Round, also ...survey.Also) error {
	return s.inTx(ctx, "create round", func(tx *gorm.DB) error {
		if err := createRound(tx, r); err != nil {
			return err
		}
		return along(tx, also)
	})
}

func createRound(tx *gorm.DB, r *survey.Round) error {
	settings, err := settingsOf(r)
	if err != nil {
		return err
	}
	r.Version = 1
	row := roundRow{
		ID: string(r.ID), Organisation: string(r.Organisation), Iteration: string(r.Iteration), Kind: string(r.Kind),
		TitleDe: r.Title.DE, TitleEn: r.Title.EN, State: string(survey.Draft), Opens: r.Opens.UTC(), Closes: r.Closes.UTC(),
		K: r.K, Questionnaire: r.Questionnaire.Hash(), Fingerprint: []byte{}, Settings: settings, Version: r.Version,
	}
	if err := keepQuestionnaire(tx, r.Questionnaire); err != nil {
		return err
	}
	return tx.Create(&row).Error
}

// keepQuestionnaire stores a questionnaire under its hash, once.
func keepQuestionnaire(tx *gorm.DB, q *questionnaire.Questionnaire) error {
	body, err := json.Marshal(q)
	if err != nil {
		return err
	}
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&questionnaireRow{q.Hash(), string(body)}).Error
}

// UpdateRound stores what changed of a draft since version r.Version; a round that is
// no draft any more is fault Conflict "round-open".
func (s *Store) UpdateRound(ctx context.Context, r *survey.Round, also ...survey.Also) error {
	settings, err := settingsOf(r)
	if err != nil {
		return fmt.Errorf("update round: %w", err)
	}
	return s.inTx(ctx, "update round", func(tx *gorm.DB) error {
		if err := onlyDraft(tx, r.ID); err != nil {
			return err
		}
		if err := keepQuestionnaire(tx, r.Questionnaire); err != nil {
			return err
		}
		err := change(tx, tx.Model(&roundRow{}).Where("id = ?", string(r.ID)), r.Version, map[string]any{
			"title_de": r.Title.DE, "title_en": r.Title.EN, "opens": r.Opens.UTC(), "closes": r.Closes.UTC(),
			"questionnaire": r.Questionnaire.Hash(), "settings": settings,
		}, nil)
		if err != nil {
			return err
		}
		return along(tx, also)
	})
}

// onlyDraft refuses rounds that are frozen. It holds until the transaction ends.
func onlyDraft(tx *gorm.DB, id survey.RoundID) error {
	var row roundRow
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("state").Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return err
	}
	if row.State != string(survey.Draft) {
		return fault.New(fault.Conflict, "round-open")
	}
	return nil
}

// DeleteRound removes a draft.
func (s *Store) DeleteRound(ctx context.Context, id survey.RoundID, seen int, told ...audit.Entry) error {
	return s.inTx(ctx, "delete round", func(tx *gorm.DB) error {
		if err := onlyDraft(tx, id); err != nil {
			return err
		}
		done := tx.Where("id = ? AND version = ?", string(id), seen).Delete(&roundRow{})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		return tell(tx, told)
	})
}

// replan puts rounds in the place of the drafts that the cadence made for an
// iteration. Rounds that are fixed, or drafted by hand, are left alone.
func replan(tx *gorm.DB, p survey.Replanned) error {
	var rows []roundRow
	query := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("iteration = ? AND state = ?", string(p.Iteration), string(survey.Draft))
	if err := query.Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		var settings roundSettings
		if err := readSettings(r.Settings, &settings); err != nil {
			return err
		}
		if !settings.Cadence || settings.Pinned {
			continue
		}
		if err := tx.Where("id = ?", r.ID).Delete(&roundRow{}).Error; err != nil {
			return err
		}
	}
	for i := range p.Rounds {
		if err := createRound(tx, &p.Rounds[i]); err != nil {
			return err
		}
		if err := addJobs(tx, p.Rounds[i].Jobs()...); err != nil {
			return err
		}
	}
	return nil
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
		var err error
		if rounds[i], err = r.round(known[r.Questionnaire]); err != nil {
			return nil, err
		}
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
