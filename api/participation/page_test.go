package participation_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"
)

// maxPage is what page, style and scripts may weigh compressed (decision 13).
const maxPage = 40 << 10

func TestPageIsLightAndTheSameForEverybody(t *testing.T) {
	server := serve(t, newMemory(t))
	total := 0
	for _, path := range []string{"/r/" + roundID, "/static/css/survey.css", "/static/js/steps.js", "/static/js/ticket.js"} {
		r, first := get(t, server.URL+path)
		_, second := get(t, server.URL+path)
		if r.StatusCode != http.StatusOK || !bytes.Equal(first, second) {
			t.Errorf("%s: status %d, the same twice: %v", path, r.StatusCode, bytes.Equal(first, second))
		}
		if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "require-trusted-types-for 'script'") || len(r.Cookies()) != 0 {
			t.Errorf("%s: headers %v", path, r.Header)
		}
		var compressed bytes.Buffer
		w := gzip.NewWriter(&compressed)
		if _, err := w.Write(first); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		total += compressed.Len()
	}
	if total > maxPage {
		t.Errorf("page, style and scripts are %d bytes compressed, at most %d", total, maxPage)
	}
	t.Logf("page, style and scripts: %d bytes compressed", total)
}

func TestUnknownPagesAndFiles(t *testing.T) {
	server := serve(t, newMemory(t))
	for _, path := range []string{"/r/unknown", "/static/js", "/static/../survey.go", "/static/css/none.css"} {
		if r, _ := get(t, server.URL+path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, r.StatusCode)
		}
	}
}
