package web

import (
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

// ListAudit shows who did what, the last first, as far as the filter asks.
func (w *Web) ListAudit(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListAudit(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	names, err := v.actors(o, all)
	if err != nil {
		return err
	}
	query, zone := c.Request.URL.Query(), zoneOf(o)
	t := &view.Table{Caption: v.T("web.audit.caption"), Empty: v.T("web.audit.empty"), Columns: []view.Column{
		{Title: v.T("web.audit.at")}, {Key: "actor", Title: v.T("web.audit.actor")}, {Key: "verb", Title: v.T("web.audit.verb")},
		{Title: v.T("web.audit.subject")}, {Title: v.T("web.audit.detail")},
	}}
	for _, e := range slices.Backward(all) {
		if !matching(&e, query, names[e.Actor], zone) {
			continue
		}
		t.Rows = append(t.Rows, view.Row{
			{Text: v.DateTime(e.At, zone)}, {Text: names[e.Actor]}, {Text: e.Verb}, {Text: e.Subject}, {Text: details(e.Detail)},
		})
	}
	at := "/organisations/" + string(o.ID) + "/audit"
	v.Lead(v.T("web.audit.lead"))
	v.Action(v.T("web.audit.export"), "/api/v1/audit.csv?organisation="+string(o.ID)+"&lang="+string(v.Language()))
	return v.Show("audit/list", v.T("web.audit.heading"), protocol{
		Filter: v.Form("web.audit", at, query), Verbs: v.verbs(all), Table: v.Arrange(t),
	})
}

// actors gives the names of those who did something, as far as they are known here.
func (v *Visit) actors(o *survey.Organisation, all []audit.Entry) (map[string]string, error) {
	names := map[string]string{audit.System: v.T("web.audit.system")}
	for i := range all {
		if names[all[i].Actor] == "" {
			names[all[i].Actor] = all[i].Actor
		}
	}
	if v.May(account.ManageAccess) {
		users, err := v.web.service.ListUsers(v.Context(), v.Actor, o.ID)
		if err != nil {
			return nil, err
		}
		for i := range users {
			names[string(users[i].ID)] = users[i].Name
		}
	}
	return names, nil
}

// matching reports whether an entry is one that the filter asks for.
func matching(e *audit.Entry, query url.Values, name string, zone *time.Location) bool {
	day := e.At.In(zone).Format(time.DateOnly)
	who := strings.ToLower(strings.TrimSpace(query.Get("who")))
	return (who == "" || strings.Contains(strings.ToLower(name+"\n"+e.Actor), who)) &&
		(query.Get("what") == "" || e.Verb == query.Get("what")) &&
		(query.Get("from") == "" || day >= query.Get("from")) && (query.Get("to") == "" || day <= query.Get("to"))
}

func (v *Visit) verbs(all []audit.Entry) []view.Choice {
	there := map[string]bool{}
	for i := range all {
		there[all[i].Verb] = true
	}
	choices := []view.Choice{{Text: v.T("web.audit.any")}}
	for _, verb := range slices.Sorted(maps.Keys(there)) {
		choices = append(choices, view.Choice{Value: verb, Text: verb})
	}
	return choices
}

// details writes what an entry says besides.
func details(all map[string]string) string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		words = append(words, key+": "+all[key])
	}
	return strings.Join(words, ", ")
}
