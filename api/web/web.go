package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/session"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Options of a Web.
type Options struct {
	Service *survey.Service
	Replies survey.Replies // of forms that are sent twice
	OIDC    *session.OIDC  // nil = people sign in here alone
	Source  *source.Source // of documents
	Now     func() time.Time
	Base    string               // scheme and host of the survey, for printed addresses
	Limits  *middleware.Accounts // nil = own ones
}

// Web holds the handlers of the pages.
type Web struct {
	service *survey.Service
	replies survey.Replies
	oidc    *session.OIDC
	source  *source.Source
	now     func() time.Time
	base    string
	limits  *middleware.Accounts
	guesses *middleware.Limiter // of links to reports, by address
	pages   map[string]Route    // by path
}

// guessesPerMinute is how often an address block may try a link to a report that is none
// (threat-model.md 6.4).
const guessesPerMinute = 60

// New makes the handlers.
func New(o Options) *Web {
	if o.Limits == nil {
		o.Limits = middleware.NewAccounts(o.Now)
	}
	return &Web{
		pages:   map[string]Route{},
		service: o.Service, replies: o.Replies, oidc: o.OIDC, source: o.Source, now: o.Now, base: o.Base, limits: o.Limits,
		guesses: middleware.NewLimiter(guessesPerMinute, time.Minute, o.Now),
	}
}

// Route is one line of the table of pages.
type Route struct {
	Method, Path string
	May          account.Permission // "" = whoever is signed in, or everybody if it is open
	Open         bool               // nobody has to be signed in
	Danger       bool               // the user has to have proved a short while ago who it is
	File         string             // field of a file that is sent
	code         string             // what is told of another file
	picture      bool               // the file is one; all others are text
	Long         bool               // a form of many texts
	Page         string             // where a form stands; what is sent too late is kept for it
	Resumes      bool               // a page that what was kept is filled in on
	handle       func(*gin.Context) error
}

// Get is a page for those who have a right.
func Get(path string, may account.Permission, f func(*gin.Context) error) Route {
	return Route{Method: "GET", Path: path, May: may, handle: f}
}

// Post is a form for those who have a right.
func Post(path string, may account.Permission, f func(*gin.Context) error) Route {
	return Route{Method: "POST", Path: path, May: may, handle: f}
}

// Upload is a form with a file.
func Upload(path string, may account.Permission, field string, f func(*gin.Context) error) Route {
	return Route{Method: "POST", Path: path, May: may, File: field, handle: f}
}

// Kept is a form whose fields outlive the session: what comes after its end stands again on
// page, once its writer is signed in. page is a path as in the table; "?name" at its end adds
// that field to the address.
func Kept(r Route, page string) Route { r.Page = page; return r }

// Long is a form that may hold many texts.
func Long(r Route) Route { r.Long = true; return r }

// Resume marks the pages of forms that are kept.
func Resume(all []Route) []Route {
	pages := map[string]bool{}
	for _, r := range all {
		path, _, _ := strings.Cut(r.Page, "?")
		pages[path] = r.Page != ""
	}
	for i := range all {
		all[i].Resumes = all[i].Method == http.MethodGet && pages[all[i].Path]
	}
	return all
}

// Open lets everybody in, also who is not signed in.
func Open(r Route) Route { r.Open = true; return r }

// Fresh asks for a proof of who is there, unless there was one a short while ago.
func Fresh(r Route) Route { r.Danger = true; return r }
