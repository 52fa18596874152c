package report

import (
	"slices"
	"strings"
	"time"

	"pulscheck/survey"
)

// takeModules makes the builder's copy of the modules, with nothing in it that the
// report does not show: without results there are none.
func (b *builder) takeModules() {
	b.day = b.Modules.Day
	if b.day == "" {
		b.day = b.Results.CountedAt.In(b.zone).Format(time.DateOnly)
	}
	if b.Results.Ballots == nil || b.total == nil {
		b.Modules = Modules{}
		return
	}
	if m := b.Modules.Maturity; m != nil && len(m.Processes) == 0 {
		b.Modules.Maturity = nil
	}
	if g := b.Modules.Goals; g != nil && len(g.Goals) == 0 {
		b.Modules.Goals = nil
	}
	b.Modules.Voices = b.displayed(b.Modules.Voices)
}

// missing names the modules that the report has no page of.
func (b *builder) missing() []string {
	if b.Alone {
		return nil
	}
	var names []string
	for _, m := range []struct {
		key   string
		there bool
	}{
		{"maturity", b.Modules.Maturity != nil}, {"goals", b.Modules.Goals != nil},
		{"quickwins", b.Modules.QuickWins != nil}, {"voices", b.Modules.Voices != nil},
	} {
		if !m.there {
			names = append(names, b.t(m.key+".kicker"))
		}
	}
	return names
}

// firstIteration says that no iteration before this one was checked.
func (b *builder) firstIteration() bool { return b.headline() == nil }

// onDay prints a day, a dash for none.
func (b *builder) onDay(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "–"
	}
	return b.p.Date(at)
}

// daysBetween counts the days from one day to another; ok is false if one is missing.
func daysBetween(from, to string) (days int, ok bool) {
	x, err := time.Parse(time.DateOnly, from)
	y, missing := time.Parse(time.DateOnly, to)
	if err != nil || missing != nil {
		return 0, false
	}
	return int(y.Sub(x) / (24 * time.Hour)), true
}

// processName gives the name of a process of the organisation, a dash for none.
func (b *builder) processName(key string) string {
	if key == "" {
		return "–"
	}
	i := slices.IndexFunc(b.Organisation.Processes, func(n survey.Named) bool { return n.Key == key })
	if i < 0 {
		return key
	}
	return strings.ReplaceAll(b.p.In(b.Organisation.Processes[i].Name), "\u00ad", "")
}
