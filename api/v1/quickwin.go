package v1

import "pulscheck/survey"

// QuickWin is something that people are to notice within weeks.
type QuickWin struct {
	Head
	Name     string `json:"name"`
	Owner    string `json:"owner"`
	Due      string `json:"due" doc:"YYYY-MM-DD or empty"`
	Status   string `json:"status" enum:"planned,doing,done,confirmed,dropped"`
	Reached  string `json:"reached" doc:"day on which it was done, or empty"`
	Evidence string `json:"evidence" doc:"who or what confirms it"`
	Told     string `json:"told" doc:"day on which it was communicated, or empty"`
	Channel  string `json:"channel"`
	Audience string `json:"audience"`
	Lag      *int   `json:"lag" doc:"days from done to communicated; null: not communicated"`

	Awareness *Effect `json:"awareness" doc:"question C2 in the process since it was communicated"`
	Felt      *Effect `json:"felt" doc:"question QW in the process since it was done"`
}

// QuickWinSaid is what is said of a quick win; what is left out stays. A new one needs
// a name.
type QuickWinSaid struct {
	Process  *string `json:"process,omitempty" example:"INC"`
	Name     *string `json:"name,omitempty" minLength:"1" maxLength:"200" example:"Reset passwords without a ticket"`
	Owner    *string `json:"owner,omitempty" maxLength:"120"`
	Due      *string `json:"due,omitempty" example:"2026-04-01" doc:"YYYY-MM-DD; empty: none"`
	Status   *string `json:"status,omitempty" enum:"planned,doing,done,confirmed,dropped" doc:"one step at a time"`
	Reached  *string `json:"reached,omitempty" example:"2026-03-20" doc:"needed once it is done"`
	Evidence *string `json:"evidence,omitempty" maxLength:"500" doc:"needed to confirm it"`
	Told     *string `json:"told,omitempty" example:"2026-03-24" doc:"with channel and audience, and not before it was done"`
	Channel  *string `json:"channel,omitempty" maxLength:"200" example:"intranet"`
	Audience *string `json:"audience,omitempty" maxLength:"200" example:"everybody in sales"`
}

func newQuickWin(q *survey.QuickWin) QuickWin {
	return QuickWin{
		newHead(&q.Record), q.Name, q.Owner, q.Due, string(q.Status), q.Reached, q.Evidence, q.Told, q.Channel, q.Audience, q.Lag(),
		newEffect(q.Heard), newEffect(q.Felt),
	}
}

// QuickWins gives the handlers of quick wins.
func (a *API) QuickWins() Records[survey.QuickWin, QuickWin, QuickWinSaid, survey.QuickWinInput] {
	s := a.service
	return Records[survey.QuickWin, QuickWin, QuickWinSaid, survey.QuickWinInput]{
		a, "quick-wins", s.ListQuickWins, s.CreateQuickWin, s.ShowQuickWin, s.UpdateQuickWin,
		func(q *survey.QuickWin) *survey.Record { return &q.Record }, newQuickWin, func(b QuickWinSaid) survey.QuickWinInput { return survey.QuickWinInput(b) },
	}
}
