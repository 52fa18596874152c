package web

import (
	"html/template"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// overview is the page of an organisation (A3).
type overview struct {
	Phases []phase
	Empty  string
	Tiles  []tile
	Check  template.HTML // figures of the last check that was counted
	Of     *view.Link    // its results
	Steps  []view.Link
	Rounds *view.Table
	Events *view.Table // what happened last
}

// phase is one of PLAN, DO, CHECK, ACT: past, now or next.
type phase struct{ Name, Text, State string }

// tile is one figure.
type tile struct {
	Heading, Value, Small string
	Status                *view.Status
}

// begin leads whoever may plan to the first iteration: of the programme, which comes
// before it.
func (v *Visit) begin(p *place) {
	switch {
	case !v.May(account.ChangeProgramme):
	case p.programme == nil:
		v.Action(v.T("web.programmes.new"), programmesOf(p.organisation.ID)+"/new")
	default:
		v.Action(v.T("web.iteration.plan"), "/programmes/"+string(p.programme.ID)+"/iterations/new")
	}
}

// ShowOrganisation is the overview of an organisation: where its iteration stands, what
// comes next, and its rounds.
func (w *Web) ShowOrganisation(c *gin.Context) error {
	v, _, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.page.Crumbs = nil
	p, page := v.place, overview{}
	switch {
	case !v.May(account.ReadProgramme):
		page.Empty = v.T("web.overview.outside")
		if v.May(account.Appoint) {
			v.Action(v.T("web.users.invite"), "/organisations/"+string(p.organisation.ID)+"/users/new")
		}
	case p.iteration == nil:
		page.Empty = v.T("web.overview.empty")
		v.begin(p)
		if _, err := v.rounds(p, &page); err != nil {
			return err
		}
	default:
		page.Phases = v.phases(p)
		rounds, err := v.rounds(p, &page)
		if err != nil {
			return err
		}
		checked, err := v.lastCheck(p, &page)
		if err != nil {
			return err
		}
		if page.Steps, err = v.steps(p, rounds, checked); err != nil {
			return err
		}
	}
	if v.May(account.ReadProgramme) {
		if page.Events, err = v.latest(p.organisation); err != nil {
			return err
		}
	}
	return v.Show("organisation/show", v.headline(p), page)
}

// headline says what is the case: "Iteration 3 läuft – noch 4 Tage".
func (v *Visit) headline(p *place) string {
	if p.iteration == nil {
		return p.organisation.Name
	}
	number := p.iteration.Number
	days := int(p.iteration.Ends.Sub(v.web.now()).Hours() / 24)
	switch {
	case p.iteration.Phase == survey.Finished:
		return v.T("web.overview.done", "number", number)
	case p.iteration.Phase == survey.Plan:
		return v.T("web.overview.planned", "number", number)
	case days < 0:
		return v.T("web.overview.late", "number", number)
	}
	return v.T("web.overview.running", "number", number, "n", days)
}

// phases gives where the iteration stands in the cycle.
func (v *Visit) phases(p *place) []phase {
	zone := zoneOf(p.organisation)
	i, state := p.iteration, "past"
	ends := map[survey.Phase]time.Time{survey.Plan: i.Starts, survey.Do: i.Checks, survey.Act: i.Ends}
	var all []phase
	for _, name := range []survey.Phase{survey.Plan, survey.Do, survey.Check, survey.Act} {
		one := phase{Name: string(name), Text: v.T("web.overview.past"), State: state}
		switch {
		case name == i.Phase:
			one.State, one.Text, state = "now", v.T("web.overview.now"), "next"
		case state == "next":
			one.Text = v.T("web.overview.next")
		}
		if until := ends[name]; !until.IsZero() && one.State != "past" {
			one.Text = v.T("web.overview.until", "day", v.ShortDate(until.In(zone)))
		}
		all = append(all, one)
	}
	return all
}

func zoneOf(o *survey.Organisation) *time.Location {
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// rounds fills in the rounds of the iteration and those of others that are not counted
// yet, the participation of those that are open, and gives them.
func (v *Visit) rounds(p *place, page *overview) ([]survey.Round, error) {
	others, err := v.running(p)
	if err != nil {
		return nil, err
	}
	caption := "rounds-caption"
	if len(others) > 0 {
		caption = "rounds-caption-others"
	}
	page.Rounds = &view.Table{Caption: v.T("web.overview." + caption), Empty: v.T("web.overview.no-rounds"), Columns: []view.Column{
		{Title: v.T("web.overview.round")}, {Title: v.T("web.overview.opens")}, {Title: v.T("web.overview.closes")}, {Title: v.T("web.overview.state")},
	}}
	if p.iteration != nil {
		own, err := v.web.service.ListRounds(v.Context(), v.Actor, p.iteration.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range own {
			others = append(others, roundOf{r, ""})
		}
	}
	var all []survey.Round
	for _, one := range others {
		r := one.Round
		all = append(all, r)
		page.Rounds.Rows = append(page.Rounds.Rows, v.roundRow(p, &one))
		if r.State == survey.Open {
			if err := v.participation(&r, page); err != nil {
				return nil, err
			}
		}
	}
	if page.Rounds = v.Arrange(page.Rounds); p.iteration == nil && len(all) == 0 {
		page.Rounds = nil
	}
	return all, nil
}

// roundStatus says how a round stands.
func (v *Visit) roundStatus(r *survey.Round) *view.Status {
	kind := map[survey.State]string{survey.Open: "ok", survey.Closed: "watch", survey.Counted: "ok", survey.Done: "ok", survey.Review: "watch"}[r.State]
	if kind == "" {
		kind = "none"
	}
	if r.Vetoed != nil {
		return &view.Status{Kind: "act", Text: v.T("web.round.vetoed")}
	}
	return &view.Status{Kind: kind, Text: v.T("web.round." + string(r.State))}
}

// participation adds the number of the day of an open round.
func (v *Visit) participation(r *survey.Round, page *overview) error {
	one := tile{Heading: v.T("web.overview.participation")}
	number, err := v.web.service.FieldNumber(v.Context(), v.Actor, r.ID)
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return err
	}
	if err != nil || number.Answers == 0 {
		one.Value, one.Small = "–", v.T("web.overview.too-few")
	} else {
		day, err := time.Parse(time.DateOnly, number.Day)
		if err != nil {
			return err
		}
		one.Value, one.Small = v.T("web.overview.at-least", "n", number.Answers, "invited", r.Invited), v.T("web.overview.as-of", "day", v.ShortDate(day))
	}
	page.Tiles = append(page.Tiles, one)
	return nil
}

// lastCheck adds the figures of the last check round that was counted, and gives its
// iteration.
func (v *Visit) lastCheck(p *place, page *overview) (survey.IterationID, error) {
	if !v.May(account.ReadResults) {
		return "", nil
	}
	rounds, err := v.roundsOf(p.programme.ID)
	if err != nil {
		return "", err
	}
	for _, r := range slices.Backward(rounds) {
		if r.Kind != survey.CheckRound || r.CountedAt == nil {
			continue
		}
		page.Of = &view.Link{Text: v.T("web.overview.results", "title", v.In(r.Title), "day", v.ShortDate(r.Closes.In(zoneOf(p.organisation)))), Href: resultsOf(&r)}
		page.Check, err = v.tiles(&r)
		return r.Iteration, err
	}
	return "", nil
}
