package tally

import (
	"slices"
	"testing"
	"time"

	"pulscheck/survey/questionnaire"
)

// standing counts a round of an organisation of its own.
func standing(name string, day int, q *questionnaire.Questionnaire, n int) Standing {
	s := &series{invited: []Invited{{"INC", "staff", "it", 60}}}
	return Standing{
		Organisation: name, Name: name, Closed: time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC), Questionnaire: q,
		Results: s.count(1, q, func(c *Counter) { level(c, n, "INC", 3) }),
	}
}

func (a *Abreast) states(key string) (states []string) {
	for _, m := range a.Measures {
		if m.Key == key {
			for _, v := range m.Values {
				states = append(states, v.State)
			}
		}
	}
	return states
}

// TestOrganisationsAbreast: what stands beside each other is what each displayed of the
// whole; other words are not comparable, however many ask so, and what is withheld shows
// nothing.
func TestOrganisationsAbreast(t *testing.T) {
	changed := func() *questionnaire.Questionnaire {
		q := questionnaire.Check()
		q.Items[slices.IndexFunc(q.Items, func(i questionnaire.Item) bool { return i.Construct == "ACC" })].Text.DE = "Anders gefragt?"
		return q
	}
	first, few, none := standing("a", 1, questionnaire.Check(), 40), standing("b", 2, questionnaire.Check(), 8), standing("c", 3, questionnaire.Check(), 3)
	other := standing("d", 4, changed(), 40)
	a := SetAbreast([]Standing{first, few, none, other})
	if got, want := a.states("ACC"), []string{Shown, Indicative, Protected, Incomparable}; !slices.Equal(got, want) {
		t.Errorf("acceptance %v, want %v", got, want)
	}
	if got, want := a.states("MOT"), []string{Shown, Indicative, Protected, Shown}; !slices.Equal(got, want) {
		t.Errorf("motivation %v, want %v", got, want)
	}
	shown := first.Results.find("total").construct("ACC")
	if v := a.Measures[0].Values[0]; a.Measures[0].Key != "ACC" || v.Index == nil || *v.Index != *shown.Index || *v.CI != *shown.CI || *v.N != 40 {
		t.Errorf("the first measure is %s with %+v, displayed was %+v", a.Measures[0].Key, v, shown)
	}
	for _, v := range a.Measures[0].Values[2:] {
		if v.Index != nil || v.CI != nil || v.N != nil || v.Band != "" {
			t.Errorf("%s tells %+v", v.State, v)
		}
	}
	if r := a.Organisations[2]; r.State != Protected || r.N != nil || r.Invited != nil || r.ResponseRate != nil {
		t.Errorf("of three answers is told %+v", r)
	}
	if got := SetAbreast([]Standing{first, other}).states("ACC"); !slices.Equal(got, []string{Incomparable, Incomparable}) {
		t.Errorf("two wordings: %v", got)
	}
	if got := SetAbreast([]Standing{first, other, standing("e", 9, changed(), 40), few}).states("ACC"); !slices.Equal(got, []string{Incomparable, Shown, Shown, Incomparable}) {
		t.Errorf("of two wordings of as many the last one counts: %v", got)
	}
	pulse := standing("p", 5, questionnaire.Pulse(), 40)
	if got := SetAbreast([]Standing{first, few, pulse}).states("MOT"); len(got) != 3 || got[2] != Shown {
		t.Errorf("the same construct of another questionnaire: %v", got)
	}
}
