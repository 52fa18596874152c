package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// reviewPage is what is looked at before a round opens: who is asked what.
type reviewPage struct {
	Note      string
	Facts     []fact
	Questions *view.Table
	Groups    *view.Table
	People    *view.Table
	Unnamed   string
	Shifted   string // groups that hardly anybody came to or left
}

// ListReviews shows the rounds that have not opened yet, of all iterations that go on.
func (w *Web) ListReviews(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.review.caption"), Empty: v.T("web.review.empty"), Columns: []view.Column{
		{Title: v.T("web.overview.round")}, {Title: v.T("web.overview.opens")}, {Title: v.T("web.round.invited"), Number: true},
		{Title: v.T("web.round.paper"), Number: true}, {Title: v.T("web.overview.state")},
	}}
	zone := zoneOf(o)
	err = v.everyRound(o.ID, func(r *survey.Round) {
		if r.State == survey.Review {
			t.Rows = append(t.Rows, view.Row{
				{Text: v.In(r.Title), Href: roundAt(r.ID) + "/review"}, {Text: v.DateTime(r.Opens, zone)}, {Text: v.Integer(r.Invited)},
				{Text: v.Integer(r.Paper)}, {Status: v.roundStatus(r)},
			})
		}
	})
	if err != nil {
		return err
	}
	return v.Show("round/reviews", v.T("web.review.heading"), v.Arrange(t))
}

// everyRound walks the rounds of an organisation.
func (v *Visit) everyRound(id survey.OrganisationID, visit func(*survey.Round)) error {
	programmes, err := v.web.service.ListProgrammes(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	for p := range programmes {
		iterations, err := v.web.service.ListIterations(v.Context(), v.Actor, programmes[p].ID)
		if err != nil {
			return err
		}
		for i := range iterations {
			if iterations[i].Phase == survey.Finished {
				continue
			}
			rounds, err := v.web.service.ListRounds(v.Context(), v.Actor, iterations[i].ID)
			if err != nil {
				return err
			}
			for r := range rounds {
				visit(&rounds[r])
			}
		}
	}
	return nil
}

// inspect gives who is asked what; with less than ten people what is said instead.
func (v *Visit) inspect(r *survey.Round) (*survey.Inspection, string, error) {
	i, err := v.web.service.InspectRound(v.Context(), v.Actor, r.ID)
	if fault.Is(err, "round-too-small") {
		return nil, v.sentence("round-too-small", nil), nil
	}
	return i, "", err
}

// groupTable tells how many are asked with which attributes.
func (v *Visit) groupTable(i *survey.Inspection) (t *view.Table, small int) {
	t = &view.Table{Caption: v.T("web.review.groups-caption"), Empty: v.T("web.review.no-groups"), Columns: []view.Column{
		{Title: v.T("web.review.group")}, {Title: v.T("web.round.invited"), Number: true}, {Title: v.T("web.review.shown")},
	}}
	for _, g := range i.Groups {
		name := v.sizeName(g)
		state := view.Status{Kind: "ok", Text: v.T("web.review.maybe-shown")}
		if slices.Contains(i.Shifted, g) {
			state = view.Status{Kind: "watch", Text: v.T("web.review.shifted")}
		}
		if g.Invited < i.Round.K {
			state = view.Status{Kind: "none", Text: v.T("web.review.never-shown")}
			small++
		}
		t.Rows = append(t.Rows, view.Row{{Text: name}, {Text: v.T("web.review.people", "n", g.Invited)}, {Status: &state}})
	}
	return v.Arrange(t), small
}

// sizeName names a group; without attributes it is everybody.
func (v *Visit) sizeName(g survey.GroupSize) string {
	o := v.place.organisation
	switch {
	case g.Process != "" && g.Role != "":
		return v.named(o.Processes, g.Process) + " × " + v.named(o.Roles, g.Role)
	case g.Process != "":
		return v.named(o.Processes, g.Process)
	case g.Role != "":
		return v.named(o.Roles, g.Role)
	case g.Unit != "":
		return v.named(o.Units, g.Unit)
	}
	return v.T("web.review.everybody")
}

// sizeNames lists groups.
func (v *Visit) sizeNames(groups []survey.GroupSize) string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = v.sizeName(g)
	}
	return strings.Join(names, "; ")
}

// ShowReview shows questions, groups and, to an auditor, the list of a round.
func (w *Web) ShowReview(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.reviewSection()
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	page := reviewPage{}
	i, note, err := v.inspect(r)
	if err != nil {
		return err
	}
	if page.Note = note; i != nil {
		page.Facts = append(v.facts(r), fact{v.T("web.review.questionnaire"), r.Questionnaire.ID + " · " + r.Questionnaire.Hash()[:12]})
		page.Groups, _ = v.groupTable(i)
		if names := v.sizeNames(i.Shifted); names != "" {
			page.Shifted = v.T("web.draft.check-shifted", "n", r.K-1, "groups", names)
		}
		v.list(i, &page)
	}
	page.Questions = v.questionTable(r)
	if page.Note == "" {
		if page.Note, err = v.obstacle(r); err != nil {
			return err
		}
	}
	if r.State == survey.Review && r.Vetoed == nil && v.May(account.VetoRounds) {
		v.Action(v.T("web.round.veto"), roundAt(r.ID)+"/veto")
	}
	v.Action(v.T("web.preview.try"), roundAt(r.ID)+"/preview")
	v.Lead(v.T("web.review.lead"))
	return v.Show("round/review", v.T("web.review.of", "title", v.In(r.Title)), page)
}

func (v *Visit) reviewSection() {
	if v.May(account.VetoRounds) {
		v.Section("reviews")
		return
	}
	v.Section("iterations")
}

// questionTable lists the questions of a round.
func (v *Visit) questionTable(r *survey.Round) *view.Table {
	t := &view.Table{Caption: v.questionTime(r), Columns: []view.Column{{Title: v.T("web.review.key")}, {Title: v.T("web.review.question")}}}
	for _, item := range r.Questionnaire.Items {
		t.Rows = append(t.Rows, view.Row{{Text: item.Key}, {Text: v.question(item.Text)}})
	}
	if r.Questionnaire.Comment != nil {
		t.Rows = append(t.Rows, view.Row{{Text: "TXT"}, {Text: v.In(*r.Questionnaire.Comment), Small: v.T("web.review.open-question")}})
	}
	return v.Arrange(t)
}

// list fills in who is asked, for an auditor.
func (v *Visit) list(i *survey.Inspection, page *reviewPage) {
	if i.People == nil {
		return
	}
	o := v.place.organisation
	t := &view.Table{Caption: v.T("web.review.list-caption"), Columns: []view.Column{
		{Title: v.T("web.people.name")}, {Title: v.T("web.people.email")}, {Title: v.T("web.review.process")}, {Title: v.T("web.review.role")}, {Title: v.T("web.people.unit")},
	}}
	for _, p := range i.People {
		email := p.Email
		if email == "" {
			email = v.T("web.review.by-paper")
		}
		t.Rows = append(t.Rows, view.Row{{Text: p.Name}, {Text: email}, {Text: v.named(o.Processes, p.Process)}, {Text: v.named(o.Roles, p.Role)}, {Text: v.named(o.Units, p.Unit)}})
	}
	page.People = v.Arrange(t)
	if i.Unnamed > 0 {
		page.Unnamed = v.T("web.review.unnamed", "n", i.Unnamed)
	}
}

// NewVeto asks why a round must not open.
func (w *Web) NewVeto(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.reviewSection()
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	v.Lead(v.T("web.veto.lead"))
	return v.Show("round/veto", v.T("web.veto.heading", "title", v.In(r.Title)), struct {
		Form   *view.Form
		Cancel string
	}{v.Form("web.veto", roundAt(r.ID)+"/veto", nil), roundAt(r.ID) + "/review"})
}

// VetoRound keeps a round from opening.
func (w *Web) VetoRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if _, err := w.service.VetoRound(v.Context(), v.Actor, r.ID, v.Text("reason")); err != nil {
		return v.Again(err, w.NewVeto)
	}
	return v.Goto(roundAt(r.ID))
}
