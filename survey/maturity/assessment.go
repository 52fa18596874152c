package maturity

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Assessment is what assessors found about one process.
type Assessment struct {
	Process string
	Sheets  []Sheet
	Settled []Settlement
}

// Sheet is what one assessor found, alone, about one team or instance of the process.
type Sheet struct {
	Assessor string            // whoever calls knows who that is
	Team     string            // empty where the process is rated as a whole
	Answers  map[string]Answer // by key of the indicator; not in it = still open
}

// Answer is how much of an indicator an assessor saw.
type Answer struct {
	Value         int // 0 nothing, 1 first attempts, 2 in part, 3 largely, 4 throughout
	NotApplicable bool
	Evidence      []Evidence
	Note          string // what the assessor wants to remember; may be empty, counts nothing
}

// Evidence is what an assessor can show for an answer.
type Evidence struct {
	Kind      string // document, record, observation, interview
	Reference string // where it is found: a link, a document's name, a date; 1 to 500 runes
}

// Kinds of evidence.
const (
	Document    = "document"
	Record      = "record"
	Observation = "observation"
	Interview   = "interview"
)

// Settlement is the class that a consensus meeting gave an attribute. It lies between
// the lowest and the highest of what its assessors found alone, which stays on their
// sheets.
type Settlement struct {
	Team      string
	Attribute string
	Class     Class // N, P, L or F
	Reason    string
}

// Link gives the reference where it is a web address; only such a one may become a
// link on a page.
func (e Evidence) Link() (string, bool) {
	u, err := url.Parse(e.Reference)
	ok := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	if !ok {
		return "", false
	}
	return u.String(), true
}

// Limits of an assessment.
const (
	maxValue    = 4
	maxSheets   = 100
	maxEvidence = 20 // of one answer
	maxWho      = 100
	provenFrom  = 3  // answers from here on need evidence
	unproven    = 50 // percent that they count without
	perStep     = 25 // percent
)

// Unproven says that an answer counts less than it says, for want of evidence.
func (a Answer) Unproven() bool { return a.Value >= provenFrom && len(a.Evidence) == 0 }

// percent is what an answer counts, false for "not applicable".
func (a Answer) percent() (float64, bool) {
	if a.NotApplicable {
		return 0, false
	}
	if a.Unproven() {
		return unproven, true
	}
	return float64(a.Value * perStep), true
}

// Validate checks the assessment against the model; all findings at once, as fields of
// a fault Invalid "assessment-invalid". Settlements are checked by Rate as well, which
// knows what they settle.
func (a *Assessment) Validate(m *Model) error {
	var v fault.Findings
	if a.Process == "" {
		v.Add("/process", "text-length")
	}
	if len(a.Sheets) > maxSheets {
		v.Add("/sheets", "too-many-items")
	}
	asked := map[string]bool{}
	for _, attribute := range m.Attributes {
		for _, i := range m.Indicators(a.Process, attribute.ID) {
			asked[i.Key] = true
		}
	}
	teams := slices.ContainsFunc(a.Sheets, func(s Sheet) bool { return s.Team != "" })
	type whose struct{ assessor, team string }
	seen := map[whose]bool{}
	for i, s := range a.Sheets {
		at, who := fmt.Sprintf("/sheets/%d", i), whose{s.Assessor, s.Team}
		if !writable(s.Assessor, maxWho) || seen[who] {
			v.Add(at+"/assessor", "assessor-invalid")
		}
		seen[who] = true
		if teams && !writable(s.Team, maxWho) { // all sheets name one, or none
			v = append(v, unwritable(at+"/team", s.Team, maxWho))
		}
		for _, key := range slices.Sorted(maps.Keys(s.Answers)) {
			if !asked[key] {
				v.Add(at+"/answers/"+key, "indicator-unknown")
			}
			s.Answers[key].check(&v, at+"/answers/"+key)
		}
	}
	return v.Err("assessment-invalid")
}

func (a Answer) check(v *fault.Findings, at string) {
	if a.Value < 0 || a.Value > maxValue || a.NotApplicable && a.Value != 0 {
		v.Add(at+"/value", "indicator-value")
	}
	if len(a.Evidence) > maxEvidence {
		v.Add(at+"/evidence", "too-many-items")
	}
	if a.Note != "" && !writable(a.Note, maxText) {
		*v = append(*v, unwritable(at+"/note", a.Note, maxText))
	}
	for i, e := range a.Evidence {
		if !slices.Contains([]string{Document, Record, Observation, Interview}, e.Kind) {
			v.Add(fmt.Sprintf("%s/evidence/%d/kind", at, i), "evidence-kind-unknown")
		}
		if !writable(e.Reference, maxText) {
			*v = append(*v, unwritable(fmt.Sprintf("%s/evidence/%d/reference", at, i), e.Reference, maxText))
		}
	}
}

// writable texts say something, are not too long and hide nothing.
func writable(text string, limit int) bool {
	return strings.TrimSpace(text) != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= limit &&
		!strings.ContainsFunc(text, locale.Invisible)
}

// unwritable tells why a text is not writable.
func unwritable(pointer, text string, limit int) fault.Field {
	for _, f := range fault.Length(pointer, utf8.RuneCountInString(strings.TrimSpace(text)), limit) {
		return f
	}
	return fault.Field{Pointer: pointer, Code: "text-length"}
}
