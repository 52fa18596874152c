package maturity

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
)

// reference holds the values made with R.
type reference struct {
	Percent []struct {
		Percent float64 `json:"percent"`
		Rating  Class   `json:"rating"`
		Refined Class   `json:"refined"`
	} `json:"percent_to_rating"`
	Order  []string `json:"pa_order"`
	Levels []struct {
		Ratings string `json:"ratings"`
		Level   int    `json:"level"`
	} `json:"levels"`
	Attributes []struct {
		Values   []*int   `json:"values"`
		Evidence []bool   `json:"evidence"`
		Percent  *float64 `json:"percent"`
		Rating   *Class   `json:"rating"`
		Refined  *Class   `json:"refined"`
	} `json:"pa_percent"`
	Assessors []struct {
		Ratings []Class `json:"ratings"`
		Rating  Class   `json:"rating"`
		Spread  int     `json:"spread"`
		Meet    bool    `json:"consensus_needed"`
	} `json:"assessors"`
	Staged []struct {
		Core  []int `json:"core"`
		Other []int `json:"other"`
		Stage int   `json:"stage"`
	} `json:"staged"`
}

// checker counts what was compared, so that a section left out is noticed.
type checker struct {
	*testing.T
	compared int
}

func (c *checker) same(what string, got, want any) {
	c.Helper()
	if c.compared++; got != want {
		c.Errorf("%s = %v, want %v", what, got, want)
	}
}

func (c *checker) percent(what string, got, want *float64) {
	c.Helper()
	c.compared++
	if (got == nil) != (want == nil) || got != nil && math.Abs(*got-*want) > 1e-8**want {
		c.Errorf("%s = %v, want %v", what, got, want)
	}
}

func load(t *testing.T) (r reference) {
	t.Helper()
	data, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// by gives ratings by attribute from "F,L,N": what is missing at the end is not rated.
func by(m *Model, ratings string) map[string]Class {
	rated := map[string]Class{}
	for i, c := range strings.Split(ratings, ",") {
		rated[m.Attributes[i].ID] = Class(c)
	}
	return rated
}

func TestMaturityEqualsReference(t *testing.T) {
	c, r, m := checker{T: t}, load(t), ISO33020(Edition2015)
	for _, p := range r.Percent {
		c.same("class", ClassOf(p.Percent), p.Rating)
		c.same("refined class", Refined(p.Percent), p.Refined)
	}
	for i, id := range r.Order {
		c.same("attribute", m.Attributes[i].ID, id)
	}
	for _, l := range r.Levels {
		c.same("level of "+l.Ratings, m.Level(by(m, l.Ratings)), l.Level)
	}
	for _, s := range r.Staged {
		stage, ok := m.Stage(s.Core, s.Other)
		c.same("stage", stage, s.Stage)
		c.same("stage is defined", ok, true)
	}
	c.attributes(r)
	for _, a := range r.Assessors {
		team := together("", a.Ratings)
		c.same("class of all", team.Class, a.Rating)
		c.same("spread", team.Spread, a.Spread)
		c.same("meeting", team.Consensus == MeetingNeeded, a.Meet)
	}
	t.Logf("methods.md 10: %d values compared", c.compared)
	if c.compared != 24+9+12+10+18+18 {
		t.Errorf("%d values compared", c.compared)
	}
}

// attributes go the whole way, from an assessor's sheet to the rating of 2.1.
func (c *checker) attributes(r reference) {
	m := ISO33020(Edition2015)
	for _, a := range r.Attributes {
		answers := map[string]Answer{}
		for i, v := range a.Values {
			answer := Answer{NotApplicable: v == nil}
			if v != nil {
				answer.Value = *v
			}
			if a.Evidence[i] {
				answer.Evidence = []Evidence{{Record, "4711"}}
			}
			answers[m.Attributes[1].Indicators[i].Key] = answer
		}
		got := rate(c.T, m, Sheet{Assessor: "a", Answers: answers}).Attributes[1]
		c.percent("percent", got.Percent, a.Percent)
		var class, refined Class // null = not rated
		if a.Rating != nil {
			class, refined = *a.Rating, *a.Refined
		}
		c.same("rating", got.Class, class)
		c.same("refined", got.Refined, refined)
	}
}

// The examples printed with the rule of ISO/IEC 33020 in methods.md 10.1; what they do
// not name is not rated and fulfils nothing.
func TestExamplesOfTheStandard(t *testing.T) {
	m := ISO33020(Edition2015)
	for ratings, want := range map[string]int{
		"L,N": 1, "L": 1, "F,L,L,N,N": 2, "F,L,L": 2, "F,F,L,F,F,F,F,F,F": 2, "F,F,F,F,F,F,F,L,P": 4,
		"F,L": 1, "F,F,F,F,F,F,F,F,F": 5, ",F,F,F,F,F,F,F,F": 0, "F,F,F,,F,F,F,F,F": 2,
	} {
		if got := m.Level(by(m, ratings)); got != want {
			t.Errorf("%s: level %d, want %d", ratings, got, want)
		}
	}
	newer := ISO33020(Edition2019) // 3.3 is part of level 3
	for ratings, want := range map[string]int{
		"F,F,F,L,L": 2, "F,F,F,L,L,L": 3, "F,F,F,F,F,L,F,F": 3, "F,F,F,F,F,F,L,L": 4,
	} {
		if got := newer.Level(by(newer, ratings)); got != want {
			t.Errorf("2019, %s: level %d, want %d", ratings, got, want)
		}
	}
}

func TestClassesAtTheirBounds(t *testing.T) {
	for _, c := range []struct {
		bound        float64
		upTo, beyond Class
	}{
		{15, Not, PartiallyMinus}, {32.5, PartiallyMinus, PartiallyPlus}, {50, PartiallyPlus, LargelyMinus},
		{67.5, LargelyMinus, LargelyPlus}, {85, LargelyPlus, Fully},
	} {
		for percent, want := range map[float64]Class{
			c.bound: c.upTo, c.bound - 0.01: c.upTo, math.Nextafter(c.bound, 100): c.upTo, // a mean may wobble
			c.bound + 1e-8: c.beyond, c.bound + 0.01: c.beyond, // nothing is rounded before
		} {
			if got := Refined(percent); got != want {
				t.Errorf("%.10f %% is %s, want %s", percent, got, want)
			}
			if got := ClassOf(percent); got != want.Coarse() {
				t.Errorf("%.10f %% is %s, want %s", percent, got, want.Coarse())
			}
		}
	}
	for percent, want := range map[float64]Class{0: Not, 100: Fully, -1: NotRated, 101: NotRated, math.NaN(): NotRated} {
		if got := Refined(percent); got != want {
			t.Errorf("%v %% is %q, want %q", percent, got, want)
		}
	}
}
