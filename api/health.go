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

// showReady says whether requests can be served, and if not, by code, why.
func (s *Server) showReady(ready func(context.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), readyTimeout)
		defer cancel()
		reason := ""
		if s.stopping.Load() {
			reason = "stopping"
		} else if err := ready(ctx); err != nil {
			reason = fault.Of(err).Key
		}
		if reason != "" {
			c.JSON(http.StatusServiceUnavailable, gin.H{"status": "unavailable", "reason": reason})
			return
		}
		c.JSON(http.StatusOK, gin.H{"status": "ready"})
	}
}
