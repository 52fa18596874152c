package web

import (
	"github.com/gin-gonic/gin"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// place is where in the house a page stands; what it does not know is nil.
type place struct {
	organisation *survey.Organisation
	programme    *survey.Programme
	iteration    *survey.Iteration
	round        *survey.Round
	waiting      map[string]int // what waits for the user, by the name of an entry of the navigation
}

// organisation gives the organisation in the path. It begins the way to the page and
// the navigation.
func (w *Web) organisation(c *gin.Context) (*Visit, *survey.Organisation, error) {
	v, p := visitOf(c), &place{}
	if err := v.enter(p, survey.OrganisationID(c.Param("organisation"))); err != nil {
		return v, nil, err
	}
	return v, p.organisation, v.current(p)
}

// programme gives the programme in the path, in its organisation.
func (w *Web) programme(c *gin.Context) (*Visit, *survey.Programme, error) {
	v, p := visitOf(c), &place{}
	programme, err := w.service.ShowProgramme(v.Context(), v.Actor, survey.ProgrammeID(c.Param("programme")))
	if err != nil {
		return v, nil, err
	}
	p.programme = programme
	if err := v.enter(p, programme.Organisation); err != nil {
		return v, nil, err
	}
	return v, programme, v.current(p)
}

// iteration gives the iteration in the path, in its programme.
func (w *Web) iteration(c *gin.Context) (*Visit, *survey.Iteration, error) {
	v, p := visitOf(c), &place{}
	err := v.at(p, survey.IterationID(c.Param("iteration")))
	return v, p.iteration, err
}

// round gives the round in the path, in its iteration.
func (w *Web) round(c *gin.Context) (*Visit, *survey.Round, error) {
	v, p := visitOf(c), &place{}
	round, err := w.service.ShowRound(v.Context(), v.Actor, survey.RoundID(c.Param("round")))
	if err != nil {
		return v, nil, err
	}
	p.round = round
	return v, round, v.at(p, round.Iteration)
}

// at enters an iteration. Pages of things that belong to one call it too.
func (v *Visit) at(p *place, id survey.IterationID) (err error) {
	if p.iteration, err = v.web.service.ShowIteration(v.Context(), v.Actor, id); err != nil {
		return err
	}
	if p.programme, err = v.web.service.ShowProgramme(v.Context(), v.Actor, p.iteration.Programme); err != nil {
		return err
	}
	if err := v.enter(p, p.programme.Organisation); err != nil {
		return err
	}
	v.Crumb(v.T("web.frame.iteration", "number", p.iteration.Number), "/iterations/"+string(p.iteration.ID))
	defer v.navigate(p)
	return v.count(p)
}

// below enters an iteration for a page of one thing in a list of it: section is the entry
// of the navigation that the list has, href its address.
func (v *Visit) below(id survey.IterationID, section, href string) error {
	if err := v.at(&place{}, id); err != nil {
		return err
	}
	v.Crumb(v.T("web.nav."+section), href)
	v.Section(section)
	return nil
}

// enter finds the organisation.
func (v *Visit) enter(p *place, id survey.OrganisationID) (err error) {
	if p.organisation, err = v.web.service.ShowOrganisation(v.Context(), v.Actor, id); err != nil {
		return err
	}
	v.place, v.page.Crumbs = p, nil
	v.Crumb(p.organisation.Name, "/organisations/"+string(id))
	return nil
}

// current finds the programme and the iteration that the navigation leads to: the last
// ones, as far as the user sees them.
func (v *Visit) current(p *place) error {
	defer v.navigate(p)
	if !v.May(account.ReadProgramme) {
		return nil
	}
	if p.programme == nil {
		all, err := v.web.service.ListProgrammes(v.Context(), v.Actor, p.organisation.ID)
		if err != nil || len(all) == 0 {
			return err
		}
		p.programme = &all[len(all)-1]
	}
	all, err := v.web.service.ListIterations(v.Context(), v.Actor, p.programme.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	p.iteration = &all[0]
	for i := range all { // the one that runs, or the last one
		if all[i].Phase != survey.Finished || i == len(all)-1 {
			p.iteration = &all[i]
			break
		}
	}
	return v.count(p)
}

// count finds what waits for the user in an iteration: comments to review, questions to
// answer.
func (v *Visit) count(p *place) error {
	p.waiting = map[string]int{}
	if v.May(account.ModerateComments) {
		all, err := v.web.service.ListQueue(v.Context(), v.Actor, p.iteration.ID)
		if err != nil {
			return err
		}
		for i := range all {
			if all[i].Moderation.Outcome == "" {
				p.waiting["comments"]++
			}
		}
	}
	if !v.May(account.AnswerDoor) {
		return nil
	}
	all, err := v.web.service.ListQuestions(v.Context(), v.Actor, p.organisation.ID)
	for i := range all {
		p.waiting["questions"] += 1 - answered(&all[i])
	}
	return err
}
