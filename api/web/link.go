package web

import (
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// ConfirmRevoke asks before a link to a report ends.
func (w *Web) ConfirmRevoke(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	sent, err := w.service.ListDeliveries(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sent, func(d survey.Delivery) bool { return d.Link != nil && d.ID == c.Param("link") })
	if i < 0 {
		return fault.New(fault.NotFound, "not-found")
	}
	at := reportAt(r) + "/send"
	return v.Confirm(v.T("web.report.revoke-heading"), reportAt(r)+"/links/"+sent[i].ID+"/revoke", v.T("web.report.revoke"), at, url.Values{},
		v.T("web.report.revoke-whose", "address", sent[i].Recipient), v.T("web.report.revoke-what"))
}

// RevokeLink ends it.
func (w *Web) RevokeLink(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	if err := w.service.RevokeLink(v.Context(), v.Actor, r.ID, c.Param("link")); err != nil {
		return err
	}
	return v.Goto(reportAt(r) + "/send")
}

// NewDownload is where links to reports lead. What tells one from another stands behind
// "#" in its address, which no server and no log sees: the script puts it into the form,
// who has none puts it there by hand. The page is the same for everybody.
func (w *Web) NewDownload(c *gin.Context) error {
	v := visitOf(c)
	v.Lead(v.T("web.download.lead"))
	form := v.Form("web.download", "/download", nil)
	form.Values.Del("code")
	return v.Show("report/download", v.T("web.download.heading"), asked{Form: form})
}

// Download gives a report to whoever has a link to it. Wrong ones are counted by block
// of addresses, so that guessing is slow; right ones always pass.
func (w *Web) Download(c *gin.Context) error {
	v := visitOf(c)
	r, err := w.service.OpenLink(v.Context(), v.Text("code"))
	if fault.Is(err, "link-invalid") && w.guesses.Add(c.ClientIP()) {
		return fault.New(fault.RateLimited, "rate-limited")
	}
	if err != nil {
		return v.Again(err, w.NewDownload)
	}
	return v.download(r.FileName, "application/pdf", r.Body)
}
