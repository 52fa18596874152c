package report

import (
	"slices"
	"time"

	"pulscheck/survey"
)

// dates are the next three of what is to come: rounds, what was promised, the end of
// the iteration.
func (t *team) dates() []TeamDate {
	type date struct {
		at    time.Time
		words string
	}
	var all []date
	add := func(at time.Time, words string) {
		if !at.Before(t.day()) {
			all = append(all, date{at, words})
		}
	}
	for _, r := range t.Rounds {
		if r.Vetoed == nil && r.CountedAt == nil {
			add(r.Opens.In(t.zone), t.t("date-"+string(r.Kind)))
		}
	}
	for i := range t.Pairs {
		if p := &t.Pairs[i]; p.Status == survey.PairWorking && t.released(p) {
			if at, err := time.Parse(time.DateOnly, p.Day); err == nil {
				add(at, t.t("date-promise"))
			}
		}
	}
	add(t.Iteration.Ends.In(t.zone), t.t("date-end", "number", t.Iteration.Number))
	add(t.Iteration.Ends.In(t.zone).AddDate(0, 0, 1), t.t("date-next", "number", t.Iteration.Number+1))
	slices.SortStableFunc(all, func(a, b date) int { return a.at.Compare(b.at) })
	var dates []TeamDate
	for _, d := range all {
		if told := (TeamDate{t.p.Date(d.at), d.words}); len(dates) < teamDates && !slices.Contains(dates, told) {
			dates = append(dates, told)
		}
	}
	return dates
}

// door tells whom to ask, when and where; empty if nobody was named.
func (t *team) door() string {
	if door := t.p.In(t.Organisation.Contact); door != "" {
		return t.t("door", "door", shortened(door, doorWords-t.tighter))
	}
	return ""
}
