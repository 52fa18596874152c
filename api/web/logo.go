package web

import (
	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// logo is the page of the picture on covers of reports.
type logo struct {
	Form   *view.Form
	Now    *survey.Logo // nil = there is none
	Alt    string
	Source string
	Delete view.Button
}

// logoAt is where the picture of an organisation is.
func logoAt(id survey.OrganisationID) string {
	return "/api/v1/organisations/" + string(id) + "/logo"
}

// EditLogo shows the picture on covers of reports, to change it.
func (w *Web) EditLogo(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	at := "/organisations/" + string(o.ID)
	now, err := w.service.ShowLogo(v.Context(), v.Actor, o.ID)
	if err != nil && !fault.Is(err, "not-found") {
		return err
	}
	v.Crumb(v.T("web.settings.heading"), at+"/settings")
	v.Lead(v.T("web.logo.lead"))
	return v.Show("logo/edit", v.T("web.logo.heading"), logo{
		Form: v.Form("web.logo", at+"/logo", nil), Now: now, Alt: v.T("report.cover.logo", "name", o.Name), Source: logoAt(o.ID),
		Delete: view.Button{Text: v.T("web.logo.delete"), Action: at + "/logo/delete", Hidden: v.Hidden(), Danger: true},
	})
}

// PutLogo takes a picture.
func (w *Web) PutLogo(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if len(v.File) > 0 {
		if err := w.limits.Pictures.Take(c, string(o.ID)); err != nil {
			return v.Again(err, w.EditLogo)
		}
	}
	if _, err := w.service.PutLogo(v.Context(), v.Actor, o.ID, v.File); err != nil {
		return v.Again(err, w.EditLogo)
	}
	return v.Goto("/organisations/" + string(o.ID) + "/logo")
}

// DeleteLogo removes it.
func (w *Web) DeleteLogo(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if err := w.service.DeleteLogo(v.Context(), v.Actor, o.ID); err != nil {
		return err
	}
	return v.Goto("/organisations/" + string(o.ID) + "/logo")
}
