package locale

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

var place = regexp.MustCompile(`\{[a-z_]+\}`)

func TestBothLanguagesSayTheSame(t *testing.T) {
	c := loadCatalogue()
	german, english := c.messages[German], c.messages[English]
	if diff := cmp.Diff(slices.Sorted(maps.Keys(german)), slices.Sorted(maps.Keys(english))); diff != "" {
		t.Fatalf("keys differ (-de +en):\n%s", diff)
	}
	for key, m := range german {
		other := english[key]
		if (m.One == "") != (other.One == "") {
			t.Errorf("%s: only one language has plural forms", key)
		}
		want := places(m.Other)
		for _, text := range []string{other.Other, m.One, other.One} {
			got := places(text)
			missing := slices.DeleteFunc(slices.Clone(want), func(p string) bool { return slices.Contains(got, p) })
			if text == m.One || text == other.One {
				missing = slices.DeleteFunc(missing, func(p string) bool { return p == "{n}" }) // "one question"
			}
			if text != "" && (len(missing) > 0 || len(got) > len(want)) {
				t.Errorf("%s: places %v in %q, want %v", key, got, text, want)
			}
		}
	}
}

func places(text string) []string {
	found := place.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestTextsAreWellSet(t *testing.T) {
	for l, messages := range loadCatalogue().messages {
		for key, m := range messages {
			for _, text := range forms(m) {
				rest := place.ReplaceAllString(text, "X")
				for bad, why := range map[string]string{
					`"`: "straight quotation mark", "'": "straight apostrophe", "...": "three dots for an ellipsis",
					" - ": "hyphen for a dash", "  ": "two spaces", "{": "place that is not a lower-case word", "}": "place that is not a lower-case word",
				} {
					if strings.Contains(rest, bad) {
						t.Errorf("%s %s: %s in %q", l, key, why, text)
					}
				}
				if l == English && strings.ContainsAny(text, "äöüß„") {
					t.Errorf("%s looks German: %q", key, text)
				}
			}
			if m.Other == "" {
				t.Errorf("%s %s: no text", l, key)
			}
		}
	}
}

func forms(m *i18n.Message) []string {
	if m.One == "" {
		return []string{m.Other}
	}
	return []string{m.One, m.Other}
}

func TestNoKeyStandsTwiceInAFile(t *testing.T) {
	names, err := fs.Glob(catalogueFiles, "catalogue/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("catalogue files: %v, %v", names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(catalogueFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(data))
		if key := doubledKey(t, d); key != "" {
			t.Errorf("%s: key %q stands twice", name, key)
		}
		if _, err := d.Token(); err != io.EOF {
			t.Errorf("%s goes on after its object", name)
		}
	}
}

// doubledKey reads one value and gives the first key that an object holds twice.
func doubledKey(t *testing.T, d *json.Decoder) (doubled string) {
	t.Helper()
	token, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	if token != json.Delim('{') {
		return ""
	}
	seen := map[any]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		if seen[key] && doubled == "" {
			doubled = key.(string)
		}
		seen[key] = true
		if inner := doubledKey(t, d); doubled == "" {
			doubled = inner
		}
	}
	if _, err := d.Token(); err != nil { // the closing brace
		t.Fatal(err)
	}
	return doubled
}

func TestFilesAreNamedByRoomAndLanguage(t *testing.T) {
	for _, name := range []string{"catalogue/de.json", "catalogue/web.fr.json", "catalogue/a.b.de.json"} {
		if _, err := readCatalogue(fstest.MapFS{name: {Data: []byte(`{"a": "b"}`)}}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := readCatalogue(fstest.MapFS{"catalogue/web.de.json": {Data: []byte(`{"a": `)}}); err == nil {
		t.Error("a damaged file was accepted")
	}
}
