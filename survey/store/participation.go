package store

import (
	"bytes"
	"context"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/migrations"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

type markRow struct {
	Round string
	Mark  []byte
	Req   []byte
}

func (markRow) TableName() string { return "issue_marks" }

type ballotRow struct {
	Round      string
	TicketHash []byte
	Sealed     []byte
	Digest     []byte
}

func (ballotRow) TableName() string { return "ballots" }

// FindManifest gives the canonical bytes stored at opening; fault NotFound otherwise.
func (s *Store) FindManifest(ctx context.Context, id survey.RoundID) ([]byte, error) {
	var row manifestRow
	if err := s.read.WithContext(ctx).Where("round = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find manifest: %w", err))
	}
	return row.Canonical, nil
}

// FindMember gives the invitation of a handle; fault NotFound otherwise.
func (s *Store) FindMember(ctx context.Context, id survey.RoundID, handle []byte) (*survey.Member, error) {
	var row memberRow
	if err := s.read.WithContext(ctx).Where("round = ? AND handle = ?", string(id), handle).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find member: %w", err))
	}
	m := row.member()
	return &m, nil
}

// CreateMark records that a ticket was taken, or gives what was recorded first.
func (s *Store) CreateMark(ctx context.Context, id survey.RoundID, mark, req []byte) ([]byte, error) {
	stored, _, err := s.marks.put(ctx, &pending{round: string(id), key: mark, value: req, row: markRow{string(id), mark, req}})
	return stored, err
}

func (s *Store) newMarkWriter() *writer {
	find := func(tx *gorm.DB, round string, keys [][]byte) (map[string][]byte, error) {
		var rows []markRow
		err := tx.Where("round = ? AND mark IN ?", round, keys).Find(&rows).Error
		found := make(map[string][]byte, len(rows))
		for _, r := range rows {
			found[string(r.Mark)] = r.Req
		}
		return found, err
	}
	return newWriter(s, "create mark", find, insertRows[markRow])
}

// CreateBallot stores a sealed ballot, or gives the digest of the one stored first.
func (s *Store) CreateBallot(ctx context.Context, id survey.RoundID, b survey.SealedBallot) (digest []byte, created bool, err error) {
	row := ballotRow{string(id), b.TicketHash, b.Sealed, b.Digest}
	return s.ballots.put(ctx, &pending{round: string(id), key: b.TicketHash, value: b.Digest, row: row})
}

func (s *Store) newBallotWriter() *writer {
	find := func(tx *gorm.DB, round string, keys [][]byte) (map[string][]byte, error) {
		var rows []ballotRow
		err := tx.Select("ticket_hash, digest").Where("round = ? AND ticket_hash IN ?", round, keys).Find(&rows).Error
		found := make(map[string][]byte, len(rows))
		for _, r := range rows {
			found[string(r.TicketHash)] = r.Digest
		}
		return found, err
	}
	return newWriter(s, "create ballot", find, insertRows[ballotRow])
}

// insertRows writes rows of one table in one statement; none is no error.
func insertRows[T any](tx *gorm.DB, rows []any) error {
	if len(rows) == 0 {
		return nil
	}
	typed := make([]T, len(rows))
	for i, r := range rows {
		typed[i] = r.(T)
	}
	return tx.Create(&typed).Error
}

// holdOpen makes sure that the round takes answers until this transaction ends: closing
// it waits for the same row. Other transactions may hold it too, except where the server
// knows no shared lock (TiDB).
func (s *Store) holdOpen(tx *gorm.DB, id survey.RoundID) error {
	statement := "SELECT state FROM rounds WHERE id = ?" // SQLite lets one transaction write at a time
	if s.dialect == migrations.MySQL {
		statement += s.sharedLock
	}
	var state string
	done := tx.Raw(statement, string(id)).Scan(&state)
	switch {
	case done.Error != nil:
		return done.Error
	case done.RowsAffected == 0:
		return gorm.ErrRecordNotFound
	case !survey.State(state).Opened():
		return fault.New(fault.Conflict, "round-not-open")
	case state != string(survey.Open):
		return fault.New(fault.Gone, "round-closed")
	}
	return nil
}

const hashSize = 32

// ListTicketHashes gives the sorted hashes of a counted round; fault NotFound before.
func (s *Store) ListTicketHashes(ctx context.Context, id survey.RoundID) ([][]byte, error) {
	var row resultRow
	if err := s.read.WithContext(ctx).Select("tickets").Where("round = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("list ticket hashes: %w", err))
	}
	hashes := make([][]byte, 0, len(row.Tickets)/hashSize)
	for rest := row.Tickets; len(rest) >= hashSize; rest = rest[hashSize:] {
		hashes = append(hashes, bytes.Clone(rest[:hashSize]))
	}
	return hashes, nil
}
