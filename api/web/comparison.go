package web

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/tally"
)

// comparison is the page of iterations side by side (A11).
type comparison struct {
	Filter                       *view.Form
	Note                         string // why it is not what was asked for
	Iterations, Measures, Groups []view.Choice
	Tiles                        template.HTML
	Sheets                       []sheet
	Signs                        template.HTML // what the signs of changes mean, once for all
	Changed                      []string      // questions that were asked otherwise before
	Values                       *view.Table
	Bands                        string // what a share in place of an index is
}

// sheet is a part of the comparison, in one of two columns or over both.
type sheet struct {
	HTML template.HTML
	Wide bool
}

// ShowComparison sets iterations beside each other, in the figures of the report.
func (w *Web) ShowComparison(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	at := "/programmes/" + string(p.ID) + "/comparison"
	every, err := w.service.CompareIterations(v.Context(), v.Actor, p.ID)
	if fault.Is(err, "comparison-one") {
		return v.Show("comparison/none", v.T("web.comparison.none"), "/programmes/"+string(p.ID)+"/results")
	}
	if err != nil {
		return err
	}
	query, chosen := c.Request.URL.Query(), every
	var only []survey.IterationID
	for _, id := range query["iterations"] {
		only = append(only, survey.IterationID(id))
	}
	few := false
	if len(only) > 0 {
		chosen, err = w.service.CompareIterations(v.Context(), v.Actor, p.ID, only...)
		if few = fault.Is(err, "comparison-one"); few {
			chosen, err = every, nil
		}
		if err != nil {
			return err
		}
	}
	page, err := v.compared(chosen, query)
	if err != nil {
		return err
	}
	if few {
		page.Note = v.T("web.comparison.all-instead")
	}
	v.filterComparison(page, at, every, chosen, query)
	v.comparisonFiles(at, chosen)
	return v.Show("comparison/show", v.comparisonTitle(chosen, query.Get("group")), page)
}

// compared draws what a comparison says of a measure and a group.
func (v *Visit) compared(c *survey.Comparison, query url.Values) (*comparison, error) {
	in, err := v.web.source.Beside(v.Context(), v.Actor, c)
	if err != nil {
		return nil, err
	}
	in.Language, in.Version, in.Measure = v.Language(), 1, measureOf(c, query.Get("measure"))
	names := []string{"V1", "V3", "V6", "V5", "V4", "V7", "V2"}
	if g := groupNamed(query.Get("group")); g != (tally.Group{}) {
		alone(in, g)
		in.Who, names = v.groupName(g), []string{"V1", "V5"}
	}
	d, err := report.BuildComparison(*in)
	if err != nil {
		return nil, err
	}
	values, banded := v.comparedValues(c, in.Measure)
	page := &comparison{Values: v.Arrange(values)}
	if banded {
		page.Bands = v.T("web.comparison.bands")
	}
	for _, name := range names {
		for _, p := range pagesOf(d, name) {
			sheet, o := sheet{Wide: name == "V2"}, fragment.Options{Width: halfPage}
			if sheet.Wide { // time needs room
				o.Width = 0
			}
			if sheet.HTML, err = fragment.Render(d, &p, o); err != nil {
				return nil, err
			}
			page.Sheets = append(page.Sheets, sheet)
		}
	}
	if page.Signs, err = signs(d); err != nil {
		return nil, err
	}
	page.Changed = v.changedQuestions(c)
	if in.Who == "" { // they tell of the whole
		page.Tiles, err = v.tiles(c.Rounds[len(c.Rounds)-1])
	}
	return page, err
}

// halfPage is the width in mm of figures that stand in two columns.
const halfPage = 105.0

// signs is the line that explains the signs of changes.
func signs(d *report.Document) (template.HTML, error) {
	for _, p := range d.Pages {
		for _, b := range p.Blocks {
			if f, is := b.(report.Figure); is {
				if _, is := f.Chart.(chart.Signs); is {
					return fragment.Render(d, &report.Page{Name: "signs", Cover: true, Blocks: []report.Block{b}}, fragment.Options{})
				}
			}
		}
	}
	return "", nil
}

// measureOf gives the construct that was asked for, else acceptance or the first one.
func measureOf(c *survey.Comparison, asked string) string {
	q := c.Rounds[len(c.Rounds)-1].Questionnaire
	for _, key := range []string{asked, "ACC"} {
		if key != "" && len(q.ItemsOf(key)) > 0 {
			return key
		}
	}
	if len(q.Constructs) > 0 {
		return q.Constructs[0].Key
	}
	return ""
}

// groupNamed reads a group of the filter: "process/INC", "role/staff", empty = all.
func groupNamed(text string) tally.Group {
	kind, key, _ := strings.Cut(text, "/")
	switch kind {
	case "process":
		return tally.Group{Process: key}
	case "role":
		return tally.Group{Role: key}
	}
	return tally.Group{}
}

// alone leaves of a comparison what it says of one group, in place of the whole.
func alone(in *report.ComparisonInput, g tally.Group) {
	c, trends := in.Data, in.Trend
	part := &tally.Comparison{Rounds: c.Rounds}
	for _, s := range c.Series {
		if s.Group == g {
			s.Group = tally.Group{}
			part.Series = append(part.Series, s)
		}
	}
	for _, d := range c.Changes {
		if d.Group == g {
			d.Group = tally.Group{}
			part.Changes = append(part.Changes, d)
		}
	}
	in.Data, in.Trend = part, nil
	for _, t := range trends {
		if t.Group == g {
			t.Group = tally.Group{}
			in.Trend = append(in.Trend, t)
		}
	}
}

// comparedValues is the measure of every group in every iteration; banded tells whether a
// share stands somewhere in place of an index.
func (v *Visit) comparedValues(c *survey.Comparison, measure string) (t *view.Table, banded bool) {
	t = &view.Table{Caption: v.T("web.comparison.values", "measure", v.constructName(c, measure)), Empty: v.T("web.comparison.no-values"), Columns: []view.Column{{Title: v.T("web.comparison.group")}}}
	for _, r := range c.Data.Rounds {
		t.Columns = append(t.Columns, view.Column{Title: v.imported(v.T("web.frame.iteration", "number", r.Number), r.Imported), Number: true})
	}
	for _, s := range c.Data.Series {
		if s.Key != measure {
			continue
		}
		row := view.Row{{Text: v.groupName(s.Group)}}
		for _, p := range s.Points {
			row = append(row, view.Cell{Text: v.compareValue(p)})
			banded = banded || p.Band != ""
		}
		t.Rows = append(t.Rows, row)
	}
	return t, banded
}

// imported marks an iteration that another tool counted.
func (v *Visit) imported(name string, is bool) string {
	if is {
		return v.T("web.comparison.imported", "name", name)
	}
	return name
}

func (v *Visit) compareValue(p tally.SeriesPoint) string {
	switch {
	case p.State == tally.Incomparable:
		return v.T("web.comparison.changed")
	case p.Index != nil:
		return v.Integer(*p.Index)
	case p.Band != "":
		return v.band(p.Band)
	}
	return "–"
}

func (v *Visit) constructName(c *survey.Comparison, key string) string {
	for _, one := range c.Rounds[len(c.Rounds)-1].Questionnaire.Constructs {
		if one.Key == key {
			return v.In(one.Name)
		}
	}
	return key
}

// groupName names a group: process, role, both, or all.
func (v *Visit) groupName(g tally.Group) string {
	if g.Process == tally.Others || g.Role == tally.Others {
		return v.T("report.others")
	}
	o := v.place.organisation
	var parts []string
	for _, part := range []string{v.named(o.Processes, g.Process), v.named(o.Roles, g.Role), v.named(o.Units, g.Unit)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return v.T("web.comparison.all")
	}
	return strings.Join(parts, " · ")
}

// changedQuestions are those of the last round that one of the rounds before asked
// otherwise.
func (v *Visit) changedQuestions(c *survey.Comparison) []string {
	q := c.Rounds[len(c.Rounds)-1].Questionnaire
	var all []string
	for _, i := range q.Items {
		if slices.ContainsFunc(c.Data.Rounds[:len(c.Data.Rounds)-1], func(r tally.ComparedRound) bool { return slices.Contains(r.Changed, i.Key) }) {
			all = append(all, v.In(i.Short))
		}
	}
	return all
}

// filterComparison fills in what can be chosen: iterations, measures, groups.
func (v *Visit) filterComparison(page *comparison, at string, every, chosen *survey.Comparison, query url.Values) {
	measure := measureOf(chosen, query.Get("measure"))
	values := url.Values{"measure": {measure}, "group": query["group"]}
	zone, month := zoneOf(v.place.organisation), v.Month
	if first, last := every.Rounds[0].Closes.In(zone), every.Rounds[len(every.Rounds)-1].Closes.In(zone); first.Year() == last.Year() {
		month = v.MonthName
	}
	for i, one := range every.Iterations {
		page.Iterations = append(page.Iterations, view.Choice{
			Value: string(one.ID), Text: v.imported(v.Integer(one.Number)+" · "+month(every.Rounds[i].Closes.In(zone)), every.Rounds[i].Imported),
		})
	}
	for _, one := range chosen.Iterations {
		values.Add("iterations", string(one.ID))
	}
	for _, one := range chosen.Rounds[len(chosen.Rounds)-1].Questionnaire.Constructs {
		page.Measures = append(page.Measures, view.Choice{Value: one.Key, Text: v.In(one.Short)})
	}
	page.Groups = []view.Choice{{Text: v.T("web.comparison.all")}}
	for _, s := range chosen.Data.Series {
		g := s.Group
		if s.Key != measure || g.Process == tally.Others || g.Role == tally.Others || g.Unit != "" {
			continue
		}
		switch {
		case g.Role == "" && g.Process != "":
			page.Groups = append(page.Groups, view.Choice{Value: "process/" + g.Process, Text: v.groupName(g)})
		case g.Process == "" && g.Role != "":
			page.Groups = append(page.Groups, view.Choice{Value: "role/" + g.Role, Text: v.groupName(g)})
		}
	}
	page.Filter = v.Form("web.comparison", at, values)
}

// comparisonFiles are the downloads, and the report that was drawn of all of it.
func (v *Visit) comparisonFiles(at string, c *survey.Comparison) {
	if v.May(account.ReadReports) {
		all, err := v.web.service.ListReports(v.Context(), v.Actor, c.Iterations[len(c.Iterations)-1].ID)
		for _, r := range slices.Backward(all) {
			if err == nil && r.Kind == survey.ComparisonReport && r.Language == v.Language() {
				v.Action(v.T("web.comparison.pdf"), "/api/v1/reports/"+string(r.ID)+".pdf")
				break
			}
		}
	}
	ids := make([]string, len(c.Iterations))
	for i := range c.Iterations {
		ids[i] = string(c.Iterations[i].ID)
	}
	query := "?" + url.Values{"lang": {string(v.Language())}, "iterations": {strings.Join(ids, ",")}}.Encode()
	v.Action(v.T("web.results.csv"), "/api/v1"+at+".csv"+query)
	v.Action(v.T("web.results.xlsx"), "/api/v1"+at+".xlsx"+query)
}

// comparisonTitle names the iterations, and the group if it is one.
func (v *Visit) comparisonTitle(c *survey.Comparison, group string) string {
	rounds := c.Data.Rounds
	first, last := rounds[0].Number, rounds[len(rounds)-1].Number
	var numbers []string
	for _, r := range rounds {
		numbers = append(numbers, v.Integer(r.Number))
	}
	list := v.List(numbers)
	if last-first == len(rounds)-1 && len(rounds) > 2 {
		list = v.T("comparison.from-to", "from", first, "to", last)
	}
	title := v.T("web.comparison.heading", "list", list)
	if g := groupNamed(group); g != (tally.Group{}) {
		title += " · " + v.groupName(g)
	}
	return title
}
