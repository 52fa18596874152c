package maturity

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"

	"pulscheck/survey/fault"
	"pulscheck/survey/yamlfile"
)

// Limits of a model; texts in runes.
const (
	maxLevels     = 10
	maxAttributes = 40
	maxIndicators = 10 // of one attribute
	maxProcesses  = 40
	maxTitle      = 200
	maxName       = 60
	maxText       = 500
	maxSource     = 100
)

var (
	idForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	keyForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$`)
)

// Load reads an own model in YAML, normalises its texts and validates it. Every error
// is fault Invalid "model-invalid" whose cause names lines; those of Validate come all
// at once, as fields too. A file over yamlfile.MaxBytes is TooLarge "body-too-large".
// The id of a built-in model is taken.
func Load(r io.Reader) (*Model, error) {
	var m Model
	if err := yamlfile.Load(r, "model", &m); err != nil {
		return nil, err
	}
	if BuiltIn(m.ID) != nil {
		v := fault.Findings{{Pointer: "/id", Code: "model-id-taken"}}
		return nil, v.Err("model-invalid")
	}
	return &m, nil
}

// Validate checks the model; all findings at once, as fields of a fault Invalid
// "model-invalid". Only a valid model may rate.
func (m *Model) Validate() error {
	v := modelCheck{keys: map[string]bool{}}
	if !idForm.MatchString(m.ID) {
		v.Add("/id", "model-key-invalid")
	}
	yamlfile.CheckText(&v.Findings, "/title", m.Title, maxTitle)
	v.levels(m.Levels)
	v.needs(m.Needs)
	v.attributes(m)
	v.processes(m)
	return v.Err("model-invalid")
}

type modelCheck struct {
	fault.Findings
	keys map[string]bool // of indicators
}

// levels count up by one from 0 or 1.
func (v *modelCheck) levels(levels []Level) {
	if len(levels) < 2 || len(levels) > maxLevels {
		v.Add("/levels", "too-many-items")
	}
	for i, l := range levels {
		at := fmt.Sprintf("/levels/%d", i)
		if i == 0 && l.Level != 0 && l.Level != 1 || i > 0 && l.Level != levels[0].Level+i {
			v.Add(at+"/level", "level-order")
		}
		yamlfile.CheckText(&v.Findings, at+"/name", l.Name, maxName)
	}
}

// needs are whole classes that a process can reach by doing something; the levels
// below never need less than the level itself.
func (v *modelCheck) needs(n Needs) {
	usable := []Class{Partially, Largely, Fully}
	if !slices.Contains(usable, n.Here) {
		v.Add("/needs/here", "class-unknown")
	}
	if !slices.Contains(usable, n.Below) {
		v.Add("/needs/below", "class-unknown")
	} else if !n.Below.AtLeast(n.Here) {
		v.Add("/needs/below", "needs-order")
	}
}

// attributes stand on every level but the first, where everybody is.
func (v *modelCheck) attributes(m *Model) {
	if len(m.Attributes) < 1 || len(m.Attributes) > maxAttributes {
		v.Add("/attributes", "too-many-items")
	}
	ids, populated := map[string]bool{}, map[int]bool{}
	for i, a := range m.Attributes {
		at := fmt.Sprintf("/attributes/%d", i)
		if !keyForm.MatchString(a.ID) || ids[a.ID] {
			v.Add(at+"/id", "model-key-invalid")
		}
		ids[a.ID], populated[a.Level] = true, true
		if !slices.ContainsFunc(m.Levels, func(l Level) bool { return l.Level == a.Level }) || a.Level == m.Lowest() {
			v.Add(at+"/level", "level-unknown")
		}
		yamlfile.CheckText(&v.Findings, at+"/name", a.Name, maxName)
		v.indicators(at+"/indicators", a.Indicators)
	}
	for i, l := range m.Levels {
		if i > 0 && !populated[l.Level] {
			v.Add(fmt.Sprintf("/levels/%d", i), "level-empty")
		}
	}
}

func (v *modelCheck) indicators(at string, list []Indicator) {
	if len(list) < 1 || len(list) > maxIndicators {
		v.Add(at, "too-many-items")
	}
	for i, x := range list {
		if !keyForm.MatchString(x.Key) || v.keys[x.Key] {
			v.Add(fmt.Sprintf("%s/%d/key", at, i), "model-key-invalid")
		}
		v.keys[x.Key] = true
		yamlfile.CheckText(&v.Findings, fmt.Sprintf("%s/%d/text", at, i), x.Text, maxText)
	}
}

func (v *modelCheck) processes(m *Model) {
	if len(m.Processes) > maxProcesses {
		v.Add("/processes", "too-many-items")
	}
	seen := map[string]bool{}
	for i, p := range m.Processes {
		at := fmt.Sprintf("/processes/%d", i)
		if !keyForm.MatchString(p.Key) || seen[p.Key] {
			v.Add(at+"/key", "model-key-invalid")
		}
		seen[p.Key] = true
		v.source(at+"/iso20000", p.ISO20000)
		v.source(at+"/itil4", p.ITIL4)
		for _, id := range slices.Sorted(maps.Keys(p.Indicators)) {
			if !slices.ContainsFunc(m.Attributes, func(a Attribute) bool { return a.ID == id }) {
				v.Add(at+"/indicators/"+id, "attribute-unknown")
			}
			v.indicators(at+"/indicators/"+id, p.Indicators[id])
		}
	}
}

// source is where in a standard the process is found; it may be empty.
func (v *modelCheck) source(at, text string) {
	if text != "" && !writable(text, maxSource) {
		v.Add(at, "text-length")
	}
}
