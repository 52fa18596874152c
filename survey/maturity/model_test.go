package maturity

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/yamlfile"
)

const stagedFile = "testdata/staged.yaml"

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func staged(t testing.TB) *Model {
	t.Helper()
	m, err := Load(strings.NewReader(read(t, stagedFile)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBuiltInModels(t *testing.T) {
	for edition, ids := range map[string]string{
		Edition2015: "1.1 2.1 2.2 3.1 3.2 4.1 4.2 5.1 5.2",
		Edition2019: "1.1 2.1 2.2 3.1 3.2 3.3 4.1 4.2 5.1 5.2",
	} {
		m := ISO33020(edition)
		if err := m.Validate(); err != nil {
			t.Errorf("%s: %v", edition, err)
		}
		var got []string
		for _, a := range m.Attributes {
			got = append(got, a.ID)
			if len(a.Indicators) != 3 || a.ID[0] != byte('0'+a.Level) {
				t.Errorf("%s %s: level %d, %d indicators", edition, a.ID, a.Level, len(a.Indicators))
			}
		}
		if got := strings.Join(got, " "); got != ids {
			t.Errorf("%s: %s, want %s", edition, got, ids)
		}
		if BuiltIn(m.ID) == nil || m.Lowest() != 0 || m.Highest() != 5 {
			t.Errorf("%s: id %s, levels %d to %d", edition, m.ID, m.Lowest(), m.Highest())
		}
	}
	if got := ISO33020(Edition2019).Attributes[2].Name.EN; got != "Documented information management" {
		t.Errorf("2.2 of 2019 is called %s", got)
	}
	if ISO33020("2004") != nil || BuiltIn("own") != nil {
		t.Error("a model that nobody built in")
	}
	if got := Ladder(); len(got) != maxValue+1 || got[3].DE != "weitgehend, mit Nachweis" || got[0].EN != "nothing to be seen" {
		t.Errorf("ladder %v", got)
	}
	ISO33020(Edition2015).Processes[0].Indicators["1.1"][0].Key = "changed"
	if ISO33020(Edition2015).Processes[0].Indicators["1.1"][0].Key == "changed" {
		t.Error("one copy changes the others")
	}
}

// Every process an organisation can choose has its own indicators for 1.1; a process
// of its own is asked the general ones.
func TestIndicatorsOfProcesses(t *testing.T) {
	m := ISO33020(Edition2015)
	if got, want := len(m.Processes), len(questionnaire.Processes()); got != want {
		t.Errorf("%d processes, want %d", got, want)
	}
	for i, e := range questionnaire.Processes() {
		own := m.Indicators(e.Key, "1.1")
		if p := m.Processes[i]; len(own) != 3 || own[0].Key != e.Key+"a" || p.Key != e.Key || p.ISO20000 == "" || p.ITIL4 == "" {
			t.Errorf("%s: %+v", e.Key, own)
		}
		if got := m.Indicators(e.Key, "2.1")[0].Key; got != "PA2.1a" {
			t.Errorf("%s: 2.1 is asked by %s", e.Key, got)
		}
	}
	if got := m.Indicators("EVT", "1.1"); len(got) != 3 || got[0].Key != "PA1.1a" {
		t.Errorf("own process: %+v", got)
	}
	if m.Indicators("CHG", "3.3") != nil {
		t.Error("the 2015 set has no 3.3")
	}
}

func TestVersionFollowsWhatIsRated(t *testing.T) {
	a, b := ISO33020(Edition2015), ISO33020(Edition2015)
	b.Title.DE, b.Levels[2].Name.EN = "anders", "other"
	if a.Version("CHG") != b.Version("CHG") {
		t.Error("a title changes what is rated")
	}
	b.Processes[3].Indicators["1.1"][0].Text.DE += " Immer."
	if a.Version("CHG") == b.Version("CHG") || a.Version("INC") != b.Version("INC") {
		t.Error("a wording changes its own process and no other")
	}
	b.Needs.Below = Largely
	if a.Version("INC") == b.Version("INC") || a.Version("INC") == ISO33020(Edition2019).Version("INC") {
		t.Error("other rules or attributes are another version")
	}
}

// A staged framework of another kind, from its file to the profile.
func TestStagedFrameworkEndToEnd(t *testing.T) {
	m := staged(t)
	if m.Lowest() != 1 || m.Highest() != 5 || m.Levels[4].Name.DE != "lernend" {
		t.Fatalf("levels %+v", m.Levels)
	}
	for values, want := range map[string]int{ // plan supply way figures causes
		"00000": 1, "30000": 1, "33000": 2, "44100": 2, "33300": 3, "33330": 4, "33333": 5, "44244": 2, "44444": 5, "33-33": 2,
	} {
		r := rate(t, m, sheet(m, "a", "", values))
		if *r.Level != want {
			t.Errorf("%s: level %d, want %d", values, *r.Level, want)
		}
	}
	three := rate(t, m, sheet(m, "a", "", "44330"), sheet(m, "b", "", "43320"), sheet(m, "c", "", "44344"))
	if got := classesOf(three); got != "F,F,L,L,N" || *three.Level != 4 || !three.Provisional {
		t.Errorf("three assessors: %s, level %d, provisional %v", got, *three.Level, three.Provisional)
	}
	incident, err := m.Rate(&Assessment{Process: "INC", Sheets: []Sheet{{Assessor: "a", Answers: map[string]Answer{
		"plan.1": {Value: 4, Evidence: shown}, "plan.2": {Value: 3, Evidence: shown}, "supply.1": {Value: 3}, "figures.1": {},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	if *incident.Level != 1 || incident.Attributes[1].Refined != PartiallyPlus {
		t.Errorf("a claim without evidence: level %d, %s", *incident.Level, incident.Attributes[1].Refined)
	}
	p := m.Profile([]Standing{{Process: "CHG", Core: true, Target: 4, Now: three}, {Process: "INC", Target: 3, Now: incident}})
	if *p.Stage != 2 || p.AtTarget != 1 || p.WithTarget != 2 || p.Widest.Process != "INC" || p.Provisional != 1 {
		t.Errorf("profile %+v", p)
	}
}

func TestModelsSurviveTheWayThroughYAML(t *testing.T) {
	m := ISO33020(Edition2019)
	m.ID = "own"
	data, err := yaml.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, got); diff != "" || got.Version("CHG") != m.Version("CHG") {
		t.Errorf("loaded model differs (-want +got):\n%s", diff)
	}
}

func TestLoadRefusesBadModels(t *testing.T) {
	good := read(t, stagedFile)
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":         {"id: fuenf-stufen", "id: fuenf-stufen\nsurprise: 1", "[3:1]"},
		"doubled key":         {"id: fuenf-stufen", "id: x\nid: y", "[3:1]"},
		"two documents":       {"needs:", "---\nneeds:", "one model"},
		"number for a text":   {"- level: 1", "- level: one", "[7:12]"},
		"alias":               {"id: fuenf-stufen", "id: *x", "not allowed in a model"},
		"no id":               {"id: fuenf-stufen", "id: ä", "line 2: /id: model-key-invalid"},
		"id of a built-in":    {"id: fuenf-stufen", "id: iso33020-2015", "/id: model-id-taken"},
		"no English title":    {"en: Five stages of service work", `en: ""`, "line 5: /title/en: text-length"},
		"begins at 2":         {"- level: 1", "- level: 2", "line 7: /levels/0/level: level-order"},
		"leaves one out":      {"- level: 5", "- level: 6", "line 15: /levels/4/level: level-order"},
		"nothing on a level":  {"level: 4\n    name: {de: Zahlen", "level: 5\n    name: {de: Zahlen", "line 13: /levels/3: level-empty"},
		"on the lowest level": {"- id: plan\n    level: 2", "- id: plan\n    level: 1", "line 22: /attributes/0/level: level-unknown"},
		"beyond the levels":   {"- id: plan\n    level: 2", "- id: plan\n    level: 6", "line 22: /attributes/0/level: level-unknown"},
		"unknown class":       {"here: L", "here: X", "line 18: /needs/here: class-unknown"},
		"needs nothing":       {"here: L", "here: N", "/needs/here: class-unknown"},
		"needs less below":    {"below: L", "below: P", "line 19: /needs/below: needs-order"},
		"needs left out":      {"needs:\n  here: L\n  below: L\n", "", "line 2: /needs/here: class-unknown"},
		"doubled attribute":   {"- id: supply", "- id: plan", "/attributes/1/id: model-key-invalid"},
		"doubled indicator":   {"key: plan.2", "key: plan.1", "/attributes/0/indicators/1/key: model-key-invalid"},
		"doubled in process":  {"key: CHG.f1", "key: plan.1", "/processes/0/indicators/figures/0/key: model-key-invalid"},
		"unknown attribute":   {"      figures:\n", "      numbers:\n", "/processes/0/indicators/numbers: attribute-unknown"},
		"no indicator":        {"    indicators:\n      - key: causes.1\n        text: {de: Häufige Ursachen werden beseitigt., en: Common causes are removed.}\n", "", "/attributes/4/indicators: too-many-items"},
		"hidden character":    {"en: Planning", `en: "Plan\u202ening"`, "/attributes/0/name/en: control-character"},
		"unknown place":       {"Arbeit an {process}", "Arbeit an {prozess}", "/attributes/0/indicators/0/text/de: placeholder-unknown"},
		"hidden in a source":  {"itil4: Change enablement", `itil4: "Change\u0007"`, "/processes/0/itil4: text-length"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(good, c.old, c.new, 1)
			if bad == good {
				t.Fatalf("%q does not occur in the file", c.old)
			}
			_, err := Load(strings.NewReader(bad))
			if !fault.Is(err, "model-invalid") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want model-invalid with %q", err, c.want)
			}
		})
	}
	if _, err := Load(strings.NewReader(strings.Repeat("#", yamlfile.MaxBytes+1))); !fault.Is(err, "body-too-large") {
		t.Errorf("oversized file: %v", err)
	}
	var empty Model
	if err := empty.Validate(); !fault.Is(err, "model-invalid") {
		t.Errorf("empty model: %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(read(f, stagedFile))
	f.Add("levels: []")
	f.Fuzz(func(t *testing.T, data string) {
		m, err := Load(strings.NewReader(data))
		if err != nil {
			return
		}
		if r, err := m.Rate(&Assessment{Process: "CHG", Sheets: []Sheet{sheet(m, "a", "", strings.Repeat("4", len(m.Attributes)))}}); err != nil || *r.Level != m.Highest() {
			t.Errorf("a valid model does not reach its top level: %v, %v", r, err)
		}
	})
}
