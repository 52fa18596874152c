package survey

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Invitation is what an invitation says about its holder. All of it is empty for a
// paper ticket, which belongs to nobody.
type Invitation struct {
	Process string // keys of the manifest's lists
	Role    string
	Unit    string
	Locale  locale.Language
}

// Claim proves an invitation: both parts come from the personal link.
type Claim struct {
	Handle []byte // 16 bytes
	Secret []byte // 16 bytes
}

// IssuedTicket is the server's half of a ticket (RFC 9497, 3.3.2).
type IssuedTicket struct {
	Evaluated []byte // 32 bytes
	Proof     []byte // 64 bytes
}

// Submission is one answer as it arrives: a ticket and what is to be sealed with it.
type Submission struct {
	Ticket  ballot.Ticket
	Payload ballot.Payload
}

// textBytes is the most UTF-8 bytes of the open question, so that every valid
// payload fits the padding.
const textBytes = 2000

// textKinds are what a free text may be said to be.
var textKinds = map[string]bool{"": true, "praise": true, "obstacle": true, "idea": true}

// CheckSubmission tells whether a payload is an answer to the questions of a
// manifest, and gives it with its text normalised (NFC, trimmed). The error is
// fault Invalid with one field for each thing that is wrong; its key is the code of
// the first.
func CheckSubmission(m *ballot.Manifest, p ballot.Payload) (ballot.Payload, error) {
	p.Text = stored(p.Text)
	if p.Text == "" {
		p.TextKind = ""
	}
	var fields []fault.Field
	fields = append(fields, checkAttributes(m, p.Attributes)...)
	fields = append(fields, checkAnswers(m, p.Answers)...)
	fields = append(fields, checkText(m, p)...)
	if len(fields) > 0 {
		return ballot.Payload{}, fault.New(fault.Invalid, fields[0].Code).With(fields...)
	}
	return p, nil
}

func checkAttributes(m *ballot.Manifest, a ballot.Attributes) []fault.Field {
	var fields []fault.Field
	for _, one := range []struct {
		name, key string
		list      []ballot.Choice
		optional  bool
	}{
		{"process", a.Process, m.Processes, false},
		{"role", a.Role, m.Roles, true},
		{"unit", a.Unit, m.Units, true},
	} {
		if one.optional && one.key == "" || listed(one.list, one.key) {
			continue
		}
		fields = append(fields, fault.Field{Pointer: "/attributes/" + one.name, Code: "attributes-invalid"})
	}
	return fields
}

func listed(list []ballot.Choice, key string) bool {
	for _, c := range list {
		if c.Key == key {
			return true
		}
	}
	return false
}

// checkAnswers walks the questions in their order, so that errors come in theirs.
func checkAnswers(m *ballot.Manifest, answers map[string]ballot.Answer) []fault.Field {
	if len(answers) == 0 {
		return []fault.Field{{Pointer: "/answers", Code: "answer-missing"}}
	}
	var fields []fault.Field
	known := 0
	for _, item := range m.Questionnaire.Items {
		answer, given := answers[item.Key]
		if !given {
			continue
		}
		known++
		scale := m.Questionnaire.Scales[item.Scale]
		_, offersCannotSay := scale.Labels["CS"]
		if answer.CannotSay && !offersCannotSay ||
			!answer.CannotSay && (answer.Value < scale.Lo || answer.Value > scale.Hi) {
			fields = append(fields, fault.Field{Pointer: "/answers/" + item.Key, Code: "answer-out-of-range"})
		}
	}
	if known < len(answers) { // the strange key is not repeated: it is the sender's text
		fields = append(fields, fault.Field{Pointer: "/answers", Code: "unknown-question"})
	}
	return fields
}

// TextLength counts the characters of a text as it is stored.
func TextLength(text string) int { return utf8.RuneCountInString(stored(text)) }

func stored(text string) string { return strings.TrimSpace(norm.NFC.String(text)) }

func checkText(m *ballot.Manifest, p ballot.Payload) []fault.Field {
	var fields []fault.Field
	if utf8.RuneCountInString(p.Text) > m.Questionnaire.TextMax || len(p.Text) > textBytes {
		fields = append(fields, fault.Field{Pointer: "/text", Code: "text-length"})
	}
	if strings.ContainsFunc(p.Text, invisible) {
		fields = append(fields, fault.Field{Pointer: "/text", Code: "control-character"})
	}
	if !textKinds[p.TextKind] {
		fields = append(fields, fault.Field{Pointer: "/text_kind", Code: "answer-type"})
	}
	return fields
}

// invisible finds control characters except line end and tab, and the characters
// that turn the direction of writing.
func invisible(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// hidden finds in addition what a text of one line must not have: line ends and tabs.
func hidden(r rune) bool { return r == '\n' || r == '\t' || invisible(r) }
