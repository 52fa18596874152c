package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/api/view"
	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/report/pdf"
)

// council is the page of what a works council is told.
type council struct {
	Facts []string // what the paper holds
	Now   []string // what it would say of the organisation today
	PDF   view.Link
	HTML  view.Link
}

// ShowCouncil shows what the works council pack holds, and gives it.
func (w *Web) ShowCouncil(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	told, err := w.service.ShowCouncil(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	data := council{
		PDF:  view.Link{Text: v.T("web.council.pdf"), Href: "/organisations/" + string(o.ID) + "/works-council.pdf"},
		HTML: view.Link{Text: v.T("web.council.html"), Href: "/organisations/" + string(o.ID) + "/works-council.html"},
	}
	for _, key := range []string{"purpose", "way", "data", "guard", "rights", "rounds", "record"} {
		data.Facts = append(data.Facts, v.T("web.council.holds-"+key))
	}
	review, trustee := "web.council.not-reviewed", "web.council.no-trustee"
	if told.Audited {
		review = "web.council.reviewed"
	}
	if o.Trustee != nil {
		trustee = "web.council.trustee"
	}
	agreement := v.T("web.council.no-agreement")
	if o.Agreement != "" {
		agreement = v.T("web.council.agreement", "text", o.Agreement)
	}
	data.Now = []string{
		agreement,
		v.T("web.council.k", "k", o.K), v.T("web.council.people", "n", told.People, "paper", v.Integer(told.WithoutMail)),
		v.T("web.council.rounds", "n", len(told.Rounds)), v.T(review, "hours", told.Periods.ReviewHours), v.T(trustee),
	}
	v.Lead(v.T("web.council.lead"))
	return v.Show("council/show", v.T("web.council.heading"), data)
}

// DownloadCouncil gives the works council pack as PDF or HTML.
func (w *Web) DownloadCouncil(extension string) func(*gin.Context) error {
	media, draw := "application/pdf", pdf.Draw
	if extension == "html" {
		media, draw = "text/html; charset=utf-8", fragment.Whole
	}
	return func(c *gin.Context) error {
		v, o, err := w.organisation(c)
		if err != nil {
			return err
		}
		told, err := w.service.TakeCouncil(v.Context(), v.Actor, o.ID)
		if err != nil {
			return err
		}
		d, err := report.BuildCouncil(report.CouncilInput{Council: told, Language: v.Language(), Software: w.source.Software})
		if err != nil {
			return err
		}
		if extension == "pdf" {
			if err := w.limits.PDFs.Take(c, v.Actor.ID); err != nil {
				return err
			}
		}
		body, err := draw(d)
		if err != nil {
			return err
		}
		return v.download("works-council_"+o.Key+"."+extension, media, body)
	}
}

// download sends a file to be kept.
func (v *Visit) download(name, media string, body []byte) error {
	v.attach(name, media)
	v.c.Data(http.StatusOK, media, body)
	return nil
}

// attach says that what follows is a file to be kept, in which nothing may run.
func (v *Visit) attach(name, media string) {
	v.c.Header("Content-Type", media)
	v.c.Header("Content-Disposition", respond.Attachment(name))
	v.c.Header("Content-Security-Policy", "sandbox")
}
