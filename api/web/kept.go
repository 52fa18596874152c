package web

import (
	"slices"

	"pulscheck/api/view"
	"pulscheck/report"
	"pulscheck/survey"
)

// keptTable says which data are kept how long, as the works council pack does.
func (v *Visit) keptTable() *view.Table {
	t := &view.Table{Caption: v.T("web.settings.kept-caption"), Columns: []view.Column{
		{Title: v.T("council.data.what")}, {Title: v.T("council.data.why")}, {Title: v.T("council.data.kept")},
	}}
	for _, row := range report.Kept(v.Printer, survey.Keeps()) {
		t.Rows = append(t.Rows, view.Row{{Text: row.What}, {Text: row.Why}, {Text: row.Until}})
	}
	return v.Arrange(t)
}

// publicTexts are what people read of accessibility and data protection: the notice of
// the round that was opened last stands for those that come.
func (v *Visit) publicTexts(o *survey.Organisation) ([]view.Link, error) {
	all := []view.Link{{Text: v.T("web.settings.statement"), Href: "/accessibility"}}
	if v.place.programme != nil {
		rounds, err := v.roundsOf(v.place.programme.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range slices.Backward(rounds) {
			if r.State.Opened() && !r.Imported {
				all = append(all, view.Link{Text: v.T("web.settings.privacy", "title", v.In(r.Title)), Href: "/r/" + string(r.ID) + "/privacy"})
				break
			}
		}
	}
	return append(all, view.Link{Text: v.T("web.settings.council"), Href: "/organisations/" + string(o.ID) + "/works-council"}), nil
}
