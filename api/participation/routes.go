package participation

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
)

type handler struct{ service Service }

// Register adds the respondent routes and the files of their page, with their own chain: neither session nor
// cookie is ever in reach of them.
func Register(r gin.IRouter, s Service) {
	h := &handler{service: s}
	chain := r.Group("", headers)
	chain.GET("/r/:round", handle(h.showSurvey))
	chain.GET("/static/*file", handle(showStatic))
	rounds := chain.Group("/api/v1/rounds/:round")
	rounds.GET("/manifest", handle(h.showManifest))
	rounds.POST("/invitation", handle(h.showInvitation))
	rounds.POST("/tickets", handle(h.issueTicket))
	rounds.POST("/ballots", handle(h.castBallot))
	rounds.GET("/tickets.txt", handle(h.listTicketHashes))
}

// handle lets handlers return errors; here is the only place that answers them.
func handle(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := f(c); err != nil {
			writeProblem(c, err)
		}
	}
}

func round(c *gin.Context) survey.RoundID { return survey.RoundID(c.Param("round")) }

// policy lets the page run our own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

// headers stand on every answer; a handler may allow caching of what is the same for
// everybody.
func headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead &&
		c.GetHeader("Sec-Fetch-Site") == "cross-site" {
		writeProblem(c, crossOrigin)
		c.Abort()
	}
}
