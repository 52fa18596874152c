package participation

import (
	"encoding/json"
	"net/http"
	"sort"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// castBallot takes one answer. It knows a ticket and answers, never an invitation.
func (h *handler) castBallot(c *gin.Context) error {
	body, err := readObject(c, "ticket", "attributes", "answers", "text", "text_kind")
	if err != nil {
		return err
	}
	s, err := readSubmission(body)
	if err != nil {
		return err
	}
	created, err := h.service.CastBallot(c.Request.Context(), round(c), s)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
	}
	c.JSON(status, gin.H{})
	return nil
}

func readSubmission(body object) (s survey.Submission, err error) {
	ticket, err := body.object("ticket", "nonce", "output")
	if err != nil {
		return s, err
	}
	s.Ticket = ballot.Ticket{Nonce: ticket.bytes("nonce"), Output: ticket.bytes("output")}
	attributes, err := body.object("attributes", "process", "role", "unit")
	if err != nil {
		return s, err
	}
	for _, f := range []struct {
		from object
		key  string
		into *string
	}{
		{attributes, "process", &s.Payload.Attributes.Process},
		{attributes, "role", &s.Payload.Attributes.Role},
		{attributes, "unit", &s.Payload.Attributes.Unit},
		{body, "text", &s.Payload.Text},
		{body, "text_kind", &s.Payload.TextKind},
	} {
		if *f.into, err = f.from.text(f.key); err != nil {
			return s, err
		}
	}
	s.Payload.Answers, err = readAnswers(body)
	return s, err
}

// readAnswers leaves null out: it means the same as an absent key.
func readAnswers(body object) (map[string]ballot.Answer, error) {
	raw, err := body.object("answers")
	if err != nil {
		return nil, err
	}
	answers := make(map[string]ballot.Answer, len(raw))
	var fields []fault.Field
	for key, value := range raw {
		if raw.absent(key) {
			continue
		}
		var a ballot.Answer
		if json.Unmarshal(value, &a) != nil {
			fields = append(fields, fault.Field{Pointer: "/answers/" + key, Code: "answer-type"})
			continue
		}
		answers[key] = a
	}
	if len(fields) > 0 {
		sort.Slice(fields, func(i, j int) bool { return fields[i].Pointer < fields[j].Pointer })
		return nil, fault.New(fault.Invalid, "answer-type").With(fields...)
	}
	return answers, nil
}
