package middleware

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// TestMetricsNameNoRound: labels hold route templates, whatever was asked.
func TestMetricsNameNoRound(t *testing.T) {
	m := NewMetrics(time.Now, func() Load { return Load{Waiting: 7, Rows: 30, Commits: 10} })
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(m.Count)
	engine.GET("/r/:round", func(c *gin.Context) { c.Status(http.StatusOK) })
	server := httptest.NewServer(engine)
	defer server.Close()
	for _, path := range []string{"/r/secretround", "/secretpath"} {
		answer, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	own := httptest.NewServer(m.Handler())
	defer own.Close()
	answer, err := http.Get(own.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`pulscheck_request_seconds_count{method="GET",route="/r/:round",status="200"} 1`, "pulscheck_commit_waiting 7",
		"pulscheck_commit_rows_total 30", `route="unknown"`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if strings.Contains(string(text), "secret") {
		t.Error("metrics tell what was asked")
	}
}
