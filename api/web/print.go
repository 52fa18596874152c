package web

import (
	"github.com/gin-gonic/gin"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey"
)

// ShowPoster gives the poster of an open round, A4 or A3.
func (w *Web) ShowPoster(c *gin.Context) error {
	v := visitOf(c)
	r, o, err := w.service.ShowOpen(v.Context(), v.Actor, survey.RoundID(c.Param("round")))
	if err != nil {
		return err
	}
	poster, err := report.BuildPoster(report.Invitation{Organisation: o, Round: r, Base: w.base, Door: o.Contact})
	if err != nil {
		return err
	}
	paper := pdf.A4
	if c.Query("size") == "a3" {
		paper = pdf.A3
	}
	if err := w.limits.PDFs.Take(c, v.Actor.ID); err != nil {
		return err
	}
	body, err := pdf.DrawPoster(poster, paper)
	if err != nil {
		return err
	}
	return v.pdf("poster_"+o.Key+".pdf", body)
}

// ShowTickets gives the first paper tickets of an open round, as many as are asked for.
// Whoever holds one can answer with it.
func (w *Web) ShowTickets(c *gin.Context) error {
	v, id := visitOf(c), survey.RoundID(c.Param("round"))
	links, err := w.service.PrintTickets(v.Context(), v.Actor, id, number(c.Query("count")))
	if err != nil {
		return err
	}
	r, o, err := w.service.ShowOpen(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	tickets, err := report.BuildTickets(report.Invitation{Organisation: o, Round: r, Base: w.base}, links)
	if err != nil {
		return err
	}
	if err := w.limits.PDFs.Take(c, v.Actor.ID); err != nil {
		return err
	}
	body, err := pdf.DrawTickets(tickets)
	if err != nil {
		return err
	}
	return v.pdf("tickets_"+o.Key+".pdf", body)
}

// pdf sends a file.
func (v *Visit) pdf(name string, body []byte) error {
	return v.download(name, "application/pdf", body)
}
