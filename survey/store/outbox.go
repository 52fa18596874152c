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
	"pulscheck/survey/locale"
	"pulscheck/survey/mail"
)

type letterRow struct {
	ID           string
	Organisation string
	Kind         string
	Subject      string
	Recipient    string
	Language     string
	Attachment   string
	Places       string // JSON
	State        string
	Tries        int
	Due          time.Time // of the next try; while sending: from when on the sender counts as dead; then when that ended
	Outcome      string    // what the mail server said last, without any address
}

func (letterRow) TableName() string { return "outbox" }

// addLetters puts letters into the outbox, with the job that sends them, in the
// transaction of what they tell. A recipient who has a letter of the same kind and
// subject gets no second one.
func addLetters(tx *gorm.DB, letters []survey.Letter, at time.Time) error {
	for _, l := range letters {
		places, err := json.Marshal(l.Places)
		if err != nil {
			return fmt.Errorf("write letter: %w", err)
		}
		if l.ID == "" {
			l.ID = survey.NewID()
		}
		err = tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&letterRow{
			ID: l.ID, Organisation: string(l.Organisation), Kind: string(l.Kind), Subject: l.Subject,
			Recipient: l.Recipient, Language: string(l.Language), Attachment: string(l.Attachment), Places: string(places),
			State: string(survey.MailQueued), Due: at.UTC(),
		}).Error
		if err == nil && l.Link != nil {
			err = addLink(tx, l.Link)
		}
		if err != nil {
			return err
		}
	}
	if len(letters) == 0 {
		return nil
	}
	return addJobs(tx, survey.Job{Kind: survey.DeliverJob, Due: at})
}

// CreateLetters puts letters into the outbox.
func (s *Store) CreateLetters(ctx context.Context, letters []survey.Letter, at time.Time, told ...audit.Entry) error {
	return s.inTx(ctx, "create letters", func(tx *gorm.DB) error {
		if err := addLetters(tx, letters, at); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// ListDueLetters gives up to n queued letters whose time has come, the oldest first.
func (s *Store) ListDueLetters(ctx context.Context, now time.Time, n int) ([]mail.Queued, error) {
	var rows []letterRow
	err := s.read.WithContext(ctx).Where("state = ? AND due <= ?", survey.MailQueued, now.UTC()).Order("due, id").Limit(n).Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list letters: %w", err))
	}
	letters := make([]mail.Queued, len(rows))
	for i, r := range rows {
		letters[i] = mail.Queued{ID: r.ID, Tries: r.Tries, Letter: survey.Letter{
			Organisation: survey.OrganisationID(r.Organisation), Kind: survey.MailKind(r.Kind), Subject: r.Subject,
			Recipient: r.Recipient, Language: locale.Language(r.Language), Attachment: survey.ReportID(r.Attachment),
		}}
		if err := json.Unmarshal([]byte(r.Places), &letters[i].Letter.Places); err != nil {
			return nil, fmt.Errorf("read letter %s: %w", r.ID, err)
		}
	}
	return letters, nil
}

// NextLetter says when there is something to do next for a letter.
func (s *Store) NextLetter(ctx context.Context) (due time.Time, found bool, err error) {
	var rows []letterRow
	open := []survey.MailState{survey.MailQueued, survey.MailSending}
	if err := s.read.WithContext(ctx).Where("state IN ?", open).Order("due").Limit(1).Find(&rows).Error; err != nil {
		return due, false, translate(fmt.Errorf("find next letter: %w", err))
	}
	if len(rows) == 0 {
		return due, false, nil
	}
	return rows[0].Due.UTC(), true, nil
}

// ClaimLetter takes a letter from queued to sending, durable on return; false if
// somebody else did. Until then it counts as being sent.
func (s *Store) ClaimLetter(ctx context.Context, id string, until time.Time) (bool, error) {
	claimed := false
	err := s.inTx(ctx, "claim letter", func(tx *gorm.DB) error {
		changed := tx.Model(&letterRow{}).Where("id = ? AND state = ?", id, survey.MailQueued).
			Updates(map[string]any{"state": survey.MailSending, "due": until.UTC(), "tries": gorm.Expr("tries + 1")})
		claimed = changed.RowsAffected > 0
		return changed.Error
	})
	return claimed && err == nil, err
}

// SettleLetter writes what became of a claimed letter.
func (s *Store) SettleLetter(ctx context.Context, id string, o mail.Settled) error {
	return s.inTx(ctx, "settle letter", func(tx *gorm.DB) error {
		return tx.Model(&letterRow{}).Where("id = ? AND state IN ?", id, replaceable(o.State)).
			Updates(map[string]any{"state": o.State, "due": o.Due.UTC(), "outcome": o.Outcome}).Error
	})
}

// ExpireLetters turns letters into uncertain ones whose sender died.
func (s *Store) ExpireLetters(ctx context.Context, now time.Time) error {
	return s.inTx(ctx, "expire letters", func(tx *gorm.DB) error {
		return tx.Model(&letterRow{}).Where("state = ? AND due <= ?", survey.MailSending, now.UTC()).
			Updates(map[string]any{"state": survey.MailUncertain, "outcome": "sender died"}).Error
	})
}

// ListLetters gives the letters of an organisation, in order of subject and address.
func (s *Store) ListLetters(ctx context.Context, id survey.OrganisationID) ([]survey.LetterState, error) {
	var rows []letterRow
	err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("kind, subject, recipient").Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list letters: %w", err))
	}
	states := make([]survey.LetterState, len(rows))
	for i, r := range rows {
		states[i] = survey.LetterState{Kind: survey.MailKind(r.Kind), Subject: r.Subject, Recipient: r.Recipient, State: survey.MailState(r.State), Outcome: r.Outcome}
	}
	return states, nil
}
