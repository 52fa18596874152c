package request

import (
	"strings"
	"testing"
	"time"

	"pulscheck/survey/fault"
)

type inner struct {
	Key  string `json:"key"`
	Many []int  `json:"many"`
}

type outer struct {
	Name  *string    `json:"name"`
	Flag  bool       `json:"flag"`
	At    *time.Time `json:"at"`
	Inner *inner     `json:"inner"`
	List  []inner    `json:"list"`
	Much  *float64   `json:"much"`
	Maybe Amount     `json:"maybe"`
}

// TestDecodeIsStrict: what a program did not mean is told, with where it stands and
// without repeating it.
func TestDecodeIsStrict(t *testing.T) {
	for text, want := range map[string]string{
		`{}`: "", `{"name":null,"flag":true,"at":"2026-03-02T08:00:00+01:00","inner":{"many":[1,-2]},"list":[{"key":"a"}]}`: "",
		`{"Name":"x"}`:                        "unknown-field ",
		`{"inner":{"key":"a","state":1}}`:     "unknown-field /inner",
		`{"list":[{},{"key":"a","key":"b"}]}`: "duplicate-field /list/1",
		`{"flag":"true"}`:                     "malformed-json /flag",
		`{"list":{}}`:                         "malformed-json /list",
		`{"name":["x"]}`:                      "malformed-json /name",
		`{"inner":{"many":[1,1.5]}}`:          "malformed-json /inner/many/1",
		`{"inner":{"many":[99999999999]}}`:    "malformed-json /inner/many/0",
		`{"at":"2026-03-02"}`:                 "instant-invalid /at",
		`{"much":-1.5e3}`:                     "", `{"much":2}`: "", `{"much":1e999}`: "malformed-json /much", `{"much":"2"}`: "malformed-json /much",
		`{"maybe":2.5}`: "", `{"maybe":null}`: "", `{"maybe":"2"}`: "malformed-json /maybe", `{"maybe":{"Said":true}}`: "malformed-json /maybe",
		`{"at":5}`:                             "malformed-json /at",
		`null`:                                 "malformed-json ",
		`[]`:                                   "malformed-json ",
		`{} {}`:                                "malformed-json",
		`{"name":"x",}`:                        "malformed-json",
		`{"name":"x"`:                          "malformed-json",
		``:                                     "malformed-json",
		"{\"name\":\"\xff\"}":                  "invalid-utf8",
		strings.Repeat(`{"inner":`, 9) + "1":   "malformed-json",
		`{"list":[[[[[[[[` + "1" + `]]]]]]]]}`: "malformed-json",
	} {
		var into outer
		err, got := Decode([]byte(text), &into), ""
		if err != nil {
			f := fault.Of(err)
			got = f.Key
			for _, field := range f.Fields {
				got += " " + field.Pointer
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	var into outer
	if err := Decode([]byte(`{"name":"x","at":"2026-03-02T08:00:00Z","list":[{"many":[7]}]}`), &into); err != nil ||
		*into.Name != "x" || into.At.Hour() != 8 || into.List[0].Many[0] != 7 {
		t.Errorf("%+v %v", into, err)
	}
}

// FuzzDecode: what Check lets through is what encoding/json reads, and a refusal is one
// of ours.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"name":"x","list":[{"many":[7]}]}`, `{"at":"2026-03-02T08:00:00Z"}`, `{"inner":{"key":null}}`, `[[`, "{\"a\":\"\xff\"}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var into outer
		if err := Decode([]byte(text), &into); err != nil && fault.Of(err).Kind != fault.Malformed && fault.Of(err).Kind != fault.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	})
}
