package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// Names of the cookies. The prefix keeps other hosts and plain HTTP from setting them
// (RFC 6265bis 4.1.3.2).
const (
	CookieName   = "__Host-session"
	languageName = "__Host-language"
	deedName     = "__Host-deed"
)

// Secret gives the secret of the session that a request carries, "" for none.
func Secret(c *gin.Context) string {
	secret, err := c.Cookie(CookieName)
	if err != nil {
		return ""
	}
	return secret
}

// Keep lets the browser keep the secret of a session until it is closed; the session
// itself ends sooner.
func Keep(c *gin.Context, secret string) { set(c, CookieName, secret, 0) }

// Drop takes the secret from the browser.
func Drop(c *gin.Context) { set(c, CookieName, "", -1) }

// KeepLanguage lets the browser keep the language of pages for whoever is not signed in.
func KeepLanguage(c *gin.Context, language string) { set(c, languageName, language, 365*24*60*60) }

// Language gives the language that was kept, "" for none.
func Language(c *gin.Context) string {
	language, err := c.Cookie(languageName)
	if err != nil {
		return ""
	}
	return language
}

// KeepDeed lets the next page say once what a form did; "" is nothing.
func KeepDeed(c *gin.Context, deed string) {
	if deed != "" {
		set(c, deedName, deed, 60)
	}
}

// Deed gives what KeepDeed kept, and forgets it.
func Deed(c *gin.Context) string {
	deed, err := c.Cookie(deedName)
	if err != nil {
		return ""
	}
	set(c, deedName, "", -1)
	return deed
}

func set(c *gin.Context, name, value string, age int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// CSRF gives the text that forms of a session carry. It follows from the secret, which
// no other site knows.
func CSRF(secret string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte("pulscheck/csrf/v1")) // never fails
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// RightCSRF compares in constant time.
func RightCSRF(secret, text string) bool { return hmac.Equal([]byte(CSRF(secret)), []byte(text)) }

const flowName = "__Host-oidc"

// KeepFlow lets the browser keep the state of a log-in at a provider, where it goes on
// from there, and whether a fresh proof was asked for.
func KeepFlow(c *gin.Context, state, next string, fresh bool) {
	kept := state + "~" + base64.RawURLEncoding.EncodeToString([]byte(next))
	if fresh {
		kept += "~" + freshFlow
	}
	set(c, flowName, kept, int(flowLife.Seconds()))
}

const freshFlow = "fresh"

// Flow gives what KeepFlow kept, and forgets it.
func Flow(c *gin.Context) (state, next string, fresh bool) {
	kept, err := c.Cookie(flowName)
	if err != nil {
		return "", "", false
	}
	set(c, flowName, "", -1)
	state, text, _ := strings.Cut(kept, "~")
	text, mark, _ := strings.Cut(text, "~")
	to, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return "", "", false
	}
	return state, string(to), mark == freshFlow
}
