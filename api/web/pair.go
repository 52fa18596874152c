package web

import (
	"cmp"
	"net/url"
	"strconv"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

func pairsOf(id survey.IterationID) string { return "/iterations/" + string(id) + "/pairs" }

// heard is the page of what people said and what came of it.
type heard struct {
	Pairs, Themes *view.Table
	Quotes        []view.Cell
}

// ListPairs shows "you said – we did", and the comments that were released.
func (w *Web) ListPairs(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListPairs(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	voices, err := w.service.Voices(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.pairs.caption"), Empty: v.T("web.pairs.empty"), Columns: []view.Column{
		{Title: v.T("web.pairs.said")}, {Title: v.T("web.pairs.did")}, {Title: v.T("web.pair.status")}, {Title: v.T("web.pairs.released")},
	}}
	for n := range all {
		t.Rows = append(t.Rows, v.pairRow(&all[n]))
	}
	v.Lead(v.T("web.pairs.lead"))
	if v.May(account.ModerateComments) && i.Phase != survey.Finished {
		v.Action(v.T("web.pairs.new"), pairsOf(i.ID)+"/new")
	}
	page := heard{Pairs: v.Arrange(t)}
	v.quotes(voices, &page)
	return v.Show("pair/list", v.T("web.pairs.heading"), page)
}

func (v *Visit) pairRow(p *survey.Pair) view.Row {
	said, did := p.In(v.Language())
	first := view.Cell{Text: said, Small: v.concerned(p.Process, "")}
	kind := map[survey.PairStatus]string{survey.PairDone: "ok", survey.PairWorking: "watch", survey.PairNotYet: "none"}[p.Status]
	status := view.Cell{Status: &view.Status{Kind: kind, Text: v.T("web.pair.status-" + string(p.Status))}}
	if p.Day != "" {
		status.Small = v.T("web.pairs.day-"+string(p.Status), "day", day(v, p.Day))
	}
	released := view.Cell{Text: v.T("web.pairs.not-released")}
	if p.Released {
		released = view.Cell{Status: &view.Status{Kind: "ok", Text: v.T("web.pairs.everybody")}}
	}
	if v.May(account.ModerateComments) {
		first.Href = "/pairs/" + string(p.ID)
		if !p.Released {
			released.Text, released.Buttons = "", []view.Button{{
				Text: v.T("web.pairs.release"), About: v.T("web.pairs.release-about", "said", said), Action: "/pairs/" + string(p.ID),
				Hidden: v.Hidden("seen", strconv.Itoa(p.Version), "released", "yes"),
			}}
		}
	}
	return view.Row{first, {Text: did}, status, released}
}

// quotes adds what may be read of the comments.
func (v *Visit) quotes(voices *survey.Voices, page *heard) {
	for n := range voices.Quotes {
		q := &voices.Quotes[n]
		var more string
		if q.Kind != "" {
			more = v.T("web.comment.kind-" + q.Kind)
		}
		if theme := v.In(q.Theme); theme != "" {
			more = cmp.Or(more, theme)
			if q.Kind != "" {
				more += " · " + theme
			}
		}
		if q.Edited {
			more += " (" + v.T("web.pairs.edited") + ")"
		}
		page.Quotes = append(page.Quotes, view.Cell{Text: v.Quote(q.Text), Small: more})
	}
	if len(voices.Themes) == 0 {
		return
	}
	page.Themes = &view.Table{Caption: v.T("web.pairs.themes-caption"), Columns: []view.Column{{Title: v.T("web.comment.theme")}, {Title: v.T("web.pairs.count"), Number: true}}}
	for _, one := range voices.Themes {
		page.Themes.Rows = append(page.Themes.Rows, view.Row{{Text: cmp.Or(v.In(one.Name), v.T("web.pairs.rare"))}, {Text: v.Integer(one.Comments)}})
	}
	page.Themes = v.Arrange(page.Themes)
}

// pairForm is a form of a pair.
type pairForm struct {
	Form                                      *view.Form
	Processes, Steps, Improvements, Everybody []view.Choice
}

func (v *Visit) pairForm(i survey.IterationID, action string, process string, values url.Values) (f pairForm, err error) {
	all, err := v.web.service.ListImprovements(v.Context(), v.Actor, i)
	f = pairForm{
		Form: v.Form("web.pair", action, values), Processes: v.processes(account.ModerateComments, process),
		Steps:        v.worded("web.pair.status-", "done", "working", "not_yet"),
		Improvements: []view.Choice{{Text: v.T("web.pair.no-improvement")}}, Everybody: v.worded("web.pair.released-", "no", "yes"),
	}
	for n := range all {
		text := []rune(all[n].Criticism)
		f.Improvements = append(f.Improvements, view.Choice{Value: string(all[n].ID), Text: v.T("web.improvements.key", "number", all[n].Number) + " · " + string(text[:min(60, len(text))])})
	}
	return f, err
}

// longestSide is the most runes of one side of a pair.
const longestSide = 160

// NewPair asks for a pair, which tells of an improvement if the address names one.
func (w *Web) NewPair(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	values := url.Values{"status": {"done"}, "released": {"no"}}
	if id := c.Query("improvement"); id != "" {
		m, err := w.service.ShowImprovement(v.Context(), v.Actor, survey.RecordID(id))
		if err != nil {
			return err
		}
		values.Set("improvement", id)
		values.Set("process", m.Process)
		for name, text := range map[string]string{"said": m.Criticism, "did": m.Answer} {
			if utf8.RuneCountInString(text) <= longestSide {
				values.Set(name+"-"+string(v.place.programme.Language), text)
			}
		}
	}
	v.Crumb(v.T("web.nav.pairs"), pairsOf(i.ID))
	f, err := v.pairForm(i.ID, pairsOf(i.ID), "", values)
	if err != nil {
		return err
	}
	return v.Show("pair/edit", v.T("web.pairs.new"), f)
}

func (v *Visit) pairInput() survey.PairInput {
	return survey.PairInput{
		Process: v.said("process"), Said: v.saidBoth("said"), Did: v.saidBoth("did"), Status: v.said("status"), Day: v.said("day"),
		Improvement: v.said("improvement"), Released: v.saidYes("released"),
	}
}

// sides leads what is wrong with a side that nobody wrote to its first field.
func sides(err error) error {
	f := fault.Of(languages(err))
	for n, one := range f.Fields {
		if one.Pointer == "/said" || one.Pointer == "/did" {
			f.Fields[n].Pointer += "-de"
		}
	}
	return f
}

// CreatePair writes one down.
func (w *Web) CreatePair(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	if _, err := w.service.CreatePair(v.Context(), v.Actor, i.ID, v.pairInput()); err != nil {
		return v.Again(sides(err), w.NewPair)
	}
	return v.Goto(pairsOf(i.ID))
}

// pair gives the pair in the path.
func (w *Web) pair(c *gin.Context) (*Visit, *survey.Pair, error) {
	v := visitOf(c)
	p, err := w.service.ShowPair(v.Context(), v.Actor, survey.RecordID(c.Param("record")))
	if err != nil {
		return v, nil, err
	}
	return v, p, v.below(p.Iteration, "pairs", pairsOf(p.Iteration))
}

// EditPair shows one to change it.
func (w *Web) EditPair(c *gin.Context) error {
	v, p, err := w.pair(c)
	if err != nil {
		return err
	}
	values := url.Values{
		"seen": {strconv.Itoa(p.Version)}, "process": {p.Process}, "said-de": {p.Said.DE}, "said-en": {p.Said.EN}, "did-de": {p.Did.DE}, "did-en": {p.Did.EN},
		"status": {string(p.Status)}, "day": {p.Day}, "improvement": {string(p.Improvement)}, "released": {"no"},
	}
	if p.Released {
		values.Set("released", "yes")
	}
	if v.again && !v.sent.Has("status") { // the button in the list sends but one field
		for name, all := range values {
			if !v.sent.Has(name) {
				v.sent[name] = all
			}
		}
	}
	f, err := v.pairForm(p.Iteration, "/pairs/"+string(p.ID), p.Process, values)
	if err != nil {
		return err
	}
	return v.Show("pair/edit", v.T("web.pairs.nth", "number", p.Number), f)
}

// UpdatePair changes one, or releases it.
func (w *Web) UpdatePair(c *gin.Context) error {
	v, p, err := w.pair(c)
	if err != nil {
		return err
	}
	if _, err := w.service.UpdatePair(v.Context(), v.Actor, p.ID, number(v.Text("seen")), v.pairInput()); err != nil {
		return v.Again(sides(err), w.EditPair)
	}
	return v.Goto(pairsOf(p.Iteration))
}
