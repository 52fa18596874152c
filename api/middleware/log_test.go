package middleware_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
)

// TestRecover: a panic before the answer is a problem, one in the midst of it cuts the
// connection, and neither tells the log what it was about.
func TestRecover(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	e := gin.New()
	e.Use(middleware.Log(log), middleware.Recover(log))
	e.GET("/before/:id", func(*gin.Context) { panic("hunter2") })
	e.GET("/amid/:id", func(c *gin.Context) {
		c.Header("Content-Length", "100")
		c.Writer.WriteString("half") //nolint:errcheck // the panic is what is tested
		c.Writer.Flush()
		panic("hunter2")
	})
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)

	answer, err := http.Get(server.URL + "/before/secret")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 500 || !strings.Contains(string(body), `"code":"internal"`) {
		t.Errorf("before: %d %s %v", answer.StatusCode, body, err)
	}
	answer, err = http.Get(server.URL + "/amid/secret")
	if err != nil {
		t.Fatal(err)
	}
	if body, err = io.ReadAll(answer.Body); err == nil || string(body) != "half" {
		t.Errorf("amid: %q %v, want half an answer and an error", body, err)
	}
	server.Close() // the last line is written after its answer
	for _, told := range []string{"hunter2", "secret", "127.0.0.1"} {
		if strings.Contains(out.String(), told) {
			t.Errorf("the log tells %q:\n%s", told, out.String())
		}
	}
	if got := strings.Count(out.String(), "msg=panic"); got != 2 {
		t.Errorf("%d panics in the log, want 2:\n%s", got, out.String())
	}
}
