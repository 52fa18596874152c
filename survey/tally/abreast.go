package tally

import (
	"slices"
	"time"

	"pulscheck/survey/questionnaire"
)

// Abreast is organisations side by side, each by the check round that it counted last:
// what the whole of it displayed, never a group. Only what was asked in the same words
// stands on one scale.
type Abreast struct {
	Organisations []AbreastRound   `json:"organisations"` // in order of name
	Measures      []AbreastMeasure `json:"measures"`      // that two organisations ask about, acceptance and motivation first
}

// AbreastRound is what is told of the round of an organisation.
type AbreastRound struct {
	Organisation  string   `json:"organisation"` // id
	Name          string   `json:"name"`
	Round         string   `json:"round"`
	Closed        string   `json:"closed"` // day in the zone of the organisation, YYYY-MM-DD
	Questionnaire string   `json:"questionnaire_hash"`
	K             int      `json:"k"`
	State         string   `json:"state"`
	Invited       *int     `json:"invited"` // nil where the whole is withheld
	N             *int     `json:"n"`       // nil for fewer than 20 invited, whose rate is a class
	ResponseRate  *float64 `json:"response_rate"`
	RateClass     string   `json:"rate_class,omitempty"`
	Imported      bool     `json:"imported,omitempty"` // what another tool counted
}

// AbreastMeasure is a construct in every organisation.
type AbreastMeasure struct {
	Key    string         `json:"key"`
	Values []AbreastValue `json:"values"` // one for each organisation
}

// AbreastValue is what the whole of an organisation displayed of a construct. State is
// that of the whole, or Protected, Incomparable, NotAsked.
type AbreastValue struct {
	State string    `json:"state"`
	N     *int      `json:"n"`
	Index *int      `json:"index"`
	CI    *Interval `json:"ci"`
	Band  string    `json:"band,omitempty"`
}

// Standing is a counted round of an organisation with what it takes to set it beside
// those of others.
type Standing struct {
	Organisation, Name string
	Day                string // of closing, YYYY-MM-DD
	Closed             time.Time
	Imported           bool
	Questionnaire      *questionnaire.Questionnaire
	Results            *Results
}

// headlines are the constructs that stand first.
var headlines = []string{"ACC", "MOT"}

// SetAbreast sets rounds of organisations beside each other. A construct that is worded in
// more than one way is measured by the wording that most of them share, of as many the one
// that was asked last; who asked otherwise is incomparable, and so is everybody if no two
// asked alike.
func SetAbreast(list []Standing) *Abreast {
	a := &Abreast{Organisations: []AbreastRound{}, Measures: []AbreastMeasure{}}
	for i := range list {
		a.Organisations = append(a.Organisations, list[i].told())
	}
	for _, key := range measures(list) {
		m, by := AbreastMeasure{Key: key}, alike(list, key)
		for i := range list {
			m.Values = append(m.Values, list[i].value(by, key))
		}
		a.Measures = append(a.Measures, m)
	}
	return a
}

func (s *Standing) told() AbreastRound {
	r := AbreastRound{
		Organisation: s.Organisation, Name: s.Name, Round: s.Results.Round, Closed: s.Day, Questionnaire: s.Results.Questionnaire,
		K: s.Results.K, State: Protected, Imported: s.Imported,
	}
	if whole := s.Results.shown(Group{}); whole != nil {
		r.State, r.Invited, r.N, r.RateClass = whole.State, whole.Invited, whole.N, whole.RateClass
		if r.N != nil {
			r.ResponseRate = s.Results.ResponseRate
		}
	}
	return r
}

// measures are the constructs that two or more ask about.
func measures(list []Standing) []string {
	asked, keys := map[string]int{}, slices.Clone(headlines)
	for i := range list {
		for _, one := range list[i].Questionnaire.Constructs {
			if len(list[i].Questionnaire.ItemsOf(one.Key)) == 0 {
				continue
			}
			if asked[one.Key]++; !slices.Contains(keys, one.Key) {
				keys = append(keys, one.Key)
			}
		}
	}
	return slices.DeleteFunc(keys, func(key string) bool { return asked[key] < 2 })
}

// alike gives a questionnaire with the wording that most share; nil if no two do.
func alike(list []Standing, key string) (by *questionnaire.Questionnaire) {
	most, last := 1, time.Time{}
	for i := range list {
		n := 0
		for j := range list {
			if questionnaire.SameConstruct(list[i].Questionnaire, list[j].Questionnaire, key) {
				n++
			}
		}
		if n > most || n == most && by != nil && list[i].Closed.After(last) {
			most, last, by = n, list[i].Closed, list[i].Questionnaire
		}
	}
	return by
}

func (s *Standing) value(by *questionnaire.Questionnaire, key string) AbreastValue {
	switch {
	case len(s.Questionnaire.ItemsOf(key)) == 0:
		return AbreastValue{State: NotAsked}
	case by == nil || !questionnaire.SameConstruct(s.Questionnaire, by, key):
		return AbreastValue{State: Incomparable}
	}
	whole := s.Results.shown(Group{})
	if whole == nil {
		return AbreastValue{State: Protected}
	}
	c := whole.construct(key)
	if c == nil || c.Index == nil && c.Band == "" {
		return AbreastValue{State: Protected}
	}
	return AbreastValue{whole.State, c.N, c.Index, c.CI, c.Band}
}
