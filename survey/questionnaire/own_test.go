package questionnaire

import (
	"testing"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// TestOwnQuestionsStandBesideTheBuiltIn: the built-in questions stay comparable, and
// nobody is asked for more than two minutes.
func TestOwnQuestionsStandBesideTheBuiltIn(t *testing.T) {
	own := []locale.Text{{DE: "Der Umzug hat geholfen.", EN: "The move has helped."}, {}}
	q, err := WithOwn("check", own)
	if err != nil {
		t.Fatal(err)
	}
	if len(q.Items) != 20 || q.Seconds() != MaxSeconds || q.Own()[0] != own[0] || q.Own()[1] != own[1] {
		t.Errorf("%d questions, %d s, own %v", len(q.Items), q.Seconds(), q.Own())
	}
	if !SameConstruct(q, Check(), "ACC") && !SameItem(q, Check(), "A1") {
		t.Error("the built-in questions do not compare any more")
	}
	own[1] = own[0]
	if _, err := WithOwn("check", own); !fault.Is(err, "questionnaire-too-long") {
		t.Errorf("126 s: %v", err)
	}
	if q, err := WithOwn("pulse", own); err != nil || len(q.Items) != 11 {
		t.Errorf("two own questions in the pulse: %v", err)
	}
	_, err = WithOwn("pulse", []locale.Text{{DE: "Nur deutsch"}})
	if f := fault.Of(err); f.Key != "questionnaire-invalid" || len(f.Fields) != 1 || f.Fields[0].Pointer != "/own1_en" {
		t.Errorf("one language: %v %v", err, f.Fields)
	}
	if q, err := WithOwn("pulse", nil); err != nil || q.Hash() != Pulse().Hash() {
		t.Errorf("no own question: %v", err)
	}
}
