package questionnaire

import (
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Limits of a questionnaire (threat-model.md section 8).
const (
	MaxItems   = 40
	MaxOptions = 11
	maxText    = 500
	maxTitle   = 200
	maxOption  = 200
	maxShort   = 40
)

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_]{1,16}$`)

// Validate checks the questionnaire against the limits; all findings at once, as
// fields of a fault Invalid "questionnaire-invalid".
func (q *Questionnaire) Validate() error {
	var v validation
	v.text("/title", q.Title, maxTitle)
	if len(q.Items) < 1 || len(q.Items) > MaxItems {
		v.add("/items", "too-many-items")
	}
	for name, scale := range q.Scales {
		v.scale("/scales/"+name, scale)
	}
	constructs := map[string]bool{"": true}
	for i, c := range q.Constructs {
		at := fmt.Sprintf("/constructs/%d", i)
		if !keyForm.MatchString(c.Key) || constructs[c.Key] {
			v.add(at+"/key", "key-invalid")
		}
		constructs[c.Key] = true
		v.text(at+"/name", c.Name, maxShort)
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
		if !constructs[item.Construct] {
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
	if q.Comment != nil {
		v.text("/comment", *q.Comment, maxText)
	}
	return v.err()
}

type validation []fault.Field

func (v *validation) add(pointer, code string) {
	*v = append(*v, fault.Field{Pointer: pointer, Code: code})
}

func (v *validation) text(at string, t locale.Text, limit int) {
	for _, part := range []struct{ language, text string }{{"de", t.DE}, {"en", t.EN}} {
		if n := utf8.RuneCountInString(part.text); n < 1 || n > limit {
			v.add(at+"/"+part.language, "text-length")
		}
	}
}

func (v *validation) scale(at string, s Scale) {
	if options := s.Hi - s.Lo + 1; options < 2 || options > MaxOptions {
		v.add(at, "too-many-items")
		return
	}
	for value := s.Lo; value <= s.Hi; value++ {
		v.text(at+"/labels/"+strconv.Itoa(value), s.Labels[strconv.Itoa(value)], maxOption)
	}
}

func (v validation) err() error {
	if len(v) == 0 {
		return nil
	}
	return fault.Wrap(fault.Invalid, "questionnaire-invalid",
		fmt.Errorf("%d findings, the first at %s: %s", len(v), v[0].Pointer, v[0].Code)).With(v...)
}
