package questionnaire

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Limits of a questionnaire (threat-model.md section 8); texts in runes.
const (
	MaxItems   = 40
	MaxOptions = 11
	maxText    = 500
	maxTitle   = 200
	maxOption  = 200
	maxName    = 60
	maxShort   = 40
)

var (
	idForm    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	keyForm   = regexp.MustCompile(`^[A-Za-z0-9_]{1,16}$`)
	placeForm = regexp.MustCompile(`\{[^{}]*\}`)
)

// Validate checks the questionnaire against the limits; all findings at once, as
// fields of a fault Invalid "questionnaire-invalid".
func (q *Questionnaire) Validate() error {
	var v validation
	if !idForm.MatchString(q.ID) {
		v.add("/id", "key-invalid")
	}
	v.text("/title", q.Title, maxTitle)
	for _, name := range slices.Sorted(maps.Keys(q.Scales)) {
		at := "/scales/" + name
		if !keyForm.MatchString(name) {
			v.add(at, "key-invalid")
		}
		v.scale(at, q.Scales[name])
	}
	constructs := v.constructs(q.Constructs)
	v.items(q, constructs)
	if q.Comment != nil {
		v.text("/comment", *q.Comment, maxText)
	}
	return v.err()
}

type validation []fault.Field

func (v *validation) add(pointer, code string) {
	*v = append(*v, fault.Field{Pointer: pointer, Code: code})
}

func (v *validation) items(q *Questionnaire, constructs map[string]bool) {
	if len(q.Items) < 1 || len(q.Items) > MaxItems {
		v.add("/items", "too-many-items")
	}
	seen := map[string]bool{}
	for i, item := range q.Items {
		at := fmt.Sprintf("/items/%d", i)
		if !keyForm.MatchString(item.Key) || seen[item.Key] {
			v.add(at+"/key", "key-invalid")
		}
		seen[item.Key] = true
		if _, ok := q.Scales[item.Scale]; !ok {
			v.add(at+"/scale", "scale-unknown")
		}
		if item.Construct != "" && !constructs[item.Construct] {
			v.add(at+"/construct", "construct-unknown")
		}
		switch item.Kind {
		case Core, Rotating, Extra, Stage:
		default:
			v.add(at+"/kind", "kind-unknown")
		}
		v.text(at+"/text", item.Text, maxText)
		v.text(at+"/short", item.Short, maxShort)
	}
}

func (v *validation) constructs(list []Construct) map[string]bool {
	known := map[string]bool{}
	for i, c := range list {
		at := fmt.Sprintf("/constructs/%d", i)
		if !keyForm.MatchString(c.Key) || known[c.Key] {
			v.add(at+"/key", "key-invalid")
		}
		known[c.Key] = true
		v.text(at+"/name", c.Name, maxName)
		v.text(at+"/short", c.Short, maxShort)
	}
	return known
}

// text checks both languages: length, no invisible characters, no place but {process}.
func (v *validation) text(at string, t locale.Text, limit int) {
	for _, part := range []struct{ language, text string }{{"de", t.DE}, {"en", t.EN}} {
		pointer := at + "/" + part.language
		if n := utf8.RuneCountInString(part.text); n < 1 || n > limit {
			v.add(pointer, "text-length")
		}
		if !utf8.ValidString(part.text) {
			v.add(pointer, "invalid-utf8")
		}
		if strings.ContainsFunc(part.text, invisible) {
			v.add(pointer, "control-character")
		}
		for _, place := range placeForm.FindAllString(part.text, -1) {
			if place != "{process}" {
				v.add(pointer, "placeholder-unknown")
			}
		}
	}
}

// invisible runes are control characters, among them line ends, and those that
// change the direction of writing.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func (v *validation) scale(at string, s Scale) {
	if s.Lo >= s.Hi || uint(s.Hi)-uint(s.Lo) >= MaxOptions {
		v.add(at, "too-many-items")
		return
	}
	for _, label := range slices.Sorted(maps.Keys(s.Labels)) {
		v.text(at+"/labels/"+label, s.Labels[label], maxOption)
		value, err := strconv.Atoi(label)
		if label != CannotSay && (err != nil || strconv.Itoa(value) != label || value < s.Lo || value > s.Hi) {
			v.add(at+"/labels/"+label, "label-unknown")
		}
	}
	for value := s.Lo; value <= s.Hi; value++ {
		if _, ok := s.Labels[strconv.Itoa(value)]; !ok {
			v.add(at+"/labels", "label-missing")
		}
	}
}

func (v validation) err() error {
	if len(v) == 0 {
		return nil
	}
	return fault.Wrap(fault.Invalid, "questionnaire-invalid",
		fmt.Errorf("%d findings, the first at %s: %s", len(v), v[0].Pointer, v[0].Code)).With(v...)
}
