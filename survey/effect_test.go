package survey_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// measuredRound is a counted round of one week in which incident management shows a
// value of an item, compared with the round from, if there is one.
func measuredRound(id string, iteration int, q *questionnaire.Questionnaire, opens time.Time, key string, value *int, from, verdict string) survey.Measured {
	group := tally.Group{Process: "INC"}
	r := &tally.Results{Round: id, Groups: []tally.GroupResult{
		{Group: tally.Group{}, State: tally.Shown, Items: []tally.ItemResult{{Key: key, Index: new(99), Favourable: new(99)}}},
		{Group: group, State: tally.Shown, Items: []tally.ItemResult{{Key: key, Index: value, Favourable: value}}},
	}}
	if from != "" {
		r.Comparison = []tally.Change{{From: from, To: id, Key: key, Verdict: score.ClearlyBetter}}
		if verdict != "" {
			r.Comparison = append(r.Comparison, tally.Change{From: from, To: id, Group: group, Key: key, Verdict: verdict})
		}
	}
	round := &survey.Round{ID: survey.RoundID(id), Questionnaire: q, Opens: opens, Closes: opens.AddDate(0, 0, 7)}
	return survey.Measured{Iteration: iteration, Round: round, Results: r}
}

// TestEffectIsTheVerdictAcrossTheDay: what moved is said of exactly that question among
// exactly those people, by a comparison of a round before the day with one after it.
func TestEffectIsTheVerdictAcrossTheDay(t *testing.T) {
	day := func(month, d int) time.Time { return time.Date(2026, time.Month(month), d, 7, 0, 0, 0, time.UTC) }
	check, pulse := questionnaire.Check(), questionnaire.Pulse()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	story := func(key string, value *int, verdict string) []survey.Measured {
		return []survey.Measured{
			measuredRound("c1", 1, check, day(3, 2), key, new(40), "", ""),
			measuredRound("p1", 2, pulse, day(4, 6), key, new(50), "c1", score.ProbablyBetter),
			measuredRound("p2", 2, pulse, day(5, 4), key, new(51), "p1", score.NoClearChange),
			measuredRound("c2", 2, check, day(6, 1), key, value, "c1", verdict),
		}
	}
	wish := func(key, since string) survey.Wish {
		return survey.Wish{Key: key, Group: tally.Group{Process: "INC"}, Since: since, Target: new(55.0)}
	}
	for name, c := range map[string]struct {
		wish   survey.Wish
		rounds []survey.Measured
		want   survey.Effect
	}{
		"moved to the target": {wish("A1", "2026-03-20"), story("A1", new(55), score.ClearlyBetter),
			survey.Effect{State: "moved", From: "c1", To: "c2", Iteration: 2, Before: new(40), After: new(55), Verdict: score.ClearlyBetter, Reached: new(true)}},
		"moved, but not far enough": {wish("A1", "2026-03-20"), story("A1", new(54), score.ProbablyBetter),
			survey.Effect{State: "moved", From: "c1", To: "c2", Iteration: 2, Before: new(40), After: new(54), Verdict: score.ProbablyBetter, Reached: new(false)}},
		"no clear change": {wish("A1", "2026-03-20"), story("A1", new(44), score.NoClearChange),
			survey.Effect{State: "not_moved", From: "c1", To: "c2", Iteration: 2, Before: new(40), After: new(44), Verdict: score.NoClearChange, Reached: new(false)}},
		"worse": {wish("A1", "2026-03-20"), story("A1", new(20), score.ClearlyWorse),
			survey.Effect{State: "not_moved", From: "c1", To: "c2", Iteration: 2, Before: new(40), After: new(20), Verdict: score.ClearlyWorse, Reached: new(false)}},
		"done between two pulses": {wish("A1", "2026-04-20"), story("A1", nil, "")[:3],
			survey.Effect{State: "not_moved", From: "p1", To: "p2", Iteration: 2, Before: new(50), After: new(51), Verdict: score.NoClearChange, Reached: new(false)}},
		"banded in the check, told by the pulse before": {wish("A1", "2026-03-20"), story("A1", nil, tally.Open),
			survey.Effect{State: "moved", From: "c1", To: "p1", Iteration: 2, Before: new(40), After: new(50), Verdict: score.ProbablyBetter, Reached: new(false)}},
		"withheld": {wish("C2", "2026-03-20"), story("C2", nil, ""), survey.Effect{State: "open", Why: "protected", To: "c2", Iteration: 2}},
		"banded":   {wish("C2", "2026-03-20"), story("C2", nil, tally.Open), survey.Effect{State: "open", Why: "protected", To: "c2", Iteration: 2}},
		"verdict without a value": {wish("C2", "2026-03-20"), story("C2", nil, score.ClearlyBetter),
			survey.Effect{State: "open", Why: "protected", To: "c2", Iteration: 2}},
		"other words": {wish("C2", "2026-03-20"), story("C2", new(70), tally.Incomparable),
			survey.Effect{State: "open", Why: "incomparable", To: "c2", Iteration: 2, After: new(70)}},
		"asked for the first time": {wish("C2", "2026-03-20"), story("C2", new(70), tally.First),
			survey.Effect{State: "open", Why: "first", To: "c2", Iteration: 2, After: new(70)}},
		"nothing before": {wish("C2", "2026-02-01"), story("C2", nil, "")[:1],
			survey.Effect{State: "open", Why: "first", To: "c1", Iteration: 1, After: new(40)}},
		"too few": {wish("C2", "2026-03-20"), story("C2", new(70), score.TooFewAnswers),
			survey.Effect{State: "open", Why: "too-few", To: "c2", Iteration: 2, After: new(70)}},
		"not asked since": {wish("C2", "2026-03-20"), story("C2", nil, "")[:3],
			survey.Effect{State: "open", Why: "not-asked", To: "c1", Iteration: 1, After: new(40)}},
		"done while the round ran": {wish("C2", "2026-06-03"), story("C2", new(70), score.ClearlyBetter),
			survey.Effect{State: "open", Why: "not-asked", To: "c2", Iteration: 2, After: new(70)}},
		"done on the day it opened": {wish("C2", "2026-06-01"), story("C2", new(70), score.ClearlyBetter),
			survey.Effect{State: "moved", From: "c1", To: "c2", Iteration: 2, Before: new(40), After: new(70), Verdict: score.ClearlyBetter, Reached: new(true)}},
		"nothing done yet": {wish("C2", ""), story("C2", new(70), score.ClearlyBetter),
			survey.Effect{State: "open", Why: "not-due", To: "c2", Iteration: 2, After: new(70)}},
		"never asked":        {wish("S3", "2026-03-20"), story("A1", nil, ""), survey.Effect{State: "open", Why: "not-asked"}},
		"nobody answers yet": {wish("A1", "2026-03-20"), nil, survey.Effect{State: "open", Why: "not-asked"}},
		"a share of yes": {wish("QW", "2026-03-20"), story("QW", new(60), score.ClearlyBetter),
			survey.Effect{State: "moved", From: "c1", To: "c2", Iteration: 2, Before: new(40), After: new(60), Share: true, Verdict: score.ClearlyBetter, Reached: new(true)}},
	} {
		c.want.Key, c.want.Group = c.wish.Key, c.wish.Group
		if diff := cmp.Diff(c.want, survey.MeasureEffect(c.wish, c.rounds, berlin)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
