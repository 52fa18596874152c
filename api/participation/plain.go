package participation

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"pulscheck/api/request"
	"pulscheck/api/respond"
	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// endings are the pages that a refusal leads to, and the script's names for them.
var endings = map[string]string{
	"invitation-invalid": "invalid", "not-found": "invalid", "ticket-already-issued": "used", "ticket-used": "used",
	"ticket-invalid": "invalid", "round-closed": "closed", "round-not-open": "early",
}

// takePlain takes a ticket for somebody without script and gives the whole survey as
// one form with the ticket in it.
func (h *handler) takePlain(c *gin.Context) error {
	form, err := readForm(c, "lang", "link")
	if err != nil {
		return err
	}
	page := view.PlainInput{Language: language(c, form), Round: c.Param("round"), Step: view.PlainForm}
	link, err := personalLink(form.Get("link"))
	if err == nil {
		var invitation survey.Invitation
		page.Ticket, invitation, err = h.service.PlainTicket(c.Request.Context(), round(c), survey.Claim{Handle: link.Handle, Secret: link.Secret})
		page.Payload.Attributes = ballot.Attributes{Process: invitation.Process, Role: invitation.Role, Unit: invitation.Unit}
		if invitation.Locale != "" {
			page.Language = invitation.Locale
		}
	}
	return h.plainPage(c, page, http.StatusOK, err)
}

// castPlain takes the form. What is wrong with it is told on the same form with
// everything still filled in. With another language it is only shown in that one.
func (h *handler) castPlain(c *gin.Context) error {
	form, err := readForm(c, "lang", "nonce", "output", "process", "role", "unit", "text", "text_kind", "switch", answerField)
	if err != nil {
		return err
	}
	page := view.PlainInput{Language: language(c, form), Round: c.Param("round"), Step: view.PlainDone}
	page.Ticket = ballot.Ticket{Nonce: decodeBytes(form.Get("nonce")), Output: decodeBytes(form.Get("output"))}
	page.Payload, err = formPayload(form)
	if l := locale.Language(form.Get("switch")); l == locale.German || l == locale.English {
		page.Language, page.Step = l, view.PlainForm
		return h.plainPage(c, page, http.StatusOK, nil)
	}
	if err == nil {
		_, err = h.service.CastBallot(c.Request.Context(), round(c), survey.Submission{Ticket: page.Ticket, Payload: page.Payload})
	}
	return h.plainPage(c, page, http.StatusOK, err)
}

// plainPage shows a page, or what an error means on it.
func (h *handler) plainPage(c *gin.Context, page view.PlainInput, status int, failed error) error {
	canonical, err := h.service.Manifest(c.Request.Context(), round(c))
	if err == nil {
		page.Manifest, _, err = ballot.ParseManifest(canonical, ballot.Fingerprint(canonical))
	}
	if failed == nil {
		failed = err
	}
	if failed != nil {
		if status, err = h.plainFailure(c, &page, fault.Of(failed)); err != nil {
			return failed
		}
	}
	if page.Manifest != nil {
		for _, p := range page.Manifest.Processes {
			if p.Key == page.Payload.Attributes.Process {
				page.Process = p.Name.In(page.Language)
			}
		}
	}
	if page.Board, err = h.service.Board(c.Request.Context(), round(c)); err != nil {
		page.Board = nil // it is only beside what matters here
	}
	body, err := view.Plain(page)
	if err != nil {
		return err
	}
	c.Data(status, "text/html; charset=utf-8", body)
	return nil
}

// plainFailure turns a page into what a failure means on it: an ending, the form with
// everything still in it, or the request to go back. The error is for what no page
// explains.
func (h *handler) plainFailure(c *gin.Context, page *view.PlainInput, f *fault.Error) (status int, err error) {
	if guarded[f.Key] && h.failures.Add(c.ClientIP()) {
		c.Header("Retry-After", "60")
		f = fault.New(fault.RateLimited, "rate-limited")
	}
	status = respond.Status(f.Kind)
	passes := f.Kind == fault.Unavailable || f.Kind == fault.StorageFull || f.Kind == fault.RateLimited
	if passes && f.Kind != fault.RateLimited {
		c.Header("Retry-After", respond.RetryAfter)
	}
	ending, ends := endings[f.Key]
	page.Reference = strconv.Itoa(status) + " " + f.Key
	switch {
	case f.Kind == fault.Internal:
		page.Step, page.Reference = "failed", respond.Failed(c, f)
	case ends:
		page.Step = ending
	case (passes || f.Kind == fault.Invalid) && page.Manifest != nil && page.Ticket.Nonce != nil:
		page.Step, page.Problem, page.Wrong = view.PlainForm, f.Key, f.Fields
	case passes:
		page.Step = "failed"
	default:
		return 0, f
	}
	return status, nil
}

// answerField begins the names of fields with answers; the key of the item follows.
const answerField = "a_"

// readForm reads a form of at most 16 KiB that may have these fields, each once.
func readForm(c *gin.Context, fields ...string) (url.Values, error) {
	body, err := request.Body(c, "application/x-www-form-urlencoded", maxBody)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, request.Malformed(err)
	}
	for key, values := range form {
		known := slices.Contains(fields, key) || slices.Contains(fields, answerField) && strings.HasPrefix(key, answerField)
		switch {
		case !utf8.ValidString(key) || !utf8.ValidString(strings.Join(values, "")):
			return nil, fault.New(fault.Malformed, "invalid-utf8")
		case !known:
			return nil, fault.New(fault.Malformed, "unknown-field")
		case len(values) > 1:
			return nil, fault.New(fault.Malformed, "duplicate-field")
		}
	}
	return form, nil
}

// personalLink reads a whole link or its part behind "#", with or without the gaps that
// paper tickets print.
func personalLink(text string) (ballot.Link, error) {
	text = strings.Join(strings.Fields(text), "")
	if at := strings.LastIndex(text, "#"); at >= 0 {
		text = text[at+1:]
	}
	link, err := ballot.ParseLink(text)
	if err != nil {
		return ballot.Link{}, fault.Wrap(fault.NotFound, "invitation-invalid", err)
	}
	return link, nil
}

// formPayload reads answers; a question left open is absent.
func formPayload(form url.Values) (ballot.Payload, error) {
	p := ballot.Payload{
		Attributes: ballot.Attributes{Process: form.Get("process"), Role: form.Get("role"), Unit: form.Get("unit")},
		Answers:    map[string]ballot.Answer{}, TextKind: form.Get("text_kind"),
		Text: strings.ReplaceAll(form.Get("text"), "\r\n", "\n"),
	}
	var wrong []fault.Field
	for name := range form {
		key, isAnswer := strings.CutPrefix(name, answerField)
		value := form.Get(name)
		if !isAnswer || value == "" {
			continue
		}
		if value == questionnaire.CannotSay {
			p.Answers[key] = ballot.Answer{CannotSay: true}
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil || strconv.Itoa(n) != value {
			wrong = append(wrong, fault.Field{Pointer: "/answers/" + key, Code: "answer-type"})
			continue
		}
		p.Answers[key] = ballot.Answer{Value: n}
	}
	if len(wrong) > 0 {
		return p, fault.New(fault.Invalid, "answer-type").With(wrong...)
	}
	return p, nil
}

// language is that of the form, else German if the browser prefers it to English.
func language(c *gin.Context, form url.Values) locale.Language {
	switch locale.Language(form.Get("lang")) {
	case locale.German:
		return locale.German
	case locale.English:
		return locale.English
	}
	if strings.HasPrefix(c.GetHeader("Accept-Language"), "en") {
		return locale.English
	}
	return locale.German
}
