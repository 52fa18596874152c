package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

func roundAt(id survey.RoundID) string { return "/rounds/" + string(id) }

// roundPage is what there is to know of a round.
type roundPage struct {
	Status    *view.Status
	Note      string // what keeps it from going on
	Facts     []fact
	Questions []string
	Time      string
	Links     []view.Link
}

// fact is a name and what is said of it.
type fact struct{ Name, Value string }

// ShowRound shows a round in any state, and what may be done with it.
func (w *Web) ShowRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	page := roundPage{Status: v.roundStatus(r), Facts: v.facts(r), Time: v.questionTime(r)}
	for _, item := range r.Questionnaire.Items {
		page.Questions = append(page.Questions, v.question(item.Text))
	}
	if r.Questionnaire.Comment != nil {
		page.Questions = append(page.Questions, v.In(*r.Questionnaire.Comment))
	}
	if page.Note, err = v.obstacle(r); err != nil {
		return err
	}
	page.Note = strings.TrimSpace(v.awaits(r) + " " + page.Note)
	if r.Restored != nil {
		page.Note = strings.TrimSpace(v.restored(r) + " " + page.Note)
	}
	v.roundActions(r, &page)
	return v.Show("round/show", v.In(r.Title), page)
}

// question gives a question as it is asked for any process.
func (v *Visit) question(text locale.Text) string {
	return strings.ReplaceAll(v.In(text), "{process}", v.T("web.review.any-process"))
}

// questionTime says how long the questions take: "19 Fragen ≈ 114 s".
func (v *Visit) questionTime(r *survey.Round) string {
	return v.T("web.round.time", "n", len(r.Questionnaire.Items), "s", v.Integer(r.Questionnaire.Seconds()))
}

// facts are what a round was planned and opened with.
func (v *Visit) facts(r *survey.Round) []fact {
	zone := zoneOf(v.place.organisation)
	all := []fact{
		{v.T("web.round.kind"), v.T("web.round.kind-" + string(r.Kind))},
		{v.T("web.overview.opens"), v.DateTime(r.Opens, zone)}, {v.T("web.overview.closes"), v.DateTime(r.Closes, zone)},
	}
	if r.Announced != nil {
		all = append(all, fact{v.T("web.round.announced"), v.DateTime(*r.Announced, zone)})
	}
	for _, at := range r.Reminders {
		all = append(all, fact{v.T("web.round.reminder"), v.DateTime(at, zone)})
	}
	all = append(all, fact{v.T("web.round.k"), v.Integer(r.K)})
	if r.State != survey.Draft {
		all = append(all, fact{v.T("web.round.invited"), v.Integer(r.Invited)}, fact{v.T("web.round.paper"), v.Integer(r.Paper)})
	}
	if r.Submitted != nil {
		all = append(all, fact{v.T("web.round.submitted"), v.DateTime(*r.Submitted, zone)})
	}
	if r.CountedAt != nil {
		all = append(all, fact{v.T("web.round.counted-at"), v.DateTime(*r.CountedAt, zone)})
	}
	if r.Restored != nil {
		all = append(all, fact{v.T("web.round.restored"), v.DateTime(*r.Restored, zone)})
	}
	if r.State == survey.Open && v.May(account.OpenRounds) {
		all = append(all, fact{v.T("web.round.kiosk"), v.web.base + "/r/" + string(r.ID) + "?kiosk"})
	}
	return all
}

// obstacle says what keeps a round from going on.
func (v *Visit) obstacle(r *survey.Round) (string, error) {
	zone := zoneOf(v.place.organisation)
	switch {
	case r.Vetoed != nil && r.Reason == "":
		return v.T("web.round.veto-restored", "day", v.Date(r.Vetoed.In(zone))), nil
	case r.Vetoed != nil:
		return v.T("web.round.veto-because", "day", v.Date(r.Vetoed.In(zone)), "reason", r.Reason), nil
	case r.State == survey.Closed:
		return v.awaitsTrustee(r)
	case r.State == survey.Draft && r.FromCadence && !v.place.organisation.SecondPerson:
		return v.T("web.round.opens-itself", "when", v.DateTime(r.Opens, zone)), nil
	case r.State != survey.Draft && r.State != survey.Review:
		return "", nil
	}
	until, err := v.web.service.ReviewedUntil(v.Context(), v.Actor, r.ID)
	switch {
	case err != nil || until == nil:
		return "", err
	case r.State == survey.Draft:
		return v.T("web.round.to-review"), nil
	case until.After(v.web.now()):
		return v.T("web.round.in-review", "when", v.DateTime(*until, zone)), nil
	}
	return v.T("web.round.was-reviewed"), nil
}

// restored says what it means for a round that the database came out of a backup.
func (v *Visit) restored(r *survey.Round) string {
	switch {
	case r.Forfeited():
		return v.lost(r)
	case r.State.Opened():
		return v.T("web.round.restored-open")
	}
	return v.T("web.round.restored-again")
}

// awaitsTrustee says that a closed round is counted once somebody unlocks it.
func (v *Visit) awaitsTrustee(r *survey.Round) (string, error) {
	s, err := v.web.service.ShowCounting(v.Context(), v.Actor, r.ID)
	if err != nil || s.Step != survey.StepTrustee {
		return "", err
	}
	return v.T("web.round.awaits-trustee"), nil
}

// roundActions adds what the user may do with a round as it stands.
func (v *Visit) roundActions(r *survey.Round, page *roundPage) {
	at := roundAt(r.ID)
	before := r.State == survey.Draft || r.State == survey.Review
	if r.State == survey.Draft && v.May(account.DraftRounds) {
		v.Action(v.T("web.round.go-on"), at+"/draft/groups")
		page.Links = append(page.Links, view.Link{Text: v.T("web.round.delete"), Href: at + "/delete"})
	}
	if r.Imported && v.May(account.DraftRounds) {
		page.Links = append(page.Links, view.Link{Text: v.T("web.past.withdraw-link"), Href: at + "/delete"})
	}
	if before && r.Vetoed == nil && !v.second(r, survey.AskOpen, func(l view.Link) { v.Action(l.Text, l.Href) }) &&
		r.State == survey.Review && v.May(account.OpenRounds) {
		v.Action(v.T("web.round.to-open"), at+"/open")
	}
	if r.State == survey.Review && r.Vetoed == nil && v.May(account.VetoRounds) {
		v.Action(v.T("web.round.veto"), at+"/veto")
	}
	if r.State == survey.Open {
		v.Action(v.T("web.round.live"), at+"/live")
		if !v.second(r, survey.AskClose, func(l view.Link) { page.Links = append(page.Links, l) }) && v.May(account.OpenRounds) {
			page.Links = append(page.Links, view.Link{Text: v.T("web.round.close"), Href: at + "/close"})
		}
	}
	if r.State.Opened() && !r.Imported && !v.web.now().Before(r.Closes) {
		page.Links = append(page.Links, view.Link{Text: v.T("web.counting.heading"), Href: at + "/counting"})
	}
	if v.May(account.ReviewRounds) {
		text := "web.round.reviewed"
		if before {
			text = "web.round.inspect"
		}
		page.Links = append([]view.Link{{Text: v.T(text), Href: at + "/review"}}, page.Links...)
	}
}

// SubmitRound lays a draft before the auditor.
func (w *Web) SubmitRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if _, err := w.service.SubmitRound(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(err, w.ShowRound)
	}
	return v.Goto(roundAt(r.ID))
}

// ConfirmOpen asks before a round is frozen.
func (w *Web) ConfirmOpen(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	return v.Confirm(v.T("web.round.open-heading"), roundAt(r.ID)+"/open", v.openWords(r), roundAt(r.ID), url.Values{"seen": {strconv.Itoa(r.Version)}},
		v.T("web.round.open-fixed"), v.T("web.round.open-mails", "when", v.DateTime(r.Opens, zoneOf(v.place.organisation))), v.T("web.round.open-fingerprint"))
}

// openWords is the text of the button that opens a round.
func (v *Visit) openWords(r *survey.Round) string {
	if r.Opens.After(v.web.now()) {
		return v.T("web.round.plan-for", "when", v.DateTime(r.Opens, zoneOf(v.place.organisation)))
	}
	return v.T("web.round.open-now")
}

// OpenRound opens a round; its invitations go out when it begins.
func (w *Web) OpenRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if number(v.Text("seen")) != r.Version { // what is confirmed is what was seen
		err = fault.New(fault.Stale, "version-conflict")
	} else {
		_, err = w.service.OpenRound(v.Context(), v.Actor, r.ID)
	}
	if err != nil {
		return v.Again(otherThanSeen(err), w.ShowRound)
	}
	return v.Goto(roundAt(r.ID))
}

// otherThanSeen says of a round that changed meanwhile, where nothing was filled in that
// could be sent again, that it is to be looked at once more.
func otherThanSeen(err error) error {
	if fault.Is(err, "version-conflict") {
		return fault.New(fault.Conflict, "round-changed")
	}
	return err
}

// ConfirmClose asks before a round ends before its time.
func (w *Web) ConfirmClose(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	return v.Confirm(v.T("web.round.close-heading"), roundAt(r.ID)+"/close", v.T("web.round.close-now"), roundAt(r.ID), nil,
		v.T("web.round.close-early", "when", v.DateTime(r.Closes, zoneOf(v.place.organisation))), v.T("web.round.close-late"), v.T("web.round.close-counted"))
}

// CloseRound ends a round.
func (w *Web) CloseRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if err := w.service.CloseRound(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(err, w.ShowRound)
	}
	return v.Goto(roundAt(r.ID) + "/counting")
}

// ConfirmDeleteRound asks before a draft, or an imported round, is removed.
func (w *Web) ConfirmDeleteRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	if r.Imported {
		return v.Confirm(v.T("web.past.withdraw-heading", "title", v.In(r.Title)), roundAt(r.ID)+"/delete", v.T("web.past.withdraw"), roundAt(r.ID),
			url.Values{"seen": {strconv.Itoa(r.Version)}}, v.T("web.past.withdraw-what"), v.T("web.past.withdraw-drafts"), v.T("web.past.withdraw-seen"), v.T("web.past.withdraw-again"))
	}
	return v.Confirm(v.T("web.round.delete-heading", "title", v.In(r.Title)), roundAt(r.ID)+"/delete", v.T("web.round.delete"), roundAt(r.ID),
		url.Values{"seen": {strconv.Itoa(r.Version)}}, v.T("web.round.delete-what"))
}

// DeleteRound removes it.
func (w *Web) DeleteRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if err := w.service.DeleteRound(v.Context(), v.Actor, r.ID, number(v.Text("seen"))); err != nil {
		return v.Again(err, w.ShowRound)
	}
	return v.Goto(iterationAt(r.Iteration))
}
