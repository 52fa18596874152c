package v1

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// nullObjects describes a field that points to an object as that object or null, where
// null is written: the generator knows that of texts and numbers alone.
func nullObjects(o *huma.OpenAPI) {
	for name, schema := range o.Components.Schemas.Map() {
		t := o.Components.Schemas.TypeFromRef("#/components/schemas/" + name)
		for t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			one := schema.Properties[key]
			if one == nil || one.Ref == "" || f.Type.Kind() != reflect.Pointer || strings.Contains(options, "omitempty") {
				continue
			}
			schema.Properties[key] = &huma.Schema{OneOf: []*huma.Schema{{Ref: one.Ref}, {Type: "null"}}, Description: f.Tag.Get("doc")}
		}
	}
}
