package store

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// invitationRow is an invitation that nobody has accepted yet.
type invitationRow struct {
	Account      string
	Organisation string
	Role         string
	Name         string
	Language     string
	Processes    string // keys with spaces between them
	Consented    *time.Time
	Version      int
	Expires      *time.Time
}

func (invitationRow) TableName() string { return "user_invitations" }

func (r invitationRow) invitation() account.Invitation {
	i := account.Invitation{
		Organisation: r.Organisation, Role: account.Role(r.Role), Name: r.Name, Language: locale.Language(r.Language), Processes: strings.Fields(r.Processes),
		Consented: inUTC(r.Consented), Version: r.Version,
	}
	if r.Expires != nil {
		i.Expires = r.Expires.UTC()
	}
	return i
}

// ending is the instant at which something is over, NULL for one that nobody knows.
func ending(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return inUTC(&t)
}

// askUser begins an account anew, ends an invitation and makes one, as far as it is said.
func askUser(tx *gorm.DB, id account.UserID, a *survey.Access) error {
	mine := func() *gorm.DB { return tx.Where("account = ?", string(id)) }
	if a.Anew {
		set := map[string]any{"last_day": "", "step": 0, "version": 1}
		if err := tx.Model(&userRow{}).Where("id = ?", string(id)).Updates(set).Error; err != nil {
			return err
		}
		if err := mine().Delete(&invitationRow{}).Error; err != nil {
			return err
		}
	}
	if a.Unask != "" {
		if err := mine().Where("organisation = ?", a.Unask).Delete(&invitationRow{}).Error; err != nil {
			return err
		}
	}
	if a.Ask == nil {
		return nil
	}
	if a.Alone {
		if err := tx.Where("organisation = ? AND role = ?", a.Ask.Organisation, string(a.Ask.Role)).Delete(&invitationRow{}).Error; err != nil {
			return err
		}
	}
	i := a.Ask
	return taken(tx.Create(&invitationRow{
		string(id), i.Organisation, string(i.Role), i.Name, string(i.Language), strings.Join(i.Processes, " "), inUTC(i.Consented), i.Version, ending(i.Expires),
	}).Error)
}

// UpdateInvitation stores what was said in an invitation since version i.Version.
func (s *Store) UpdateInvitation(ctx context.Context, id account.UserID, i *account.Invitation, also ...survey.Access) error {
	return s.inTx(ctx, "update invitation", func(tx *gorm.DB) error {
		set := map[string]any{"name": i.Name, "role": string(i.Role), "processes": strings.Join(i.Processes, " "), "consented": inUTC(i.Consented), "expires": ending(i.Expires)}
		at := tx.Model(&invitationRow{}).Where("account = ? AND organisation = ?", string(id), i.Organisation)
		if err := change(tx, at, i.Version, set, nil); err != nil {
			return err
		}
		return grant(tx, id, also)
	})
}
