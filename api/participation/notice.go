package participation

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// showPrivacy gives the privacy notice of a round, the same for everybody in each of its
// two languages.
func (h *handler) showPrivacy(c *gin.Context) error {
	p, err := h.service.Privacy(c.Request.Context(), round(c))
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return err
	}
	status := http.StatusOK
	if err != nil {
		status = http.StatusNotFound
	}
	body, err := view.Privacy(asked(c), c.Param("round"), p)
	if err != nil {
		return err
	}
	c.Data(status, pageType, body)
	return nil
}

// asked is the language in the address, German without one.
func asked(c *gin.Context) locale.Language {
	if c.Query("lang") == string(locale.English) {
		return locale.English
	}
	return locale.German
}

// showNotice gives the public page of a programme, the same for everybody in each of
// its two languages.
func (h *handler) showNotice(c *gin.Context) error {
	status := http.StatusOK
	n, err := h.service.Notice(c.Request.Context(), survey.ProgrammeID(c.Param("programme")))
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return err
	}
	if err != nil {
		status = http.StatusNotFound
	}
	body, err := view.Notice(asked(c), c.Param("programme"), n)
	if err != nil {
		return err
	}
	c.Data(status, pageType, body)
	return nil
}
