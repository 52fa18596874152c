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

type commentRow struct {
	ID    string
	Round string
	Body  string
	Kind  string
}

func (commentRow) TableName() string { return "comments" }

type moderationRow struct {
	Comment  string
	Round    string
	Settings string
	Version  int
}

func (moderationRow) TableName() string { return "moderations" }

func (r moderationRow) into(c *survey.Comment) error {
	c.Version = r.Version
	if err := json.Unmarshal([]byte(r.Settings), &c.Moderation); err != nil {
		return fmt.Errorf("read moderation of %s: %w", r.Comment, err)
	}
	return nil
}

func (r commentRow) comment() survey.Comment {
	return survey.Comment{ID: survey.CommentID(r.ID), Round: survey.RoundID(r.Round), Text: r.Body, Kind: r.Kind}
}

// ListComments gives the comments of rounds in order of their random ids.
func (s *Store) ListComments(ctx context.Context, rounds ...survey.RoundID) ([]survey.Comment, error) {
	var rows []commentRow
	var decided []moderationRow
	if err := s.read.WithContext(ctx).Where("round IN ?", rounds).Order("id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list comments: %w", err))
	}
	if err := s.read.WithContext(ctx).Where("round IN ?", rounds).Find(&decided).Error; err != nil {
		return nil, translate(fmt.Errorf("list comments: %w", err))
	}
	by := make(map[string]moderationRow, len(decided))
	for _, m := range decided {
		by[m.Comment] = m
	}
	comments := make([]survey.Comment, len(rows))
	for i, r := range rows {
		comments[i] = r.comment()
		if m, found := by[r.ID]; found {
			if err := m.into(&comments[i]); err != nil {
				return nil, err
			}
		}
	}
	return comments, nil
}

// FindComment gives a comment; fault NotFound otherwise.
func (s *Store) FindComment(ctx context.Context, id survey.CommentID) (*survey.Comment, error) {
	var row commentRow
	// The rounds let it find the row by its key, which begins with the round.
	query := s.read.WithContext(ctx).Where("round IN (?) AND id = ?", s.read.Model(&roundRow{}).Select("id"), string(id))
	if err := query.Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find comment: %w", err))
	}
	c := row.comment()
	var decided []moderationRow
	if err := s.read.WithContext(ctx).Where("comment = ?", string(id)).Find(&decided).Error; err != nil {
		return nil, translate(fmt.Errorf("find comment: %w", err))
	}
	if len(decided) == 0 {
		return &c, nil
	}
	return &c, decided[0].into(&c)
}

// ModerateComment stores a decision about version c.Version, 0 for the first one.
func (s *Store) ModerateComment(ctx context.Context, c *survey.Comment, told ...audit.Entry) error {
	return s.inTx(ctx, "moderate comment", func(tx *gorm.DB) error {
		if err := holdComment(tx, c); err != nil {
			return err
		}
		return decide(tx, c, told)
	})
}

// RewriteComment replaces the text of version c.Version for good.
func (s *Store) RewriteComment(ctx context.Context, c *survey.Comment, told ...audit.Entry) error {
	return s.inTx(ctx, "rewrite comment", func(tx *gorm.DB) error {
		if err := holdComment(tx, c); err != nil {
			return err
		}
		if err := tx.Model(&commentRow{}).Where("round = ? AND id = ?", string(c.Round), string(c.ID)).Update("body", c.Text).Error; err != nil {
			return err
		}
		return decide(tx, c, told)
	})
}

// DeleteComment removes version c.Version with what was decided about it.
func (s *Store) DeleteComment(ctx context.Context, c *survey.Comment, told ...audit.Entry) error {
	return s.inTx(ctx, "delete comment", func(tx *gorm.DB) error {
		if err := holdComment(tx, c); err != nil {
			return err
		}
		if err := tx.Where("round = ? AND id = ?", string(c.Round), string(c.ID)).Delete(&commentRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("comment = ?", string(c.ID)).Delete(&moderationRow{}).Error; err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// holdComment locks a comment until the end of the transaction, so that one that is
// deleted at the same moment leaves no decision behind, and of two changes of a version
// one is refused.
func holdComment(tx *gorm.DB, c *survey.Comment) error {
	var there commentRow
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("round = ? AND id = ?", string(c.Round), string(c.ID)).Take(&there).Error; err != nil {
		return err
	}
	var decided moderationRow
	if err := tx.Where("comment = ?", string(c.ID)).Limit(1).Find(&decided).Error; err != nil {
		return err
	}
	if decided.Version != c.Version {
		return fault.New(fault.Stale, "version-conflict")
	}
	return nil
}

// decide puts the next version of a decision in the place of the last one.
func decide(tx *gorm.DB, c *survey.Comment, told []audit.Entry) error {
	settings, err := json.Marshal(c.Moderation)
	if err != nil {
		return fmt.Errorf("moderate comment: %w", err)
	}
	if err := tx.Where("comment = ?", string(c.ID)).Delete(&moderationRow{}).Error; err != nil {
		return err
	}
	if err := tx.Create(&moderationRow{string(c.ID), string(c.Round), string(settings), c.Version + 1}).Error; err != nil {
		return err
	}
	return tell(tx, told)
}
