package api

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/respond"
	"pulscheck/survey/fault"
)

// What net/http answers to requests that it does not understand, it writes past every
// handler: in one piece, without our headers and not as a problem. Every such answer
// is a status line, these headers and a line of text; a test fails if a later Go says
// it in another form. An expectation other than 100-continue it refuses with headers
// alone.
const (
	plainStart   = "HTTP/1.1 "
	plainHeaders = "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
	expectation  = "HTTP/1.1 417 Expectation Failed\r\n"
)

// refusals are what those answers are called here. None repeats what was sent.
var refusals = map[int]*fault.Error{
	http.StatusBadRequest:                  fault.New(fault.Malformed, "malformed-request"),
	http.StatusExpectationFailed:           fault.New(fault.Malformed, "expectation-failed"),
	http.StatusRequestHeaderFieldsTooLarge: fault.New(fault.TooLarge, "headers-too-large"),
	http.StatusNotImplemented:              fault.New(fault.Unsupported, "transfer-coding-unknown"),
	http.StatusHTTPVersionNotSupported:     fault.New(fault.Unsupported, "http-version-unknown"),
}

// refusing is a listener whose connections say it as every other answer is said.
type refusing struct {
	net.Listener
	raw map[int][]byte // whole answers by status
}

// newRefusing puts our own refusals on the connections of a listener.
func newRefusing(l net.Listener) (*refusing, error) {
	r := &refusing{l, map[int][]byte{}}
	for status, f := range refusals {
		raw, err := rawAnswer(status, f)
		if err != nil {
			return nil, fmt.Errorf("refuse with %d: %w", status, err)
		}
		r.raw[status] = raw
	}
	return r, nil
}

// rawAnswer gives the bytes of a problem as they go over a connection that ends then.
func rawAnswer(status int, f *fault.Error) ([]byte, error) {
	e := gin.New()
	e.Use(middleware.Headers)
	e.NoRoute(func(c *gin.Context) { respond.Code(c, status, f) })
	request, err := http.NewRequest(http.MethodGet, "/", nil) //nolint:noctx // it goes nowhere
	if err != nil {
		return nil, err
	}
	a := &answer{header: http.Header{}}
	e.ServeHTTP(a, request)
	whole := http.Response{
		StatusCode: a.status, ProtoMajor: 1, ProtoMinor: 1, Header: a.header, Close: true,
		ContentLength: int64(a.body.Len()), Body: io.NopCloser(&a.body),
	}
	var raw bytes.Buffer
	err = whole.Write(&raw)
	return raw.Bytes(), err
}

// instead gives what to say in place of p, nil if p is no refusal of net/http.
func (l *refusing) instead(p []byte) []byte {
	if bytes.HasPrefix(p, []byte(expectation)) {
		return l.raw[http.StatusExpectationFailed]
	}
	line, text, found := bytes.Cut(p, []byte(plainHeaders))
	if !found || !bytes.HasPrefix(line, []byte(plainStart)) || bytes.ContainsAny(line, "\r\n") || bytes.ContainsAny(text, "\r\n") {
		return nil
	}
	status, _, _ := bytes.Cut(line[len(plainStart):], []byte(" "))
	code, err := strconv.Atoi(string(status))
	if err != nil {
		return nil
	}
	if raw, known := l.raw[code]; known {
		return raw
	}
	return l.raw[http.StatusBadRequest]
}

// Accept implements net.Listener.
func (l *refusing) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return refusingConn{c, l}, nil
}

type refusingConn struct {
	net.Conn
	from *refusing
}

// Write implements net.Conn.
func (c refusingConn) Write(p []byte) (int, error) {
	raw := c.from.instead(p)
	if raw == nil {
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write(raw); err != nil {
		return 0, err
	}
	return len(p), nil
}

// CloseWrite lets net/http end its side first, so that the client can read a refusal
// while it is still sending.
func (c refusingConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// answer keeps what a handler writes.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
