package v1

import "pulscheck/survey"

// Effect is what became of a question or construct that was to move: displayed values
// and verdicts only.
type Effect struct {
	State     string  `json:"state" enum:"moved,not_moved,open"`
	Why       *string `json:"why" enum:"not-due,not-asked,protected,first,incomparable,too-few" doc:"why it is open; null otherwise"`
	Key       string  `json:"key" doc:"of the item or construct"`
	Group     Among   `json:"group"`
	From      *string `json:"from" doc:"id of the round before; null if it is open"`
	To        *string `json:"to" doc:"id of the round that tells; null: none asked it"`
	Iteration *int    `json:"iteration" doc:"number of that of the round that tells"`
	Before    *int    `json:"before" doc:"displayed in the round before; null if it is open"`
	After     *int    `json:"after" doc:"displayed in the round that tells; null if it is withheld"`
	Share     bool    `json:"share" doc:"the values are percent of favourable answers, not an index"`
	Verdict   *string `json:"verdict" doc:"of the comparison; null if it is open"`
	Reached   *bool   `json:"reached" doc:"the target was reached; null without target or value"`
}

// Among is a set of people by what they have in common; empty: everybody.
type Among struct {
	Process string `json:"process,omitempty"`
	Role    string `json:"role,omitempty"`
}

func newEffect(e *survey.Effect) *Effect {
	if e == nil {
		return nil
	}
	out := &Effect{
		State: string(e.State), Why: filled(string(e.Why)), Key: e.Key, Group: Among{e.Group.Process, e.Group.Role}, To: filled(string(e.To)),
		After: e.After, Share: e.Share, Reached: e.Reached,
	}
	if e.Iteration > 0 {
		out.Iteration = &e.Iteration
	}
	if e.State != survey.EffectOpen {
		out.From, out.Before, out.Verdict = filled(string(e.From)), e.Before, filled(e.Verdict)
	}
	return out
}

// filled gives a text, nil for an empty one.
func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
