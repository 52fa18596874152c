package questionnaire

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"pulscheck/survey/locale"
)

//go:embed catalogue.json
var catalogueJSON []byte

// catalogue holds every item of ours with scales and constructs, and the lists that
// an organisation starts with.
type catalogue struct {
	Items      []Item           `json:"items"`
	Scales     map[string]Scale `json:"scales"`
	Constructs []Construct      `json:"constructs"`
	Comment    locale.Text      `json:"comment"`
	Processes  []Entry          `json:"processes"`
	Roles      []Entry          `json:"roles"`
	Stages     []struct {
		Key  string      `json:"key"`
		Help locale.Text `json:"help"`
	} `json:"stages"`
}

// Entry is an entry of a list that an organisation starts with.
type Entry struct {
	Key  string      `json:"key"`
	Name locale.Text `json:"name"`
}

var loadCatalogue = sync.OnceValue(func() *catalogue {
	var c catalogue
	if err := json.Unmarshal(catalogueJSON, &c); err != nil {
		panic(fmt.Sprintf("questionnaire: embedded catalogue: %v", err)) // a test reads it
	}
	return &c
})

// checkItems are asked once an iteration, before CHECK: 19 closed questions.
var checkItems = []string{
	"A1", "A2", "A3", "A4", "M1", "M2", "M3", "S1", "S2", "C1", "C2", "W1", "V1", "QW",
	"B1", "B2", "B3", "B4", "B5",
}

// pulseItems recur during DO: 9 closed questions. S2 stands alone there, because one
// item is not the construct SUP (decision 17).
var pulseItems = []string{"A1", "A2", "A3", "A4", "M1", "M2", "M3", "S2", "W1"}

// Check is the built-in questionnaire of a check round. Every call gives its own copy.
func Check() *Questionnaire {
	return pick("check", locale.Text{DE: "Check vor der CHECK-Phase", EN: "Check before the CHECK phase"}, checkItems)
}

// Pulse is the built-in questionnaire of a pulse round.
func Pulse() *Questionnaire {
	return pick("pulse", locale.Text{DE: "Kurzer Puls", EN: "Short pulse"}, pulseItems)
}

// BuiltIn gives the built-in questionnaire of a kind of round, "check" or "pulse";
// nil for any other word.
func BuiltIn(kind string) *Questionnaire {
	switch kind {
	case "check":
		return Check()
	case "pulse":
		return Pulse()
	}
	return nil
}

// Processes is the list of ITSM processes after ISO/IEC 20000-1:2018 and ITIL 4 that
// an organisation chooses from.
func Processes() []Entry { return slices.Clone(loadCatalogue().Processes) }

// usual are the processes that most introductions of ITSM begin with.
var usual = []string{"INC", "REQ", "PRB", "CHG", "CFG", "SLM", "KNO"}

// Usual gives the keys of the seven processes that most organisations begin with.
func Usual() []string { return slices.Clone(usual) }

// Roles are the process roles an organisation starts with (decision 14).
func Roles() []Entry { return slices.Clone(loadCatalogue().Roles) }

// Known gives an item of ours with its scale, asked in a built-in questionnaire or not.
func Known(key string) (item Item, scale Scale, ok bool) {
	c := loadCatalogue()
	i := slices.IndexFunc(c.Items, func(i Item) bool { return i.Key == key })
	if i < 0 {
		return Item{}, Scale{}, false
	}
	scale = c.Scales[c.Items[i].Scale]
	scale.Labels = maps.Clone(scale.Labels)
	return c.Items[i], scale, true
}

// NamedConstruct gives a construct of ours with its names; any other is called as its key.
func NamedConstruct(key string) Construct {
	for _, c := range loadCatalogue().Constructs {
		if c.Key == key {
			return c
		}
	}
	name := locale.Text{DE: key, EN: key}
	return Construct{Key: key, Name: name, Short: name}
}

// StageHelp is the advice for a barrier stage B1..B5 (methods.md 9); empty for other keys.
func StageHelp(key string) locale.Text {
	for _, s := range loadCatalogue().Stages {
		if s.Key == key {
			return s.Help
		}
	}
	return locale.Text{}
}

func pick(id string, title locale.Text, keys []string) *Questionnaire {
	c := loadCatalogue()
	comment := c.Comment
	q := &Questionnaire{ID: id, Title: title, Scales: map[string]Scale{}, Comment: &comment}
	size := map[string]int{}
	for _, key := range keys {
		i := slices.IndexFunc(c.Items, func(i Item) bool { return i.Key == key })
		item := c.Items[i]
		q.Items = append(q.Items, item)
		scale := c.Scales[item.Scale]
		scale.Labels = maps.Clone(scale.Labels)
		q.Scales[item.Scale] = scale
		size[item.Construct]++
	}
	for i := range q.Items {
		if whole := c.size(q.Items[i].Construct); id == "pulse" && size[q.Items[i].Construct] < min(whole, 2) {
			q.Items[i].Construct = ""
		}
	}
	for _, construct := range c.Constructs {
		if slices.ContainsFunc(q.Items, func(i Item) bool { return i.Construct == construct.Key }) {
			q.Constructs = append(q.Constructs, construct)
		}
	}
	return q
}

// size is the number of items a construct has in the catalogue.
func (c *catalogue) size(construct string) int {
	n := 0
	for _, i := range c.Items {
		if i.Construct == construct {
			n++
		}
	}
	return n
}
