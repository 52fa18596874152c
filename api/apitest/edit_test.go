package apitest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// findings gives the draft what rules find of a round with answers, and the address of
// the page that tells it.
func (w *world) findings(url string) string {
	w.t.Helper()
	w.released(url)
	r, err := w.store.FindReport(ctx, survey.ReportID(w.own["report"]))
	w.check(err)
	d, err := source.New(w.service, source.Options{}).Document(ctx, r.Kind, r.Iteration, source.Edition{Language: r.Language, Number: r.Number})
	w.check(err)
	r.Findings = source.Findings(d)
	w.check(w.store.CreateReport(ctx, r))
	return "/reports/" + w.own["report"] + "?page=2"
}

// TestFindingsAreEditedOnTheirPage: a finding gets other words on the page, which are
// marked at once, one without a reason does not go, hostile words stay words, and readers
// see what was done and no form.
func TestFindingsAreEditedOnTheirPage(t *testing.T) {
	url := storetest.SQLite(t)
	w := newWorld(t, url)
	at := w.findings(url)
	d := w.desk(account.Consultant)
	if first := d.get("/reports/" + w.own["report"]).want(200); len(first.all("#findings")) != 0 || !strings.Contains(first.body, at+"#findings") {
		t.Error("the form stands on a page without findings, or nothing leads to it")
	}
	p := d.get(at).want(200)
	if got := p.texts(".edit legend"); len(got) < 2 || !strings.HasPrefix(got[0], "F0 · ") {
		t.Fatalf("findings are %q", got)
	}
	again := d.submit(p, "form.form", "choice-F0", "changed", "head-F0", "Noch wenige", "choice-F1", "left_out").want(422)
	if got := again.texts("#problem a"); len(got) != 1 || !strings.Contains(got[0], "F1") || again.text("#f-reason-F1-wrong") == "" {
		t.Errorf("without a reason: %q", got)
	}
	const hostile = `<script>alert(1)</script>`
	saved := d.submit(again, "form.form", "choice-F1", "kept", "evidence-F0", hostile).want(200)
	if saved.text(".done") == "" || !strings.Contains(saved.text(".preview"), "Noch wenige") || !strings.Contains(saved.text(".preview"), hostile+" (bearbeitet)") {
		t.Errorf("saved is %s", saved.text(".preview"))
	}
	if strings.Contains(saved.body, hostile) || len(saved.all(".note")) == 0 {
		t.Error("what was typed is markup, or nothing is said of the PDF")
	}
	late := d.submit(p, "form.form", "choice-F0", "left_out", "reason-F0", "zu spät").want(409)
	if got := late.text("#f-head-F0-stored"); !strings.Contains(got, "Noch wenige") {
		t.Errorf("somebody else changed it: %q", got)
	}
	if issued := d.submit(d.get("/reports/"+w.own["report"]+"/issue"), "main form").want(409); !strings.Contains(issued.text("#problem"), "neu gezeichnet") {
		t.Errorf("issued without the edits: %s", issued.text("#problem"))
	}
	r, err := w.store.FindReport(ctx, survey.ReportID(w.own["report"]))
	w.check(err)
	r.Edits = 1
	w.check(w.store.CreateReport(ctx, r))
	reader := w.desk(account.Steering).get(at).want(200)
	if got := reader.texts("main .part tbody td"); len(reader.all("main form")) != 0 || len(got) == 0 || got[0] != "Text ändern" {
		t.Errorf("a reader sees %q", got)
	}
}

// TestEditingInABrowser: only the fields of what is chosen are seen, in light and dark
// without an accessibility violation, and nothing sticks out.
func TestEditingInABrowser(t *testing.T) {
	url := storetest.SQLite(t)
	w := newWorld(t, url)
	at := w.findings(url)
	b := w.tab()
	b.as(w.desk(account.Lead))
	b.open(at)
	const seen = `[...document.querySelectorAll('.edit-words, .edit-reason')].map((e) => +(e.offsetHeight > 0)).join('')`
	if got := b.Eval(seen); strings.Contains(got, "1") {
		t.Errorf("seen before anything is chosen: %s", got)
	}
	b.Do(chromedp.Click(chromedp.CSS("[name=choice-F0][value=changed]")), chromedp.Click(chromedp.CSS("[name=choice-F1][value=left_out]")))
	if got := b.Eval(seen); !strings.HasPrefix(got, "1001") {
		t.Errorf("seen of what is chosen: %s", got)
	}
	for _, scheme := range []string{"light", "dark"} {
		b.Media("prefers-color-scheme", scheme)
		for _, width := range []int64{390, 1440} {
			b.Size(width, 900)
			if bad := b.Sideways(); bad != "" {
				t.Errorf("%s, %d px:\n%s", scheme, width, bad)
			}
			b.Picture(fmt.Sprintf("report-findings-%s-%d", scheme, width))
			if found := b.Axe("../.."); found != "" {
				t.Errorf("%s, %d px:\n%s", scheme, width, found)
			}
		}
	}
	b.Do(chromedp.Submit(chromedp.CSS("#f-head-F0")), chromedp.WaitVisible(chromedp.CSS("#problem")))
	b.Picture("report-findings-problem")
}
