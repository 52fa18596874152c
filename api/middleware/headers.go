package middleware

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/survey/fault"
)

// policy lets a page run our own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

// features are what a page may ask of a device, after the W3C's list of features
// controlled by policy that browsers have. Nothing here needs one.
var features = []string{
	"accelerometer", "autoplay", "bluetooth", "camera", "clipboard-read", "clipboard-write", "compute-pressure",
	"cross-origin-isolated", "digital-credentials-get", "display-capture", "encrypted-media", "fullscreen", "gamepad",
	"geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "keyboard-map", "local-fonts",
	"local-network-access", "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture",
	"publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection",
	"storage-access", "sync-xhr", "usb", "web-share", "window-management", "xr-spatial-tracking",
}

// allOff switches every feature off, for the page and for whatever it would embed.
var allOff = strings.Join(features, "=(),") + "=()"

// Headers stand on every answer (threat-model.md 6.3); a handler may allow caching
// of what is the same for everybody.
func Headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", allOff)
	h.Set("Cache-Control", "no-store")
}

// SameOrigin refuses changes that another site asks a browser for.
func SameOrigin() gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	// The forms without script come from old browsers, which send "Origin: null" under
	// our referrer policy. They act on nothing that a browser adds by itself.
	protection.AddInsecureBypassPattern("POST /r/{round}/plain")
	protection.AddInsecureBypassPattern("POST /r/{round}/plain/ballot")
	protection.AddInsecureBypassPattern("POST /d")
	protection.AddInsecureBypassPattern("POST /d/{round}")
	return func(c *gin.Context) {
		if err := protection.Check(c.Request); err != nil {
			respond.Problem(c, fault.Wrap(fault.Refused, "cross-origin-request", err))
		}
	}
}
