package api

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
)

// readyTimeout is the longest /readyz waits for an answer.
const readyTimeout = 2 * time.Second

// showHealth says that the process lives.
func showHealth(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "ok"}) }

// showReady says whether requests can be served, and if not, by code, why; and with
// which weak settings of the database the operator lets it run.
func (s *Server) showReady(o Options) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), readyTimeout)
		defer cancel()
		reason := ""
		if s.stopping.Load() {
			reason = "stopping"
		} else if err := o.Ready(ctx); err != nil {
			reason = fault.Of(err).Key
		}
		if reason != "" {
			c.JSON(http.StatusServiceUnavailable, gin.H{"status": "unavailable", "reason": reason})
			return
		}
		state := gin.H{"status": "ready"}
		if o.Weak != nil {
			if weak := o.Weak(); len(weak) > 0 {
				state["weak_durability"] = weak
			}
		}
		c.JSON(http.StatusOK, state)
	}
}
