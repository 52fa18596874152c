package v1

import (
	"strings"

	"pulscheck/api/request"
	"pulscheck/survey"
)

// Goal is what an iteration wants to reach.
type Goal struct {
	Head
	Name      string   `json:"name"`
	Specific  string   `json:"specific" doc:"what will be different"`
	Metric    string   `json:"metric" doc:"what is measured"`
	Unit      string   `json:"unit"`
	Source    string   `json:"source" doc:"where the figure comes from"`
	Direction string   `json:"direction" enum:"up,down"`
	Baseline  *float64 `json:"baseline"`
	Target    *float64 `json:"target"`
	Owner     string   `json:"owner"`
	Agreed    bool     `json:"agreed" doc:"the owner says that it can be reached"`
	Relevance string   `json:"relevance" doc:"the process goal that it serves"`
	Due       string   `json:"due" doc:"YYYY-MM-DD or empty"`
	Status    string   `json:"status" enum:"open,closed,dropped"`
	Missing   []string `json:"missing" doc:"the letters of SMART that it lacks" nullable:"false"`

	KPI        string       `json:"kpi" doc:"id of the KPI that shows how far it is"`
	Fed        *Fed         `json:"fed" doc:"of a KPI from the pulse: what the latest round says"`
	Last       *Measurement `json:"last" doc:"the latest measurement of the KPI"`
	Attainment *Attainment  `json:"attainment" doc:"by that measurement; null without a target"`
}

// GoalSaid is what is said of a goal; what is left out stays. A new one needs a name.
type GoalSaid struct {
	Process   *string        `json:"process,omitempty" example:"INC"`
	Name      *string        `json:"name,omitempty" minLength:"1" maxLength:"200" example:"Solve incidents faster"`
	Specific  *string        `json:"specific,omitempty" maxLength:"500"`
	Metric    *string        `json:"metric,omitempty" maxLength:"200" example:"median time to solve"`
	Unit      *string        `json:"unit,omitempty" maxLength:"40" example:"h"`
	Source    *string        `json:"source,omitempty" maxLength:"200" example:"service desk"`
	Direction *string        `json:"direction,omitempty" enum:"up,down" default:"up"`
	Baseline  request.Amount `json:"baseline,omitempty" example:"48" doc:"null: none"`
	Target    request.Amount `json:"target,omitempty" example:"24" doc:"null: none"`
	Owner     *string        `json:"owner,omitempty" maxLength:"120"`
	Agreed    *bool          `json:"agreed,omitempty"`
	Relevance *string        `json:"relevance,omitempty" maxLength:"500"`
	Due       *string        `json:"due,omitempty" example:"2026-06-01" doc:"YYYY-MM-DD; empty: none"`
	Status    *string        `json:"status,omitempty" enum:"open,closed,dropped" default:"open"`
	KPI       *string        `json:"kpi,omitempty" doc:"id of a KPI of this iteration or an earlier one; empty: none"`
}

func newGoal(g *survey.Goal) Goal {
	return Goal{
		Head: newHead(&g.Record), Name: g.Name, Specific: g.Specific, Metric: g.Metric, Unit: g.Unit, Source: g.Source,
		Direction: g.Direction, Baseline: g.Baseline, Target: g.Target, Owner: g.Owner, Agreed: g.Agreed, Relevance: g.Relevance,
		Due: g.Due, Status: string(g.Status), Missing: list(strings.Split(g.Missing(), "")),
		KPI: string(g.KPI), Fed: newFed(g.Fed), Last: newMeasurement(g.Last), Attainment: newAttainment(g.Attainment()),
	}
}

func (b GoalSaid) input() survey.GoalInput {
	return survey.GoalInput{
		Process: b.Process, Name: b.Name, Specific: b.Specific, Metric: b.Metric, Unit: b.Unit, Source: b.Source,
		Direction: b.Direction, Baseline: survey.Amount(b.Baseline), Target: survey.Amount(b.Target), Owner: b.Owner, Agreed: b.Agreed,
		Relevance: b.Relevance, Due: b.Due, Status: b.Status, KPI: b.KPI,
	}
}

// Goals gives the handlers of goals.
func (a *API) Goals() Records[survey.Goal, Goal, GoalSaid, survey.GoalInput] {
	s := a.service
	return Records[survey.Goal, Goal, GoalSaid, survey.GoalInput]{
		a, "goals", s.ListGoals, s.CreateGoal, s.ShowGoal, s.UpdateGoal, func(g *survey.Goal) *survey.Record { return &g.Record },
		newGoal, GoalSaid.input,
	}
}
