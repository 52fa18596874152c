package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

type tokenRow struct {
	ID           string
	Hash         []byte
	Organisation string
	Role         string
	Processes    string // keys with spaces between them
	Name         string
	Created      time.Time
	Expires      time.Time
	Revoked      *time.Time
	Consented    *time.Time
}

func (tokenRow) TableName() string { return "tokens" }

func (r tokenRow) token() account.Token {
	t := account.Token{
		ID: account.TokenID(r.ID), Role: account.Role(r.Role), Organisation: r.Organisation, Processes: strings.Fields(r.Processes),
		Name: r.Name, Hash: r.Hash, Created: r.Created.UTC(), Expires: r.Expires.UTC(), Consented: inUTC(r.Consented),
	}
	if r.Revoked != nil {
		at := r.Revoked.UTC()
		t.Revoked = &at
	}
	return t
}

// CreateToken stores a token.
func (s *Store) CreateToken(ctx context.Context, t *account.Token, told ...audit.Entry) error {
	row := tokenRow{
		string(t.ID), t.Hash, t.Organisation, string(t.Role), strings.Join(t.Processes, " "), t.Name, t.Created.UTC(), t.Expires.UTC(), nil, inUTC(t.Consented),
	}
	return s.create(ctx, "create token", &row, told)
}

// FindToken gives the token with a hash; fault NotFound otherwise.
func (s *Store) FindToken(ctx context.Context, hash []byte) (*account.Token, error) {
	var row tokenRow
	if err := s.read.WithContext(ctx).Where("hash = ?", hash).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find token: %w", err))
	}
	t := row.token()
	return &t, nil
}

// ListTokens gives the tokens of an organisation, those of operators for the empty id.
func (s *Store) ListTokens(ctx context.Context, id survey.OrganisationID) ([]account.Token, error) {
	var rows []tokenRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("name, id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list tokens: %w", err))
	}
	all := make([]account.Token, len(rows))
	for i, r := range rows {
		all[i] = r.token()
	}
	return all, nil
}

// RevokeToken ends a token of an organisation; fault NotFound if there is none.
func (s *Store) RevokeToken(ctx context.Context, organisation survey.OrganisationID, id account.TokenID, at time.Time, told ...audit.Entry) error {
	return s.inTx(ctx, "revoke token", func(tx *gorm.DB) error {
		done := tx.Model(&tokenRow{}).Where("organisation = ? AND id = ? AND revoked IS NULL", string(organisation), string(id)).
			Update("revoked", at.UTC())
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return gorm.ErrRecordNotFound
		}
		return tell(tx, told)
	})
}

// HasRole reports whether somebody, or a token, has a role in an organisation at an
// instant.
func (s *Store) HasRole(ctx context.Context, id survey.OrganisationID, role account.Role, at time.Time) (bool, error) {
	var n int64
	err := s.read.WithContext(ctx).Model(&tokenRow{}).
		Where("organisation = ? AND role = ? AND revoked IS NULL AND expires > ?", string(id), string(role), at.UTC()).Count(&n).Error
	if err != nil {
		return false, translate(fmt.Errorf("find role: %w", err))
	}
	if n > 0 {
		return true, nil
	}
	err = s.read.WithContext(ctx).Model(&userRow{}).Where("role = ? AND ended IS NULL", string(role)).
		Where("id IN (?)", s.read.Model(&membershipRow{}).Select("account").Where("organisation = ?", string(id))).Count(&n).Error
	if err != nil {
		return false, translate(fmt.Errorf("find role: %w", err))
	}
	return n > 0, nil
}
