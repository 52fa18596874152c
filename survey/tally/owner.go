package tally

import "slices"

// Of gives the part of the results that concerns some processes: the total and the
// groups of these processes. Nothing is computed anew, so it tells nothing that the
// whole does not.
func (r *Results) Of(processes []string) *Results {
	mine := func(g Group) bool { return g == (Group{}) || slices.Contains(processes, g.Process) }
	part := *r
	part.Groups = slices.DeleteFunc(slices.Clone(r.Groups), func(g GroupResult) bool { return !mine(g.Group) })
	part.Comparison = slices.DeleteFunc(slices.Clone(r.Comparison), func(c Change) bool { return !mine(c.Group) })
	part.Trend = slices.DeleteFunc(slices.Clone(r.Trend), func(t Trend) bool { return !mine(t.Group) })
	part.Barriers = slices.DeleteFunc(slices.Clone(r.Barriers), func(b BarrierResult) bool { return !mine(b.Group) })
	part.Warnings = slices.DeleteFunc(slices.Clone(r.Warnings), func(w Warning) bool { return w.Group != nil && !mine(*w.Group) })
	return &part
}
