package survey

import (
	"context"
	"slices"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Programme is one introduction of ITSM.
type Programme struct {
	ID           ProgrammeID
	Organisation OrganisationID
	Name         string
	Steering     []string        // addresses that get the check report
	SendReport   SendReport      // when they get it
	Language     locale.Language // in which they get it
	Version      int
}

// SendReport says when a check report goes to the steering committee (decision 27).
type SendReport string

// The two ways; the second one is the default.
const (
	WhenCounted SendReport = "when_counted" // issued and mailed as soon as the round is counted
	WhenIssued  SendReport = "when_issued"  // issued by a consultant or lead
)

// ProgrammeInput is what is said of a programme; nil stays, or is the default of a new
// one.
type ProgrammeInput struct {
	Seen       int // version of a programme that changes
	Name       *string
	Steering   *[]string
	SendReport *SendReport
	Language   *locale.Language
}

func (in ProgrammeInput) apply(p *Programme) error {
	var c checks
	if in.Name != nil || p.Name == "" {
		if in.Name != nil {
			p.Name = *in.Name
		}
		c.text("/name", &p.Name, maxTitle)
	}
	if in.Steering != nil {
		p.Steering = slices.Clone(*in.Steering)
		c.addresses("/steering", p.Steering)
	}
	if in.SendReport != nil {
		p.SendReport = *in.SendReport
	}
	if p.SendReport != WhenCounted && p.SendReport != WhenIssued {
		c.wrong("/send_report", "send-report-unknown")
	}
	if in.Language != nil {
		p.Language = *in.Language
	}
	if p.Language != locale.German && p.Language != locale.English {
		c.wrong("/language", "locale-unknown")
	}
	return c.err()
}

// CreateProgramme begins a programme.
func (s *Service) CreateProgramme(ctx context.Context, actor account.Actor, id OrganisationID, in ProgrammeInput) (*Programme, error) {
	if _, err := s.organisation(ctx, actor, account.ChangeProgramme, id); err != nil {
		return nil, err
	}
	p := &Programme{ID: ProgrammeID(s.newID()), Organisation: id, SendReport: WhenIssued, Language: locale.German}
	if err := in.apply(p); err != nil {
		return nil, err
	}
	return p, s.store.CreateProgramme(ctx, p, s.tell(actor, id, "programme.create", string(p.ID), nil))
}

// ListProgrammes gives the programmes of an organisation.
func (s *Service) ListProgrammes(ctx context.Context, actor account.Actor, id OrganisationID) ([]Programme, error) {
	if _, err := s.organisation(ctx, actor, account.ReadProgramme, id); err != nil {
		return nil, err
	}
	return s.store.ListProgrammes(ctx, id)
}

// ShowProgramme gives a programme.
func (s *Service) ShowProgramme(ctx context.Context, actor account.Actor, id ProgrammeID) (*Programme, error) {
	return s.programme(ctx, actor, account.ReadProgramme, id)
}

// UpdateProgramme changes a programme.
func (s *Service) UpdateProgramme(ctx context.Context, actor account.Actor, id ProgrammeID, in ProgrammeInput) (*Programme, error) {
	p, err := s.programme(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	if p.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if err := in.apply(p); err != nil {
		return nil, err
	}
	detail := map[string]string{"name": p.Name, "steering": strings.Join(p.Steering, " "), "send_report": string(p.SendReport), "language": string(p.Language)}
	if err := s.store.UpdateProgramme(ctx, p, s.tell(actor, p.Organisation, "programme.update", string(id), detail)); err != nil {
		return nil, err
	}
	p.Version++
	return p, nil
}
