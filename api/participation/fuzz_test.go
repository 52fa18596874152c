package participation_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/participation"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
)

// stranger sends whatever the fuzzer thinks of and looks at the answer: never a 5xx,
// and a problem where it is not right.
func stranger(f *testing.F, path, mediaType string, seeds ...string) {
	m := newMemory(f)
	link := m.invite(1, survey.Invitation{Process: "INC"})
	claim, err := ballot.NewClaim(roundID, m.keys.IssuerKey())
	if err != nil {
		f.Fatal(err)
	}
	evaluated, proof, err := m.keys.Evaluate(claim.Blinded)
	if err != nil {
		f.Fatal(err)
	}
	ticket, err := claim.Finish(evaluated, proof)
	if err != nil {
		f.Fatal(err)
	}
	places := strings.NewReplacer("NONCE", e.EncodeToString(ticket.Nonce), "OUTPUT", e.EncodeToString(ticket.Output),
		"HANDLE", e.EncodeToString(link.Handle), "SECRET", e.EncodeToString(link.Secret), "BLINDED", e.EncodeToString(claim.Blinded), "LINK", link.String())
	for _, s := range seeds {
		f.Add(places.Replace(s))
	}
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(middleware.Headers)
	participation.Register(engine, m, time.Now)
	f.Fuzz(func(t *testing.T, body string) {
		request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		request.Header.Set("Content-Type", mediaType)
		answer := httptest.NewRecorder()
		engine.ServeHTTP(answer, request)
		if answer.Code >= http.StatusInternalServerError {
			t.Errorf("%d for %q: %s", answer.Code, body, answer.Body)
		}
		kind := answer.Header().Get("Content-Type")
		if answer.Code >= http.StatusBadRequest && kind != "application/problem+json" && !strings.HasPrefix(kind, "text/html") {
			t.Errorf("%d as %s for %q", answer.Code, kind, body)
		}
	})
}

const api = "/api/v1/rounds/" + roundID

func FuzzBallot(f *testing.F) {
	stranger(f, api+"/ballots", "application/json",
		`{"ticket":{"nonce":"NONCE","output":"OUTPUT"},"attributes":{"process":"INC","role":null,"unit":"it"},"answers":{"A1":4,"A2":"CS"},"text":"gut","text_kind":"idea"}`,
		`{"ticket":{},"answers":[]}`, `[1,2]`, `{"a":1}{}`, `{"ticket":{"nonce":"NONCE","output":"OUTPUT"},"answers":{"A1":1e3}}`, `null`, ``,
		`{"text":"`+strings.Repeat(`\u202e`, 20)+`"}`, strings.Repeat(`{"a":`, 50))
}

func FuzzTicket(f *testing.F) {
	stranger(f, api+"/tickets", "application/json", `{"handle":"HANDLE","secret":"SECRET","blinded":"BLINDED"}`, `{"handle":1}`, `{}`)
}

func FuzzPlain(f *testing.F) {
	stranger(f, "/r/"+roundID+"/plain", "application/x-www-form-urlencoded", "lang=de&link=LINK", "link=%23LINK", "link=%", "a=b&a=c", fmt.Sprint("link=", strings.Repeat("a", 3000)))
}

func FuzzPlainBallot(f *testing.F) {
	stranger(f, "/r/"+roundID+"/plain/ballot", "application/x-www-form-urlencoded",
		"nonce=NONCE&output=OUTPUT&process=INC&a_A1=4&a_A2=CS&text=gut&text_kind=idea", "nonce=NONCE&output=OUTPUT&process=INC&a_A1=99", "a_=", "text=%00")
}
