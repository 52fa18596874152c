package v1

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/request"
	"pulscheck/api/respond"
	"pulscheck/api/session"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Route is one line of the table of routes.
type Route struct {
	Method, Path string
	May          account.Permission // who may: asked by the use case, told in the description
	What         string             // what it does, a sentence
	register     func(*API, huma.API, Route)
}

// Handle puts a handler on a route. I holds what comes in, O what goes out, in the
// forms of huma.
func Handle[I, O any](method, path string, may account.Permission, f func(context.Context, account.Actor, *I) (*O, error), what string) Route {
	return Route{method, path, may, what, func(a *API, h huma.API, r Route) { add(a, h, r, f) }}
}

// The most bytes of a body (threat-model.md section 8).
const (
	maxBody   = 64 << 10
	maxImport = 2 << 20
)

// add describes and registers an operation.
func add[I, O any](a *API, h huma.API, r Route, f func(context.Context, account.Actor, *I) (*O, error)) {
	in := reflect.TypeFor[I]()
	body, hasBody := in.FieldByName("Body")
	file, isFile := in.FieldByName("RawBody")
	_, versioned := in.FieldByName("IfMatch")
	op := huma.Operation{
		OperationID: operationID(r), Method: r.Method, Path: r.Path, Summary: r.What, Description: r.What + ". " + roles(r.May),
		Tags: []string{tag(r.Path)}, Security: []map[string][]string{{"token": {}}, {"cookie": {}}}, SkipValidateBody: true, MaxBodyBytes: maxImport + 1,
		Errors: []int{http.StatusBadRequest, http.StatusRequestURITooLong, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusGone, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
	_, created := reflect.TypeFor[O]().FieldByName("Location")
	_, ordered := reflect.TypeFor[O]().FieldByName("Status")
	switch {
	case created:
		op.DefaultStatus = http.StatusCreated
	case ordered:
		op.DefaultStatus = http.StatusAccepted
	case r.Method == http.MethodDelete:
		op.DefaultStatus = http.StatusNoContent
	}
	op.Middlewares = append(op.Middlewares, a.authenticate)
	if dangerous(r) {
		op.Middlewares = append(op.Middlewares, a.needProof)
	}
	if versioned {
		op.Errors = append(op.Errors, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
		op.Middlewares = append(op.Middlewares, needVersion)
	}
	if r.Method != http.MethodGet {
		want, optional := reflect.TypeFor[struct{}](), true
		if hasBody || isFile {
			op.Errors = append(op.Errors, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
		}
		if hasBody {
			want, optional = body.Type, body.Type.Kind() == reflect.Pointer
		}
		check := checkBody(want, optional)
		if isFile {
			check = checkFile(file.Tag.Get("contentType"))
		}
		op.Middlewares = append(op.Middlewares, check)
	}
	if r.Method == http.MethodPost {
		op.Parameters = append(op.Parameters, idempotencyKey)
		op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
		op.Middlewares = append(op.Middlewares, a.once)
	}
	huma.Register(h, op, func(ctx context.Context, in *I) (*O, error) {
		call := ctx.Value(callKey{}).(*call) // authenticate put it there
		out, err := f(ctx, call.actor, in)
		if err != nil {
			respond.Problem(call.gin, err)
			return nil, nil // it is answered
		}
		return out, nil
	})
}

// operationID names an operation by method and path.
func operationID(r Route) string {
	words := strings.FieldsFunc(r.Path, func(c rune) bool { return strings.ContainsRune("/{}.", c) })
	return strings.ToLower(r.Method) + "-" + strings.Join(words, "-")
}

// tag sorts operations by the last word of the path that names a resource.
func tag(path string) string {
	found := ""
	for _, word := range strings.FieldsFunc(path, func(c rune) bool { return c == '/' || c == '.' }) {
		if slices.ContainsFunc(tags, func(t *huma.Tag) bool { return t.Name == word }) {
			found = word
		}
	}
	return found
}

// roles tells who may.
func roles(p account.Permission) string {
	var who []string
	for _, r := range account.Roles() {
		if (account.Actor{Role: r}).May(p) == nil {
			who = append(who, string(r))
		}
	}
	return fmt.Sprintf("Permission %s: %s.", p, strings.Join(who, ", "))
}

// call is what the chain knows of a request.
type call struct {
	gin        *gin.Context
	actor      account.Actor
	credential string
}

type callKey struct{}

// take counts something of which a name may do only so much within a while.
func take(ctx context.Context, l *middleware.Limiter, name string) error {
	return l.Take(ctx.Value(callKey{}).(*call).gin, name)
}

// importing counts a file for the organisation of an iteration, if the actor reaches it.
func (a *API) importing(ctx context.Context, actor account.Actor, id survey.IterationID) error {
	i, err := a.service.ShowIteration(ctx, actor, id)
	if err != nil {
		return err
	}
	p, err := a.service.ShowProgramme(ctx, actor, i.Programme)
	if err != nil {
		return err
	}
	return take(ctx, a.limits.Imports, string(p.Organisation))
}

// authenticate lets nobody in without a valid token, and nobody ask too much. Ids that
// none of ours look like are replaced by one that does not exist.
func (a *API) authenticate(h huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(h)
	actor, credential, err := session.Actor(c, a.service)
	if err != nil && fault.Of(err).Kind == fault.Unauthenticated && a.guesses.Add(c.ClientIP()) || err == nil && a.limits.Requests.Add(actor.ID) {
		c.Header("Retry-After", "60")
		err = fault.New(fault.RateLimited, "rate-limited")
	}
	if err != nil {
		refuse(c, err, "/login")
		return
	}
	for i, p := range c.Params {
		c.Params[i].Value = wellFormed(p.Value)
	}
	next(huma.WithValue(h, callKey{}, &call{c, actor, credential}))
}

// wellFormed gives an id as it is, or one that nothing has.
func wellFormed(id string) string { return request.ID(id) }

// dangerous says what wants a fresh proof of who is at the browser (threat-model.md 6.2).
// Programs have a token, and nobody sits there.
func dangerous(r Route) bool {
	changes := r.Method != http.MethodGet
	return changes && (r.May == account.ManageAccess || r.May == account.Appoint || r.May == account.HoldKey || strings.HasSuffix(r.Path, "/consent")) || strings.HasSuffix(r.Path, "/export") || strings.HasSuffix(r.Path, "/export.html")
}

// needProof refuses a session that was not confirmed a short while ago: fault Refused
// "confirm-needed". Who follows the link of a page is led to where that is proved.
func (a *API) needProof(h huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(h)
	if secret := session.Secret(c); secret != "" && c.GetHeader("Authorization") == "" {
		found, _, err := a.service.FindSession(c.Request.Context(), secret)
		if err == nil && !found.Fresh(a.now()) {
			err = fault.New(fault.Refused, "confirm-needed")
		}
		if fault.Is(err, "confirm-needed") && c.Request.Method == http.MethodGet && strings.Contains(c.GetHeader("Accept"), "text/html") {
			c.Redirect(http.StatusSeeOther, "/confirm?next="+url.QueryEscape(c.Request.URL.RequestURI())) // a link of a page leads here
			c.Abort()
			return
		}
		if err != nil {
			refuse(c, err, "/confirm")
			return
		}
	}
	next(h)
}

// refuse answers a program with a problem. Somebody who followed a link of a page to a
// file is led to where it can be mended instead, and from there on to the file.
func refuse(c *gin.Context, err error, mend string) {
	key, mode := fault.Of(err).Key, c.GetHeader("Sec-Fetch-Mode")
	follows := c.Request.Method == http.MethodGet && strings.Contains(c.GetHeader("Accept"), "text/html") && (mode == "" || mode == "navigate")
	if follows && c.GetHeader("Authorization") == "" && (key == "unauthenticated" || key == "confirm-needed") {
		c.Redirect(http.StatusSeeOther, mend+"?next="+url.QueryEscape(c.Request.URL.RequestURI()))
		c.Abort()
		return
	}
	respond.Problem(c, err)
}

// needVersion asks for If-Match.
func needVersion(h huma.Context, next func(huma.Context)) {
	if h.Header("If-Match") == "" {
		respond.Code(humagin.Unwrap(h), http.StatusPreconditionRequired, fault.New(fault.Stale, "precondition-required"))
		return
	}
	next(h)
}

// seen reads the version in If-Match; one that is no ETag of ours was never seen.
func seen(ifMatch string) int {
	text, quoted := strings.CutPrefix(ifMatch, `"`)
	text, ended := strings.CutSuffix(text, `"`)
	n, err := strconv.Atoi(text)
	if !quoted || !ended || err != nil || n < 0 {
		return -1
	}
	return n
}

// etag is seen the other way round.
func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// checkBody looks at a body before anything is made of it.
func checkBody(want reflect.Type, optional bool) func(huma.Context, func(huma.Context)) {
	return func(h huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(h)
		text, err := readBody(c, optional)
		if err == nil && len(text) > 0 {
			err = request.Check(text, want)
		}
		if err != nil {
			respond.Problem(c, err)
			return
		}
		c.Request.Body = io.NopCloser(bytes.NewReader(text))
		next(h)
	}
}

// readBody reads the body; one that may be missing needs no media type then.
func readBody(c *gin.Context, optional bool) ([]byte, error) {
	if optional && c.GetHeader("Content-Type") == "" {
		c.Request.Header.Set("Content-Type", request.JSON)
	}
	text, err := request.Body(c, request.JSON, maxBody)
	if err == nil && len(text) == 0 && !optional {
		err = request.Malformed(errors.New("no body"))
	}
	return text, err
}

// files are what may be sent as one, by media type: how many bytes it may have, what is
// told of more, and in which charsets but UTF-8 it may be.
var files = map[string]struct {
	most     int64
	code     string
	charsets []string
}{
	request.CSV: {maxImport, "import-too-large", []string{"windows-1252"}},
	request.PNG: {survey.MaxLogoBytes, "logo-too-large", nil},
}

// checkFile looks at a file of a media type before it is read.
func checkFile(media string) func(huma.Context, func(huma.Context)) {
	kind := files[media]
	return func(h huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(h)
		text, err := request.Body(c, media, kind.most, kind.charsets...)
		if fault.Is(err, "body-too-large") {
			err = fault.New(fault.TooLarge, kind.code)
		}
		if err != nil {
			respond.Problem(c, err)
			return
		}
		c.Request.Body = io.NopCloser(bytes.NewReader(text))
		next(h)
	}
}
