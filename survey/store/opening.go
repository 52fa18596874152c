package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

type manifestRow struct {
	Round     string
	Canonical []byte
}

func (manifestRow) TableName() string { return "manifests" }

type memberRow struct {
	Round   string
	Handle  []byte
	Person  string
	Process string
	Role    string
	Unit    string
	Locale  string
}

func (memberRow) TableName() string { return "members" }

func (r memberRow) member() survey.Member {
	return survey.Member{
		Handle: r.Handle, Person: survey.PersonID(r.Person), Process: r.Process, Role: r.Role, Unit: r.Unit,
		Locale: locale.Language(r.Locale),
	}
}

type rosterRow struct {
	Round   string
	Mark    []byte
	Process string
	Role    string
	Unit    string
}

func (rosterRow) TableName() string { return "rosters" }

// OpenRound freezes a draft.
func (s *Store) OpenRound(ctx context.Context, o survey.Opened) error {
	id := string(o.Round.ID)
	members := make([]memberRow, len(o.Members))
	for i, m := range o.Members {
		members[i] = memberRow{id, m.Handle, string(m.Person), m.Process, m.Role, m.Unit, string(m.Locale)}
	}
	roster := make([]rosterRow, len(o.Roster))
	for i, r := range o.Roster {
		roster[i] = rosterRow{id, r.Mark, r.Process, r.Role, r.Unit}
	}
	return s.inTx(ctx, "open round", func(tx *gorm.DB) error {
		changed := tx.Model(&roundRow{}).Where("id = ? AND state = ?", id, survey.Draft).Updates(map[string]any{
			"state": survey.Open, "invited": o.Round.Invited, "paper": o.Round.Paper, "fingerprint": o.Round.Fingerprint,
		})
		if changed.Error != nil {
			return changed.Error
		}
		if changed.RowsAffected == 0 {
			return fault.New(fault.Conflict, "round-open")
		}
		if err := tx.Create(&manifestRow{id, o.Manifest}).Error; err != nil {
			return err
		}
		if err := tx.CreateInBatches(members, batch).Error; err != nil {
			return err
		}
		if err := tx.CreateInBatches(roster, batch).Error; err != nil {
			return err
		}
		if err := addAsked(tx, o.Asked); err != nil {
			return err
		}
		if err := addJobs(tx, o.Then...); err != nil {
			return err
		}
		return appendAudit(tx, audit.Entry{
			Organisation: string(o.Round.Organisation), At: o.At, Actor: audit.System, Verb: "round.open", Subject: id, Detail: o.Detail,
		})
	})
}

// ListMembers gives the invitations in order of their handles, which are random.
func (s *Store) ListMembers(ctx context.Context, id survey.RoundID) ([]survey.Member, error) {
	var rows []memberRow
	if err := s.read.WithContext(ctx).Where("round = ?", string(id)).Order("handle").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list members: %w", err))
	}
	members := make([]survey.Member, len(rows))
	for i, r := range rows {
		members[i] = r.member()
	}
	return members, nil
}
