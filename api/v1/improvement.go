package v1

import "pulscheck/survey"

// Improvement is what becomes of criticism.
type Improvement struct {
	Head
	Criticism string   `json:"criticism"`
	Potential string   `json:"potential" doc:"what could be better"`
	Status    string   `json:"status" enum:"new,examined,planned,done,infeasible"`
	Reason    string   `json:"reason" doc:"why it is infeasible"`
	Owner     string   `json:"owner"`
	Due       string   `json:"due" doc:"YYYY-MM-DD or empty"`
	Overdue   bool     `json:"overdue"`
	Answer    string   `json:"answer"`
	Answered  string   `json:"answered" doc:"day of the answer, or empty"`
	Channel   string   `json:"channel" doc:"how it was answered"`
	Comments  []string `json:"comments" doc:"ids of the comments that it was made of" nullable:"false"`
	Visible   bool     `json:"visible" doc:"the team may read the answer"`
	Moves     string   `json:"moves" doc:"key of the item or construct that is to move, in the process"`
	Role      string   `json:"role" doc:"key of the process role of those among whom it is to move; empty: all"`
	Target    *float64 `json:"target" doc:"where to: index 0 to 100, or percent of yes"`
	Noted     string   `json:"noted" doc:"day on which it was noted down, or empty"`
	Done      string   `json:"done" doc:"day on which it was done, or empty"`
	Effect    *Effect  `json:"effect" doc:"what the rounds since then say; null: nothing is to move"`
}

// ImprovementSaid is what is said of an improvement; what is left out stays. A new one
// needs the criticism, or comments of which something is released.
type ImprovementSaid struct {
	Process   *string  `json:"process,omitempty" example:"INC"`
	Criticism *string  `json:"criticism,omitempty" minLength:"1" maxLength:"2000" example:"Tickets wander between teams"`
	Potential *string  `json:"potential,omitempty" maxLength:"2000"`
	Status    *string  `json:"status,omitempty" enum:"new,examined,planned,done,infeasible" default:"new"`
	Reason    *string  `json:"reason,omitempty" maxLength:"2000" doc:"at least 20 characters once it is infeasible"`
	Owner     *string  `json:"owner,omitempty" maxLength:"120"`
	Due       *string  `json:"due,omitempty" example:"2026-05-04" doc:"YYYY-MM-DD; empty: none"`
	Answer    *string  `json:"answer,omitempty" maxLength:"2000"`
	Answered  *string  `json:"answered,omitempty" example:"2026-04-20" doc:"needed with an answer"`
	Channel   *string  `json:"channel,omitempty" maxLength:"200" example:"team meeting" doc:"how it was answered"`
	Visible   *bool    `json:"visible,omitempty" doc:"needs an answer"`
	Moves     *string  `json:"moves,omitempty" example:"ACC" doc:"key of an item or construct of the built-in questionnaires; empty: none"`
	Role      *string  `json:"role,omitempty" example:"staff" doc:"key of a process role; empty: all"`
	Target    *float64 `json:"target,omitempty" example:"60"`
	Done      *string  `json:"done,omitempty" example:"2026-04-27" doc:"not after today; by default the day on which the status became done"`

	Comments *[]string `json:"comments,omitempty" doc:"ids of comments of the iteration that it is made of; only for those who moderate"`
}

func newImprovement(m *survey.Improvement) Improvement {
	return Improvement{
		newHead(&m.Record), m.Criticism, m.Potential, string(m.Status), m.Reason, m.Owner, m.Due, m.Overdue,
		m.Answer, m.Answered, m.Channel, ids(m.Comments), m.Visible, m.Moves, m.Role, m.Target, m.Noted, m.Done, newEffect(m.Effect),
	}
}

// Improvements gives the handlers of improvements.
func (a *API) Improvements() Records[survey.Improvement, Improvement, ImprovementSaid, survey.ImprovementInput] {
	s := a.service
	return Records[survey.Improvement, Improvement, ImprovementSaid, survey.ImprovementInput]{
		a, "improvements", s.ListImprovements, s.CreateImprovement, s.ShowImprovement, s.UpdateImprovement,
		func(m *survey.Improvement) *survey.Record { return &m.Record }, newImprovement,
		func(b ImprovementSaid) survey.ImprovementInput { return survey.ImprovementInput(b) },
	}
}

// ids gives ids as they are told, a list that is never null.
func ids[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, id := range all {
		out[i] = string(id)
	}
	return out
}
