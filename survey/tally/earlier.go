package tally

import (
	"cmp"
	"slices"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

// Earlier is a counted round of the programme before this one: what it displayed and
// what was kept of it. There are no answers any more.
type Earlier struct {
	Number        int  // of its iteration within the programme
	Check         bool // a check round; else a pulse
	Closed        time.Time
	Questionnaire *questionnaire.Questionnaire
	Results       *Results
	Kept          *Kept
	Moves         []Move // from its roster to that of this round; nil if it is gone or was never known
}

// Move counts people by where they stood in the roster of the earlier round and in
// that of this one; nil = not invited. Those who stayed are moves too.
type Move struct {
	From, To *ballot.Attributes
	People   int
}

// before gives the last counted round of a kind, nil if there is none. Earlier is in
// order of time.
func (in *Input) before(check bool) *Earlier {
	for i := len(in.Earlier) - 1; i >= 0; i-- {
		if in.Earlier[i].Check == check {
			return &in.Earlier[i]
		}
	}
	return nil
}

// baseline gives the round that this one is compared with (decision 16): a check with
// the headline round of the previous iteration, a pulse with the counted round
// before it; nil if there is none.
func (in *Input) baseline() *Earlier {
	if heads := in.headlines(); in.Check && len(heads) > 0 {
		return heads[len(heads)-1]
	}
	for i := len(in.Earlier) - 1; i >= 0 && !in.Check; i-- {
		if !in.Earlier[i].Closed.After(in.Closed) {
			return &in.Earlier[i]
		}
	}
	return nil
}

// headlines gives the last counted check round of each iteration before this one, by
// number of the iteration. Of the iteration of a check round, it is the headline
// itself.
func (in *Input) headlines() []*Earlier {
	var heads []*Earlier
	for i := range in.Earlier {
		e := &in.Earlier[i]
		if !e.Check || e.Number > in.Number || in.Check && e.Number == in.Number {
			continue
		}
		heads = slices.DeleteFunc(heads, func(h *Earlier) bool { return h.Number == e.Number })
		heads = append(heads, e)
	}
	slices.SortStableFunc(heads, func(a, b *Earlier) int { return cmp.Compare(a.Number, b.Number) })
	return heads
}

// current is this round in the form of an earlier one, as soon as it is displayed.
func (in *Input) current(r *Results, kept *Kept) *Earlier {
	return &Earlier{Number: in.Number, Check: in.Check, Closed: in.Closed, Questionnaire: in.Questionnaire, Results: r, Kept: kept}
}

// shown gives a group of the results, nil if it is no candidate or withheld.
func (r *Results) shown(g Group) *GroupResult {
	for i := range r.Groups {
		if r.Groups[i].Group == g && r.Groups[i].State != Protected {
			return &r.Groups[i]
		}
	}
	return nil
}

// has says that people of a group were invited at all.
func (r *Results) has(g Group) bool {
	return slices.ContainsFunc(r.Groups, func(one GroupResult) bool { return one.Group == g })
}

// residual gives what "others" of a partition stands for: the parts that were
// withheld, in the order of the results.
func (r *Results) residual(g Group) []Group {
	var parts []Group
	for _, one := range r.Groups {
		if one.State == Protected && one.Group.part(g) {
			parts = append(parts, one.Group)
		}
	}
	return parts
}

// others says that a group is the residual of a partition.
func (g Group) others() bool { return g.Process == Others || g.Role == Others || g.Unit == Others }

// part says that g is one of the parts of the partition whose residual is others.
func (g Group) part(others Group) bool {
	blank := func(o Group) [3]bool { return [3]bool{o.Process == "", o.Role == "", o.Unit == ""} }
	return !g.others() && blank(g) == blank(others)
}
