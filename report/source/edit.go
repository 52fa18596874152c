package source

import (
	"context"
	"maps"
	"slices"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// edits tells what was made of the findings in a language; what is kept is not told.
func (k *known) edits(ctx context.Context, l locale.Language) (told []report.Edit, err error) {
	all, err := k.service.Edits(ctx, account.System(), k.iteration.ID, l)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(all.Of)) {
		e := all.Of[id]
		one := report.Edit{Finding: id, Rule: &report.Found{ID: id, Rule: e.Of.Rule, Head: e.Of.Head, Evidence: e.Of.Evidence}}
		switch e.Choice {
		case survey.FindingChanged:
			one.Head, one.Evidence = e.Head, e.Evidence
		case survey.FindingLeftOut:
			one.LeftOut, one.Reason = true, e.Reason
		default:
			continue
		}
		told = append(told, one)
	}
	return told, nil
}

// Findings gives what the rules found of a report, to be kept with its draft.
func Findings(d *report.Document) []survey.Finding {
	var all []survey.Finding
	for _, f := range d.Found {
		all = append(all, survey.Finding(f))
	}
	return all
}
