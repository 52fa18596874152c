package middleware

import (
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
)

// Accounts are the limits of those who sign in (threat-model.md 6.4). Pages and API count
// together.
type Accounts struct {
	Requests  *Limiter // of an account or a token
	Logins    *Limiter // that failed, of an address
	Forgotten *Limiter // passwords, of an address
	PDFs      *Limiter // drawn, handed out or ordered, of an account or a token
	Imports   *Limiter // files that are looked at or taken over, of an organisation
	Pictures  *Limiter // that are read, of an organisation
}

const (
	requestsPerMinute = 600
	loginsPerQuarter  = 50
	pdfsPerMinute     = 10
	importsPerHour    = 6
	picturesPerHour   = 30
	quarter           = 15 * time.Minute
)

// NewAccounts makes the limits.
func NewAccounts(now func() time.Time) *Accounts {
	return &Accounts{
		Requests: NewLimiter(requestsPerMinute, time.Minute, now), Logins: NewLimiter(loginsPerQuarter, quarter, now),
		Forgotten: NewLimiter(loginsPerQuarter, quarter, now),
		PDFs:      NewLimiter(pdfsPerMinute, time.Minute, now), Imports: NewLimiter(importsPerHour, time.Hour, now),
		Pictures: NewLimiter(picturesPerHour, time.Hour, now),
	}
}

// Take counts one for a name. One too many is fault RateLimited "rate-limited", and told
// when to come again. Only what somebody may do is counted: ask that first.
func (l *Limiter) Take(c *gin.Context, name string) error {
	if !l.Add(name) {
		return nil
	}
	_, left := l.Full(name)
	RetryAfter(c, left)
	return fault.New(fault.RateLimited, "rate-limited")
}

// RetryAfter tells when to come again, unless that is told already; a quarter of an hour
// is how long log-ins of an account or address wait.
func RetryAfter(c *gin.Context, within time.Duration) {
	if within <= 0 {
		within = quarter
	}
	if c.Writer.Header().Get("Retry-After") == "" {
		c.Header("Retry-After", strconv.Itoa(int((within+time.Second-1)/time.Second)))
	}
}
