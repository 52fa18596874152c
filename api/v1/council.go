package v1

import (
	"context"
	"io"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// CouncilFile asks for the works council pack.
type CouncilFile struct {
	ByOrganisation
	Lang
}

// Council gives the works council pack as PDF or HTML.
func (a *API) Council(extension string) download[CouncilFile] {
	media, draw := "application/pdf", pdf.Draw
	if extension == "html" {
		media, draw = "text/html; charset=utf-8", fragment.Whole
	}
	return func(ctx context.Context, actor account.Actor, in *CouncilFile) (*File, error) {
		c, err := a.service.TakeCouncil(ctx, actor, survey.OrganisationID(in.Organisation))
		if err != nil {
			return nil, err
		}
		d, err := report.BuildCouncil(report.CouncilInput{Council: c, Language: in.language(), Software: a.release})
		if err != nil {
			return nil, err
		}
		if extension == "pdf" {
			if err := take(ctx, a.limits.PDFs, actor.ID); err != nil {
				return nil, err
			}
		}
		body, err := draw(d)
		if err != nil {
			return nil, err
		}
		return newFile("works-council_"+c.Organisation.Key+"."+extension, media, func(w io.Writer) error {
			_, err := w.Write(body)
			return err
		}), nil
	}
}
