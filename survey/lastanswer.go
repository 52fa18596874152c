package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
)

// pastAssessments gives, by process, the latest assessment of an earlier iteration that
// was done.
func (s *Service) pastAssessments(ctx context.Context, id OrganisationID, i *Iteration) (map[string]*PastAssessment, error) {
	iterations, err := s.store.ListIterations(ctx, i.Programme)
	if err != nil {
		return nil, err
	}
	past := map[string]*PastAssessment{}
	for _, earlier := range slices.Backward(iterations) {
		if earlier.Number >= i.Number {
			continue
		}
		all, err := s.store.ListAssessments(ctx, earlier.ID)
		if err != nil {
			return nil, err
		}
		for n := range all {
			a := &all[n]
			if past[a.Process] != nil || a.State != AssessmentDone {
				continue
			}
			m, err := s.model(ctx, id, a.Model)
			if err != nil {
				return nil, err
			}
			r, err := a.rate(m)
			if err != nil {
				return nil, err
			}
			past[a.Process] = &PastAssessment{earlier.Number, a, r}
		}
	}
	return past, nil
}

// LastAnswers gives, by key of the indicator, what was found in the last iteration that
// assessed the process of an assessment by the same indicators, for an assessor to take
// over: the actor's own answers of then, otherwise those that lie in the middle of all.
func (s *Service) LastAnswers(ctx context.Context, actor account.Actor, id AssessmentID, team string) (map[string]maturity.Answer, error) {
	a, err := s.assessment(ctx, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	return s.lastAnswers(ctx, a, actor, team)
}

func (s *Service) lastAnswers(ctx context.Context, a *assessed, actor account.Actor, team string) (map[string]maturity.Answer, error) {
	past, err := s.pastAssessments(ctx, a.organisation, a.iteration)
	if err != nil {
		return nil, err
	}
	last, before := map[string]maturity.Answer{}, past[a.Process]
	if before == nil || before.Result.Version != a.model.Version(a.Subject()) {
		return last, nil
	}
	sheets := slices.DeleteFunc(slices.Clone(before.Assessment.Sheets), func(s Sheet) bool { return !s.Finished || s.Team != team })
	if own := slices.IndexFunc(sheets, func(s Sheet) bool { return s.Assessor == actor.ID }); own >= 0 {
		sheets = sheets[own : own+1]
	}
	for _, attribute := range a.model.Attributes {
		for _, indicator := range a.model.Indicators(a.Subject(), attribute.ID) {
			if answer, found := middle(sheets, indicator.Key); found {
				last[indicator.Key] = answer
			}
		}
	}
	return last, nil
}

// middle gives the lower median of the answers to an indicator, without the notes that
// others made for themselves; where most found it not applicable it is that.
func middle(sheets []Sheet, key string) (maturity.Answer, bool) {
	var values, not []maturity.Answer
	for _, s := range sheets {
		answer, found := s.Answers[key]
		switch {
		case !found:
		case answer.NotApplicable:
			not = append(not, answer)
		default:
			values = append(values, answer)
		}
	}
	if len(not) > len(values) {
		values = not
	}
	if len(values) == 0 {
		return maturity.Answer{}, false
	}
	slices.SortStableFunc(values, func(a, b maturity.Answer) int { return a.Value - b.Value })
	answer := values[(len(values)-1)/2]
	answer.Note = ""
	return answer, true
}
