package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// sheetPage is the sheet of one assessor: one row per indicator.
type sheetPage struct {
	Form       *view.Form
	Team       string
	Status     *view.Status
	Attributes []sheetAttribute
	Draft      bool // nothing is lost by saving: the sheet is not finished
	Evidence   []view.Choice
}

type sheetAttribute struct {
	Heading string
	Rows    []sheetRow
}

// sheetRow is one indicator. Its fields are v-KEY, note-KEY, and any number of pairs
// kind-KEY and proof-KEY.
type sheetRow struct {
	Key         string
	Answer      view.Field
	Note        view.Field
	Proofs      []evidence
	Last        string // what was found in the last iteration
	Kinds, Refs string // names of the fields of evidence
	Wrong       string // of the evidence
}

type evidence struct{ Kind, Reference string }

// Values of an answer that are no numbers.
const (
	notApplicable = "na"
	asLast        = "last"
)

// EditSheet shows the user's own sheet.
func (w *Web) EditSheet(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	team := c.Query("team")
	if v.again {
		team = v.Text("team")
	}
	last, err := w.service.LastAnswers(v.Context(), v.Actor, a.ID, team)
	if err != nil {
		return err
	}
	values, page := url.Values{"seen": {"0"}}, sheetPage{Team: team, Draft: true}
	if own := sheetOf(a, v.Actor.ID, team); own != nil {
		values, page.Draft = sheetValues(own), !own.Finished
	}
	if a.State == survey.AssessmentDone {
		return v.Goto(assessmentAt(a))
	}
	page.Status = &view.Status{Kind: "none", Text: v.T("web.sheet.is-draft")}
	if !page.Draft {
		page.Status = &view.Status{Kind: "ok", Text: v.T("web.sheet.is-finished")}
	}
	page.Form = v.Form("web.sheet", assessmentAt(a)+"/sheet", values)
	for _, kind := range []string{maturity.Document, maturity.Record, maturity.Observation, maturity.Interview} {
		page.Evidence = append(page.Evidence, view.Choice{Value: kind, Text: v.T("web.sheet.kind-" + kind)})
	}
	for _, x := range a.Framework.Attributes {
		one := sheetAttribute{Heading: x.ID + " " + v.In(x.Name)}
		for _, i := range a.Framework.Indicators(a.Subject(), x.ID) {
			row, err := v.sheetRow(page.Form, x.ID+" · "+v.indicator(a, i), i.Key, last)
			if err != nil {
				return err
			}
			one.Rows = append(one.Rows, row)
		}
		page.Attributes = append(page.Attributes, one)
	}
	v.Crumb(v.process(a.Process), assessmentAt(a))
	lead := v.T("web.sheet.lead")
	if a.Target > 0 {
		lead += " " + v.T("web.assessment.target-is", "level", v.levelName(a.Framework, a.Target)) + "."
	}
	v.Lead(lead)
	title := v.T("web.sheet.heading", "process", v.process(a.Process))
	if team != "" {
		title += " · " + team
	}
	return v.Show("sheet/edit", title, page)
}

// sheetValues are the fields of a sheet that is there.
func sheetValues(s *survey.Sheet) url.Values {
	values := url.Values{"seen": {strconv.Itoa(s.Version)}}
	for _, key := range keysOf(s.Answers) {
		answer := s.Answers[key]
		value := strconv.Itoa(answer.Value)
		if answer.NotApplicable {
			value = notApplicable
		}
		values.Set("v-"+key, value)
		values.Set("note-"+key, answer.Note)
		for _, e := range answer.Evidence {
			values.Add("kind-"+key, e.Kind)
			values.Add("proof-"+key, e.Reference)
		}
	}
	return values
}

// sheetRow makes the fields of one indicator.
func (v *Visit) sheetRow(f *view.Form, heading, key string, last map[string]maturity.Answer) (row sheetRow, err error) {
	row = sheetRow{Key: key, Kinds: "kind-" + key, Refs: "proof-" + key}
	var choices []view.Choice
	for n, step := range maturity.Ladder() {
		choices = append(choices, view.Choice{Value: strconv.Itoa(n), Text: v.Integer(n), Hint: v.In(step)})
	}
	choices = append(choices, view.Choice{Value: notApplicable, Text: v.T("web.sheet.na"), Hint: v.T("web.sheet.na-hint")})
	if before, known := last[key]; known {
		row.Last = v.T("web.sheet.last", "value", v.answer(before))
		choices = append(choices, view.Choice{Value: asLast, Text: v.T("web.sheet.as-last"), Hint: row.Last})
	}
	if row.Answer, err = f.Choose("v-"+key, "radio", choices); err != nil {
		return row, err
	}
	if row.Note, err = f.Field("note-"+key, "maxlength=500"); err != nil {
		return row, err
	}
	row.Answer.Label, row.Note.Label = heading, v.T("web.sheet.note")
	kinds := f.Values[row.Kinds]
	for n, reference := range f.Values[row.Refs] {
		if n < len(kinds) && strings.TrimSpace(reference) != "" {
			row.Proofs = append(row.Proofs, evidence{kinds[n], reference})
		}
	}
	row.Proofs = append(row.Proofs, evidence{Kind: maturity.Document})
	for i, wrong := range v.page.Wrong {
		switch wrong.Field {
		case "v-" + key, "note-" + key:
			v.page.Wrong[i].Label = heading
		case row.Refs:
			v.page.Wrong[i].Label, row.Wrong = heading, wrong.Text
		}
	}
	return row, nil
}

// sheetInput reads the sheet that was sent.
func (v *Visit) sheetInput(a *survey.Assessment, finished bool) (in survey.SheetInput, keys []string) {
	in = survey.SheetInput{Seen: number(v.Text("seen")), Team: v.Text("team"), Finished: finished}
	for _, x := range a.Framework.Attributes {
		for _, i := range a.Framework.Indicators(a.Subject(), x.ID) {
			if answer, said := v.sheetAnswer(i.Key); said {
				in.Answers, keys = append(in.Answers, answer), append(keys, i.Key)
			}
		}
	}
	return in, keys
}

// sheetAnswer reads one row. A row without a choice is still open; with a note or
// evidence it is sent all the same, so that nobody loses them unseen.
func (v *Visit) sheetAnswer(key string) (survey.AnswerInput, bool) {
	answer := survey.AnswerInput{Indicator: key, Note: strings.TrimSpace(v.Text("note-" + key))}
	chosen := v.Text("v-" + key)
	switch chosen {
	case "":
	case notApplicable:
		answer.NotApplicable = true
	case asLast:
		answer.Last = true
	default:
		value, err := strconv.Atoi(chosen)
		if err != nil {
			value = -1 // no answer that there is
		}
		answer.Value = &value
	}
	kinds := v.Texts("kind-" + key)
	for n, reference := range v.Texts("proof-" + key) {
		if reference = strings.TrimSpace(reference); reference != "" && n < len(kinds) {
			answer.Evidence = append(answer.Evidence, maturity.Evidence{Kind: kinds[n], Reference: reference})
		}
	}
	return answer, chosen != "" || answer.Note != "" || len(answer.Evidence) > 0
}

// SaveSheet keeps the sheet as a draft; who wants to finish it is asked next.
func (w *Web) SaveSheet(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	in, keys := v.sheetInput(a, false)
	if _, err := w.service.SaveSheet(v.Context(), v.Actor, a.ID, in); err != nil {
		return v.Again(atIndicator(err, keys), w.EditSheet)
	}
	if v.Text("then") == "finish" {
		return v.Goto(assessmentAt(a) + "/finish?team=" + url.QueryEscape(in.Team))
	}
	return v.Goto(sheetAt(a, in.Team))
}

// atIndicator leads what is wrong with an answer to the fields of its row.
func atIndicator(err error, keys []string) error {
	f := fault.Of(err)
	for i, one := range f.Fields {
		parts := strings.Split(one.Pointer, "/")
		if len(parts) < 4 || parts[1] != "answers" {
			continue
		}
		n, err := strconv.Atoi(parts[2])
		if err != nil || n >= len(keys) {
			continue
		}
		field := "v-"
		switch parts[3] {
		case "note":
			field = "note-"
		case "evidence":
			field = "proof-"
		}
		f.Fields[i].Pointer = "/" + field + keys[n]
	}
	return f
}

// ConfirmFinishSheet asks before a sheet counts.
func (w *Web) ConfirmFinishSheet(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	team := c.Query("team")
	if v.again {
		team = v.Text("team")
	}
	own := sheetOf(a, v.Actor.ID, team)
	if own == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	asked, open, unproven := 0, 0, 0
	for _, x := range a.Framework.Attributes {
		for _, i := range a.Framework.Indicators(a.Subject(), x.ID) {
			asked++
			answer, there := own.Answers[i.Key]
			if !there {
				open++
			} else if answer.Unproven() {
				unproven++
			}
		}
	}
	facts := []string{v.T("web.sheet.answered", "done", asked-open, "n", asked)}
	if open > 0 {
		facts = append(facts, v.T("web.sheet.open-counts", "n", open))
	}
	if unproven > 0 {
		facts = append(facts, v.T("web.sheet.unproven-counts", "n", unproven))
	}
	v.Crumb(v.process(a.Process), assessmentAt(a))
	return v.Confirm(v.T("web.sheet.finish-heading"), assessmentAt(a)+"/finish", v.T("web.sheet.finish"), sheetAt(a, team),
		url.Values{"seen": {strconv.Itoa(own.Version)}, "team": {team}}, append(facts, v.T("web.sheet.finish-then"))...)
}

// FinishSheet finishes the draft that was saved.
func (w *Web) FinishSheet(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	own := sheetOf(a, v.Actor.ID, v.Text("team"))
	if own == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	in := survey.SheetInput{Seen: number(v.Text("seen")), Team: own.Team, Finished: true}
	for _, key := range keysOf(own.Answers) {
		answer := own.Answers[key]
		said := survey.AnswerInput{Indicator: key, NotApplicable: answer.NotApplicable, Evidence: slices.Clone(answer.Evidence), Note: answer.Note}
		if !answer.NotApplicable {
			said.Value = &answer.Value
		}
		in.Answers = append(in.Answers, said)
	}
	if _, err := w.service.SaveSheet(v.Context(), v.Actor, a.ID, in); err != nil {
		return v.Again(err, w.ConfirmFinishSheet)
	}
	return v.Goto(assessmentAt(a))
}
