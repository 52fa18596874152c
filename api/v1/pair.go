package v1

import "pulscheck/survey"

// Pair is "you said – we did".
type Pair struct {
	Head
	Said        Text   `json:"said" doc:"one of the languages may be missing"`
	Did         Text   `json:"did" doc:"what was done, or why it cannot be done yet"`
	Status      string `json:"status" enum:"done,working,not_yet"`
	Day         string `json:"day" doc:"since when, or until when there is an answer; YYYY-MM-DD or empty"`
	Improvement string `json:"improvement" doc:"id of the improvement that it tells of, or empty"`
	Released    bool   `json:"released" doc:"everybody may read it"`
}

// PairSaid is what is said of a pair; what is left out stays. A new one needs what was
// said and what was done.
type PairSaid struct {
	Process     *string `json:"process,omitempty" example:"INC"`
	Said        *Text   `json:"said,omitempty" doc:"at most 160 characters each"`
	Did         *Text   `json:"did,omitempty" doc:"at most 160 characters each"`
	Status      *string `json:"status,omitempty" enum:"done,working,not_yet" default:"done"`
	Day         *string `json:"day,omitempty" example:"2026-03-20" doc:"needed while it is worked on: until when there is an answer"`
	Improvement *string `json:"improvement,omitempty"`
	Released    *bool   `json:"released,omitempty" doc:"everybody may read it from now on"`
}

func newPair(p *survey.Pair) Pair {
	return Pair{newHead(&p.Record), newText(p.Said), newText(p.Did), string(p.Status), p.Day, string(p.Improvement), p.Released}
}

// Pairs gives the handlers of pairs.
func (a *API) Pairs() Records[survey.Pair, Pair, PairSaid, survey.PairInput] {
	s := a.service
	return Records[survey.Pair, Pair, PairSaid, survey.PairInput]{
		a, "pairs", s.ListPairs, s.CreatePair, s.ShowPair, s.UpdatePair,
		func(p *survey.Pair) *survey.Record { return &p.Record }, newPair,
		func(b PairSaid) survey.PairInput {
			return survey.PairInput{
				Process: b.Process, Said: b.Said.text(), Did: b.Did.text(), Status: b.Status, Day: b.Day, Improvement: b.Improvement, Released: b.Released,
			}
		},
	}
}
