package web

import (
	"html/template"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// tiles are the figures of the summary of the report on a check round: with what the
// programme knows beside the answers for those who see all of it.
func (v *Visit) tiles(r *survey.Round) (template.HTML, error) {
	d, err := v.summarised(r)
	if err != nil {
		return "", err
	}
	for _, p := range pagesOf(d, "summary") {
		for _, b := range p.Blocks {
			if t, is := b.(report.Tiles); is {
				return fragment.Render(d, &report.Page{Name: p.Name, Cover: true, Blocks: []report.Block{t}}, fragment.Options{Level: 1})
			}
		}
	}
	return "", nil
}

func (v *Visit) summarised(r *survey.Round) (*report.Document, error) {
	if v.Actor.Limited(account.ReadResults) {
		return v.web.source.Results(v.Context(), v.Actor, r.ID, v.Language())
	}
	return v.web.source.Document(v.Context(), survey.CheckReport, r.Iteration, source.Edition{Language: v.Language(), Number: 1})
}
