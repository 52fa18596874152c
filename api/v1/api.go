package v1

import (
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/respond"
	"pulscheck/api/session"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// Prefix of every route.
const Prefix = "/api/v1"

// Options of an API.
type Options struct {
	Service *survey.Service
	Replies survey.Replies
	Secret  []byte // signs cursors; the same in all replicas
	Now     func() time.Time
	Release string               // version of the program, may be empty
	Limits  *middleware.Accounts // nil = own ones
}

// API holds the handlers of the management API.
type API struct {
	service *survey.Service
	replies survey.Replies
	secret  []byte
	now     func() time.Time
	release string
	limits  *middleware.Accounts
	guesses *middleware.Limiter // of an address, without a valid token
}

// guessesPerMinute without a valid token (threat-model.md 6.4).
const guessesPerMinute = 60

// New makes the handlers.
func New(o Options) *API {
	if o.Limits == nil {
		o.Limits = middleware.NewAccounts(o.Now)
	}
	return &API{
		service: o.Service, replies: o.Replies, secret: o.Secret, now: o.Now, release: o.Release, limits: o.Limits,
		guesses: middleware.NewLimiter(guessesPerMinute, time.Minute, o.Now),
	}
}

// Register adds routes to an engine, below Prefix in the group, and gives their
// description as openapi.yaml, which is served too.
func (a *API) Register(e *gin.Engine, g *gin.RouterGroup, routes []Route) ([]byte, error) {
	h := huma.NewAPI(config(), &adapter{Adapter: humagin.NewWithGroup(e, g, huma.Config{}).Adapter(), group: g})
	for _, r := range routes {
		r.register(a, h, r)
	}
	shareProblems(h.OpenAPI())
	a.registerSession(h, g)
	nullObjects(h.OpenAPI())
	text, err := h.OpenAPI().YAML()
	if err != nil {
		return nil, err
	}
	for _, method := range respond.Reading {
		g.Handle(method, "/openapi.yaml", func(c *gin.Context) { c.Data(http.StatusOK, "application/yaml", text) })
	}
	return text, nil
}

// shareProblems describes each problem once instead of with every operation.
func shareProblems(o *huma.OpenAPI) {
	o.Components.Responses = map[string]*huma.Response{}
	for _, path := range o.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Post, path.Patch, path.Put, path.Delete} {
			if op == nil {
				continue
			}
			for status, response := range op.Responses {
				if status >= "400" {
					o.Components.Responses["Problem"+status] = response
					op.Responses[status] = &huma.Response{Ref: "#/components/responses/Problem" + status}
				}
			}
		}
	}
}

// config describes the API as a whole.
func config() huma.Config {
	c := huma.DefaultConfig("pulscheck", "1")
	c.CreateHooks, c.OpenAPIPath, c.DocsPath, c.SchemasPath = nil, "", "", ""
	c.RejectUnknownQueryParameters = true
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", name)
	c.Info.Description = description
	c.Info.Contact = &huma.Contact{Name: "The operator of the installation"}
	c.Info.License = &huma.License{Name: "See LICENSE"}
	c.Servers = []*huma.Server{{URL: Prefix}}
	c.Tags = tags
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"cookie": {Type: "apiKey", In: "cookie", Name: session.CookieName, Description: "the session of a log-in"},
		"token":  {Type: "http", Scheme: "bearer", Description: "a token of `pulscheck admin token` or of POST /tokens"},
	}
	return c
}

const description = `Programmes, iterations, rounds and their released results.

Times are RFC 3339 in UTC, binary values base64url without padding, ids opaque text.
Errors are application/problem+json (RFC 9457); ` + "`code`" + ` names what is wrong.
A parameter that there is none of is 400 unknown-field, one with a wrong value 422 parameter-invalid, of pages 422 pagination-invalid; an id that nothing has is 404.
What is changed has a version: send the ETag that you have seen as If-Match.
A POST with an Idempotency-Key that is sent again within 24 hours changes nothing and gives the first answer.
Lists come in pages: send next_cursor as cursor until it is null.
Nobody can ask who answered, or what a person answered: there is no route for it.`

// name names the schemas: those of problems by what they are.
func name(t reflect.Type, hint string) string {
	switch t {
	case reflect.TypeFor[respond.Error]():
		return "Problem"
	case reflect.TypeFor[respond.Field]():
		return "ProblemField"
	}
	return huma.DefaultSchemaNamer(t, hint)
}

// What huma finds wrong by itself is told like everything else, and without the value.
func init() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		f := fault.New(fault.Malformed, "unknown-field")
		for _, err := range errs {
			if detail, ok := err.(huma.ErrorDetailer); ok {
				f = parameterFault(detail.ErrorDetail())
			}
		}
		if status >= http.StatusInternalServerError {
			f = fault.New(fault.Internal, "internal")
		}
		return respond.Describe(f, respond.Status(f.Kind))
	}
}

// unknownParameter is what huma says of a parameter that nobody asked for.
const unknownParameter = "unknown query parameter"

// parameterFault gives what is wrong with a parameter: "unknown-field" (Malformed) for one
// that there is none of, "not-found" for what names nothing in the path, and of those that
// there are "pagination-invalid" or "parameter-invalid" (Invalid).
func parameterFault(d *huma.ErrorDetail) *fault.Error {
	where, name, _ := strings.Cut(d.Location, ".")
	switch {
	case d.Message == unknownParameter:
		return fault.New(fault.Malformed, "unknown-field")
	case where == "path":
		return fault.New(fault.NotFound, "not-found")
	case where == "query" && (name == "limit" || name == "cursor"):
		return fault.New(fault.Invalid, "pagination-invalid")
	}
	return fault.New(fault.Invalid, "parameter-invalid").With(fault.Field{Pointer: "/" + name, Code: "parameter-invalid"})
}

// adapter answers HEAD like GET, and lets a path end in a parameter with a suffix
// after it, which gin does not know: /reports/{report}.pdf.
type adapter struct {
	huma.Adapter
	group    *gin.RouterGroup
	suffixed map[string]func(huma.Context) // by path without the suffix
}

const pdfSuffix = ".pdf"

// Handle implements huma.Adapter.
func (a *adapter) Handle(op *huma.Operation, handle func(huma.Context)) {
	if path, found := strings.CutSuffix(op.Path, pdfSuffix); found && strings.HasSuffix(path, "}") {
		if a.suffixed == nil {
			a.suffixed = map[string]func(huma.Context){}
		}
		a.suffixed[path] = func(c huma.Context) {
			handle(humagin.NewContext(op, humagin.Unwrap(c)))
		}
		return
	}
	path := strings.NewReplacer("{", ":", "}", "").Replace(op.Path)
	run := func(c *gin.Context) {
		last := len(c.Params) - 1
		if other := a.suffixed[op.Path]; other != nil && strings.HasSuffix(c.Params[last].Value, pdfSuffix) {
			c.Params[last].Value = strings.TrimSuffix(c.Params[last].Value, pdfSuffix)
			other(humagin.NewContext(op, c))
			return
		}
		handle(humagin.NewContext(op, c))
	}
	a.group.Handle(op.Method, path, run)
	if op.Method == http.MethodGet {
		a.group.Handle(http.MethodHead, path, run)
	}
}
