package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

type userRow struct {
	ID       string
	Email    string
	Name     string
	Role     string
	Language string
	Password string
	Second   []byte
	Step     int64
	Created  time.Time
	LastDay  string
	Ended    *time.Time
	Version  int
}

func (userRow) TableName() string { return "users" }

type membershipRow struct {
	Account      string
	Organisation string
	Processes    string // keys with spaces between them
	Consented    *time.Time
}

func (membershipRow) TableName() string { return "user_organisations" }

type recoveryRow struct {
	Account string
	Hash    []byte
}

func (recoveryRow) TableName() string { return "recovery_codes" }

type accessCodeRow struct {
	Hash    []byte
	Account string
	Purpose string
	Expires time.Time

	Organisation string
}

func (accessCodeRow) TableName() string { return "access_codes" }

func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	at := t.UTC()
	return &at
}

func (r userRow) user(member []membershipRow, asked []invitationRow) account.User {
	u := account.User{
		ID: account.UserID(r.ID), Email: r.Email, Name: r.Name, Role: account.Role(r.Role), Language: locale.Language(r.Language),
		Password: r.Password, Second: r.Second, Step: r.Step, Created: r.Created.UTC(), LastDay: r.LastDay, Ended: inUTC(r.Ended), Version: r.Version,
	}
	for _, m := range member {
		if m.Account == r.ID {
			u.Member = append(u.Member, account.Membership{Organisation: m.Organisation, Processes: strings.Fields(m.Processes), Consented: inUTC(m.Consented)})
		}
	}
	for _, i := range asked {
		if i.Account == r.ID {
			u.Asked = append(u.Asked, i.invitation())
		}
	}
	return u
}

// CreateUser stores a user with memberships and a code that lets it in. An address that
// has an account is fault Conflict "key-taken".
func (s *Store) CreateUser(ctx context.Context, u *account.User, also ...survey.Access) error {
	u.Version = 1
	row := userRow{
		string(u.ID), u.Email, u.Name, string(u.Role), string(u.Language), u.Password, filled(u.Second), u.Step, u.Created.UTC(), u.LastDay, inUTC(u.Ended), u.Version,
	}
	return s.inTx(ctx, "create user", func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return taken(err)
		}
		if err := putMemberships(tx, u); err != nil {
			return err
		}
		return grant(tx, u.ID, also)
	})
}

// filled gives bytes that are not NULL.
func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func putMemberships(tx *gorm.DB, u *account.User) error {
	if err := tx.Where("account = ?", string(u.ID)).Delete(&membershipRow{}).Error; err != nil {
		return err
	}
	for _, m := range u.Member {
		row := membershipRow{string(u.ID), m.Organisation, strings.Join(m.Processes, " "), inUTC(m.Consented)}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}

// grant does what happens along with a change of an account.
func grant(tx *gorm.DB, id account.UserID, also []survey.Access) error {
	for _, a := range also {
		if a.KeepOperator {
			if err := keepOperator(tx); err != nil {
				return err
			}
		}
		if a.Reset {
			if err := endAccess(tx, id); err != nil {
				return err
			}
		}
		if err := askUser(tx, id, &a); err != nil {
			return err
		}
		if a.SignOut {
			if err := tx.Where("account = ? AND hash <> ?", string(id), filled(a.Except)).Delete(&sessionRow{}).Error; err != nil {
				return err
			}
		}
		if a.Consultants != "" {
			tokens := tx.Model(&tokenRow{}).Where("organisation = ? AND role = ?", string(a.Consultants), string(account.Consultant))
			if err := tokens.Update("consented", inUTC(a.Consented)).Error; err != nil {
				return err
			}
		}
		if a.Code != nil {
			if err := tx.Where("account = ?", string(id)).Delete(&accessCodeRow{}).Error; err != nil {
				return err
			}
			if err := tx.Create(&accessCodeRow{a.Code.Hash, string(id), string(a.Code.Purpose), a.Code.Expires.UTC(), a.Code.Organisation}).Error; err != nil {
				return err
			}
		}
		if err := addLetters(tx, a.Letters, a.At); err != nil {
			return err
		}
		if err := tell(tx, a.Told); err != nil {
			return err
		}
	}
	return nil
}

// keepOperator refuses to leave the installation without anybody who runs it. Of two who
// remove each other at once one is refused.
func keepOperator(tx *gorm.DB) error {
	var left []userRow
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("role = ? AND ended IS NULL", string(account.Operator)).Find(&left).Error
	if err == nil && len(left) == 0 {
		err = fault.New(fault.Conflict, "last-operator")
	}
	return err
}

// endAccess takes away everything that lets a user in.
func endAccess(tx *gorm.DB, id account.UserID) error {
	set := map[string]any{"password": "", "second": []byte{}}
	if err := tx.Model(&userRow{}).Where("id = ?", string(id)).Updates(set).Error; err != nil {
		return err
	}
	for _, row := range []any{&sessionRow{}, &recoveryRow{}, &accessCodeRow{}} {
		if err := tx.Where("account = ?", string(id)).Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}

// UpdateUser stores name, role, language, memberships and end of an account since
// version u.Version.
func (s *Store) UpdateUser(ctx context.Context, u *account.User, also ...survey.Access) error {
	return s.inTx(ctx, "update user", func(tx *gorm.DB) error {
		set := map[string]any{"name": u.Name, "role": string(u.Role), "language": string(u.Language), "ended": inUTC(u.Ended)}
		if err := change(tx, tx.Model(&userRow{}).Where("id = ?", string(u.ID)), u.Version, set, nil); err != nil {
			return err
		}
		if err := putMemberships(tx, u); err != nil {
			return err
		}
		return grant(tx, u.ID, also)
	})
}

// FindUser gives a user; fault NotFound otherwise.
func (s *Store) FindUser(ctx context.Context, id account.UserID) (*account.User, error) {
	return s.findUser(ctx, "id = ?", string(id))
}

// FindUserByEmail gives the user with an address in normal form; fault NotFound otherwise.
func (s *Store) FindUserByEmail(ctx context.Context, email string) (*account.User, error) {
	return s.findUser(ctx, "email = ?", email)
}

func (s *Store) findUser(ctx context.Context, where, value string) (*account.User, error) {
	var row userRow
	if err := s.read.WithContext(ctx).Where(where, value).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find user: %w", err))
	}
	var member []membershipRow
	if err := s.read.WithContext(ctx).Where("account = ?", row.ID).Order("organisation").Find(&member).Error; err != nil {
		return nil, translate(fmt.Errorf("find user: %w", err))
	}
	var asked []invitationRow
	if err := s.read.WithContext(ctx).Where("account = ?", row.ID).Order("organisation").Find(&asked).Error; err != nil {
		return nil, translate(fmt.Errorf("find user: %w", err))
	}
	u := row.user(member, asked)
	return &u, nil
}

// ListUsers gives the users of an organisation and those invited to it, everybody for the empty id, in order
// of name. Who was removed from everything is not there any more.
func (s *Store) ListUsers(ctx context.Context, id survey.OrganisationID) ([]account.User, error) {
	var rows []userRow
	query := s.read.WithContext(ctx).Where("ended IS NULL").Order("name, email")
	if id != "" {
		query = query.Where("id IN (?) OR id IN (?)", s.read.Model(&membershipRow{}).Select("account").Where("organisation = ?", string(id)),
			s.read.Model(&invitationRow{}).Select("account").Where("organisation = ?", string(id)))
	}
	if err := query.Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list users: %w", err))
	}
	var member []membershipRow
	if err := s.read.WithContext(ctx).Order("account, organisation").Find(&member).Error; err != nil {
		return nil, translate(fmt.Errorf("list users: %w", err))
	}
	var asked []invitationRow
	if err := s.read.WithContext(ctx).Order("account, organisation").Find(&asked).Error; err != nil {
		return nil, translate(fmt.Errorf("list users: %w", err))
	}
	all := make([]account.User, len(rows))
	for i, r := range rows {
		all[i] = r.user(member, asked)
	}
	return all, nil
}

// PutAccess lets a user in, or out, without a change of the account.
func (s *Store) PutAccess(ctx context.Context, id account.UserID, also ...survey.Access) error {
	return s.inTx(ctx, "put access", func(tx *gorm.DB) error { return grant(tx, id, also) })
}

// TakeCode gives a one-time code and removes it; fault NotFound for one that is unknown
// or over.
func (s *Store) TakeCode(ctx context.Context, hash []byte, at time.Time) (code *account.Code, err error) {
	err = s.inTx(ctx, "take code", func(tx *gorm.DB) error {
		var row accessCodeRow
		if err := tx.Where("hash = ? AND expires > ?", hash, at.UTC()).Take(&row).Error; err != nil {
			return err
		}
		done := tx.Where("hash = ?", hash).Delete(&accessCodeRow{})
		if done.Error == nil && done.RowsAffected == 0 {
			return gorm.ErrRecordNotFound // somebody else took it
		}
		code = &account.Code{Hash: row.Hash, User: account.UserID(row.Account), Purpose: account.Purpose(row.Purpose), Organisation: row.Organisation, Expires: row.Expires.UTC()}
		return done.Error
	})
	if err != nil {
		return nil, err
	}
	return code, nil
}

// SetPassword stores the hash of a new password.
func (s *Store) SetPassword(ctx context.Context, id account.UserID, hash string, also ...survey.Access) error {
	return s.inTx(ctx, "set password", func(tx *gorm.DB) error {
		if err := tx.Model(&userRow{}).Where("id = ?", string(id)).Update("password", hash).Error; err != nil {
			return err
		}
		return grant(tx, id, also)
	})
}

// SetSecond stores a sealed second factor in place of the one that was read, the step of
// its first password, and the hashes of recovery codes in place of all earlier ones;
// fault Conflict "second-changed" if the account has another one by now.
func (s *Store) SetSecond(ctx context.Context, id account.UserID, was, sealed []byte, step int64, recovery [][]byte, also ...survey.Access) error {
	return s.inTx(ctx, "set second factor", func(tx *gorm.DB) error {
		set := map[string]any{"second": sealed, "step": step}
		done := tx.Model(&userRow{}).Where("id = ? AND second = ?", string(id), filled(was)).Updates(set)
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.Conflict, "second-changed")
		}
		if done.Error != nil {
			return done.Error
		}
		return putRecovery(tx, id, recovery, also)
	})
}

// SetRecovery stores the hashes of recovery codes in place of all earlier ones; fault
// Conflict "second-missing" of an account without a second factor.
func (s *Store) SetRecovery(ctx context.Context, id account.UserID, recovery [][]byte, also ...survey.Access) error {
	return s.inTx(ctx, "set recovery codes", func(tx *gorm.DB) error {
		var one userRow
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ? AND second <> ?", string(id), []byte{}).Take(&one).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return fault.New(fault.Conflict, "second-missing")
		}
		if err != nil {
			return err
		}
		return putRecovery(tx, id, recovery, also)
	})
}

func putRecovery(tx *gorm.DB, id account.UserID, recovery [][]byte, also []survey.Access) error {
	if err := tx.Where("account = ?", string(id)).Delete(&recoveryRow{}).Error; err != nil {
		return err
	}
	for _, hash := range recovery {
		if err := tx.Create(&recoveryRow{string(id), hash}).Error; err != nil {
			return err
		}
	}
	return grant(tx, id, also)
}

// TakeStep marks a one-time password as used; false if it or a later one was already.
func (s *Store) TakeStep(ctx context.Context, id account.UserID, step int64) (bool, error) {
	took := false
	err := s.inTx(ctx, "take step", func(tx *gorm.DB) error {
		done := tx.Model(&userRow{}).Where("id = ? AND step < ?", string(id), step).Update("step", step)
		took = done.RowsAffected > 0
		return done.Error
	})
	return took && err == nil, err
}

// TakeRecovery removes a recovery code; false if the user has none such.
func (s *Store) TakeRecovery(ctx context.Context, id account.UserID, hash []byte) (bool, error) {
	took := false
	err := s.inTx(ctx, "take recovery code", func(tx *gorm.DB) error {
		done := tx.Where("account = ? AND hash = ?", string(id), hash).Delete(&recoveryRow{})
		took = done.RowsAffected > 0
		return done.Error
	})
	return took && err == nil, err
}

// CountRecovery gives how many recovery codes a user has left.
func (s *Store) CountRecovery(ctx context.Context, id account.UserID) (int, error) {
	var n int64
	if err := s.read.WithContext(ctx).Model(&recoveryRow{}).Where("account = ?", string(id)).Count(&n).Error; err != nil {
		return 0, translate(fmt.Errorf("count recovery codes: %w", err))
	}
	return int(n), nil
}

// SetLastDay writes the day of the last log-in.
func (s *Store) SetLastDay(ctx context.Context, id account.UserID, day string, told ...audit.Entry) error {
	return s.inTx(ctx, "set last day", func(tx *gorm.DB) error {
		err := tx.Model(&userRow{}).Where("id = ?", string(id)).Update("last_day", day).Error
		return errors.Join(err, tell(tx, told))
	})
}
