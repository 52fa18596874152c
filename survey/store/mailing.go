package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/schedule"
)

type mailingRow struct {
	Round string
	Kind  string
	State string
	Begun time.Time
}

func (mailingRow) TableName() string { return "mailings" }

// States of a mailing.
const (
	mailingRuns  = "running"
	mailingEnded = "ended"
)

type ledgerRow struct {
	Round string
	Entry []byte
	State string
}

func (ledgerRow) TableName() string { return "mail_ledger" }

// ListMarks gives the marks of the tickets taken so far, in order of the marks.
func (s *Store) ListMarks(ctx context.Context, id survey.RoundID) ([][]byte, error) {
	var marks [][]byte
	err := s.read.WithContext(ctx).Model(&markRow{}).Where("round = ?", string(id)).Order("mark").Pluck("mark", &marks).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list marks: %w", err))
	}
	return marks, nil
}

// ListLedger gives the state of every mail of a round by its entry.
func (s *Store) ListLedger(ctx context.Context, id survey.RoundID) (map[string]survey.MailState, error) {
	var rows []ledgerRow
	if err := s.read.WithContext(ctx).Where("round = ?", string(id)).Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list mail ledger: %w", err))
	}
	ledger := make(map[string]survey.MailState, len(rows))
	for _, r := range rows {
		ledger[string(r.Entry)] = survey.MailState(r.State)
	}
	return ledger, nil
}

// BeginMailing records once that mails of a kind go out for a round.
func (s *Store) BeginMailing(ctx context.Context, m survey.MailingRow) (map[survey.MailKind]survey.MailingRow, error) {
	all := map[survey.MailKind]survey.MailingRow{}
	err := s.inTx(ctx, "begin mailing", func(tx *gorm.DB) error {
		row := mailingRow{string(m.Round), string(m.Kind), mailingRuns, m.At.UTC()}
		begun := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if begun.Error != nil {
			return begun.Error
		}
		if begun.RowsAffected > 0 && m.Kind != survey.InvitationMail {
			if err := appendAudit(tx, mailingEntry(m, "round.remind", map[string]string{"mail": string(m.Kind)})); err != nil {
				return err
			}
		}
		var rows []mailingRow
		if err := tx.Where("round = ?", string(m.Round)).Find(&rows).Error; err != nil {
			return err
		}
		clear(all)
		for _, r := range rows {
			kind := survey.MailKind(r.Kind)
			all[kind] = survey.MailingRow{
				Round: m.Round, Organisation: m.Organisation, Kind: kind, At: r.Begun.UTC(), Ended: r.State == mailingEnded,
			}
		}
		return nil
	})
	return all, err
}

// ListMailings gives the mailings of a round that have begun.
func (s *Store) ListMailings(ctx context.Context, id survey.RoundID) (map[survey.MailKind]survey.MailingRow, error) {
	var rows []mailingRow
	if err := s.read.WithContext(ctx).Where("round = ?", string(id)).Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list mailings: %w", err))
	}
	all := make(map[survey.MailKind]survey.MailingRow, len(rows))
	for _, r := range rows {
		kind := survey.MailKind(r.Kind)
		all[kind] = survey.MailingRow{Round: id, Kind: kind, At: r.Begun.UTC(), Ended: r.State == mailingEnded}
	}
	return all, nil
}

// RemindNow puts the job of a reminder in the place of the waiting one of its kind.
func (s *Store) RemindNow(ctx context.Context, j survey.Job, told audit.Entry) error {
	return s.inTx(ctx, "remind now", func(tx *gorm.DB) error {
		waiting := tx.Where("kind = ? AND object = ? AND state = ?", string(j.Kind), j.Object, string(schedule.Waiting)).Delete(&jobRow{})
		if waiting.Error != nil {
			return waiting.Error
		}
		if err := addJobs(tx, j); err != nil {
			return err
		}
		return appendAudit(tx, told)
	})
}

// mailingEntry tells the audit of a mailing.
func mailingEntry(m survey.MailingRow, verb string, detail map[string]string) audit.Entry {
	return audit.Entry{
		Organisation: string(m.Organisation), At: m.At, Actor: audit.System, Verb: verb, Subject: string(m.Round), Detail: detail,
	}
}

// EndMailing records that all mails of a kind went out; invitations are summed up.
func (s *Store) EndMailing(ctx context.Context, m survey.MailingRow, sums map[survey.MailState]int) error {
	return s.inTx(ctx, "end mailing", func(tx *gorm.DB) error {
		ended := tx.Model(&mailingRow{}).Where("round = ? AND kind = ? AND state = ?", string(m.Round), string(m.Kind), mailingRuns).
			Update("state", mailingEnded)
		if ended.Error != nil || ended.RowsAffected == 0 || m.Kind != survey.InvitationMail {
			return ended.Error
		}
		detail := map[string]string{}
		for _, state := range []survey.MailState{survey.MailSent, survey.MailFailed, survey.MailUncertain} {
			detail[string(state)] = strconv.Itoa(sums[state])
		}
		return appendAudit(tx, mailingEntry(m, "round.invite", detail))
	})
}

// RepeatMailing queues entries anew whose mail failed or is uncertain.
func (s *Store) RepeatMailing(ctx context.Context, j survey.Job, entries [][]byte, told ...audit.Entry) error {
	return s.inTx(ctx, "repeat mailing", func(tx *gorm.DB) error {
		changed := tx.Model(&ledgerRow{}).Where("round = ? AND entry IN ? AND state IN ?", j.Object, entries,
			[]survey.MailState{survey.MailFailed, survey.MailUncertain}).Update("state", survey.MailQueued)
		if changed.Error != nil || changed.RowsAffected == 0 {
			return changed.Error
		}
		err := tx.Model(&mailingRow{}).Where("round = ? AND kind = ?", j.Object, survey.InvitationMail).Update("state", mailingRuns).Error
		if err != nil {
			return err
		}
		if err := addJobs(tx, j); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// SettleEntries gives entries of the ledger a state, those that do not exist too.
func (s *Store) SettleEntries(ctx context.Context, id survey.RoundID, entries [][]byte, state survey.MailState) error {
	rows := make([]ledgerRow, len(entries))
	for i, e := range entries {
		rows[i] = ledgerRow{string(id), e, string(state)}
	}
	return s.inTx(ctx, "settle mails", func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "round"}, {Name: "entry"}},
			DoUpdates: clause.Assignments(map[string]any{"state": state}),
		}).CreateInBatches(rows, batch).Error
	})
}

// ClaimEntry takes one mail from nothing or queued to sending, durable on return;
// false if it is in any other state.
func (s *Store) ClaimEntry(ctx context.Context, id survey.RoundID, entry []byte) (bool, error) {
	claimed := false
	err := s.inTx(ctx, "claim mail", func(tx *gorm.DB) error {
		queued := tx.Model(&ledgerRow{}).Where("round = ? AND entry = ? AND state = ?", string(id), entry, survey.MailQueued).
			Update("state", survey.MailSending)
		if claimed = queued.RowsAffected > 0; queued.Error != nil || claimed {
			return queued.Error
		}
		err := tx.Create(&ledgerRow{string(id), entry, string(survey.MailSending)}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return nil
		}
		claimed = err == nil
		return err
	})
	return claimed && err == nil, err
}

// SettleEntry writes what became of a claimed mail. Somebody who took its sender for
// dead may have called it uncertain meanwhile: then only a certain end replaces that.
func (s *Store) SettleEntry(ctx context.Context, id survey.RoundID, entry []byte, state survey.MailState) error {
	return s.inTx(ctx, "settle mail", func(tx *gorm.DB) error {
		return tx.Model(&ledgerRow{}).Where("round = ? AND entry = ? AND state IN ?", string(id), entry, replaceable(state)).
			Update("state", state).Error
	})
}

// replaceable gives the states that the outcome of a mail may replace.
func replaceable(by survey.MailState) []survey.MailState {
	if by == survey.MailSent || by == survey.MailFailed {
		return []survey.MailState{survey.MailSending, survey.MailUncertain}
	}
	return []survey.MailState{survey.MailSending}
}
