package middleware

import (
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/survey/fault"
)

// Log writes route template and status of every request, nothing that came with it:
// no address, header, query or value.
func Log(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Next()
		log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request",
			slog.String("method", method(c.Request.Method)), slog.String("route", route(c)), slog.Int("status", c.Writer.Status()))
	}
}

// Recover turns a panic into "internal". What was panicked with may hold values of a
// request, so only where it happened is logged.
func Recover(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if recover() != nil {
				log.LogAttrs(c.Request.Context(), slog.LevelError, "panic", slog.String("route", route(c)))
				if c.Writer.Written() {
					panic(http.ErrAbortHandler) // cuts the connection: half an answer must not look whole
				}
				respond.Code(c, http.StatusInternalServerError, fault.New(fault.Internal, "internal"))
			}
		}()
		c.Next()
	}
}

// route gives the template; an address that is none may hold anything.
func route(c *gin.Context) string {
	if c.FullPath() == "" {
		return "unknown"
	}
	return c.FullPath()
}

// method gives one of the known methods; others may hold anything.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}
