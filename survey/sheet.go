package survey

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// SheetInput is what an assessor found.
type SheetInput struct {
	Seen     int    // version of the own sheet, 0 for the first one
	Team     string // one of the teams of the assessment
	Answers  []AnswerInput
	Finished bool // otherwise it is kept as a draft
}

// AnswerInput is how much of one indicator an assessor saw.
type AnswerInput struct {
	Indicator string
	Value     *int // 0..4
	// NotApplicable and Last stand in place of a value; Last takes over what was found in
	// the last iteration that assessed the process.
	NotApplicable bool
	Last          bool
	Evidence      []maturity.Evidence
	Note          string
}

// SaveSheet stores what the actor found, in place of the sheet that the actor had. Once
// rating has ended it is fault Conflict "assessment-done".
func (s *Service) SaveSheet(ctx context.Context, actor account.Actor, id AssessmentID, in SheetInput) (*Assessment, error) {
	return s.assess(ctx, actor, account.ChangeProgress, id, func(a *assessed) (*Sheet, error) {
		sheet, at, err := a.turnTo(actor, in)
		if err != nil {
			return nil, err
		}
		last := map[string]maturity.Answer{}
		if slices.ContainsFunc(in.Answers, func(x AnswerInput) bool { return x.Last }) {
			if last, err = s.lastAnswers(ctx, a, actor, in.Team); err != nil {
				return nil, err
			}
		}
		if sheet.Answers, err = a.answers(in, last); err != nil {
			return nil, err
		}
		sheet.Role, sheet.Finished, sheet.Saved = actor.Role, in.Finished, s.now().UTC().Truncate(time.Second)
		sheet.Version++
		a.Sheets = slices.Insert(a.Sheets, at, sheet)
		a.verb = "assessment.save"
		if sheet.Finished {
			a.verb = "assessment.finish"
			a.end(s.now())
		}
		return &sheet, nil
	})
}

// turnTo takes the actor's sheet out of an assessment, or gives an empty one, and its
// place.
func (a *assessed) turnTo(actor account.Actor, in SheetInput) (Sheet, int, error) {
	if a.State == AssessmentDone {
		return Sheet{}, 0, fault.New(fault.Conflict, "assessment-done")
	}
	if in.Team == "" && len(a.Teams) > 0 || in.Team != "" && !slices.Contains(a.Teams, in.Team) {
		return Sheet{}, 0, fault.New(fault.Invalid, "team-unknown").With(fault.Field{Pointer: "/team", Code: "team-unknown"})
	}
	at, found := slices.BinarySearchFunc(a.Sheets, [2]string{actor.ID, in.Team}, func(s Sheet, who [2]string) int {
		return slices.Compare([]string{s.Assessor, s.Team}, who[:])
	})
	sheet := Sheet{Assessor: actor.ID, Team: in.Team}
	if found {
		sheet = a.Sheets[at]
		a.Sheets = slices.Delete(a.Sheets, at, at+1)
	}
	if sheet.Version != in.Seen {
		return Sheet{}, 0, fault.New(fault.Stale, "version-conflict")
	}
	return sheet, at, nil
}

// answers reads what was found. Faults: "assessment-invalid" with fields that point
// into the input.
func (a *assessed) answers(in SheetInput, last map[string]maturity.Answer) (map[string]maturity.Answer, error) {
	answers, places := map[string]maturity.Answer{}, map[string]string{}
	var v fault.Findings
	for n, x := range in.Answers {
		at := fmt.Sprintf("/answers/%d", n)
		if places[x.Indicator] != "" {
			v.Add(at+"/indicator", "answer-duplicate")
			continue
		}
		places[x.Indicator] = at
		said := 0
		for _, one := range []bool{x.Value != nil, x.NotApplicable, x.Last} {
			if one {
				said++
			}
		}
		answer := maturity.Answer{NotApplicable: x.NotApplicable, Evidence: x.Evidence, Note: strings.TrimSpace(x.Note)}
		taken, known := last[x.Indicator]
		switch {
		case said != 1:
			v.Add(at+"/value", "indicator-value")
		case x.Last && !known:
			v.Add(at+"/last", "answer-missing")
		case x.Last:
			answer.Value, answer.NotApplicable = taken.Value, taken.NotApplicable
			answer.Evidence = slices.Concat(taken.Evidence, x.Evidence)
		case x.Value != nil:
			answer.Value = *x.Value
		}
		answers[x.Indicator] = answer
	}
	err := (&maturity.Assessment{Process: a.Subject(), Sheets: []maturity.Sheet{{Assessor: "x", Answers: answers}}}).Validate(a.model)
	for _, f := range fault.Of(err).Fields {
		rest := strings.TrimPrefix(f.Pointer, "/sheets/0/answers/")
		for _, key := range slices.Sorted(maps.Keys(places)) {
			if part, found := strings.CutPrefix(rest, key); found && (part == "" || part[0] == '/') {
				v.Add(places[key]+orIndicator(part), f.Code)
				break
			}
		}
	}
	return answers, v.Err("assessment-invalid")
}

// orIndicator points at the indicator where nothing below it is meant.
func orIndicator(part string) string {
	if part == "" {
		return "/indicator"
	}
	return part
}
