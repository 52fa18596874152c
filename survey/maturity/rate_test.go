package maturity

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
)

var shown = []Evidence{{Kind: Document, Reference: "https://wiki.example.org/change"}}

// rate rates CHG by sheets that must be in order.
func rate(t testing.TB, m *Model, sheets ...Sheet) *Result {
	t.Helper()
	r, err := m.Rate(&Assessment{Process: "CHG", Sheets: sheets})
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return r
}

// sheet answers every indicator of the attributes in order with the same value, with
// evidence; "-" is not applicable, "." leaves them open.
func sheet(m *Model, assessor, team, values string) Sheet {
	s := Sheet{Assessor: assessor, Team: team, Answers: map[string]Answer{}}
	for i, value := range values {
		for _, indicator := range m.Indicators("CHG", m.Attributes[i].ID) {
			switch value {
			case '.':
			case '-':
				s.Answers[indicator.Key] = Answer{NotApplicable: true}
			default:
				s.Answers[indicator.Key] = Answer{Value: int(value - '0'), Evidence: shown}
			}
		}
	}
	return s
}

func classesOf(r *Result) string {
	var list []string
	for _, a := range r.Attributes {
		list = append(list, string(a.Class))
	}
	return strings.Join(list, ",")
}

func TestAssessorsAreRatedAloneFirst(t *testing.T) {
	m := ISO33020(Edition2015)
	r := rate(t, m, sheet(m, "a", "", "444210000"), sheet(m, "b", "", "434200000"), sheet(m, "c", "", "4431.-000"))
	if got := classesOf(r); got != "F,F,F,P,N,N,N,N,N" {
		t.Errorf("classes %s", got)
	}
	if *r.Level != 2 || r.Provisional || *r.LowestTeam != 2 {
		t.Errorf("level %d, provisional %v", *r.Level, r.Provisional)
	}
	var states []string
	for _, a := range r.Attributes {
		states = append(states, a.Consensus)
		if a.Percent != nil || a.Refined != NotRated {
			t.Errorf("%s: %v %% of several assessors; only their classes count", a.Attribute, *a.Percent)
		}
	}
	if got := strings.Join(states[:6], ","); got != "agreed,close,close,agreed,close,agreed" {
		t.Errorf("consensus: %s", got)
	}
	if got := r.Attributes[4].Open; got != 3 {
		t.Errorf("3.2: %d answers open, want 3", got)
	}
}

func TestAssessorsFarApartHaveToMeet(t *testing.T) {
	m := ISO33020(Edition2015)
	a := &Assessment{Process: "CHG", Sheets: []Sheet{sheet(m, "a", "", "42"), sheet(m, "b", "", "44")}}
	r, err := m.Rate(a)
	if err != nil {
		t.Fatal(err)
	}
	if x := r.Attributes[1]; x.Class != Partially || x.Spread != 2 || x.Consensus != MeetingNeeded || !r.Provisional {
		t.Errorf("before the meeting: %+v, provisional %v", x, r.Provisional)
	}
	a.Settled = []Settlement{{Attribute: "2.1", Class: Largely, Reason: "Beide haben die Protokolle gelesen."}}
	if r, err = m.Rate(a); err != nil {
		t.Fatal(err)
	}
	if x := r.Attributes[1]; x.Class != Largely || x.Spread != 2 || x.Consensus != Settled || r.Provisional {
		t.Errorf("after the meeting: %+v, provisional %v", x, r.Provisional)
	}
}

func TestTeamsBesideEachOther(t *testing.T) {
	m := ISO33020(Edition2015)
	r := rate(t, m, sheet(m, "a", "Nord", "444"), sheet(m, "a", "Süd", "424"), sheet(m, "b", "Süd", "434"), sheet(m, "a", "West", "443"))
	x := r.Attributes[1]
	want := Rating{Attribute: "2.1", Class: Fully, Consensus: CloseTogether, Spread: 1, Lowest: Partially, Between: 2, Teams: []Team{
		{"Nord", Fully, OneAssessor, 0}, {"Süd", Partially, CloseTogether, 1}, {"West", Fully, OneAssessor, 0},
	}}
	if diff := cmp.Diff(want, x); diff != "" {
		t.Errorf("2.1 (-want +got):\n%s", diff)
	}
	if *r.Level != 2 || *r.LowestTeam != 1 || r.Provisional {
		t.Errorf("level %d, lowest team %d, provisional %v: teams may differ without a meeting", *r.Level, *r.LowestTeam, r.Provisional)
	}
}

func TestNothingRatedIsNoLevel(t *testing.T) {
	m := ISO33020(Edition2015)
	for what, sheets := range map[string][]Sheet{
		"no sheet": nil, "empty sheet": {sheet(m, "a", "", "")}, "nothing applies": {sheet(m, "a", "", "---------")},
	} {
		if r := rate(t, m, sheets...); r.Level != nil || r.LowestTeam != nil || len(r.Attributes) != 9 {
			t.Errorf("%s: level %v", what, r.Level)
		}
	}
	if r := rate(t, m, sheet(m, "a", "", ".44")); r.Level == nil || *r.Level != 0 {
		t.Errorf("1.1 not rated: level %v, want 0", r.Level)
	}
}

func TestAssessmentsAreChecked(t *testing.T) {
	m := ISO33020(Edition2015)
	answers := func(key string, a Answer) []Sheet {
		return []Sheet{{Assessor: "a", Answers: map[string]Answer{key: a}}}
	}
	two := []Sheet{sheet(m, "a", "", "41"), sheet(m, "b", "", "44")}
	for want, a := range map[string]Assessment{
		"/process text-length":                                         {},
		"/sheets/0/answers/INCa indicator-unknown":                     {Process: "CHG", Sheets: answers("INCa", Answer{})},
		"/sheets/0/answers/PA1.1a indicator-unknown":                   {Process: "CHG", Sheets: answers("PA1.1a", Answer{})},
		"/sheets/0/answers/CHGa indicator-unknown":                     {Process: "OWN", Sheets: answers("CHGa", Answer{})},
		"/sheets/0/answers/CHGa/value indicator-value":                 {Process: "CHG", Sheets: answers("CHGa", Answer{Value: 5})},
		"/sheets/0/answers/CHGb/value indicator-value":                 {Process: "CHG", Sheets: answers("CHGb", Answer{Value: -1})},
		"/sheets/0/answers/CHGc/value indicator-value":                 {Process: "CHG", Sheets: answers("CHGc", Answer{Value: 3, NotApplicable: true})},
		"/sheets/0/answers/CHGa/evidence too-many-items":               {Process: "CHG", Sheets: answers("CHGa", Answer{Evidence: slicesOf(shown[0], 21)})},
		"/sheets/0/answers/CHGa/evidence/0/kind evidence-kind-unknown": {Process: "CHG", Sheets: answers("CHGa", Answer{Evidence: []Evidence{{"rumour", "x"}}})},
		"/sheets/0/answers/CHGa/evidence/0/reference text-length":      {Process: "CHG", Sheets: answers("CHGa", Answer{Evidence: []Evidence{{Record, " "}}})},
		"/sheets/0/answers/CHGb/evidence/0/reference text-length":      {Process: "CHG", Sheets: answers("CHGb", Answer{Evidence: []Evidence{{Record, "a\u2028b"}}})},
		"/sheets/1/assessor assessor-invalid":                          {Process: "CHG", Sheets: []Sheet{{Assessor: "a"}, {Assessor: "a"}}},
		"/sheets/0/assessor assessor-invalid":                          {Process: "CHG", Sheets: []Sheet{{}}},
		"/sheets/1/team text-length":                                   {Process: "CHG", Sheets: []Sheet{{Assessor: "a", Team: "Nord"}, {Assessor: "a"}}},
		"/settled/0/class settlement-outside":                          {Process: "CHG", Sheets: two, Settled: []Settlement{{"", "2.1", Not, "weil"}}},
		"/settled/0/class class-unknown":                               {Process: "CHG", Sheets: two, Settled: []Settlement{{"", "2.1", "L+", "weil"}}},
		"/settled/0/reason text-length":                                {Process: "CHG", Sheets: two, Settled: []Settlement{{"", "2.1", Largely, ""}}},
		"/settled/0/team team-unknown":                                 {Process: "CHG", Sheets: two, Settled: []Settlement{{"Ost", "2.1", Largely, "weil"}}},
		"/settled/0/attribute attribute-unknown":                       {Process: "CHG", Sheets: two, Settled: []Settlement{{"", "2.9", Largely, "weil"}}},
		"/settled/1/attribute attribute-unknown":                       {Process: "CHG", Sheets: two, Settled: []Settlement{{"", "2.1", Largely, "weil"}, {"", "2.1", Fully, "weil"}}},
	} {
		_, err := m.Rate(&a)
		var found []string
		for _, f := range fault.Of(err).Fields {
			found = append(found, f.Pointer+" "+f.Code)
		}
		if got := strings.Join(found, "; "); !fault.Is(err, "assessment-invalid") || got != want {
			t.Errorf("%v with %q, want %q", err, got, want)
		}
	}
	unrated := Assessment{Process: "CHG", Sheets: []Sheet{sheet(m, "a", "", "4")}, Settled: []Settlement{{"", "2.1", Fully, "weil"}}}
	if _, err := m.Rate(&unrated); !fault.Is(err, "assessment-invalid") {
		t.Errorf("a meeting rated what no assessor did: %v", err)
	}
}

func slicesOf[T any](x T, n int) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = x
	}
	return list
}

func TestOnlyWebAddressesAreLinks(t *testing.T) {
	for reference, want := range map[string]bool{
		"https://wiki.example.org/a?b=c": true, "http://intranet/x": true, "javascript:alert(1)": false,
		"Gespräch am 3. März": false, "https:": false, "file:///etc/passwd": false, "//host/x": false, "%zz": false,
	} {
		if _, got := (Evidence{Kind: Record, Reference: reference}).Link(); got != want {
			t.Errorf("%q is a link: %v, want %v", reference, got, want)
		}
	}
}

// Seeing more of an indicator, or showing evidence for it, never lowers a rating, a
// level, or the stage of the organisation.
func TestRatingsAreMonotone(t *testing.T) {
	random, raised := rand.New(rand.NewPCG(7, 2026)), 0
	models := []*Model{ISO33020(Edition2015), ISO33020(Edition2019), staged(t)}
	for range 3000 {
		m := models[random.IntN(len(models))]
		sheets := randomSheets(m, random)
		before := rate(t, m, sheets...)
		raise(sheets[random.IntN(len(sheets))], random)
		after := rate(t, m, sheets...)
		for i, x := range after.Attributes {
			if was := before.Attributes[i]; was.Class.rank() > x.Class.rank() || was.Lowest.rank() > x.Lowest.rank() {
				t.Fatalf("%s fell from %s to %s", x.Attribute, was.Class, x.Class)
			}
		}
		if before.Level == nil {
			continue
		}
		if *after.Level < *before.Level || *after.LowestTeam < *before.LowestTeam {
			t.Fatalf("level fell from %d to %d", *before.Level, *after.Level)
		}
		if *after.Level > *before.Level {
			raised++
		}
		other := random.IntN(4)
		low, _ := m.Stage([]int{*before.Level}, []int{other})
		if high, _ := m.Stage([]int{*after.Level}, []int{other}); high < low {
			t.Fatalf("stage fell from %d to %d", low, high)
		}
	}
	if raised < 30 {
		t.Errorf("only %d of the changes raised a level: the test sees too little", raised)
	}
}

// randomSheets are one to four assessors who see much on low levels, less on high ones.
func randomSheets(m *Model, random *rand.Rand) (sheets []Sheet) {
	teams := []string{"Nord", "Süd"}[:1+random.IntN(2)]
	for i := range 1 + random.IntN(4) {
		s := Sheet{Assessor: fmt.Sprint(i), Team: teams[i%len(teams)], Answers: map[string]Answer{}}
		for _, a := range m.Attributes {
			for _, x := range m.Indicators("CHG", a.ID) {
				answer := Answer{Value: max(0, 4-random.IntN(2+a.Level))}
				if random.IntN(12) == 0 {
					answer = Answer{NotApplicable: true}
				} else if random.IntN(8) > 0 {
					answer.Evidence = shown
				}
				s.Answers[x.Key] = answer
			}
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// raise sees more of a few indicators of a sheet.
func raise(s Sheet, random *rand.Rand) {
	for key, a := range s.Answers {
		if a.NotApplicable || random.IntN(3) > 0 {
			continue
		}
		if random.IntN(2) == 0 {
			a.Evidence = shown
		}
		a.Value = min(maxValue, a.Value+random.IntN(3))
		s.Answers[key] = a
	}
}
