package view

import (
	"bytes"
	"testing"

	"pulscheck/survey/locale"
)

// TestPagesAreParsed: a template that does not parse would fail every page.
func TestPagesAreParsed(t *testing.T) {
	all, err := pageTemplates()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 5 {
		t.Errorf("%d pages", len(all))
	}
	p := NewPage(locale.New(locale.German))
	p.Data = struct{ Text, Reference, Href string }{"<b>", "R1", "/"}
	var out bytes.Buffer
	if err := Render(&out, "error", p); err != nil || !bytes.Contains(out.Bytes(), []byte("&lt;b&gt;")) {
		t.Errorf("%v\n%s", err, out.String())
	}
}
