package questionnaire

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/yamlfile"
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
	data, err := yaml.Marshal(Pulse())
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":       {"id: pulse", "id: pulse\nsurprise: 1", "[2:1]"},
		"doubled key":       {"id: pulse", "id: pulse\nid: pulse", "[2:1]"},
		"no mapping":        {"title:", "title: x\nrest:", "[2:8]"},
		"two documents":     {"id: pulse", "id: pulse\n---\nid: pulse", "one questionnaire"},
		"no id":             {"id: pulse", `id: ""`, "line 1: /id: key-invalid"},
		"unknown scale":     {"scale: likert5", "scale: likert9", "line 8: /items/0/scale: scale-unknown"},
		"unknown kind":      {"kind: core", "kind: cores", "line 10: /items/0/kind: kind-unknown"},
		"unknown construct": {"construct: ACC", "construct: acc", "construct-unknown"},
		"doubled item":      {"key: A2", "key: A1", "line 17: /items/1/key: key-invalid"},
		"no English text":   {"en: Short pulse", `en: ""`, "line 4: /title/en: text-length"},
		"missing text":      {"  en: Short pulse\n", "", "line 3: /title/en: text-length"},
		"unknown place":     {"Der Prozess {process}", "Der Prozess {prozess}", "/items/0/text/de: placeholder-unknown"},
		"hidden character":  {"en: Short pulse", `en: "Short\u202epulse"`, "/title/en: control-character"},
		"upside down":       {"lo: 1", "lo: 6", "/scales/likert5: too-many-items"},
		"unlabelled answer": {"hi: 5", "hi: 6", "/scales/likert5/labels: label-missing"},
		"label too many":    {"lo: 1", "lo: 2", "/scales/likert5/labels/1: label-unknown"},
		"long label":        {"de: Akzeptanz\n", "de: " + strings.Repeat("x", 41) + "\n", "/short/de: text-length"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(good, c.old, c.new, 1)
			if bad == good {
				t.Fatalf("%q does not occur in\n%s", c.old, good)
			}
			_, err := Load(strings.NewReader(bad))
			if !fault.Is(err, "questionnaire-invalid") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want questionnaire-invalid with %q", err, c.want)
			}
		})
	}
	if _, err := Load(strings.NewReader("")); !fault.Is(err, "questionnaire-invalid") {
		t.Errorf("empty file: %v", err)
	}
	if _, err := Load(strings.NewReader(strings.Repeat("#", yamlfile.MaxBytes+1))); !fault.Is(err, "body-too-large") {
		t.Errorf("oversized file: %v", err)
	}
}

// What costs a YAML parser memory or time out of proportion is refused before it is parsed.
func TestLoadRefusesBombs(t *testing.T) {
	stairs := ""
	for i := range 300 {
		stairs += strings.Repeat(" ", i) + "a:\n"
	}
	for name, bomb := range map[string]string{
		"brackets": strings.Repeat("[", 60_000),
		"braces":   strings.Repeat("{a: ", 15_000),
		"dashes":   strings.Repeat("- ", 30_000),
		"stairs":   stairs,
		"aliases":  "a: &a [x, x]\nb: [*a, *a]",
		"merge":    "a: &a {b: c}\nd: {<<: *a}",
		"tags":     strings.Repeat("!!str ", 10_000),
		"keys":     strings.Repeat("? ", 30_000),
	} {
		_, err := Load(strings.NewReader(bomb))
		if !fault.Is(err, "questionnaire-invalid") || !strings.Contains(err.Error(), "nested too deeply") && !strings.Contains(err.Error(), "not allowed") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadNormalisesTexts(t *testing.T) {
	data, err := yaml.Marshal(Check())
	if err != nil {
		t.Fatal(err)
	}
	apart := strings.ReplaceAll(string(data), "ö", "o\u0308") // as some editors write it
	apart = strings.Replace(apart, "de: Der Prozess {process} hilft mir, meine Arbeit gut zu erledigen.",
		"de: >\n      Der Prozess {process} hilft mir,\n      meine Arbeit gut zu erledigen.", 1)
	got, err := Load(strings.NewReader(apart))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Check(), got); diff != "" {
		t.Errorf("one wording written in two ways differs (-want +got):\n%s", diff)
	}
}

func TestValidateRefusesScalesThatWrapAround(t *testing.T) {
	q := Check()
	q.Scales["likert5"] = Scale{Lo: math.MaxInt, Hi: math.MinInt + 2}
	if err := q.Validate(); !fault.Is(err, "questionnaire-invalid") {
		t.Errorf("Validate = %v", err)
	}
}

func TestBuiltInByKind(t *testing.T) {
	if BuiltIn("check").ID != "check" || BuiltIn("pulse").ID != "pulse" || BuiltIn("own") != nil {
		t.Error("the kinds of rounds do not name their questionnaires")
	}
	BuiltIn("check").Scales["likert5"].Labels["1"] = locale.Text{}
	if err := Check().Validate(); err != nil {
		t.Errorf("one copy changes the others: %v", err)
	}
}

func TestListsAnOrganisationStartsWith(t *testing.T) {
	if got := len(Processes()); got != 15 {
		t.Errorf("%d processes, want 15", got)
	}
	var roles []string
	for _, r := range Roles() {
		roles = append(roles, r.Key)
	}
	if got := strings.Join(roles, " "); got != "owner manager staff user" {
		t.Errorf("roles = %s", got)
	}
	for _, e := range append(Processes(), Roles()...) {
		if e.Name.DE == "" || e.Name.EN == "" || !keyForm.MatchString(e.Key) {
			t.Errorf("entry %+v is incomplete", e)
		}
	}
	if StageHelp("B3").DE == "" || StageHelp("A1") != (locale.Text{}) {
		t.Error("advice belongs to the stages B1 to B5 and to nothing else")
	}
}

func TestTimeWords(t *testing.T) {
	for items, want := range map[int]string{1: "etwa 10 Sekunden", 5: "etwa 30 Sekunden", 8: "etwa 50 Sekunden", 9: "etwa eine Minute", 10: "etwa eine Minute", 11: "etwa 2 Minuten", 20: "etwa 2 Minuten", 21: "etwa 3 Minuten"} {
		q := &Questionnaire{Items: make([]Item, items)}
		if got := q.TimeWords().DE; got != want {
			t.Errorf("%d items: %s, want %s", items, got, want)
		}
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
