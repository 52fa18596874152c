package request

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Amount is a number in a body that may be emptied: null says that there is none, and of
// one that is left out nothing is said.
type Amount struct {
	Said  bool
	Value *float64
}

var amount = reflect.TypeFor[Amount]()

// UnmarshalJSON reads a number or null; encoding/json calls it for what is there alone.
func (a *Amount) UnmarshalJSON(text []byte) error {
	a.Said = true
	return json.Unmarshal(text, &a.Value)
}

// Schema describes it as what stands in the body.
func (Amount) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Format: "double", Nullable: true}
}
