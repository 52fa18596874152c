package participation

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// showDoor gives the page on which a code is typed; the script puts in one that stands
// behind "#". It is the same for everybody, and loading it changes nothing.
func (h *handler) showDoor(c *gin.Context) error {
	page, err := view.DoorRead()
	if err != nil {
		return err
	}
	give(c, http.StatusOK, page)
	return nil
}

// showAsk gives the page on which a question is written, the same for everybody.
func (h *handler) showAsk(c *gin.Context) error {
	manifest, err := h.manifest(c)
	if err != nil {
		return h.doorPage(c, view.DoorInput{}, err)
	}
	page, err := view.DoorAsk(manifest)
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, pageType, page)
	return nil
}

const pageType = "text/html; charset=utf-8"

func (h *handler) manifest(c *gin.Context) (*ballot.Manifest, error) {
	canonical, err := h.service.Manifest(c.Request.Context(), round(c))
	if err != nil {
		return nil, err
	}
	m, _, err := ballot.ParseManifest(canonical, ballot.Fingerprint(canonical))
	return m, err
}

// askDoor takes a question in two steps: without a code it gives one to be noted down
// first, with it the question is stored. So whoever sends it twice has asked once.
func (h *handler) askDoor(c *gin.Context) error {
	form, err := readForm(c, "lang", "text", "code")
	if err != nil {
		return err
	}
	in := view.DoorInput{Language: language(c, form), Step: view.DoorKeep, Round: c.Param("round")}
	if in.Manifest, err = h.manifest(c); err != nil {
		return h.doorPage(c, in, err)
	}
	in.Text = strings.ReplaceAll(form.Get("text"), "\r\n", "\n")
	checked, err := survey.CheckQuestion(in.Text)
	if err != nil {
		return h.doorPage(c, in, err)
	}
	in.Text = checked
	var code survey.DoorCode
	if form.Get("code") == "" {
		code, err = h.service.DrawDoorCode()
		in.Code = code.String()
		return h.doorPage(c, in, err)
	}
	if code, err = survey.ParseDoorCode(form.Get("code")); err != nil {
		return h.doorPage(c, in, err)
	}
	in.Step, in.Code = view.DoorSent, code.String()
	if h.questions.Add(c.ClientIP()) {
		err = fault.New(fault.RateLimited, "rate-limited")
	} else {
		err = h.service.Ask(c.Request.Context(), round(c), code, in.Text)
	}
	return h.doorPage(c, in, err)
}

// readDoor gives question and answer to whoever holds the code.
func (h *handler) readDoor(c *gin.Context) error {
	form, err := readForm(c, "lang", "code")
	if err != nil {
		return err
	}
	in := view.DoorInput{Language: language(c, form), Step: view.DoorAnswer}
	code, err := survey.ParseDoorCode(form.Get("code"))
	if err == nil {
		in.Question, err = h.service.ReadDoor(c.Request.Context(), code)
	}
	if fault.Is(err, "code-invalid") && h.failures.Add(c.ClientIP()) {
		err = fault.New(fault.RateLimited, "rate-limited")
	}
	return h.doorPage(c, in, err)
}

// doorPage shows a page, or what an error means on it.
func (h *handler) doorPage(c *gin.Context, in view.DoorInput, failed error) error {
	status := http.StatusOK
	if failed != nil {
		f := fault.Of(failed)
		if status = respond.Status(f.Kind); status == http.StatusInternalServerError {
			return failed
		}
		in.Problem = f.Key
		switch f.Kind {
		case fault.RateLimited:
			c.Header("Retry-After", "60")
		case fault.Unavailable, fault.StorageFull:
			c.Header("Retry-After", respond.RetryAfter)
		}
	}
	body, err := view.Door(in)
	if err != nil {
		return err
	}
	c.Data(status, pageType, body)
	return nil
}
