package survey_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
	"pulscheck/survey/store/storetest"
)

// assessor is somebody who rates changes.
func (o *office) assessor(name string) account.Actor {
	return account.Actor{ID: name, Role: account.Owner, Organisations: []string{string(o.org.ID)}, Processes: map[string][]string{string(o.org.ID): {"CHG"}}}
}

func (o *office) assessment(t testing.TB, id survey.IterationID, in survey.AssessmentInput) *survey.Assessment {
	t.Helper()
	if in.Process == nil {
		in.Process = ptr("CHG")
	}
	a, err := o.CreateAssessment(ctx, o.consultant(), id, in)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// answers gives an answer to every indicator of CHG, with evidence.
func answers(m *maturity.Model, value func(level int) int) (all []survey.AnswerInput) {
	for _, a := range m.Attributes {
		for _, i := range m.Indicators("CHG", a.ID) {
			v := value(a.Level)
			all = append(all, survey.AnswerInput{Indicator: i.Key, Value: &v, Evidence: []maturity.Evidence{{Kind: maturity.Record, Reference: "CAB 12.03."}}})
		}
	}
	return all
}

// upTo is answers that reach a level and nothing beyond it.
func upTo(level int) func(int) int {
	return func(l int) int {
		if l <= level {
			return 4
		}
		return 0
	}
}

func (o *office) rate(t testing.TB, id survey.AssessmentID, who account.Actor, value func(int) int, finished bool) *survey.Assessment {
	t.Helper()
	a, err := o.ShowAssessment(ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, s := range a.Sheets {
		seen = s.Version
	}
	a, err = o.SaveSheet(ctx, who, id, survey.SheetInput{Seen: seen, Answers: answers(maturity.BuiltIn(a.Model), value), Finished: finished})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAssessorsRateAlone: nobody reads what others found before all are done; then the
// lower median counts, and far apart they have to meet.
func TestAssessorsRateAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		a := o.assessment(t, i.ID, survey.AssessmentInput{Target: ptr(3), Core: ptr(true), Assessors: ptr(2)})
		one, two := o.assessor("one"), o.assessor("two")
		o.rate(t, a.ID, one, upTo(1), false)
		o.rate(t, a.ID, one, upTo(2), true)
		o.rate(t, a.ID, two, upTo(0), false)
		for who, sheets := range map[string]int{"one": 1, "two": 1, "lead": 0, "consultant": 0, "auditor": 0} {
			actor := map[string]account.Actor{"one": one, "two": two, "lead": o.lead(), "consultant": o.consultant(), "auditor": o.auditor()}[who]
			got, err := o.ShowAssessment(ctx, actor, a.ID)
			if err != nil || len(got.Sheets) != sheets || got.Begun != 2 || got.Finished != 1 || sheets == 1 && got.Sheets[0].Assessor != who {
				t.Errorf("%s sees %+v, %v, want %d sheets", who, got, err, sheets)
			}
			m, err := o.Maturity(ctx, actor, i.ID)
			if err != nil || m.Processes[0].Now != nil || len(m.Processes[0].Assessment.Sheets) != sheets || m.Processes[0].Roles != nil || m.Profile.Assessed != 0 {
				t.Errorf("%s sees before all are done: %+v, %v", who, m, err)
			}
		}
		if done := o.rate(t, a.ID, two, upTo(0), true); done.State != survey.AssessmentDone || len(done.Sheets) != 2 || !done.Done.Equal(o.now) {
			t.Fatalf("%+v", done)
		}
		m, err := o.Maturity(ctx, o.auditor(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		p := m.Processes[0]
		if *p.Level() != 0 || !p.Now.Provisional || *p.Gap() != 3 || p.Now.Attributes[0].Consensus != maturity.MeetingNeeded || p.Now.Attributes[0].Spread != 3 ||
			m.Profile.WithTarget != 1 || m.Profile.AtTarget != 0 || *m.Profile.Stage != 0 || m.Profile.Provisional != 1 || len(p.Roles) != 1 {
			t.Errorf("%+v\n%+v", p.Now, m.Profile)
		}
		_, err = o.SaveSheet(ctx, one, a.ID, survey.SheetInput{Seen: 2})
		if !fault.Is(err, "assessment-done") {
			t.Errorf("rated after all was seen: %v", err)
		}
		o.settle(t, i.ID, a.ID)
	})
}

// settle lets a consensus meeting agree, and begins anew.
func (o *office) settle(t *testing.T, i survey.IterationID, id survey.AssessmentID) {
	t.Helper()
	a, err := o.ShowAssessment(ctx, o.lead(), id)
	if err != nil {
		t.Fatal(err)
	}
	agreed := []maturity.Settlement{{Attribute: "1.1", Class: maturity.Largely, Reason: "Protokolle liegen vor"}}
	if _, err := o.SettleAssessment(ctx, o.assessor("one"), id, a.Version, agreed); !fault.Is(err, "forbidden") {
		t.Errorf("an owner settled: %v", err)
	}
	if _, err := o.SettleAssessment(ctx, o.lead(), id, a.Version-1, agreed); !fault.Is(err, "version-conflict") {
		t.Errorf("settled in another version: %v", err)
	}
	wrong := []maturity.Settlement{{Attribute: "9.9", Class: maturity.Largely, Reason: "x"}}
	if _, err := o.SettleAssessment(ctx, o.lead(), id, a.Version, wrong); !fault.Is(err, "assessment-invalid") || codes(err)[0] != "attribute-unknown" {
		t.Errorf("settled what there is not: %v", err)
	}
	if a, err = o.SettleAssessment(ctx, o.lead(), id, a.Version, agreed); err != nil {
		t.Fatal(err)
	}
	m, err := o.Maturity(ctx, o.lead(), i)
	if err != nil || *m.Processes[0].Level() != 1 || m.Processes[0].Now.Attributes[0].Consensus != maturity.Settled {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := o.CloseAssessment(ctx, o.lead(), id, a.Version); !fault.Is(err, "assessment-done") {
		t.Errorf("closed twice: %v", err)
	}
	if a, err = o.ReopenAssessment(ctx, o.lead(), id, a.Version); err != nil || a.State != survey.AssessmentRating || a.Settled != nil || len(a.Sheets) != 0 {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := o.SettleAssessment(ctx, o.lead(), id, a.Version, agreed); !fault.Is(err, "assessment-open") {
		t.Errorf("settled while people rate: %v", err)
	}
	o.rate(t, id, o.assessor("two"), upTo(2), false)
	if a, err = o.CloseAssessment(ctx, o.consultant(), id, a.Version); err != nil || a.State != survey.AssessmentDone {
		t.Fatalf("%+v, %v", a, err)
	}
	m, err = o.Maturity(ctx, o.lead(), i)
	if err != nil || *m.Processes[0].Level() != 2 || m.Processes[0].Now.Attributes[0].Consensus != maturity.OneAssessor {
		t.Errorf("a draft counts: %+v, %v", m.Processes[0].Now, err)
	}
}

// TestAssessorsAtOnce: twenty people save at the same time; every sheet is there and
// the last one ends the rating.
func TestAssessorsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		a := o.assessment(t, i.ID, survey.AssessmentInput{Assessors: ptr(12)})
		var wg sync.WaitGroup
		for n := range 12 {
			wg.Go(func() {
				who := o.assessor(fmt.Sprintf("a%02d", n))
				for seen, finished := range []bool{false, true} {
					_, err := o.SaveSheet(ctx, who, a.ID, survey.SheetInput{Seen: seen, Finished: finished, Answers: answers(maturity.BuiltIn(a.Model), upTo(1))})
					if err != nil {
						t.Errorf("%s: %v", who.ID, err)
					}
				}
			})
		}
		wg.Wait()
		got, err := o.ShowAssessment(ctx, o.auditor(), a.ID)
		if err != nil || got.State != survey.AssessmentDone || len(got.Sheets) != 12 || got.Finished != 12 || got.Turn != 24 {
			t.Errorf("%+v, %v", got, err)
		}
		for _, s := range got.Sheets {
			if s.Version != 2 || !s.Finished {
				t.Errorf("%+v", s)
			}
		}
		entries, err := o.store.ListAudit(ctx, o.org.ID)
		if err != nil || audit.Verify(entries) != nil {
			t.Errorf("audit: %v, %v", err, audit.Verify(entries))
		}
	})
}

// TestSheetsAreChecked: every finding points into what was sent.
func TestSheetsAreChecked(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	a := o.assessment(t, i.ID, survey.AssessmentInput{Teams: &[]string{"Nord", " Süd "}})
	m := maturity.BuiltIn(a.Model)
	key, who := m.Indicators("CHG", "2.1")[0].Key, o.assessor("one")
	save := func(in survey.SheetInput) error {
		_, err := o.SaveSheet(ctx, who, a.ID, in)
		return err
	}
	for _, team := range []string{"", "West"} {
		if err := save(survey.SheetInput{Team: team}); !fault.Is(err, "team-unknown") {
			t.Errorf("team %q: %v", team, err)
		}
	}
	one, five := 1, 5
	for what, c := range map[string]struct {
		answers []survey.AnswerInput
		want    []fault.Field
	}{
		"nothing":  {[]survey.AnswerInput{{Indicator: key}}, []fault.Field{{Pointer: "/answers/0/value", Code: "indicator-value"}}},
		"both":     {[]survey.AnswerInput{{Indicator: key, Value: &one, NotApplicable: true}}, []fault.Field{{Pointer: "/answers/0/value", Code: "indicator-value"}}},
		"too much": {[]survey.AnswerInput{{Indicator: key, Value: &five}}, []fault.Field{{Pointer: "/answers/0/value", Code: "indicator-value"}}},
		"twice":    {[]survey.AnswerInput{{Indicator: key, Value: &one}, {Indicator: key, Value: &one}}, []fault.Field{{Pointer: "/answers/1/indicator", Code: "answer-duplicate"}}},
		"unknown":  {[]survey.AnswerInput{{Indicator: "9.9", Value: &one}}, []fault.Field{{Pointer: "/answers/0/indicator", Code: "indicator-unknown"}}},
		"no last":  {[]survey.AnswerInput{{Indicator: key, Last: true}}, []fault.Field{{Pointer: "/answers/0/last", Code: "answer-missing"}}},
		"evidence": {[]survey.AnswerInput{{Indicator: key, Value: &one, Evidence: []maturity.Evidence{{Kind: "rumour"}}}}, []fault.Field{{Pointer: "/answers/0/evidence/0/kind", Code: "evidence-kind-unknown"}, {Pointer: "/answers/0/evidence/0/reference", Code: "text-length"}}},
		"note":     {[]survey.AnswerInput{{Indicator: key, Value: &one, Note: "a\u202eb"}}, []fault.Field{{Pointer: "/answers/0/note", Code: "text-length"}}},
	} {
		err := save(survey.SheetInput{Team: "Nord", Seen: 9, Answers: c.answers})
		if !fault.Is(err, "version-conflict") {
			t.Errorf("%s: %v", what, err)
		}
		err = save(survey.SheetInput{Team: "Nord", Answers: c.answers})
		if diff := cmp.Diff(c.want, fault.Of(err).Fields); diff != "" || !fault.Is(err, "assessment-invalid") {
			t.Errorf("%s: %v\n%s", what, err, diff)
		}
	}
	if err := save(survey.SheetInput{Team: "Nord"}); err != nil {
		t.Error(err)
	}
	got, err := o.ShowAssessment(ctx, who, a.ID)
	if err != nil || len(got.Sheets) != 1 || got.Sheets[0].Team != "Nord" {
		t.Errorf("%+v, %v", got, err)
	}
	for what, c := range map[string]struct {
		in   survey.AssessmentInput
		code string
	}{
		"target of no level":  {survey.AssessmentInput{Target: ptr(6)}, "level-unknown"},
		"nobody rates":        {survey.AssessmentInput{Assessors: ptr(0)}, "number-out-of-range"},
		"teams of the others": {survey.AssessmentInput{Teams: &[]string{"Nord"}}, "assessment-begun"},
	} {
		if _, err := o.UpdateAssessment(ctx, who, a.ID, a.Version, c.in); !fault.Is(err, c.code) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, c := range map[string]struct {
		in   survey.AssessmentInput
		code string
	}{
		"a second one":    {survey.AssessmentInput{Process: ptr("CHG")}, "assessment-exists"},
		"no process":      {survey.AssessmentInput{Process: ptr("XXX")}, "process-unknown"},
		"no model":        {survey.AssessmentInput{Process: ptr("INC"), Model: ptr("cmm")}, "model-unknown"},
		"a team twice":    {survey.AssessmentInput{Process: ptr("INC"), Teams: &[]string{"A", "A"}}, "team-unknown"},
		"a team too long": {survey.AssessmentInput{Process: ptr("INC"), Teams: &[]string{fmt.Sprintf("%0101d", 1)}}, "text-length"},
	} {
		if _, err := o.CreateAssessment(ctx, o.lead(), i.ID, c.in); !fault.Is(err, c.code) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, process := range []string{"INC", ""} {
		if _, err := o.CreateAssessment(ctx, who, i.ID, survey.AssessmentInput{Process: &process}); !fault.Is(err, "process-unknown") {
			t.Errorf("an owner of changes assessed %q: %v", process, err)
		}
	}
}

// TestForeignAssessments are not found, and whoever may not hears so.
func TestForeignAssessments(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	a := o.assessment(t, i.ID, survey.AssessmentInput{})
	foreign := account.Actor{ID: "x", Role: account.Lead, Organisations: []string{"other"}}
	incidents := account.Actor{ID: "y", Role: account.Owner, Organisations: []string{string(o.org.ID)}, Processes: map[string][]string{string(o.org.ID): {"INC"}}}
	operator := account.Actor{ID: "z", Role: account.Operator}
	for _, c := range []struct {
		who  account.Actor
		what string
		code string
	}{
		{foreign, "show", "not-found"}, {foreign, "save", "not-found"}, {foreign, "close", "not-found"}, {foreign, "maturity", "not-found"},
		{incidents, "show", "not-found"}, {incidents, "save", "not-found"}, {incidents, "close", "forbidden"},
		{o.auditor(), "show", ""}, {o.auditor(), "save", "forbidden"}, {o.auditor(), "close", "forbidden"},
		{operator, "show", "forbidden"}, {operator, "save", "forbidden"}, {operator, "maturity", "forbidden"},
		{o.lead(), "close", "assessment-empty"},
	} {
		err := map[string]func() error{
			"show":     func() error { _, err := o.ShowAssessment(ctx, c.who, a.ID); return err },
			"save":     func() error { _, err := o.SaveSheet(ctx, c.who, a.ID, survey.SheetInput{}); return err },
			"close":    func() error { _, err := o.CloseAssessment(ctx, c.who, a.ID, a.Version); return err },
			"maturity": func() error { _, err := o.Maturity(ctx, c.who, i.ID); return err },
		}[c.what]()
		if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %s: %v, want %q", c.who.ID, c.what, err, c.code)
		}
	}
	i.Phase = survey.Finished
	if err := o.store.UpdateIteration(ctx, i, nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.SaveSheet(ctx, o.lead(), a.ID, survey.SheetInput{}); !fault.Is(err, "iteration-done") {
		t.Errorf("rated after the iteration: %v", err)
	}
	if err := o.store.DeleteOrganisation(ctx, o.org.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.FindAssessment(ctx, a.ID); !fault.Is(err, "not-found") {
		t.Errorf("left after its organisation: %v", err)
	}
}
