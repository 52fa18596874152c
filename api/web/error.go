package web

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/respond"
	"pulscheck/survey/fault"
)

// failure is what the page of an error shows.
type failure struct{ Text, Reference, Href string }

// refuse shows what an error means. Errors that are no faults are told by a number,
// under which the log has their kind, never their text: that may hold a value.
func (v *Visit) refuse(err error) {
	if v.c.Writer.Written() {
		return // half a page is out; the connection ends
	}
	f, status := fault.Of(err), respond.Status(fault.Of(err).Kind)
	if v.redrawn(f) {
		return
	}
	shown := failure{Href: "/"}
	switch status {
	case http.StatusUnauthorized:
		v.c.Redirect(http.StatusSeeOther, "/login")
		return
	case http.StatusInternalServerError:
		shown.Reference = respond.Failed(v.c, err)
		f = fault.New(fault.Internal, "internal")
	case http.StatusServiceUnavailable, http.StatusInsufficientStorage:
		v.c.Header("Retry-After", respond.RetryAfter)
	case http.StatusTooManyRequests:
		middleware.RetryAfter(v.c, time.Minute)
	}
	shown.Text = v.sentence(f.Key, f.Args)
	if f.Key == "forbidden" && v.route.May != "" {
		shown.Text = v.T("web.error.right", "right", v.T("web.right."+string(v.route.May)))
	}
	v.status = status
	title := v.T("web.error.title")
	for _, of := range []string{http.StatusText(status), f.Key} {
		if v.Has("web.error.title-" + of) {
			title = v.T("web.error.title-" + of)
		}
	}
	v.page.Crumbs, v.page.Actions, v.page.Problem, v.page.Wrong, v.page.Lead = nil, nil, "", nil, ""
	if err := v.Show("error", title, shown); err != nil {
		respond.Problem(v.c, err)
	}
	v.c.Abort()
}

// NotFound is the page of an address that leads nowhere.
func (w *Web) NotFound(c *gin.Context) {
	v, err := w.visit(c, Route{Method: c.Request.Method, Open: true})
	if err == nil {
		err = fault.New(fault.NotFound, "not-found")
	}
	v.refuse(err)
}
