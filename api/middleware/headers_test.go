package middleware

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// TestHeaders holds threat-model.md 6.3: what stands on every answer, and that no
// feature of a device is left to a page.
func TestHeaders(t *testing.T) {
	gin.SetMode(gin.TestMode)
	e := gin.New()
	e.Use(Headers)
	answer := httptest.NewRecorder()
	e.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	for name, want := range map[string]string{
		"Strict-Transport-Security": "max-age=63072000; includeSubDomains", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
	} {
		if got := answer.Header().Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for _, rule := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"} {
		if !strings.Contains(answer.Header().Get("Content-Security-Policy"), rule) {
			t.Errorf("content policy without %s", rule)
		}
	}
	off := map[string]bool{}
	for _, rule := range strings.Split(answer.Header().Get("Permissions-Policy"), ",") {
		name, isOff := strings.CutSuffix(rule, "=()")
		if !isOff || off[name] {
			t.Errorf("Permissions-Policy: %q is on or stands twice", rule)
		}
		off[name] = true
	}
	for _, name := range []string{
		"accelerometer", "camera", "clipboard-read", "display-capture", "fullscreen", "geolocation", "gyroscope", "idle-detection",
		"local-fonts", "microphone", "payment", "publickey-credentials-get", "screen-wake-lock", "storage-access", "usb",
	} {
		if !off[name] {
			t.Errorf("Permissions-Policy: %s is not off", name)
		}
	}
}
