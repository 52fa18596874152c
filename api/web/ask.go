package web

import (
	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// ConfirmAsk asks before a second person is asked to open a round, or to end it.
func (w *Web) ConfirmAsk(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	what := string(survey.AskOpen)
	if r.State == survey.Open {
		what = string(survey.AskClose)
	}
	return v.Confirm(v.T("web.ask.heading-"+what), roundAt(r.ID)+"/ask", v.T("web.ask.submit"), roundAt(r.ID), nil,
		v.T("web.ask.what-"+what), v.T("web.ask.confirmed"), v.T("web.ask.mail"))
}

// AskRound asks.
func (w *Web) AskRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if _, err := w.service.AskRound(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(otherThanSeen(err), w.ShowRound)
	}
	return v.Goto(roundAt(r.ID))
}

// second offers what takes a second person: to ask for it, or to do what another one asked
// for. It says whether it takes one at all. Links go where the others of the page stand.
func (v *Visit) second(r *survey.Round, what survey.AskKind, add func(view.Link)) bool {
	if !v.place.organisation.SecondPerson {
		return false
	}
	if r.State == survey.Draft {
		if until, err := v.web.service.ReviewedUntil(v.Context(), v.Actor, r.ID); err != nil || until != nil {
			return true // it is laid before the auditor first
		}
	}
	switch {
	case r.Asked() == nil && v.May(account.DraftRounds) && (what == survey.AskOpen || v.May(account.OpenRounds)):
		add(view.Link{Text: v.T("web.ask.heading-" + string(what)), Href: roundAt(r.ID) + "/ask"})
	case v.confirms(v.place, r):
		add(view.Link{Text: v.T("web.ask.confirm-" + string(what)), Href: roundAt(r.ID) + "/" + string(what)})
	}
	return true
}

// awaits says that a round waits for a second person, or that it did not open because
// nobody confirmed it; "" if neither is so.
func (v *Visit) awaits(r *survey.Round) string {
	zone, asked := zoneOf(v.place.organisation), r.Asked()
	before := r.State == survey.Draft || r.State == survey.Review
	switch {
	case !v.place.organisation.SecondPerson || r.Vetoed != nil:
		return ""
	case before && r.FromCadence && !v.web.now().Before(r.Opens):
		return v.T("web.ask.unconfirmed", "when", v.DateTime(r.Opens, zone), "until", v.DateTime(r.Closes, zone))
	case asked != nil:
		return v.T("web.ask.awaits-"+string(asked.What), "when", v.DateTime(asked.At, zone))
	case before:
		return v.T("web.ask.needed")
	}
	return ""
}
