package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
)

// Facts are what a process knows of itself and its settings.
type Facts struct {
	Version, Commit, Go string
	MailFrom            string // sender of mails
	MailKept            bool   // mails are only written to a folder: nobody gets them
}

// Database is which database there is and how it stands.
type Database struct {
	Kind, Version  string   // e.g. "MySQL" and "9.7.0"
	Weak           []string // settings that lose acknowledged answers at a power cut; empty = none
	WeakAllowed    bool     // somebody said that they may
	Schema, Latest int64    // number of the last step applied, and of the last one there is
	Migrated       time.Time
}

// DescribeDatabase tells which database there is.
type DescribeDatabase interface {
	DescribeDatabase(ctx context.Context) (*Database, error)
}

// Installation is the state of the whole installation, as its operator sees it.
type Installation struct {
	Facts
	Database Database
	KeysErr  error // why the keystore cannot be read; nil = it can
	Rounds   int   // that are open or wait to be counted
	Keyless  int   // of them, whose keys are not there
}

// ShowInstallation gives the state of the installation, of no organisation anything but
// how many rounds are open.
func (s *Service) ShowInstallation(ctx context.Context, actor account.Actor) (*Installation, error) {
	if err := actor.May(account.CreateOrganisations); err != nil {
		return nil, err
	}
	database, err := s.store.DescribeDatabase(ctx)
	if err != nil {
		return nil, err
	}
	i := &Installation{Facts: s.facts, Database: *database}
	_, i.KeysErr = s.keys.Installation()
	rounds, err := s.store.ListRounds(ctx, Open, Closed)
	for _, r := range rounds {
		if i.Rounds++; !s.keys.Has(string(r.ID)) {
			i.Keyless++
		}
	}
	return i, err
}

// ShowMailing says where mails of an organisation come from, and whether they reach
// anybody, to those who set it up.
func (s *Service) ShowMailing(ctx context.Context, actor account.Actor, id OrganisationID) (from string, kept bool, err error) {
	_, err = s.organisation(ctx, actor, account.ChangeOrganisation, id)
	return s.facts.MailFrom, s.facts.MailKept, err
}
