package survey

import (
	"context"

	"pulscheck/survey/locale"
)

// Privacy is what everybody may read about a round's processing of personal data
// (Art. 13 GDPR), as the installation is configured now. It names nobody.
type Privacy struct {
	Organisation string
	Contact      locale.Text
	K            int
	Audited      bool // somebody may veto rounds before they open
	Trustee      bool // rounds are counted with a key that somebody else holds
	Periods      Periods
}

// Privacy gives the notice of an opened round; fault NotFound if there is none.
func (s *Service) Privacy(ctx context.Context, id RoundID) (*Privacy, error) {
	found, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.privacies.get(s.now(), string(id), func() (*Privacy, error) {
		r := found.round
		o, err := s.store.FindOrganisation(ctx, r.Organisation)
		if err != nil {
			return nil, err
		}
		p := &Privacy{Organisation: o.Name, Contact: o.Contact, K: r.K, Trustee: r.Trustee != nil, Periods: Keeps()}
		p.Audited, err = s.audited(ctx, o.ID, s.now())
		return p, err
	})
}
