package web

import (
	"pulscheck/api/view"
	"pulscheck/survey"
)

// roundOf is a round with the name of where it belongs, empty for the iteration that a
// page shows.
type roundOf struct {
	survey.Round
	Where string
}

// running gives the rounds of other iterations of the organisation that take answers or
// wait to be counted: nobody is to overlook them because the next iteration has begun.
func (v *Visit) running(p *place) (all []roundOf, err error) {
	programmes, err := v.web.service.ListProgrammes(v.Context(), v.Actor, p.organisation.ID)
	if err != nil {
		return nil, err
	}
	for _, programme := range programmes {
		iterations, err := v.web.service.ListIterations(v.Context(), v.Actor, programme.ID)
		if err != nil {
			return nil, err
		}
		for _, i := range iterations {
			if p.iteration != nil && i.ID == p.iteration.ID {
				continue
			}
			rounds, err := v.web.service.ListRounds(v.Context(), v.Actor, i.ID)
			if err != nil {
				return nil, err
			}
			where := v.T("web.frame.iteration", "number", i.Number)
			if p.programme == nil || programme.ID != p.programme.ID {
				where = programme.Name + ", " + where
			}
			for _, r := range rounds {
				if r.State == survey.Open || r.State == survey.Closed {
					all = append(all, roundOf{r, where})
				}
			}
		}
	}
	return all, nil
}

// roundRow is a round in the table of the overview.
func (v *Visit) roundRow(p *place, one *roundOf) view.Row {
	zone, r := zoneOf(p.organisation), &one.Round
	return view.Row{
		{Text: v.In(r.Title), Href: roundAt(r.ID), Small: one.Where}, {Text: v.DateTime(r.Opens, zone)},
		{Text: v.DateTime(r.Closes, zone)}, {Status: v.roundStatus(r)},
	}
}
