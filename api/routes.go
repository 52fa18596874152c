package api

import (
	"github.com/gin-gonic/gin"

	"pulscheck/api/participation"
	"pulscheck/api/respond"
)

// routes is the table of everything that can be asked. What stands above the
// limits is answered however much there is to do.
func (s *Server) routes(o Options) {
	s.engine.Match(respond.Reading, "/healthz", showHealth)
	s.limitWork(o.Metrics)
	s.engine.Match(respond.Reading, "/readyz", s.showReady(o))
	for name, path := range o.Files {
		s.engine.Match(respond.Reading, "/"+name, respond.Handle(showFile(name, path)))
	}
	participation.Register(s.engine, o.Participation, o.Now)
}

// showFile hands out one file as a download.
func showFile(name, path string) func(*gin.Context) error {
	return func(c *gin.Context) error {
		c.Header("Content-Security-Policy", "sandbox")
		c.FileAttachment(path, name)
		return nil
	}
}
