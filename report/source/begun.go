package source

import (
	"cmp"
	"context"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// follow notes which records began the quick wins and improvements of an iteration: a
// record that is carried on is another one in every iteration. It asks for those of
// iterations between, which the comparison leaves out.
func (k *known) follow(ctx context.Context, p *survey.Progress) error {
	if k.began == nil {
		return nil
	}
	for i := range p.QuickWins {
		_, err := k.begin(&p.QuickWins[i].Record, func(id survey.RecordID) (*survey.Record, error) {
			q, err := k.service.ShowQuickWin(ctx, account.System(), id)
			if err != nil {
				return nil, err
			}
			return &q.Record, nil
		})
		if err != nil {
			return err
		}
	}
	for i := range p.Improvements {
		_, err := k.begin(&p.Improvements[i].Record, func(id survey.RecordID) (*survey.Record, error) {
			m, err := k.service.ShowImprovement(ctx, account.System(), id)
			if err != nil {
				return nil, err
			}
			return &m.Record, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// begin gives the first of the records that a record carries on, and notes it.
func (k *known) begin(r *survey.Record, show func(survey.RecordID) (*survey.Record, error)) (survey.RecordID, error) {
	first, known := r.ID, r.Origin == ""
	if !known {
		first, known = k.began[r.Origin]
	}
	if !known {
		origin, err := show(r.Origin)
		if err != nil {
			return "", err
		}
		if first, err = k.begin(origin, show); err != nil {
			return "", err
		}
	}
	k.began[r.ID] = first
	return first, nil
}

// asBegun names what was carried on as where it began, so that a comparison knows it again.
func (k *known) asBegun(m *report.Modules) {
	name := func(id *string) { *id = string(cmp.Or(k.began[survey.RecordID(*id)], survey.RecordID(*id))) }
	if m.QuickWins != nil {
		for i := range m.QuickWins.Wins {
			name(&m.QuickWins.Wins[i].ID)
		}
	}
	if m.Voices != nil {
		for i := range m.Voices.Register {
			name(&m.Voices.Register[i].ID)
		}
	}
}
