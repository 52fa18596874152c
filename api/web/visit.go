package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/session"
	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Visit is one request for a page: who asks, in which language, and the page that is
// being made.
type Visit struct {
	*locale.Printer
	Actor   account.Actor
	User    *account.User    // nil: nobody is signed in
	Session *account.Session // nil likewise
	File    []byte           // what came with an upload
	web     *Web
	c       *gin.Context
	secret  string
	route   Route
	sent    url.Values // fields of a form
	page    *view.Page
	place   *place // where the page stands; nil = nowhere
	again   bool   // the page is shown again because of what was sent
	stale   bool   // and because somebody else was faster
	moved   string
	silent  bool // what the form did needs no saying
	status  int
	resumed bool              // it was asked for what was kept of the page
	kept    *survey.FormInput // what was sent from it when the session was over
}

const visitKey = "pulscheck/visit"

// visitOf gives the visit of a request.
func visitOf(c *gin.Context) *Visit { return c.MustGet(visitKey).(*Visit) }

// visit begins one: it finds the session of a request. A database that is away is told;
// a session that is over is none.
func (w *Web) visit(c *gin.Context, r Route) (*Visit, error) {
	v := &Visit{web: w, c: c, route: r, secret: session.Secret(c), status: http.StatusOK}
	c.Set(visitKey, v)
	err := v.find()
	v.Printer = locale.New(v.language())
	v.page = view.NewPage(v.Printer)
	v.page.Bare, v.page.Back = v.User == nil || v.Session.Stage != account.Full, c.Request.URL.RequestURI()
	if v.Session != nil {
		v.page.CSRF = session.CSRF(v.secret)
	}
	if !v.page.Bare {
		v.page.User = &view.Person{Name: v.User.Name, Role: v.T("web.role." + string(v.User.Role))}
	}
	return v, err
}

func (v *Visit) find() error {
	found, user, err := v.web.service.FindSession(v.Context(), v.secret)
	switch {
	case fault.Of(err).Kind == fault.Unauthenticated:
		return nil
	case err != nil:
		return err
	}
	v.Session, v.User = found, user
	if found.Stage == account.Full {
		v.Actor = user.Actor()
	}
	return nil
}

// language is that of the user, else the one that was chosen here, else the browser's.
func (v *Visit) language() locale.Language {
	if v.User != nil {
		return v.User.Language
	}
	if kept := session.Language(v.c); kept != "" {
		return locale.Language(kept)
	}
	for _, one := range strings.Split(v.c.GetHeader("Accept-Language"), ",") {
		switch code, _, _ := strings.Cut(strings.TrimSpace(one), "-"); code {
		case "de", "en":
			return locale.Language(code)
		}
	}
	return locale.German
}

// Context is that of the request.
func (v *Visit) Context() context.Context { return v.c.Request.Context() }

// Text gives a field of the form as it was sent.
func (v *Visit) Text(name string) string { return v.sent.Get(name) }

// Texts gives all values of a field.
func (v *Visit) Texts(name string) []string { return v.sent[name] }

// Checked reports whether a value of a field was chosen.
func (v *Visit) Checked(name, value string) bool { return slices.Contains(v.sent[name], value) }

// May reports whether the user has a right, for what a page offers. Use cases ask
// again.
func (v *Visit) May(p account.Permission) bool { return v.Actor.May(p) == nil }

// Lead is the sentence below the heading.
func (v *Visit) Lead(text string) { v.page.Lead = text }

// Action adds a link at the right of the heading; the first one is the main one.
func (v *Visit) Action(text, href string) {
	v.page.Actions = append(v.page.Actions, view.Link{Text: text, Href: href})
}

// Crumb adds a step of the way from the outside to the page.
func (v *Visit) Crumb(text, href string) {
	v.page.Crumbs = append(v.page.Crumbs, view.Link{Text: text, Href: href})
}

// Show gives a page: name is that of its template below templates/page, without ".html".
func (v *Visit) Show(name, title string, data any) error {
	v.page.Title, v.page.Data = title, data
	if !v.page.Bare && v.status == http.StatusOK {
		v.page.Done = cmp.Or(v.page.Done, v.done())
	}
	if !v.page.Bare && len(v.page.Nav) == 0 {
		v.settle()
	}
	v.c.Status(v.status)
	v.c.Header("Content-Type", "text/html; charset=utf-8")
	v.c.Header("Vary", "Cookie, Accept-Language")
	return view.Render(v.c.Writer, name, v.page)
}

// Form makes a form. values are what its fields hold; what was sent takes their place
// when the page is shown again. If somebody else has changed it meanwhile, what is
// stored now stands beside what was sent; "seen" is the version that the form knew.
func (v *Visit) Form(texts, action string, values url.Values) *view.Form {
	f := view.NewForm(v.page, texts, action, newOnce(), values)
	if v.again && v.stale {
		f.Stored = values
		v.sent.Set("seen", values.Get("seen")) // sent again, it is meant
	}
	if v.again {
		f.Values = v.sent
	} else if kept := v.resume(action); kept != nil {
		f.Values = kept
	}
	return f
}

// Hidden gives the fields of a button that changes something.
func (v *Visit) Hidden(more ...string) []view.Hidden {
	fields := []view.Hidden{{Name: "csrf", Value: v.page.CSRF}, {Name: "once", Value: newOnce()}}
	for i := 0; i+1 < len(more); i += 2 {
		fields = append(fields, view.Hidden{Name: more[i], Value: more[i+1]})
	}
	return fields
}

// done says what the form did that led here, once.
func (v *Visit) done() string {
	if v.c.Request.Method != http.MethodGet {
		return ""
	}
	if deed := session.Deed(v.c); deed == "saved" || deed == "removed" || deed == "done" {
		return v.T("web.frame." + deed)
	}
	return ""
}

// Arrange sorts and pages a table as the address asks, or the form that it answers.
func (v *Visit) Arrange(t *view.Table) *view.Table {
	if t.Again != nil {
		query, err := url.ParseQuery(v.Text("arrange"))
		if err != nil {
			query = nil
		}
		t.Arrange(v.page, "", query)
		return t
	}
	t.Arrange(v.page, v.c.Request.URL.Path, v.c.Request.URL.Query())
	return t
}

// Goto ends a change: the browser asks for another page, and may ask for it again.
func (v *Visit) Goto(path string) error {
	v.moved = path
	return nil
}

// shown are the kinds of faults that a form is shown again for.
var shown = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Conflict: http.StatusConflict, fault.Stale: http.StatusConflict,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Unauthenticated: http.StatusUnauthorized, fault.RateLimited: http.StatusTooManyRequests,
}

// Again shows the page of a form again with what is wrong; other errors are told as
// such.
func (v *Visit) Again(err error, page func(*gin.Context) error) error {
	f := fault.Of(err)
	status, known := shown[f.Kind]
	if !known {
		return err
	}
	if f.Kind == fault.RateLimited {
		middleware.RetryAfter(v.c, 0)
	}
	v.again, v.stale, v.status = v.sent != nil, f.Kind == fault.Stale, status
	v.page.Problem = v.sentence(f.Key, f.Args)
	if v.stale {
		v.page.Problem = v.T("web.frame.stale")
	}
	for _, one := range f.Fields {
		field, _, _ := strings.Cut(strings.TrimPrefix(one.Pointer, "/"), "/")
		v.page.Wrong = append(v.page.Wrong, view.Wrong{Field: field, Text: v.wrongWords(one, f.Args)})
	}
	return page(v.c)
}

// wrongWords says what is wrong with a field, with further values of the texts.
func (v *Visit) wrongWords(one fault.Field, args map[string]any) string {
	all := map[string]any{"n": one.Over, "most": one.Most}
	maps.Copy(all, args)
	return v.sentence(cmp.Or(one.Said, one.Code), all)
}

// sentence says what is wrong.
func (v *Visit) sentence(key string, args map[string]any) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return v.T("error."+key, pairs...)
}

// Confirm asks before something that cannot be undone. facts say what follows; values
// are sent along to action.
func (v *Visit) Confirm(title, action, button, cancel string, values url.Values, facts ...string) error {
	return v.Show("confirm", title, view.Confirm{
		Form: v.Form("web.confirm", action, values), Facts: facts, Cancel: cancel, Button: button,
	})
}

// Progress shows how far long work is, as a page, or to its script as JSON.
func (v *Visit) Progress(title string, p view.Progress) error {
	if strings.Contains(v.c.GetHeader("Accept"), "application/json") {
		v.c.JSON(http.StatusOK, gin.H{"text": p.Text, "done": p.Done, "total": p.Total, "state": p.State, "mark": p.Mark})
		return nil
	}
	if p.Hidden == nil {
		p.Hidden = v.Hidden()
	}
	return v.Show("progress", title, p)
}
