package participation

import (
	"encoding/base64"
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/ballot"
)

// showManifest gives the stored bytes, the same for everybody.
func (h *handler) showManifest(c *gin.Context) error {
	canonical, err := h.service.Manifest(c.Request.Context(), round(c))
	if err != nil {
		return err
	}
	tag := `"` + base64.RawURLEncoding.EncodeToString(ballot.Fingerprint(canonical)) + `"`
	c.Header("ETag", tag)
	c.Header("Cache-Control", "public, max-age=3600")
	if c.GetHeader("If-None-Match") == tag {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Data(http.StatusOK, "application/json", canonical)
	return nil
}
