package main

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
)

// demoLevels are the capability levels that assessors find, by iteration: one process
// gains a level in the second, another one in the third. CFG is not assessed.
var demoLevels = []struct {
	process string
	core    bool
	target  int
	found   [3]int // -1 = not assessed
}{
	{"INC", true, 2, [3]int{1, 2, 2}},
	{"REQ", true, 2, [3]int{1, 1, 2}},
	{"CHG", true, 2, [3]int{1, 1, 1}},
	{"PRB", false, 1, [3]int{-1, 0, 1}},
}

// assess lets two people rate each process alone.
func (d *demoRun) assess(ctx context.Context, i *survey.Iteration) error {
	m := maturity.BuiltIn(survey.DefaultModel)
	for _, l := range demoLevels {
		level := l.found[min(i.Number, len(l.found))-1]
		if level < 0 {
			continue
		}
		a, err := d.service.CreateAssessment(ctx, d.consultant(), i.ID, survey.AssessmentInput{
			Process: &l.process, Target: &l.target, Core: &l.core, Assessors: new(2),
		})
		if err != nil {
			return err
		}
		for n, who := range []account.Actor{d.consultant(), d.lead()} {
			if _, err := d.service.SaveSheet(ctx, who, a.ID, survey.SheetInput{Answers: demoSheetOf(m, l.process, level, n == 1), Finished: true}); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoSheetOf are the answers of somebody who finds a level; the second of two is a
// little milder about what lies above it.
func demoSheetOf(m *maturity.Model, process string, level int, mild bool) (answers []survey.AnswerInput) {
	for _, a := range m.Attributes {
		value := 4
		switch {
		case a.Level == level:
			value = 3
		case a.Level == level+1:
			value = 1
			if mild {
				value = 2
			}
		case a.Level > level:
			value = 0
		}
		for _, indicator := range m.Indicators(process, a.ID) {
			one := survey.AnswerInput{Indicator: indicator.Key, Value: new(value)}
			if value >= 3 {
				one.Evidence = []maturity.Evidence{{Kind: maturity.Record, Reference: "Stichprobe von 20 Vorgängen"}}
			}
			answers = append(answers, one)
		}
	}
	return answers
}
