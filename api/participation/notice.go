package participation

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// showNotice gives the public page of a programme, the same for everybody in each of
// its two languages.
func (h *handler) showNotice(c *gin.Context) error {
	l := locale.German
	if c.Query("lang") == string(locale.English) {
		l = locale.English
	}
	status := http.StatusOK
	n, err := h.service.Notice(c.Request.Context(), survey.ProgrammeID(c.Param("programme")))
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return err
	}
	if err != nil {
		status = http.StatusNotFound
	}
	body, err := view.Notice(l, c.Param("programme"), n)
	if err != nil {
		return err
	}
	c.Data(status, pageType, body)
	return nil
}
