package participation

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
)

// showInvitation gives what the personal link says about its holder, so that the
// page can prefill it.
func (h *handler) showInvitation(c *gin.Context) error {
	body, err := readObject(c, "handle", "secret")
	if err != nil {
		return err
	}
	i, err := h.service.Invitation(c.Request.Context(), round(c), readClaim(body))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, gin.H{
		"process": orNull(i.Process), "role": orNull(i.Role), "unit": orNull(i.Unit), "locale": orNull(string(i.Locale)),
	})
	return nil
}

// issueTicket signs a blinded element without seeing the ticket in it.
func (h *handler) issueTicket(c *gin.Context) error {
	body, err := readObject(c, "handle", "secret", "blinded")
	if err != nil {
		return err
	}
	t, err := h.service.IssueTicket(c.Request.Context(), round(c), readClaim(body), body.bytes("blinded"))
	if err != nil {
		return err
	}
	e := base64.RawURLEncoding
	c.JSON(http.StatusOK, gin.H{"evaluated": e.EncodeToString(t.Evaluated), "proof": e.EncodeToString(t.Proof)})
	return nil
}

// listTicketHashes lets everybody look for their own ticket after counting, one
// hash in hexadecimal a line.
func (h *handler) listTicketHashes(c *gin.Context) error {
	hashes, err := h.service.TicketHashes(c.Request.Context(), round(c))
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, hash := range hashes {
		text.WriteString(hex.EncodeToString(hash) + "\n")
	}
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte(text.String()))
	return nil
}

func readClaim(body object) survey.Claim {
	return survey.Claim{Handle: body.bytes("handle"), Secret: body.bytes("secret")}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
