package participation

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// board is what the survey's page shows beside the questions.
type board struct {
	Programme string  `json:"programme"`
	Ends      string  `json:"ends"` // day of the answer to what this round says
	Offers    []offer `json:"offers"`
	Pairs     []pair  `json:"pairs"`
	Audited   bool    `json:"audited"`
}

type offer struct {
	Process string      `json:"process"` // empty = all
	Role    string      `json:"role"`
	Who     string      `json:"who"`
	When    locale.Text `json:"when"`
	Where   locale.Text `json:"where"`
}

type pair struct {
	Said   locale.Text `json:"said"`
	Did    locale.Text `json:"did"`
	Status string      `json:"status"`
	Day    string      `json:"day"` // YYYY-MM-DD or empty
}

// showBoard gives the same bytes to everybody; the page picks what concerns its reader,
// so that nobody hears for which process somebody reads.
func (h *handler) showBoard(c *gin.Context) error {
	b, err := h.service.Board(c.Request.Context(), round(c))
	if err != nil {
		return err
	}
	body, err := encodeBoard(b)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
	c.Header("ETag", tag)
	c.Header("Cache-Control", "public, max-age=300")
	if c.GetHeader("If-None-Match") == tag {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Data(http.StatusOK, "application/json", body)
	return nil
}

func encodeBoard(b *survey.Board) ([]byte, error) {
	out := board{Programme: string(b.Programme), Ends: b.Ends, Audited: b.Audited, Offers: []offer{}, Pairs: []pair{}}
	for _, o := range b.Offers {
		out.Offers = append(out.Offers, offer(o))
	}
	for _, p := range b.Pairs {
		out.Pairs = append(out.Pairs, pair{p.Said, p.Did, string(p.Status), p.Day})
	}
	return json.Marshal(out)
}
