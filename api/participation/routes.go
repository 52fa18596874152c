package participation

import (
	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/survey"
)

type handler struct{ service Service }

// Register adds the respondent routes and the files of their page. Neither session
// nor cookie is ever in reach of them.
func Register(r gin.IRouter, s Service) {
	h := &handler{service: s}
	r.GET("/r/:round", respond.Handle(h.showSurvey))
	r.POST("/r/:round/plain", respond.Handle(h.takePlain))
	r.POST("/r/:round/plain/ballot", respond.Handle(h.castPlain))
	r.GET("/static/*file", respond.Handle(showStatic))
	rounds := r.Group("/api/v1/rounds/:round")
	rounds.GET("/manifest", respond.Handle(h.showManifest))
	rounds.POST("/invitation", respond.Handle(h.showInvitation))
	rounds.POST("/tickets", respond.Handle(h.issueTicket))
	rounds.POST("/ballots", respond.Handle(h.castBallot))
	rounds.GET("/tickets.txt", respond.Handle(h.listTicketHashes))
}

func round(c *gin.Context) survey.RoundID { return survey.RoundID(c.Param("round")) }
