package apitest

import (
	"net/http"
	"strings"
	"testing"

	v1 "pulscheck/api/v1"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestFiguresOfGoalsAreTakenBack: what was said of baseline and target can be emptied, on
// the page by an empty field, through the API by null; what is left out stays.
func TestFiguresOfGoalsAreTakenBack(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for _, at := range []string{"/goals/" + w.own["goal"], "/kpis/" + w.own["kpi"]} {
		change := func(version, body string) string {
			status, answer := w.ask("PATCH", v1.Prefix+at, w.tokens[account.Lead], `"`+version+`"`, jsonType, body)
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", at, status, answer)
			}
			return answer
		}
		change("1", `{"baseline":40,"target":20.5}`)
		if got := change("2", `{"target":null}`); !strings.Contains(got, `"baseline":40,`) || !strings.Contains(got, `"target":null`) {
			t.Errorf("%s by null: %s", at, got)
		}
		form := at
		if strings.HasPrefix(at, "/kpis/") {
			form += "/edit"
		}
		d := w.desk(account.Lead)
		d.submit(d.get(form).want(200), "form.form", "baseline", "").want(200)
		if got := valueOf(d.get(form), "baseline"); got != "" {
			t.Errorf("%s by an empty field: %q", at, got)
		}
	}
}
