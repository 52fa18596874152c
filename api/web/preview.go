package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// PreviewRound shows the survey as respondents will see it. Its script knows no server:
// what is answered there never leaves the page.
func (w *Web) PreviewRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	manifest, err := w.service.PreviewRound(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	back := view.Link{Text: v.T("web.preview.back"), Href: roundAt(r.ID) + "/review"}
	if r.State == survey.Draft && v.May(account.DraftRounds) {
		back.Href = roundAt(r.ID) + "/draft/check"
	}
	page, err := view.Preview(v.Printer, manifest, back)
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, "text/html; charset=utf-8", page)
	return nil
}

// TryRound notes that somebody went through the preview.
func (w *Web) TryRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if _, err := w.service.TryRound(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(err, w.ShowRound)
	}
	return v.Goto(roundAt(r.ID) + "/draft/check")
}
