package questionnaire

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

func TestBuiltInQuestionnaires(t *testing.T) {
	for _, c := range []struct {
		q          *Questionnaire
		items      int
		seconds    int
		words      locale.Text
		constructs string
	}{
		{Check(), 19, 114, locale.Text{DE: "etwa 2 Minuten", EN: "about 2 minutes"}, "ACC MOT SUP COM LOAD VOICE"},
		{Pulse(), 9, 54, locale.Text{DE: "etwa eine Minute", EN: "about one minute"}, "ACC MOT LOAD"},
	} {
		if err := c.q.Validate(); err != nil {
			t.Errorf("%s: %v", c.q.ID, err)
		}
		var constructs []string
		for _, x := range c.q.Constructs {
			constructs = append(constructs, x.Key)
		}
		if got := strings.Join(constructs, " "); got != c.constructs {
			t.Errorf("%s constructs = %s, want %s", c.q.ID, got, c.constructs)
		}
		if len(c.q.Items) != c.items || c.q.Seconds() != c.seconds || c.q.TimeWords() != c.words {
			t.Errorf("%s: %d items, %d s, %v", c.q.ID, len(c.q.Items), c.q.Seconds(), c.q.TimeWords())
		}
		for _, i := range c.q.Items {
			if utf8.RuneCountInString(i.Short.DE) > 40 || i.Short.DE == "" {
				t.Errorf("%s %s: short label %q", c.q.ID, i.Key, i.Short.DE)
			}
		}
	}
	if got := Pulse().Item("S2").Construct; got != "" {
		t.Errorf("S2 of the pulse belongs to %q, want to no construct", got)
	}
}

func TestHashFollowsContent(t *testing.T) {
	a, b := Check(), Check()
	if a.Hash() != b.Hash() {
		t.Error("two copies of the check have different hashes")
	}
	b.Items[3].Text.EN += "!"
	if a.Hash() == b.Hash() {
		t.Error("a changed wording keeps the hash")
	}
	if SameConstruct(a, b, "ACC") || !SameConstruct(a, b, "MOT") || !SameConstruct(a, Pulse(), "MOT") {
		t.Error("a construct is the same only with the same wordings")
	}
}

func TestLoadRoundTrip(t *testing.T) {
	data, err := yaml.Marshal(Check())
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Check(), got); diff != "" {
		t.Errorf("loaded questionnaire differs (-want +got):\n%s", diff)
	}
	if got.Hash() != Check().Hash() {
		t.Error("the way through YAML changes the hash")
	}
}

func TestLoadRefusesBadFiles(t *testing.T) {
	good, err := yaml.Marshal(Pulse())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":     {"id: pulse", "id: pulse\nsurprise: 1", "[2:1]"},
		"unknown scale":   {"scale: likert5", "scale: likert9", "scale-unknown"},
		"unknown kind":    {"kind: core", "kind: cores", "kind-unknown"},
		"doubled item":    {"key: A2", "key: A1", "key-invalid"},
		"no English text": {"en: Short pulse", `en: ""`, "/title/en"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(string(good), c.old, c.new, 1)
			if bad == string(good) {
				t.Fatalf("%q does not occur in\n%s", c.old, good)
			}
			_, err := Load(strings.NewReader(bad))
			if !fault.Is(err, "questionnaire-invalid") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want questionnaire-invalid with %q", err, c.want)
			}
		})
	}
	if _, err := Load(strings.NewReader(strings.Repeat("#", MaxYAML+1))); !fault.Is(err, "body-too-large") {
		t.Errorf("oversized file: %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	seed, _ := json.Marshal(Pulse()) // JSON is YAML
	f.Add(string(seed))
	f.Add("items: [&a [*a]]")
	f.Fuzz(func(t *testing.T, data string) {
		q, err := Load(strings.NewReader(data))
		if err == nil && q.Validate() != nil {
			t.Error("loaded an invalid questionnaire")
		}
	})
}
