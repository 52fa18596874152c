package questionnaire

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/yamlfile"
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
	idForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	keyForm = regexp.MustCompile(`^[A-Za-z0-9_]{1,16}$`)
)

// Validate checks the questionnaire against the limits; all findings at once, as
// fields of a fault Invalid "questionnaire-invalid".
func (q *Questionnaire) Validate() error {
	var v validation
	if !idForm.MatchString(q.ID) {
		v.Add("/id", "key-invalid")
	}
	v.text("/title", q.Title, maxTitle)
	for _, name := range slices.Sorted(maps.Keys(q.Scales)) {
		at := "/scales/" + name
		if !keyForm.MatchString(name) {
			v.Add(at, "key-invalid")
		}
		v.scale(at, q.Scales[name])
	}
	constructs := v.constructs(q.Constructs)
	v.items(q, constructs)
	if q.Comment != nil {
		v.text("/comment", *q.Comment, maxText)
	}
	return v.Err("questionnaire-invalid")
}

type validation struct{ fault.Findings }

func (v *validation) items(q *Questionnaire, constructs map[string]bool) {
	if len(q.Items) < 1 || len(q.Items) > MaxItems {
		v.Add("/items", "too-many-items")
	}
	seen := map[string]bool{}
	for i, item := range q.Items {
		at := fmt.Sprintf("/items/%d", i)
		if !keyForm.MatchString(item.Key) || seen[item.Key] {
			v.Add(at+"/key", "key-invalid")
		}
		seen[item.Key] = true
		if _, ok := q.Scales[item.Scale]; !ok {
			v.Add(at+"/scale", "scale-unknown")
		}
		if item.Construct != "" && !constructs[item.Construct] {
			v.Add(at+"/construct", "construct-unknown")
		}
		switch item.Kind {
		case Core, Rotating, Extra, Stage:
		default:
			v.Add(at+"/kind", "kind-unknown")
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
			v.Add(at+"/key", "key-invalid")
		}
		known[c.Key] = true
		v.text(at+"/name", c.Name, maxName)
		v.text(at+"/short", c.Short, maxShort)
	}
	return known
}

func (v *validation) text(at string, t locale.Text, limit int) {
	yamlfile.CheckText(&v.Findings, at, t, limit)
}

func (v *validation) scale(at string, s Scale) {
	if s.Lo >= s.Hi || uint(s.Hi)-uint(s.Lo) >= MaxOptions {
		v.Add(at, "too-many-items")
		return
	}
	for _, label := range slices.Sorted(maps.Keys(s.Labels)) {
		v.text(at+"/labels/"+label, s.Labels[label], maxOption)
		value, err := strconv.Atoi(label)
		if label != CannotSay && (err != nil || strconv.Itoa(value) != label || value < s.Lo || value > s.Hi) {
			v.Add(at+"/labels/"+label, "label-unknown")
		}
	}
	for value := s.Lo; value <= s.Hi; value++ {
		if _, ok := s.Labels[strconv.Itoa(value)]; !ok {
			v.Add(at+"/labels", "label-missing")
		}
	}
}
