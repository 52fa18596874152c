package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/request"
	"pulscheck/api/session"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// The most bytes of a form (threat-model.md section 8). A sheet, the findings of a report
// or a list of offers of the lengths that they may have is longer, as a letter like ä takes
// six bytes in a form.
const (
	maxForm = 64 << 10
	maxLong = 512 << 10
	maxFile = 2<<20 + maxForm
)

// most is the most bytes of a form without a file.
func (r Route) most() int64 {
	if r.Long {
		return maxLong
	}
	return maxForm
}

// Handle makes a handler of a route: it finds who asks, refuses who may not, reads and
// checks forms, and turns errors into pages.
func (w *Web) Handle(r Route) gin.HandlerFunc {
	w.remember(r)
	return func(c *gin.Context) {
		v, err := w.visit(c, r)
		if err == nil {
			err = v.admit()
		}
		if err == nil && v.moved == "" && r.Method == http.MethodPost {
			err = v.readForm()
		}
		switch {
		case err != nil || v.moved != "":
		case v.sent.Get("once") != "" && v.User != nil:
			err = v.once()
		default:
			err = r.handle(c)
		}
		if err == nil && v.moved != "" {
			session.KeepDeed(c, v.deed())
			c.Redirect(http.StatusSeeOther, v.moved)
			return
		}
		if err != nil {
			v.refuse(err)
		}
	}
}

// admit lets somebody in who may, and sends others to where they sign in.
func (v *Visit) admit() error {
	signedIn := v.Session != nil && v.Session.Stage == account.Full
	switch {
	case v.route.Open:
		return nil
	case !signedIn:
		return v.signIn()
	case v.web.limits.Requests.Add(v.User.Actor().ID):
		return fault.New(fault.RateLimited, "rate-limited")
	}
	for i, p := range v.c.Params {
		v.c.Params[i].Value = request.ID(p.Value)
	}
	if v.route.May != "" {
		if err := v.Actor.May(v.route.May); err != nil {
			return err
		}
	}
	if v.route.Danger && !v.Session.Fresh(v.web.now()) {
		return v.Goto("/confirm" + v.onwards(""))
	}
	return nil
}

// onwards is the query that leads back here after a log-in: to the page, or to the one
// that a form stands on.
func (v *Visit) onwards(page string) string {
	to := v.c.Request.URL.RequestURI()
	if v.route.Method == http.MethodPost {
		to = page
	}
	if to == "/" || to == "" {
		return ""
	}
	return "?next=" + url.QueryEscape(to)
}

// onward reads where to go after a log-in: only a path of ours.
func onward(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// readForm reads what was sent and refuses what does not come from a form of this
// session.
func (v *Visit) readForm() (err error) {
	if v.route.File != "" {
		v.sent, v.File, err = request.Upload(v.c, v.route.File, maxFile)
	} else {
		v.sent, err = request.Form(v.c, v.route.most())
	}
	if err != nil {
		return err
	}
	if v.Session != nil && !session.RightCSRF(v.secret, v.sent.Get("csrf")) {
		return fault.New(fault.Refused, "csrf")
	}
	return v.checkFile()
}

// newOnce draws the token of a form.
func newOnce() string {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// once carries a form out once: who sends it again is led to where the first one led.
// A form that was refused may be sent again.
func (v *Visit) once() error {
	key := request.ID(v.sent.Get("once"))
	digest := sha256.Sum256([]byte(v.c.Request.URL.Path))
	reply := survey.Reply{Actor: v.Actor.ID, Key: "form-" + key, Claim: survey.NewID(), Claimed: v.web.now(), Digest: digest[:]}
	there, err := v.web.replies.ClaimReply(v.Context(), reply)
	if err != nil {
		return err
	}
	if there != nil {
		if there.Sealed == nil {
			return fault.New(fault.Conflict, "form-in-progress")
		}
		return v.Goto(string(there.Sealed))
	}
	err = v.route.handle(v.c)
	ctx := context.WithoutCancel(v.Context()) // it has happened, whoever still waits
	if err != nil || v.moved == "" {
		if forgot := v.web.replies.ForgetReply(ctx, reply); err == nil {
			err = forgot
		}
		return err
	}
	reply.Sealed = []byte(v.moved)
	return v.web.replies.FinishReply(ctx, reply)
}
