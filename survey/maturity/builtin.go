package maturity

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"pulscheck/survey/locale"
)

//go:embed catalogue.json
var catalogueJSON []byte

// catalogue holds the attributes of all editions of ISO/IEC 33020 with indicators in
// our own wording; no text of the standard.
type catalogue struct {
	Levels     []Level       `json:"levels"`
	Ladder     []locale.Text `json:"ladder"`
	Attributes []struct {
		Attribute
		Editions []string               `json:"editions"`
		Renamed  map[string]locale.Text `json:"renamed"` // name by edition where it differs
	} `json:"attributes"`
	Processes []Process `json:"processes"`
}

func readCatalogue() *catalogue {
	var c catalogue
	if err := json.Unmarshal(catalogueJSON, &c); err != nil {
		panic(fmt.Sprintf("maturity: embedded catalogue: %v", err)) // a test reads it
	}
	return &c
}

// Editions of ISO/IEC 33020 that ISO33020 knows. Of the 2019 list only the attribute
// 3.3 and the new name of 2.2 are certain (methods.md 10.1).
const (
	Edition2015 = "2015"
	Edition2019 = "2019"
)

// ISO33020 is the built-in model with the attributes of an edition and the indicators
// of 15 processes for 1.1; any other process is rated by the general ones. nil for an
// edition that is not known. Every call gives its own copy.
func ISO33020(edition string) *Model {
	if edition != Edition2015 && edition != Edition2019 {
		return nil
	}
	c, title := readCatalogue(), "ISO/IEC 33020:"+edition
	m := &Model{
		ID: "iso33020-" + edition, Title: locale.Text{DE: title, EN: title},
		Levels: c.Levels, Needs: Needs{Here: Largely, Below: Fully}, Processes: c.Processes,
	}
	for _, a := range c.Attributes {
		if !slices.Contains(a.Editions, edition) {
			continue
		}
		if name, ok := a.Renamed[edition]; ok {
			a.Name = name
		}
		m.Attributes = append(m.Attributes, a.Attribute)
	}
	return m
}

// BuiltIn gives a built-in model by its id; nil for any other.
func BuiltIn(id string) *Model {
	for _, edition := range []string{Edition2015, Edition2019} {
		if id == "iso33020-"+edition {
			return ISO33020(edition)
		}
	}
	return nil
}

// Ladder gives what the answers 0..4 to an indicator mean.
func Ladder() []locale.Text { return readCatalogue().Ladder }
