package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// assessmentPage is one assessment: how far its assessors are, and once they are done
// what they found together.
type assessmentPage struct {
	Status   *view.Status
	Facts    []string
	Sheets   []view.Link // own ones, one per team
	Moves    []view.Link
	Ratings  *view.Table
	Settle   *view.Form
	Settling []settling
	Sheet    *view.Table // what each found
}

// settling is an attribute on which assessors differ.
type settling struct {
	Heading, Spread string
	Class, Reason   view.Field
}

// ShowAssessment shows an assessment.
func (w *Web) ShowAssessment(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	page := assessmentPage{Status: v.assessmentStatus(a), Facts: v.assessmentFacts(a)}
	over := v.place.iteration.Phase == survey.Finished
	if v.May(account.ChangeProgress) && !over {
		if a.State == survey.AssessmentRating {
			page.Sheets = v.ownSheets(a)
		}
		page.Moves = append(page.Moves, view.Link{Text: v.T("web.assessment.edit"), Href: assessmentAt(a) + "/edit"})
	}
	if v.May(account.CloseAssessments) && !over {
		if a.State == survey.AssessmentDone {
			page.Moves = append(page.Moves, view.Link{Text: v.T("web.assessment.reopen"), Href: assessmentAt(a) + "/reopen"})
		} else if a.Finished > 0 {
			page.Moves = append(page.Moves, view.Link{Text: v.T("web.assessment.close"), Href: assessmentAt(a) + "/close"})
		}
	}
	if a.Result != nil {
		page.Ratings, page.Sheet = v.ratings(a), v.found(a)
		if v.May(account.CloseAssessments) && !over {
			if err := v.toSettle(a, &page); err != nil {
				return err
			}
		}
	}
	return v.Show("assessment/show", v.T("web.assessment.heading", "process", v.process(a.Process)), page)
}

func (v *Visit) assessmentFacts(a *survey.Assessment) []string {
	all := []string{v.In(a.Framework.Title), v.T("web.maturity.assessors", "finished", a.Finished, "n", a.Assessors)}
	if a.State == survey.AssessmentRating {
		all = append(all, v.T("web.assessment.alone"))
	}
	if a.Done != nil {
		all = append(all, v.T("web.assessment.done-on", "day", v.Date(a.Done.In(zoneOf(v.place.organisation)))))
	}
	if a.Result != nil && a.Result.Level != nil {
		all = append(all, v.T("web.assessment.level-now", "level", v.levelName(a.Framework, *a.Result.Level)))
	}
	if a.Target > 0 {
		all = append(all, v.T("web.assessment.target-is", "level", v.levelName(a.Framework, a.Target)))
	}
	if a.Core {
		all = append(all, v.T("web.assessment.is-core"))
	}
	return all
}

// ownSheets lead to the sheet of the user, one for each team.
func (v *Visit) ownSheets(a *survey.Assessment) (all []view.Link) {
	teams := a.Teams
	if len(teams) == 0 {
		teams = []string{""}
	}
	for _, team := range teams {
		key := "web.sheet.begin"
		if at := sheetOf(a, v.Actor.ID, team); at != nil {
			key = "web.sheet.go-on"
			if at.Finished {
				key = "web.sheet.look"
			}
		}
		one := view.Link{Text: v.T(key), Href: sheetAt(a, team)}
		if team != "" {
			one.Text += " · " + team
		}
		all = append(all, one)
	}
	return all
}

func sheetAt(a *survey.Assessment, team string) string {
	at := assessmentAt(a) + "/sheet"
	if team != "" {
		at += "?team=" + url.QueryEscape(team)
	}
	return at
}

// sheetOf gives somebody's sheet about a team, nil if there is none.
func sheetOf(a *survey.Assessment, assessor, team string) *survey.Sheet {
	at := slices.IndexFunc(a.Sheets, func(s survey.Sheet) bool { return s.Assessor == assessor && s.Team == team })
	if at < 0 {
		return nil
	}
	return &a.Sheets[at]
}

// ratings is the table of attributes.
func (v *Visit) ratings(a *survey.Assessment) *view.Table {
	t := &view.Table{Caption: v.T("web.assessment.ratings"), Columns: []view.Column{
		{Title: v.T("web.assessment.attribute")}, {Title: v.T("web.assessment.class")},
		{Title: v.T("web.assessment.agreement")}, {Title: v.T("web.assessment.spread"), Number: true},
	}}
	for _, r := range a.Result.Attributes {
		class := view.Cell{Text: v.class(r.Class)}
		if r.Percent != nil {
			class.Small = v.Percent(int(*r.Percent + 0.5)) //nolint:mnd // half up
		}
		if r.Open > 0 {
			class.Small = strings.TrimPrefix(class.Small+" · "+v.T("web.assessment.still-open", "n", r.Open), " · ")
		}
		agreement := view.Cell{Text: "–"}
		if r.Consensus != maturity.NobodyRated {
			agreement = view.Cell{Status: &view.Status{Kind: consensusKind[r.Consensus], Text: v.T("web.assessment.consensus-" + r.Consensus)}}
		}
		t.Rows = append(t.Rows, view.Row{{Text: v.attributeName(a, r.Attribute)}, class, agreement, {Text: v.Integer(r.Spread)}})
	}
	return v.Arrange(t)
}

var consensusKind = map[string]string{
	maturity.OneAssessor: "none", maturity.Agreed: "ok", maturity.Settled: "ok", maturity.CloseTogether: "ok", maturity.MeetingNeeded: "watch",
}

func (v *Visit) class(c maturity.Class) string {
	if c == maturity.NotRated {
		return v.T("web.assessment.class-none")
	}
	return v.T("web.assessment.class-" + string(c.Coarse()))
}

func (v *Visit) attributeName(a *survey.Assessment, id string) string {
	for _, x := range a.Framework.Attributes {
		if x.ID == id {
			return id + " " + v.In(x.Name)
		}
	}
	return id
}

// found is what each assessor found, side by side: by number and role, never by name.
func (v *Visit) found(a *survey.Assessment) *view.Table {
	t := &view.Table{Caption: v.T("web.assessment.sheets"), Columns: []view.Column{{Title: v.T("web.assessment.indicator")}}}
	var sheets []*survey.Sheet
	numbers := map[string]int{}
	for n := range a.Sheets {
		s := &a.Sheets[n]
		if !s.Finished {
			continue
		}
		if numbers[s.Assessor] == 0 {
			numbers[s.Assessor] = len(numbers) + 1
		}
		title := v.T("web.assessment.assessor", "number", numbers[s.Assessor], "role", v.T("web.role."+string(s.Role)))
		if s.Team != "" {
			title += " · " + s.Team
		}
		sheets, t.Columns = append(sheets, s), append(t.Columns, view.Column{Title: title})
	}
	for _, x := range a.Framework.Attributes {
		for _, i := range a.Framework.Indicators(a.Subject(), x.ID) {
			row := view.Row{{Text: x.ID + " " + v.indicator(a, i)}}
			for _, s := range sheets {
				row = append(row, v.answerCell(s.Answers, i.Key))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Arrange(v.page, v.c.Request.URL.Path, v.c.Request.URL.Query())
	return t
}

// answerCell is one answer with what proves it.
func (v *Visit) answerCell(answers map[string]maturity.Answer, key string) view.Cell {
	answer, there := answers[key]
	if !there {
		return view.Cell{Text: "–"}
	}
	cell := view.Cell{Text: v.answer(answer), Small: answer.Note}
	for _, e := range answer.Evidence {
		if to, web := e.Link(); web {
			cell.Links = append(cell.Links, view.Link{Text: v.T("web.sheet.kind-" + e.Kind), Href: to})
		} else {
			cell.Small = strings.TrimPrefix(cell.Small+" · "+e.Reference, " · ")
		}
	}
	return cell
}

func (v *Visit) answer(a maturity.Answer) string {
	switch {
	case a.NotApplicable:
		return v.T("web.sheet.na")
	case a.Unproven():
		return v.Integer(a.Value) + " " + v.T("web.sheet.unproven")
	}
	return v.Integer(a.Value)
}

// indicator says what is looked at, with the name of the process.
func (v *Visit) indicator(a *survey.Assessment, i maturity.Indicator) string {
	return strings.ReplaceAll(v.In(i.Text), "{process}", v.process(a.Process))
}

// toSettle makes the form of a consensus meeting: what assessors of a team differ on.
func (v *Visit) toSettle(a *survey.Assessment, page *assessmentPage) error {
	values, n := url.Values{"seen": {strconv.Itoa(a.Version)}}, 0
	type place struct{ attribute, team string }
	var places []place
	for _, r := range a.Result.Attributes {
		for _, t := range r.Teams {
			if t.Spread == 0 {
				continue
			}
			values.Set(fmt.Sprintf("attribute-%d", n), r.Attribute)
			values.Set(fmt.Sprintf("team-%d", n), t.Name)
			for _, s := range a.Settled {
				if s.Attribute == r.Attribute && s.Team == t.Name {
					values.Set(fmt.Sprintf("class-%d", n), string(s.Class))
					values.Set(fmt.Sprintf("reason-%d", n), s.Reason)
				}
			}
			page.Settling = append(page.Settling, settling{
				Heading: strings.TrimSuffix(v.attributeName(a, r.Attribute)+" · "+t.Name, " · "), Spread: v.T("web.assessment.spread-is", "n", t.Spread),
			})
			places, n = append(places, place{r.Attribute, t.Name}), n+1
		}
	}
	if n == 0 {
		return nil
	}
	page.Settle = v.Form("web.settle", assessmentAt(a)+"/settled", values)
	choices := []view.Choice{{Text: v.T("web.settle.open")}}
	for _, class := range []maturity.Class{maturity.Not, maturity.Partially, maturity.Largely, maturity.Fully} {
		choices = append(choices, view.Choice{Value: string(class), Text: v.class(class)})
	}
	for n := range places {
		one := &page.Settling[n]
		var err error
		if one.Class, err = page.Settle.Choose(fmt.Sprintf("class-%d", n), "select", choices); err != nil {
			return err
		}
		if one.Reason, err = page.Settle.Field(fmt.Sprintf("reason-%d", n), "maxlength=500"); err != nil {
			return err
		}
		one.Class.Label, one.Reason.Label = v.T("web.settle.class"), v.T("web.settle.reason")
		for i, wrong := range v.page.Wrong {
			if wrong.Field == one.Class.Name || wrong.Field == one.Reason.Name {
				v.page.Wrong[i].Label = one.Heading
			}
		}
	}
	return nil
}

// SettleAssessment records what a consensus meeting agreed on.
func (w *Web) SettleAssessment(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	var settled []maturity.Settlement
	var rows []int
	for n := 0; v.sent.Has(fmt.Sprintf("attribute-%d", n)); n++ {
		text := func(name string) string { return strings.TrimSpace(v.Text(fmt.Sprintf("%s-%d", name, n))) }
		if text("class") != "" {
			settled = append(settled, maturity.Settlement{
				Attribute: text("attribute"), Team: text("team"), Class: maturity.Class(text("class")), Reason: text("reason"),
			})
			rows = append(rows, n)
		}
	}
	if _, err := w.service.SettleAssessment(v.Context(), v.Actor, a.ID, number(v.Text("seen")), settled); err != nil {
		return v.Again(atRow(err, "settled", rows), w.ShowAssessment)
	}
	return v.Goto(assessmentAt(a))
}

// atRow leads what is wrong with an entry of a list, "/list/3/name", to the field of its
// row, "/name-5"; rows says which row an entry was.
func atRow(err error, list string, rows []int) error {
	f := fault.Of(err)
	for i, one := range f.Fields {
		parts := strings.Split(one.Pointer, "/")
		if len(parts) >= 4 && parts[1] == list {
			if n, err := strconv.Atoi(parts[2]); err == nil && n < len(rows) {
				f.Fields[i].Pointer = fmt.Sprintf("/%s-%d", parts[3], rows[n])
			}
		}
	}
	return f
}

// keysOf gives the keys of answers in order.
func keysOf(answers map[string]maturity.Answer) []string { return slices.Sorted(maps.Keys(answers)) }
