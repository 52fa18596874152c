package participation

import (
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/respond"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

type handler struct {
	service   Service
	failures  *middleware.Limiter
	questions *middleware.Limiter
}

// Bad invitations and tickets that a block of addresses may send in a minute.
const failuresPerMinute = 60

// Questions that a block of addresses may leave in a minute.
const questionsPerMinute = 60

// guarded are what somebody who guesses gets.
var guarded = map[string]bool{"invitation-invalid": true, "ticket-invalid": true}

// held answers a failure as it is, or with 429 if there were too many. What is right
// is checked first and always passes.
func (h *handler) held(f func(*gin.Context) error) gin.HandlerFunc {
	return respond.Handle(func(c *gin.Context) error {
		err := f(c)
		if err != nil && guarded[fault.Of(err).Key] && h.failures.Add(c.ClientIP()) {
			c.Header("Retry-After", "60")
			return fault.New(fault.RateLimited, "rate-limited")
		}
		return err
	})
}

// Register adds the respondent routes and the files of their page. Neither session
// nor cookie is ever in reach of them.
func Register(r gin.IRouter, s Service, now func() time.Time) {
	h := &handler{
		s, middleware.NewLimiter(failuresPerMinute, time.Minute, now), middleware.NewLimiter(questionsPerMinute, time.Minute, now),
	}
	r.Match(respond.Reading, "/r/:round", respond.Handle(h.showSurvey))
	r.Match(respond.Reading, "/r/:round/privacy", respond.Handle(h.showPrivacy))
	r.POST("/r/:round/plain", respond.Handle(h.takePlain))
	r.POST("/r/:round/plain/ballot", respond.Handle(h.castPlain))
	r.Match(respond.Reading, "/d", respond.Handle(h.showDoor))
	r.POST("/d", respond.Handle(h.readDoor))
	r.Match(respond.Reading, "/d/:round", respond.Handle(h.showAsk))
	r.POST("/d/:round", respond.Handle(h.askDoor))
	r.Match(respond.Reading, "/p/:programme", respond.Handle(h.showNotice))
	r.Match(respond.Reading, "/static/*file", respond.Handle(showStatic))
	rounds := r.Group("/api/v1/rounds/:round")
	rounds.Match(respond.Reading, "/manifest", respond.Handle(h.showManifest))
	rounds.Match(respond.Reading, "/board", respond.Handle(h.showBoard))
	rounds.POST("/invitation", h.held(h.showInvitation))
	rounds.POST("/tickets", h.held(h.issueTicket))
	rounds.POST("/ballots", h.held(h.castBallot))
	rounds.Match(respond.Reading, "/tickets.txt", respond.Handle(h.listTicketHashes))
}

func round(c *gin.Context) survey.RoundID { return survey.RoundID(c.Param("round")) }
