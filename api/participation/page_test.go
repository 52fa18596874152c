package participation_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestPageIsTheSameForEverybody: same bytes, no cookie, the content policy, and the
// compressed form is the plain one.
func TestPageIsTheSameForEverybody(t *testing.T) {
	server := serve(t, newMemory(t))
	for _, path := range []string{
		"/r/" + roundID, "/static/css/survey.css", "/static/js/fallback.js", "/static/js/steps.js", "/static/js/ticket.js", "/static/icon/pulscheck.svg",
	} {
		r, first := getAs(t, server.URL+path, "identity")
		small, second := getAs(t, server.URL+path, "gzip, br")
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Encoding") != "" || small.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: status %d, encodings %q and %q", path, r.StatusCode, r.Header.Get("Content-Encoding"), small.Header.Get("Content-Encoding"))
			continue
		}
		unpacked, err := gzip.NewReader(bytes.NewReader(second))
		if err != nil {
			t.Fatal(err)
		}
		if whole, err := io.ReadAll(unpacked); err != nil || !bytes.Equal(whole, first) {
			t.Errorf("%s: unpacked it is not the same (%v)", path, err)
		}
		if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "require-trusted-types-for 'script'") || len(r.Cookies()) != 0 {
			t.Errorf("%s: headers %v", path, r.Header)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: no Vary, a cache would mix both forms", path)
		}
	}
}

// getAs asks for an encoding and leaves it as it comes.
func getAs(t *testing.T, url, encoding string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", encoding)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

func TestUnknownPagesAndFiles(t *testing.T) {
	server := serve(t, newMemory(t))
	for _, path := range []string{"/r/unknown", "/static/js", "/static/../survey.go", "/static/css/none.css"} {
		if r, _ := get(t, server.URL+path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, r.StatusCode)
		}
	}
}
