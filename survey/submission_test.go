package survey

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
)

func manifest() *ballot.Manifest {
	return &ballot.Manifest{
		Questionnaire: ballot.DescribeQuestionnaire(questionnaire.Check()),
		Processes:     []ballot.Choice{{Key: "INC"}},
		Roles:         []ballot.Choice{{Key: "owner"}},
		Units:         []ballot.Choice{{Key: "it"}},
	}
}

func TestCheckSubmissionNamesEveryWrongField(t *testing.T) {
	one := map[string]ballot.Answer{"A1": {Value: 4}}
	inc := ballot.Attributes{Process: "INC"}
	for name, c := range map[string]struct {
		payload ballot.Payload
		want    []fault.Field
	}{
		"fine":            {ballot.Payload{Attributes: inc, Answers: one}, nil},
		"all stated":      {ballot.Payload{Attributes: ballot.Attributes{Process: "INC", Role: "owner", Unit: "it"}, Answers: one}, nil},
		"no answer":       {ballot.Payload{Attributes: inc}, []fault.Field{{Pointer: "/answers", Code: "answer-missing"}}},
		"no process":      {ballot.Payload{Answers: one}, []fault.Field{{Pointer: "/attributes/process", Code: "attributes-invalid"}}},
		"unknown role":    {ballot.Payload{Attributes: ballot.Attributes{Process: "INC", Role: "boss"}, Answers: one}, []fault.Field{{Pointer: "/attributes/role", Code: "attributes-invalid"}}},
		"above the scale": {ballot.Payload{Attributes: inc, Answers: map[string]ballot.Answer{"A1": {Value: 6}}}, []fault.Field{{Pointer: "/answers/A1", Code: "answer-out-of-range"}}},
		"below the scale": {ballot.Payload{Attributes: inc, Answers: map[string]ballot.Answer{"A1": {Value: 0}, "A2": {Value: -1}}}, []fault.Field{{Pointer: "/answers/A1", Code: "answer-out-of-range"}, {Pointer: "/answers/A2", Code: "answer-out-of-range"}}},
		"lower case key":  {ballot.Payload{Attributes: inc, Answers: map[string]ballot.Answer{"a1": {Value: 1}}}, []fault.Field{{Pointer: "/answers", Code: "unknown-question"}}},
		"longest text":    {ballot.Payload{Attributes: inc, Answers: one, Text: strings.Repeat("\U0001F642", 500)}, nil},
		"text too long":   {ballot.Payload{Attributes: inc, Answers: one, Text: strings.Repeat("ü", 501)}, []fault.Field{{Pointer: "/text", Code: "text-length"}}},
		"control":         {ballot.Payload{Attributes: inc, Answers: one, Text: "a\x00b"}, []fault.Field{{Pointer: "/text", Code: "control-character"}}},
		"bidi override":   {ballot.Payload{Attributes: inc, Answers: one, Text: "a\u202eb"}, []fault.Field{{Pointer: "/text", Code: "control-character"}}},
		"unknown kind":    {ballot.Payload{Attributes: inc, Answers: one, Text: "a", TextKind: "rant"}, []fault.Field{{Pointer: "/text_kind", Code: "answer-type"}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := CheckSubmission(manifest(), c.payload)
			var got []fault.Field
			if err != nil {
				got = fault.Of(err).Fields
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCannotSayOnlyWhereOffered(t *testing.T) {
	m := manifest()
	scale := m.Questionnaire.Items[0].Scale
	answers := map[string]ballot.Answer{"A1": {CannotSay: true}}
	p := ballot.Payload{Attributes: ballot.Attributes{Process: "INC"}, Answers: answers}
	if _, err := CheckSubmission(m, p); err != nil {
		t.Errorf("offered: %v", err)
	}
	delete(m.Questionnaire.Scales[scale].Labels, "CS")
	if _, err := CheckSubmission(m, p); !fault.Is(err, "answer-out-of-range") {
		t.Errorf("not offered: got %v, want answer-out-of-range", err)
	}
}

func TestTextIsNormalised(t *testing.T) {
	p := ballot.Payload{Attributes: ballot.Attributes{Process: "INC"}, Answers: map[string]ballot.Answer{"A1": {Value: 1}}, Text: " u\u0308ber \n"}
	got, err := CheckSubmission(manifest(), p)
	if err != nil || got.Text != "über" {
		t.Errorf("text %q, %v; want %q", got.Text, err, "über")
	}
}
