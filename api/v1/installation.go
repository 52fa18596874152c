package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Installation is the state of the whole installation.
type Installation struct {
	Version       string    `json:"version" example:"v1.0.0"`
	Commit        string    `json:"commit"`
	Go            string    `json:"go" example:"go1.26"`
	Database      string    `json:"database" enum:"SQLite,MySQL,MariaDB,TiDB"`
	DatabaseIs    string    `json:"database_version"`
	Weak          []string  `json:"weak_durability" nullable:"false" doc:"settings of the database that lose acknowledged answers at a power cut"`
	WeakAllowed   bool      `json:"weak_durability_allowed"`
	Schema        int64     `json:"schema" doc:"last step applied"`
	Latest        int64     `json:"schema_latest" doc:"last step there is"`
	Migrated      time.Time `json:"schema_changed" doc:"by the clock of the database"`
	KeysReadable  bool      `json:"keys_readable"`
	Rounds        int       `json:"rounds" doc:"that are open or wait to be counted"`
	RoundsKeyless int       `json:"rounds_without_keys"`
	MailFrom      string    `json:"mail_from"`
	MailKept      bool      `json:"mail_kept" doc:"mails are only written to a folder: nobody gets them"`
}

// TestMail is how far a test mail got.
type TestMail struct {
	State   string `json:"state" enum:"queued,sending,sent,failed,uncertain"`
	Outcome string `json:"outcome" doc:"what the mail server said"`
}

// ShowInstallation gives the state of the installation.
func (a *API) ShowInstallation(ctx context.Context, actor account.Actor, _ *struct{}) (*struct{ Body Installation }, error) {
	i, err := a.service.ShowInstallation(ctx, actor)
	if err != nil {
		return nil, err
	}
	d := i.Database
	return &struct{ Body Installation }{Installation{
		Version: i.Version, Commit: i.Commit, Go: i.Go, Database: d.Kind, DatabaseIs: d.Version, Weak: list(d.Weak), WeakAllowed: d.WeakAllowed,
		Schema: d.Schema, Latest: d.Latest, Migrated: d.Migrated, KeysReadable: i.KeysErr == nil, Rounds: i.Rounds, RoundsKeyless: i.Keyless,
		MailFrom: i.MailFrom, MailKept: i.MailKept,
	}}, nil
}

// ShowOwnTestMail says how far the last test mail of an operator got.
func (a *API) ShowOwnTestMail(ctx context.Context, actor account.Actor, _ *struct{}) (*struct{ Body TestMail }, error) {
	return a.testMail(ctx, actor, "")
}

// SendOwnTestMail mails an operator.
func (a *API) SendOwnTestMail(ctx context.Context, actor account.Actor, _ *struct{}) (*struct{ Body TestMail }, error) {
	if err := a.service.SendTestMail(ctx, actor, ""); err != nil {
		return nil, err
	}
	return a.testMail(ctx, actor, "")
}

// ShowTestMail says how far the last test mail of an organisation to the user got.
func (a *API) ShowTestMail(ctx context.Context, actor account.Actor, in *ByOrganisation) (*struct{ Body TestMail }, error) {
	return a.testMail(ctx, actor, survey.OrganisationID(in.Organisation))
}

// SendTestMail mails the user in the name of an organisation.
func (a *API) SendTestMail(ctx context.Context, actor account.Actor, in *ByOrganisation) (*struct{ Body TestMail }, error) {
	id := survey.OrganisationID(in.Organisation)
	if err := a.service.SendTestMail(ctx, actor, id); err != nil {
		return nil, err
	}
	return a.testMail(ctx, actor, id)
}

func (a *API) testMail(ctx context.Context, actor account.Actor, id survey.OrganisationID) (*struct{ Body TestMail }, error) {
	l, err := a.service.ShowTestMail(ctx, actor, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return &struct{ Body TestMail }{TestMail{string(l.State), l.Outcome}}, nil
}
