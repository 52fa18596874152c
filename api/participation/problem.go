package participation

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// problem is RFC 9457 with our code and the fields that are wrong.
type problem struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Code   string         `json:"code"`
	Errors []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
}

var statuses = map[fault.Kind]int{
	fault.Malformed: http.StatusBadRequest, fault.Refused: http.StatusForbidden,
	fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Gone: http.StatusGone, fault.TooLarge: http.StatusRequestEntityTooLarge,
	fault.Unsupported: http.StatusUnsupportedMediaType, fault.Invalid: http.StatusUnprocessableEntity,
	fault.RateLimited: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
	fault.StorageFull: http.StatusInsufficientStorage,
}

// writeProblem turns an error into an answer. Titles are English, the same bytes for
// everybody; the page has its own texts for the codes.
func writeProblem(c *gin.Context, err error) {
	f := fault.Of(err)
	status, known := statuses[f.Kind]
	if !known {
		status, f = http.StatusInternalServerError, fault.New(fault.Internal, "internal")
	}
	if status == http.StatusServiceUnavailable || status == http.StatusInsufficientStorage {
		c.Header("Retry-After", "5")
	}
	p := problem{Type: "/problems/" + f.Key, Title: locale.New(locale.English).T("error." + f.Key), Status: status, Code: f.Key}
	for _, field := range f.Fields {
		p.Errors = append(p.Errors, problemField{field.Pointer, field.Code})
	}
	c.Header("Content-Type", "application/problem+json")
	c.JSON(status, p)
}
