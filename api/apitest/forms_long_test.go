package apitest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestFormsOfManyTextsMayBeLong: findings, sheets and offers that are as long as each of
// their texts may be are read; of any other form nothing is that long.
func TestFormsOfManyTextsMayBeLong(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Lead)
	csrf, text := csrfOf(d), strings.Repeat("ä", 500) // three thousand bytes
	long := url.Values{"csrf": {csrf}, "seen": {"99"}}
	for n := range 40 {
		long.Set("reason-"+string(rune('A'+n)), text)
	}
	for path, want := range map[string]bool{
		"/reports/" + w.own["report"] + "/findings":             true,
		"/assessments/" + w.own["assessment"] + "/sheet":        true,
		"/organisations/" + w.own["organisation"] + "/coaching": true,
		"/goals/" + w.own["goal"]:                               false,
		"/comments/" + w.own["comment"]:                         false,
	} {
		if got := d.post(path, long).status != http.StatusRequestEntityTooLarge; got != want {
			t.Errorf("%s is read: %v, want %v", path, got, want)
		}
	}
}
