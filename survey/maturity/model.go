package maturity

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"pulscheck/survey/locale"
)

// Model is a framework: levels, the attributes that belong to them, and what an
// assessor looks at. What is rated by it is a process or, where a framework means it
// so, the organisation as one.
type Model struct {
	ID         string      `json:"id" yaml:"id"`
	Title      locale.Text `json:"title" yaml:"title"`
	Levels     []Level     `json:"levels" yaml:"levels"` // lowest first; everybody stands on the first
	Needs      Needs       `json:"needs" yaml:"needs"`
	Attributes []Attribute `json:"attributes" yaml:"attributes"`
	Processes  []Process   `json:"processes" yaml:"processes"` // those with indicators of their own
}

// Level is a step with its name.
type Level struct {
	Level int         `json:"level" yaml:"level"`
	Name  locale.Text `json:"name" yaml:"name"`
}

// Needs says which classes reach a level: Here for the attributes of the level itself,
// Below for those of all lower ones. ISO/IEC 33020 has L and F; a staged framework that
// asks for the same everywhere has the same twice.
type Needs struct {
	Here  Class `json:"here" yaml:"here"`
	Below Class `json:"below" yaml:"below"`
}

// Attribute is one thing that is rated.
type Attribute struct {
	ID         string      `json:"id" yaml:"id"`
	Level      int         `json:"level" yaml:"level"`
	Name       locale.Text `json:"name" yaml:"name"`
	Indicators []Indicator `json:"indicators" yaml:"indicators"`
}

// Indicator is what an assessor looks at. Its text may hold {process}.
type Indicator struct {
	Key  string      `json:"key" yaml:"key"`
	Text locale.Text `json:"text" yaml:"text"`
}

// Process holds indicators that replace those of an attribute for this process alone.
type Process struct {
	Key        string                 `json:"key" yaml:"key"`
	ISO20000   string                 `json:"iso20000" yaml:"iso20000"` // clauses of ISO/IEC 20000-1:2018
	ITIL4      string                 `json:"itil4" yaml:"itil4"`       // practices of ITIL 4
	Indicators map[string][]Indicator `json:"indicators" yaml:"indicators"`
}

// Lowest is the level on which everybody stands.
func (m *Model) Lowest() int { return m.Levels[0].Level }

// Highest is the top level.
func (m *Model) Highest() int { return m.Levels[len(m.Levels)-1].Level }

// Indicators gives what is looked at for an attribute of a process: the process's own
// ones, otherwise the general ones; nil for an attribute that the model does not have.
func (m *Model) Indicators(process, attribute string) []Indicator {
	for _, p := range m.Processes {
		if own := p.Indicators[attribute]; p.Key == process && len(own) > 0 {
			return own
		}
	}
	for _, a := range m.Attributes {
		if a.ID == attribute {
			return a.Indicators
		}
	}
	return nil
}

// Level gives the highest level that is reached together with all levels below it
// (methods.md 10.1); ratings are by attribute.
func (m *Model) Level(ratings map[string]Class) int {
	reached := m.Lowest()
	for level := reached + 1; level <= m.Highest(); level++ {
		for _, a := range m.Attributes {
			if a.Level == level && !ratings[a.ID].AtLeast(m.Needs.Here) ||
				a.Level < level && !ratings[a.ID].AtLeast(m.Needs.Below) {
				return reached
			}
		}
		reached = level
	}
	return reached
}

// Stage gives the stage of an organisation from the levels of its processes: stage s
// is reached if every core process has level s and every other one level s-1, and all
// lower stages are reached too. Without a core process there is none (ok false).
func (m *Model) Stage(core, other []int) (stage int, ok bool) {
	if len(core) == 0 {
		return 0, false
	}
	reached := min(slices.Min(core), m.Highest())
	if len(other) > 0 {
		reached = min(reached, slices.Min(other)+1)
	}
	return max(reached, m.Lowest()), true
}

// Version stands for everything a process is rated by: levels are comparable between
// two assessments only if it is the same (a changed wording is another indicator).
// Titles and names may change.
func (m *Model) Version(process string) string {
	type attribute struct {
		ID         string
		Level      int
		Indicators []Indicator
	}
	rated := struct {
		Lowest, Highest int
		Needs           Needs
		Attributes      []attribute
	}{m.Lowest(), m.Highest(), m.Needs, nil}
	for _, a := range m.Attributes {
		rated.Attributes = append(rated.Attributes, attribute{a.ID, a.Level, m.Indicators(process, a.ID)})
	}
	data, err := json.Marshal(rated)
	if err != nil {
		panic(fmt.Sprintf("maturity: encode %s: %v", m.ID, err)) // plain data always encodes
	}
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
