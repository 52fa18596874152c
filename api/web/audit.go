package web

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

// protocol is the page of who did what (A20).
type protocol struct {
	Filter *view.Form
	Verbs  []view.Choice
	Table  *view.Table
}

// ListAudit shows who did what, the last first, as far as the filter asks: in an
// organisation, or for whoever runs it in the installation.
func (w *Web) ListAudit(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListEvents(v.Context(), v.Actor, of)
	if err != nil {
		return err
	}
	query, zone := c.Request.URL.Query(), time.UTC
	if v.place != nil {
		zone = zoneOf(v.place.organisation)
	}
	t := &view.Table{Caption: v.T("web.audit.caption"), Empty: v.T("web.audit.empty"), Columns: []view.Column{
		{Title: v.T("web.audit.at")}, {Key: "actor", Title: v.T("web.audit.actor")}, {Key: "verb", Title: v.T("web.audit.verb")},
		{Title: v.T("web.audit.subject")},
	}}
	for _, e := range slices.Backward(all) {
		who := v.who(&e)
		if !matching(&e.Entry, query, who, zone) {
			continue
		}
		t.Rows = append(t.Rows, view.Row{
			{Text: v.DateTime(e.At, zone)}, {Text: who, Small: e.Address}, {Text: v.verb(e.Verb)}, {Text: cmp.Or(v.label(e.What), "–"), Small: v.details(&e, zone)},
		})
	}
	v.Lead(v.T("web.audit.lead"))
	v.Action(v.T("web.audit.export"), "/api/v1/audit.csv?organisation="+string(of)+"&lang="+string(v.Language()))
	return v.Show("audit/list", v.T("web.audit.heading"), protocol{
		Filter: v.Form("web.audit", base+"/audit", query), Verbs: v.verbs(all), Table: v.Arrange(t),
	})
}

// latest are the last things that happened in an organisation.
func (v *Visit) latest(o *survey.Organisation) (*view.Table, error) {
	all, err := v.web.service.LatestEvents(v.Context(), v.Actor, o.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	t := &view.Table{Caption: v.T("web.overview.events-caption"), Columns: []view.Column{
		{Title: v.T("web.audit.at")}, {Title: v.T("web.overview.event")}, {Title: v.T("web.audit.subject")},
	}}
	for _, e := range all {
		row := view.Row{{Text: v.DateTime(e.At, zoneOf(o))}, {Text: v.verb(e.Verb)}, {Text: cmp.Or(v.label(e.What), "–")}}
		if e.Actor != "" {
			row[1].Small = v.who(&e)
		}
		t.Rows = append(t.Rows, row)
	}
	return v.Arrange(t), nil
}

// who names who did something.
func (v *Visit) who(e *survey.Logged) string {
	switch kind, _, _ := strings.Cut(e.Actor, ":"); {
	case e.Actor == audit.System:
		return v.T("web.audit.system")
	case e.Who == "":
		return v.T("web.audit.gone")
	case kind == "token":
		return v.T("web.audit.token", "name", e.Who)
	}
	return e.Who
}

// verb says what was done; a word that later releases know stays as it is.
func (v *Visit) verb(verb string) string { return v.word("audit.verb.", verb) }

func (v *Visit) word(room, key string) string {
	if text := v.T(room + key); text != room+key {
		return text
	}
	return key
}

// label is what something is called, "" for what is not there any more.
func (v *Visit) label(l survey.Label) string {
	if l.Number > 0 {
		return v.T("web.frame.iteration", "number", l.Number)
	}
	return cmp.Or(v.In(l.Text), l.Text.DE, l.Text.EN)
}

// matching reports whether an entry is one that the filter asks for.
func matching(e *audit.Entry, query url.Values, name string, zone *time.Location) bool {
	day := e.At.In(zone).Format(time.DateOnly)
	who := strings.ToLower(strings.TrimSpace(query.Get("who")))
	return (who == "" || strings.Contains(strings.ToLower(name), who)) &&
		(query.Get("what") == "" || e.Verb == query.Get("what")) &&
		(query.Get("from") == "" || day >= query.Get("from")) && (query.Get("to") == "" || day <= query.Get("to"))
}

func (v *Visit) verbs(all []survey.Logged) []view.Choice {
	there := map[string]string{}
	for i := range all {
		there[all[i].Verb] = v.verb(all[i].Verb)
	}
	choices := []view.Choice{{Text: v.T("web.audit.any")}}
	for _, verb := range slices.SortedFunc(maps.Keys(there), func(a, b string) int { return cmp.Or(cmp.Compare(there[a], there[b]), cmp.Compare(a, b)) }) {
		choices = append(choices, view.Choice{Value: verb, Text: there[verb]})
	}
	return choices
}

// details writes what an entry says besides; of a checksum its beginning, and nothing
// that only machines read.
func (v *Visit) details(e *survey.Logged, zone *time.Location) string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(e.Detail)) {
		value := v.value(e, key, zone)
		if value != "" && value != v.label(e.What) {
			words = append(words, v.word("audit.detail.", key)+": "+value)
		}
	}
	return strings.Join(words, ", ")
}

// shortSum is how much of a checksum is shown.
const shortSum = 16

func (v *Visit) value(e *survey.Logged, key string, zone *time.Location) string {
	value := e.Detail[key]
	switch key {
	case "hash":
		return ""
	case "iteration":
		return v.label(e.In)
	case "fingerprint", "file", "questionnaire":
		return value[:min(len(value), shortSum)]
	case "expires", "due":
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return v.DateTime(at, zone)
		}
	case "role", "from":
		if account.Role(value).Known() {
			return v.T("web.role." + value)
		}
	}
	words := strings.Split(value, ", ")
	for i, word := range words {
		words[i] = v.word("audit.value.", word)
	}
	return strings.Join(words, ", ")
}
