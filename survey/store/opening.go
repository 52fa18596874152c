package store

import (
	"context"
	"errors"
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

// freeze stores who is asked for what.
func freeze(tx *gorm.DB, id string, f survey.Frozen) error {
	members := make([]memberRow, len(f.Members))
	for i, m := range f.Members {
		members[i] = memberRow{id, m.Handle, string(m.Person), m.Process, m.Role, m.Unit, string(m.Locale)}
	}
	roster := make([]rosterRow, len(f.Roster))
	for i, r := range f.Roster {
		roster[i] = rosterRow{id, r.Mark, r.Process, r.Role, r.Unit}
	}
	if err := tx.CreateInBatches(members, batch).Error; err != nil {
		return err
	}
	if err := tx.CreateInBatches(roster, batch).Error; err != nil {
		return err
	}
	return addAsked(tx, f.Asked)
}

// pass takes a round in version r.Version from one state to another, with columns set; a
// round that is in another state is fault Conflict "round-open".
func pass(tx *gorm.DB, r *survey.Round, from, to survey.State, set map[string]any) error {
	set["state"] = string(to)
	err := change(tx, tx.Model(&roundRow{}).Where("id = ? AND state = ?", string(r.ID), string(from)), r.Version, set, nil)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fault.New(fault.Conflict, "round-open")
	}
	return err
}

// SubmitRound fixes a draft.
func (s *Store) SubmitRound(ctx context.Context, r *survey.Round, f survey.Frozen, letters []survey.Letter, e audit.Entry) error {
	settings, err := settingsOf(r)
	if err != nil {
		return fmt.Errorf("submit round: %w", err)
	}
	return s.inTx(ctx, "submit round", func(tx *gorm.DB) error {
		err := pass(tx, r, survey.Draft, survey.Review, map[string]any{"k": r.K, "invited": r.Invited, "paper": r.Paper, "settings": settings})
		if err != nil {
			return err
		}
		if err := freeze(tx, string(r.ID), f); err != nil {
			return err
		}
		if err := addLetters(tx, letters, e.At); err != nil {
			return err
		}
		return appendAudit(tx, e)
	})
}

// VetoRound keeps a submitted round from opening, whatever else happens to it meanwhile.
func (s *Store) VetoRound(ctx context.Context, r *survey.Round, e audit.Entry) error {
	settings, err := settingsOf(r)
	if err != nil {
		return fmt.Errorf("veto round: %w", err)
	}
	return s.inTx(ctx, "veto round", func(tx *gorm.DB) error {
		stopped := tx.Model(&roundRow{}).Where("id = ? AND state = ?", string(r.ID), string(survey.Review)).
			Updates(map[string]any{"settings": settings, "version": gorm.Expr("version + 1")})
		if stopped.Error == nil && stopped.RowsAffected == 0 {
			return fault.New(fault.Conflict, "round-open")
		}
		if stopped.Error != nil {
			return stopped.Error
		}
		return appendAudit(tx, e)
	})
}

// AskRound keeps what somebody asks of the round in version r.Version.
func (s *Store) AskRound(ctx context.Context, r *survey.Round, letters []survey.Letter, e audit.Entry) error {
	settings, err := settingsOf(r)
	if err != nil {
		return fmt.Errorf("ask round: %w", err)
	}
	return s.inTx(ctx, "ask round", func(tx *gorm.DB) error {
		asked := tx.Model(&roundRow{}).Where("id = ? AND state = ?", string(r.ID), string(r.State))
		if err := change(tx, asked, r.Version, map[string]any{"settings": settings}, []audit.Entry{e}); err != nil {
			return err
		}
		return addLetters(tx, letters, e.At)
	})
}

// OpenRound opens a draft, or a round that was submitted.
func (s *Store) OpenRound(ctx context.Context, o survey.Opened) error {
	from := survey.Review
	if o.Frozen != nil {
		from = survey.Draft
	}
	set := map[string]any{
		"restored": nil, "k": o.Round.K, "invited": o.Round.Invited, "paper": o.Round.Paper, "fingerprint": o.Round.Fingerprint,
	}
	if o.Round.Trustee != nil {
		settings, err := settingsOf(o.Round)
		if err != nil {
			return fmt.Errorf("open round: %w", err)
		}
		set["settings"] = settings
	}
	return s.inTx(ctx, "open round", func(tx *gorm.DB) error {
		if err := pass(tx, o.Round, from, survey.Open, set); err != nil {
			return err
		}
		if err := tx.Create(&manifestRow{string(o.Round.ID), o.Manifest}).Error; err != nil {
			return err
		}
		if o.Frozen != nil {
			if err := freeze(tx, string(o.Round.ID), *o.Frozen); err != nil {
				return err
			}
		}
		if err := addJobs(tx, o.Then...); err != nil {
			return err
		}
		return appendAudit(tx, o.Told)
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

// ListRoster gives who is asked in a round, in order of the marks.
func (s *Store) ListRoster(ctx context.Context, id survey.RoundID) ([]survey.RosterRow, error) {
	var rows []rosterRow
	if err := s.read.WithContext(ctx).Where("round = ?", string(id)).Order("mark").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list roster: %w", err))
	}
	roster := make([]survey.RosterRow, len(rows))
	for i, r := range rows {
		roster[i] = survey.RosterRow{Mark: r.Mark, Process: r.Process, Role: r.Role, Unit: r.Unit}
	}
	return roster, nil
}
