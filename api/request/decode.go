package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pulscheck/survey/fault"
)

// Decode reads a JSON text into a struct, strictly: encoding/json alone would take
// keys in any case, unknown ones and the last of two. Fields of the faults point at
// what is wrong, never at a name that was made up: "invalid-utf8", "malformed-json",
// "duplicate-field", "unknown-field" (Malformed), and "instant-invalid" (Invalid) for
// times that are not RFC 3339.
func Decode(text []byte, into any) error {
	if err := Check(text, reflect.TypeOf(into).Elem()); err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return Malformed(err)
	}
	return nil
}

// Check is Decode without its value.
func Check(text []byte, want reflect.Type) error {
	if !utf8.Valid(text) {
		return fault.New(fault.Malformed, "invalid-utf8")
	}
	if TooDeep(text) {
		return Malformed(errors.New("too deep"))
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := check(d, want, ""); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return Malformed(errors.New("more than one value"))
	}
	return nil
}

var moment = reflect.TypeFor[time.Time]()

// check reads one value that is to be decoded into a type.
func check(d *json.Decoder, want reflect.Type, at string) error {
	for want.Kind() == reflect.Pointer {
		want = want.Elem()
	}
	if want == amount {
		want = reflect.TypeFor[float64]()
	}
	t, err := d.Token()
	if err != nil {
		return Malformed(err)
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' && want.Kind() == reflect.Struct && want != moment {
			return checkObject(d, want, at)
		}
		if t == '[' && want.Kind() == reflect.Slice {
			return checkList(d, want.Elem(), at)
		}
		return wrong(at)
	case nil: // as if it were not there
		if at == "" {
			return wrong(at)
		}
		return nil
	}
	return checkPlain(t, want, at)
}

func checkPlain(t json.Token, want reflect.Type, at string) error {
	ok := false
	switch t := t.(type) {
	case bool:
		ok = want.Kind() == reflect.Bool
	case json.Number:
		_, err := strconv.ParseInt(t.String(), 10, 32)
		if want.Kind() == reflect.Float64 {
			_, err = t.Float64()
		}
		ok = (want.Kind() == reflect.Int || want.Kind() == reflect.Float64) && err == nil
	case string:
		if want == moment {
			if _, err := time.Parse(time.RFC3339, t); err != nil {
				return fault.New(fault.Invalid, "instant-invalid").With(fault.Field{Pointer: at, Code: "instant-invalid"})
			}
			return nil
		}
		ok = want.Kind() == reflect.String
	}
	if !ok {
		return wrong(at)
	}
	return nil
}

func checkObject(d *json.Decoder, want reflect.Type, at string) error {
	fields, seen := fieldsOf(want), map[string]bool{}
	for d.More() {
		t, err := d.Token()
		key, isText := t.(string)
		if err != nil || !isText {
			return Malformed(err)
		}
		if seen[key] {
			return fault.New(fault.Malformed, "duplicate-field").With(fault.Field{Pointer: at, Code: "duplicate-field"})
		}
		seen[key] = true
		field, known := fields[key]
		if !known {
			return fault.New(fault.Malformed, "unknown-field").With(fault.Field{Pointer: at, Code: "unknown-field"})
		}
		if err := check(d, field, at+"/"+key); err != nil {
			return err
		}
	}
	return end(d)
}

func checkList(d *json.Decoder, want reflect.Type, at string) error {
	for i := 0; d.More(); i++ {
		if err := check(d, want, at+"/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return end(d)
}

// end reads the bracket that closes.
func end(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return Malformed(err)
	}
	return nil
}

// fieldsOf gives the types of the fields of a struct by their names in JSON.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

func wrong(at string) error {
	return Malformed(errors.New("another form")).With(fault.Field{Pointer: at, Code: "malformed-json"})
}
