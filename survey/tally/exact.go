package tally

import (
	"math"
	"slices"
	"strings"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// Exact holds every statistic of methods.md sections 2-7 and 9 unrounded and
// unprotected, for people who have the answers anyway and want to check the method. Its
// keys are those of the reference: total.{iteration}, by_{column}_{iteration},
// compare_primary.{from}_{to} and so on; nil = not defined.
type Exact map[string]any

// ExactInput is what Exact is computed from.
type ExactInput struct {
	Rounds  []*Counter     // in order of time
	Columns [places]string // what process, role and unit are called in the answers; empty = unused
	First   int            // the place that exploratory comparisons are made of beside the total
}

// sample is one round with its histograms.
type sample struct {
	*Counter
	groups *groups
	table  *table
	who    release
	cache  map[string]score.Histogram
}

// exact computes Exact.
type exact struct {
	ExactInput
	samples []*sample
	out     Exact
}

// variable is an item or a construct, of which some items are asked.
type variable struct {
	key   string
	items []string // of a construct; nil for an item
}

// NewExact computes every statistic of all rounds.
func NewExact(in ExactInput) Exact {
	e := &exact{ExactInput: in, out: Exact{}}
	for _, c := range in.Rounds {
		s := &sample{Counter: c, groups: c.groups(), table: c.table(), cache: map[string]score.Histogram{}}
		s.who = c.releaseGroups(s.groups, s.table)
		e.samples = append(e.samples, s)
	}
	e.blocks()
	e.changes()
	e.trends()
	e.qualities()
	e.drivers()
	e.weighted()
	e.barriers()
	return e.out
}

// finite gives a number, nil if it is none.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// ends gives the ends of an interval, nil where it is not defined.
func ends(i *score.Interval) [2]*float64 {
	if i == nil {
		return [2]*float64{}
	}
	return [2]*float64{finite(i.Low), finite(i.High)}
}

// label names a group by its values, e.g. "INC" or "INC|agent".
func label(g Group) string {
	var values []string
	for _, v := range g.parts() {
		if v != "" {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return "total"
	}
	return strings.Join(values, "|")
}

// by names the columns of a group: "by_process", "by_process_role"; "total" of everybody.
func (e *exact) by(g Group) string {
	name := "by"
	for p, v := range g.parts() {
		if v != "" {
			name += "_" + e.Columns[p]
		}
	}
	if name == "by" {
		return "total"
	}
	return name
}

// into gives the object of a name, made at its first use.
func (e *exact) into(names ...string) Exact {
	at := e.out
	for _, name := range names {
		if at[name] == nil {
			at[name] = Exact{}
		}
		at = at[name].(Exact)
	}
	return at
}

// histogram of a variable in a group; without answers if it was not asked.
func (s *sample) histogram(v variable, g *group) score.Histogram {
	if g == nil {
		return score.Histogram{}
	}
	name := v.key + "\x00" + strings.Join(v.items, "\x01") + "\x00" + g.key
	if h, known := s.cache[name]; known {
		return h
	}
	h := sum(s.column(v), g.atoms).histogram()
	s.cache[name] = h
	return h
}

// column gives the cells of a variable by atom. A construct of which another round
// asked some items only is counted again with these (methods.md section 0).
func (s *sample) column(v variable) []cell {
	i, con := s.find(v)
	switch {
	case con != nil && i >= 0:
		return s.table.constructs[i]
	case i >= 0:
		return s.table.items[i]
	}
	column := cells(1, len(s.atoms))[0]
	for b, atom := range s.atomOf {
		if con == nil {
			break
		}
		if v, ok := score.Construct(s.values(*con, s.row(b))); ok {
			column[atom].counts[v]++
		}
	}
	return column
}

// find gives the place of a variable among items or constructs, -1 if it was not asked
// or with other items, and the construct, nil for an item.
func (s *sample) find(v variable) (int, *construct) {
	if v.items == nil {
		return slices.IndexFunc(s.items, func(i item) bool { return i.key == v.key }), nil
	}
	var items []int
	for i, it := range s.items {
		if slices.Contains(v.items, it.key) {
			items = append(items, i)
		}
	}
	if len(items) == 0 {
		return -1, nil
	}
	one := s.construct(v.key, items)
	return slices.IndexFunc(s.scores, func(c construct) bool { return c.key == v.key && len(c.items) == len(items) }), &one
}

// scale is the one that values of a variable lie on; false if it was not asked.
func (s *sample) scale(v variable) (score.Scale, bool) {
	switch i, con := s.find(v); {
	case con != nil:
		return con.scale, true
	case i >= 0:
		return s.items[i].scale, true
	}
	return score.Scale{}, false
}

// variables are what is compared between rounds: constructs with the items that all of
// them asked, and items, those asked beside the constructs left out.
func variables(rounds []*sample) (constructs, items []variable) {
	asked := map[string]int{}
	var keys, names []string
	members := map[string][]string{}
	for _, s := range rounds {
		for _, i := range s.in.Questionnaire.Items {
			if i.Kind == questionnaire.Extra {
				continue
			}
			if asked[i.Key]++; asked[i.Key] > 1 {
				continue
			}
			keys = append(keys, i.Key)
			if i.Construct == "" {
				continue
			}
			if members[i.Construct] == nil {
				names = append(names, i.Construct)
			}
			members[i.Construct] = append(members[i.Construct], i.Key)
		}
	}
	for _, name := range names {
		common := slices.DeleteFunc(members[name], func(key string) bool { return asked[key] < len(rounds) })
		if len(common) > 0 {
			constructs = append(constructs, variable{name, common})
		}
	}
	for _, key := range keys {
		items = append(items, variable{key: key})
	}
	return constructs, items
}

// same gives the group of the same name in another round, nil without one.
func (s *sample) same(g *group) *group { return s.groups.byKey[g.key] }

// rate is the share of invited people with an answer, 0..1; ok is false where nobody
// knows who was invited.
func (s *sample) rate(g *group) (rate float64, ok bool) {
	if s.in.InvitedUnknown || g.invited == 0 {
		return 0, false
	}
	return float64(s.respondents(g)) / float64(g.invited), true
}

func (s *sample) respondents(g *group) int {
	n := 0
	for _, atom := range g.atoms {
		n += s.table.respondents[atom]
	}
	return n
}
