package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

type resultRow struct {
	Round   string
	Results string
	Kept    string
	Tickets []byte // the sorted hashes in a row, 32 bytes each
}

func (resultRow) TableName() string { return "results" }

// CloseRound ends an open round. A round that is past that is left as it is. One that ends
// before its time keeps the end that was announced beside the real one.
func (s *Store) CloseRound(ctx context.Context, id survey.RoundID, told audit.Entry, then ...survey.Job) error {
	return s.inTx(ctx, "close round", func(tx *gorm.DB) error {
		early, err := endedEarly(tx, id, told.At)
		if err != nil {
			return err
		}
		return move(tx, id, survey.Open, survey.Closed, told, early, then...)
	})
}

// endedEarly gives the columns of a round that ends at an instant before its time; one that
// has not begun ends when it would have begun.
func endedEarly(tx *gorm.DB, id survey.RoundID, at time.Time) (map[string]any, error) {
	var row roundRow
	if err := tx.Select("opens", "closes", "settings").Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, err
	}
	if at = at.UTC().Truncate(time.Second); at.Before(row.Opens) {
		at = row.Opens.UTC()
	}
	if !at.Before(row.Closes) {
		return nil, nil
	}
	var settings roundSettings
	if err := readSettings(row.Settings, &settings); err != nil {
		return nil, err
	}
	announced := row.Closes.UTC()
	settings.Announced = &announced
	if zone, err := time.LoadLocation(settings.Zone); err == nil && settings.ClosesWall != "" {
		settings.ClosesWall = at.In(zone).Format(survey.WallTime)
	}
	text, err := json.Marshal(settings)
	return map[string]any{"closes": at, "settings": string(text)}, err
}

// move takes a round from one state to the next, tells the audit and leaves jobs. A
// round that is in another state is left alone.
func move(tx *gorm.DB, id survey.RoundID, from, to survey.State, e audit.Entry, also map[string]any, then ...survey.Job) error {
	set := map[string]any{"state": to}
	for column, value := range also {
		set[column] = value
	}
	changed := tx.Model(&roundRow{}).Where("id = ? AND state = ?", string(id), from).Updates(set)
	if changed.Error != nil || changed.RowsAffected == 0 {
		return changed.Error
	}
	var row roundRow
	if err := tx.Select("organisation").Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return err
	}
	e.Organisation, e.Subject = row.Organisation, string(id)
	if e.Actor == "" {
		e.Actor = audit.System
	}
	if err := addJobs(tx, then...); err != nil {
		return err
	}
	return appendAudit(tx, e)
}

// EachBallot streams the sealed ballots of a round in order of ticket hash.
func (s *Store) EachBallot(ctx context.Context, id survey.RoundID, visit func(survey.SealedBallot) error) error {
	rows, err := s.read.WithContext(ctx).Model(&ballotRow{}).Select("ticket_hash, sealed, digest").
		Where("round = ?", string(id)).Order("ticket_hash").Rows()
	if err != nil {
		return translate(fmt.Errorf("read ballots: %w", err))
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var b survey.SealedBallot
		if err := rows.Scan(&b.TicketHash, &b.Sealed, &b.Digest); err != nil {
			return translate(fmt.Errorf("read ballots: %w", err))
		}
		if err := visit(b); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return translate(fmt.Errorf("read ballots: %w", err))
	}
	return nil
}

// ListInvited counts the roster by process, role and unit.
func (s *Store) ListInvited(ctx context.Context, id survey.RoundID) ([]survey.InvitedCell, error) {
	var cells []survey.InvitedCell
	err := s.read.WithContext(ctx).Model(&rosterRow{}).Select("process, role, unit, COUNT(*) AS invited").
		Where("round = ?", string(id)).Group("process, role, unit").Order("process, role, unit").Find(&cells).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list invited: %w", err))
	}
	return cells, nil
}

// CountRound stores the outcome of counting in one transaction.
func (s *Store) CountRound(ctx context.Context, c survey.CountedRound) error {
	results, err := json.Marshal(c.Results)
	if err != nil {
		return fmt.Errorf("count round: %w", err)
	}
	kept, err := json.Marshal(c.Kept)
	if err != nil {
		return fmt.Errorf("count round: %w", err)
	}
	row := resultRow{string(c.Round), string(results), string(kept), bytes.Join(c.TicketHashes, nil)}
	if row.Tickets == nil {
		row.Tickets = []byte{}
	}
	comments := make([]commentRow, len(c.Results.Texts))
	for i, t := range c.Results.Texts {
		comments[i] = commentRow{survey.NewID(), string(c.Round), t.Text, t.Kind}
	}
	return s.inTx(ctx, "count round", func(tx *gorm.DB) error {
		if err := checkCountable(tx, c); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if len(comments) > 0 {
			if err := tx.CreateInBatches(comments, batch).Error; err != nil {
				return err
			}
		}
		return move(tx, c.Round, survey.Closed, survey.Counted, audit.Entry{
			At: c.At, Verb: "round.count",
			Detail: map[string]string{"ballots": strconv.Itoa(c.Ballots), "invalid": strconv.Itoa(c.Results.Invalid)},
		}, map[string]any{"counted_at": c.At.UTC()}, c.Then...)
	})
}

// checkCountable makes sure that the round is closed and that the ballots are still
// the ones that were counted.
func checkCountable(tx *gorm.DB, c survey.CountedRound) error {
	var round roundRow
	if err := tx.Select("state").Where("id = ?", string(c.Round)).Take(&round).Error; err != nil {
		return err
	}
	switch survey.State(round.State) {
	case survey.Closed:
	case survey.Counted, survey.Done:
		return fault.New(fault.Conflict, "round-counted")
	default:
		return fault.New(fault.Conflict, "round-open")
	}
	var ballots int64
	if err := tx.Model(&ballotRow{}).Where("round = ?", string(c.Round)).Count(&ballots).Error; err != nil {
		return err
	}
	if int(ballots) != c.Ballots {
		return fmt.Errorf("counted %d ballots of %d", c.Ballots, ballots)
	}
	return nil
}

// ForfeitRound gives a closed round up uncounted.
func (s *Store) ForfeitRound(ctx context.Context, id survey.RoundID, told audit.Entry, then ...survey.Job) error {
	return s.inTx(ctx, "forfeit round", func(tx *gorm.DB) error {
		return move(tx, id, survey.Closed, survey.Counted, told, nil, then...)
	})
}

// portions of a table whose keys are random: each is emptied in a transaction of its own.
const portions = 64

// ForgetRound deletes what identifies or seals: ballots, marks, invitations, what is
// known of their mails, and the rosters that this one replaces; then it rewrites the files and moves the round
// from counted to done. It goes on where it was cut off.
func (s *Store) ForgetRound(ctx context.Context, id survey.RoundID, at time.Time) error {
	for _, t := range []struct{ table, key string }{{"ballots", "ticket_hash"}, {"issue_marks", "mark"}, {"members", "handle"}, {"mail_ledger", "entry"}} {
		if err := s.empty(ctx, id, t.table, t.key); err != nil {
			return err
		}
	}
	for _, row := range []any{&mailingRow{}, &fieldNumberRow{}} {
		err := s.inTx(ctx, "forget round", func(tx *gorm.DB) error { return tx.Where("round = ?", string(id)).Delete(row).Error })
		if err != nil {
			return err
		}
	}
	if err := s.forgetRosters(ctx, id); err != nil {
		return err
	}
	if err := s.compact(ctx); err != nil {
		return err
	}
	return s.inTx(ctx, "forget round", func(tx *gorm.DB) error {
		return move(tx, id, survey.Counted, survey.Done, audit.Entry{At: at, Verb: "round.forget"}, nil)
	})
}

func (s *Store) empty(ctx context.Context, id survey.RoundID, table, key string) error {
	for i := range portions {
		from, to := []byte{byte(i * 256 / portions)}, []byte{byte((i + 1) * 256 / portions)}
		err := s.inTx(ctx, "forget round", func(tx *gorm.DB) error {
			if i == portions-1 {
				return tx.Exec("DELETE FROM "+table+" WHERE round = ? AND "+key+" >= ?", string(id), from).Error
			}
			return tx.Exec("DELETE FROM "+table+" WHERE round = ? AND "+key+" >= ? AND "+key+" < ?", string(id), from, to).Error
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetRosters deletes the rosters of earlier rounds of the same programme and kind:
// only the last counted one is compared with (decision 24).
func (s *Store) forgetRosters(ctx context.Context, id survey.RoundID) error {
	var round roundRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&round).Error; err != nil {
		return translate(fmt.Errorf("forget round: %w", err))
	}
	var earlier []string
	err := s.read.WithContext(ctx).Model(&roundRow{}).Where(`kind = ? AND counted_at < ? AND iteration IN (SELECT i.id FROM iterations i
		JOIN iterations mine ON mine.programme = i.programme WHERE mine.id = ?)`,
		round.Kind, round.CountedAt, round.Iteration).Pluck("id", &earlier).Error
	if err != nil {
		return translate(fmt.Errorf("forget round: %w", err))
	}
	if len(earlier) == 0 {
		return nil
	}
	return s.inTx(ctx, "forget round", func(tx *gorm.DB) error {
		return tx.Where("round IN ?", earlier).Delete(&rosterRow{}).Error
	})
}
