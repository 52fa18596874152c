package apitest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	v1 "pulscheck/api/v1"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/store/storetest"
)

// TestMeasurementsPushedAtOnceAreStoredOnce: a service desk pushes a thousand times at
// once by its token, every measurement four times.
func TestMeasurementsPushedAtOnceAreStoredOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const days, repeats = 250, 4
		w := newWorld(t, url)
		path := "/kpis/" + w.own["kpi"] + "/measurements"
		organisation := survey.OrganisationID(w.own["organisation"])
		before, err := w.store.ListAudit(ctx, organisation)
		w.check(err)
		first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		day := func(n int) string { return first.AddDate(0, 0, n).Format(time.DateOnly) }
		work, pushed := make(chan int), sync.WaitGroup{}
		for range 64 {
			pushed.Go(func() {
				for n := range work {
					body := fmt.Sprintf(`{"day":%q,"key":"desk-1","value":%g}`, day(n%days), 0.5*float64(n%days))
					if got := w.send("POST", path, w.tokens[account.Owner], body); got.Code != http.StatusOK {
						t.Errorf("%d %s", got.Code, got.Body)
					}
				}
			})
		}
		for n := range days * repeats {
			work <- n
		}
		close(work)
		pushed.Wait()
		got, cursor := []v1.Measurement{}, ""
		for n := 0; n == 0 || cursor != ""; n++ {
			page := read[v1.Page[v1.Measurement]](t, w.send("GET", path+"?limit=200&cursor="+cursor, w.tokens[account.Auditor], ""), 200)
			got, cursor = append(got, page.Items...), ""
			if page.NextCursor != nil {
				cursor = *page.NextCursor
			}
		}
		if len(got) != days {
			t.Fatalf("%d measurements, want %d", len(got), days)
		}
		for n, m := range got {
			if m.Day != day(n) || m.Key != "desk-1" || m.Value != 0.5*float64(n) {
				t.Errorf("%d: %+v", n, m)
			}
		}
		kpi := read[v1.KPI](t, w.send("GET", "/kpis/"+w.own["kpi"], w.tokens[account.Steering], ""), 200)
		if kpi.Last == nil || kpi.Last.Day != day(days-1) {
			t.Errorf("the latest is %+v", kpi.Last)
		}
		after, err := w.store.ListAudit(ctx, organisation)
		if err != nil || len(after)-len(before) != days || audit.Verify(after) != nil {
			t.Errorf("%d entries in the audit, want %d; %v, %v", len(after)-len(before), days, err, audit.Verify(after))
		}
	})
}

// TestFilesOfMeasurementsByToken: what is wrong is named by line and heading, and nothing
// of such a file is stored.
func TestFilesOfMeasurementsByToken(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	path := "/kpis/" + w.own["kpi"] + "/measurements"
	file := "Datum;Wert\n04.05.2026;31,5\n05.05.2026;viel\n"
	for query, c := range map[string]struct {
		file   string
		status int
		body   string
	}{
		"":              {file, 422, `"pointer":"/3/Wert"`},
		"?dry_run=true": {file, 200, `{"new":1,"unchanged":0,"errors":[{"row":3,"column":"Wert","code":"number-invalid"}]}`},
	} {
		got := w.send("POST", path+"/import"+query, w.tokens[account.Owner], c.file, "Content-Type", "text/csv")
		if got.Code != c.status || !strings.Contains(got.Body.String(), c.body) {
			t.Errorf("%s: %d %s, want %s", query, got.Code, got.Body, c.body)
		}
	}
	sound := strings.Replace(file, "viel", "30", 1)
	for n, want := range []v1.MeasurementFile{{New: 2}, {Unchanged: 2}} {
		got := read[v1.MeasurementFile](t, w.send("POST", path+"/import", w.tokens[account.Owner], sound, "Content-Type", "text/csv"), 200)
		if got.New != want.New || got.Unchanged != want.Unchanged {
			t.Errorf("%d: %+v, want %+v", n, got, want)
		}
	}
	if got := read[v1.Page[v1.Measurement]](t, w.send("GET", path, w.tokens[account.Owner], ""), 200); len(got.Items) != 2 || got.Items[0].Value != 31.5 {
		t.Errorf("%+v", got)
	}
}
