package api

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/respond"
	"pulscheck/survey/fault"
)

// plainRefusal is what net/http writes when the head of a request is too long. It
// writes it past every handler, without our headers and not as a problem; a test
// fails if a later Go says it in other words.
const plainRefusal = "HTTP/1.1 431 Request Header Fields Too Large\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n" +
	"431 Request Header Fields Too Large"

// refusing is a listener whose connections say it as every other answer is said.
type refusing struct {
	net.Listener
	refusal []byte
}

// newRefusing puts the refusal of long heads on the connections of a listener.
func newRefusing(l net.Listener) (*refusing, error) {
	e := gin.New()
	e.Use(middleware.Headers)
	e.NoRoute(func(c *gin.Context) {
		respond.Code(c, http.StatusRequestHeaderFieldsTooLarge, fault.New(fault.TooLarge, "headers-too-large"))
	})
	request, err := http.NewRequest(http.MethodGet, "/", nil) //nolint:noctx // it goes nowhere
	if err != nil {
		return nil, fmt.Errorf("refuse long heads: %w", err)
	}
	a := &answer{header: http.Header{}}
	e.ServeHTTP(a, request)
	whole := http.Response{
		StatusCode: a.status, ProtoMajor: 1, ProtoMinor: 1, Header: a.header, Close: true,
		ContentLength: int64(a.body.Len()), Body: io.NopCloser(&a.body),
	}
	var raw bytes.Buffer
	if err := whole.Write(&raw); err != nil {
		return nil, fmt.Errorf("refuse long heads: %w", err)
	}
	return &refusing{l, raw.Bytes()}, nil
}

// Accept implements net.Listener.
func (l *refusing) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return refusingConn{c, l.refusal}, nil
}

type refusingConn struct {
	net.Conn
	refusal []byte
}

// Write implements net.Conn.
func (c refusingConn) Write(p []byte) (int, error) {
	if string(p) != plainRefusal {
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write(c.refusal); err != nil {
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
