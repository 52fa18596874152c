package v1

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// idempotencyKey describes the header of every POST.
var idempotencyKey = &huma.Param{
	Name: "Idempotency-Key", In: "header", Description: "Sent again within 24 hours, the request changes nothing and gives the first answer",
	Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[A-Za-z0-9_-]{1,64}$"},
}

// answer is what is kept of a reply.
type answer struct {
	Status  int         `json:"status"`
	Headers http.Header `json:"headers"`
	Body    []byte      `json:"body"`
}

// kept are the headers of an answer that belong to it.
var kept = []string{"Content-Type", "ETag", "Location"}

// once carries out a request with an Idempotency-Key once. Only what succeeded is kept;
// whoever got something wrong may mend it under the same key. A request that was cut
// off by a crash is in progress until its day is over: nobody knows what it did.
func (a *API) once(h huma.Context, next func(huma.Context)) {
	key, given := h.Header("Idempotency-Key"), h.Context().Value(callKey{}).(*call)
	c := given.gin
	if len(c.Request.Header.Values("Idempotency-Key")) == 0 {
		next(h)
		return
	}
	if key == "" || wellFormed(key) != key {
		respond.Problem(c, fault.New(fault.Invalid, "idempotency-key-invalid"))
		return
	}
	s, err := newSeal(given.credential, key)
	if err != nil {
		respond.Problem(c, err)
		return
	}
	reply := survey.Reply{Actor: given.actor.ID, Key: key, Claim: survey.NewID(), Claimed: a.now()}
	if reply.Digest, err = s.digest(c); err != nil {
		respond.Problem(c, err)
		return
	}
	there, err := a.replies.ClaimReply(c.Request.Context(), reply)
	switch {
	case err != nil:
		respond.Problem(c, err)
	case there != nil:
		s.repeat(c, there, reply.Digest)
	default:
		if err := a.finish(c, reply, s, func() { next(h) }); err != nil {
			respond.Problem(c, err)
		}
	}
}

// finish carries out a request and keeps its answer before it is given.
func (a *API) finish(c *gin.Context, reply survey.Reply, s *seal, run func()) error {
	held := &holding{ResponseWriter: c.Writer, status: http.StatusOK}
	held.hold(c, run)
	ctx := context.WithoutCancel(c.Request.Context()) // it has happened, whoever still waits
	if held.status >= http.StatusMultipleChoices {
		if err := a.replies.ForgetReply(ctx, reply); err != nil {
			return err
		}
	} else {
		sealed, err := s.close(held)
		if err != nil {
			return err
		}
		reply.Sealed = sealed
		if err := a.replies.FinishReply(ctx, reply); err != nil {
			return err
		}
	}
	c.Writer.WriteHeader(held.status)
	_, err := c.Writer.Write(held.body.Bytes())
	return err
}

// holding is an answer that is not given yet.
type holding struct {
	gin.ResponseWriter
	status int
	body   bytes.Buffer
}

// hold runs something that answers. A panic is answered past it.
func (w *holding) hold(c *gin.Context, run func()) {
	c.Writer = w
	defer func() { c.Writer = w.ResponseWriter }()
	run()
}

// WriteHeader implements http.ResponseWriter: what comes after the body is too late.
func (w *holding) WriteHeader(status int) {
	if !w.Written() {
		w.status = status
	}
}

func (w *holding) WriteHeaderNow()                      {}
func (w *holding) Status() int                          { return w.status }
func (w *holding) Written() bool                        { return w.body.Len() > 0 }
func (w *holding) Write(p []byte) (int, error)          { return w.body.Write(p) }
func (w *holding) WriteString(text string) (int, error) { return w.body.WriteString(text) }

// seal keeps answers unreadable for whoever holds the database but not the credential
// that asked: an answer may hold a new token or an address.
type seal struct {
	mac  []byte
	aead cipher.AEAD
}

func newSeal(credential, key string) (*seal, error) {
	derive := func(purpose string) []byte {
		h := hmac.New(sha256.New, []byte(credential))
		h.Write([]byte("pulscheck/reply/v1\x00" + purpose + "\x00" + key)) // never fails
		return h.Sum(nil)
	}
	block, err := aes.NewCipher(derive("seal"))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &seal{derive("digest"), aead}, err
}

// digest names a request: another one with the same key is no repetition.
func (s *seal) digest(c *gin.Context) ([]byte, error) {
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, err
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	h := hmac.New(sha256.New, s.mac)
	h.Write([]byte(c.Request.Method + " " + c.Request.URL.RequestURI() + "\x00" + c.GetHeader("If-Match") + "\x00"))
	h.Write(body)
	return h.Sum(nil), nil
}

func (s *seal) close(w *holding) ([]byte, error) {
	a := answer{Status: w.status, Headers: http.Header{}, Body: w.body.Bytes()}
	for _, name := range kept {
		if value := w.Header().Get(name); value != "" {
			a.Headers.Set(name, value)
		}
	}
	text, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	return s.aead.Seal(nil, nil, text, nil), nil //nolint:gosec // it draws a nonce of its own
}

// repeat gives an answer that was given before.
func (s *seal) repeat(c *gin.Context, r *survey.Reply, digest []byte) {
	var a answer
	switch {
	case !hmac.Equal(r.Digest, digest):
		respond.Problem(c, fault.New(fault.Invalid, "idempotency-key-reused"))
		return
	case r.Sealed == nil:
		respond.Problem(c, fault.New(fault.Conflict, "idempotency-in-progress"))
		return
	}
	text, err := s.aead.Open(nil, nil, r.Sealed, nil)
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	if err != nil {
		respond.Problem(c, errors.Join(errors.New("open reply"), err))
		return
	}
	for name := range a.Headers {
		c.Header(name, a.Headers.Get(name))
	}
	c.Status(a.Status)
	if _, err := c.Writer.Write(a.Body); err != nil {
		c.Abort()
	}
}
