package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// standing is the index of a shown group with a name.
type standing struct {
	group tally.Group
	name  string
	index int
	ci    *tally.Interval
}

func highest(list []standing) standing {
	return slices.MaxFunc(list, func(x, y standing) int { return cmp.Compare(x.index, y.index) })
}

func lowest(list []standing) standing {
	return slices.MinFunc(list, func(x, y standing) int { return cmp.Compare(x.index, y.index) })
}

// shownProcesses gives the processes with ten answers or more that show a construct;
// shownRoles the roles. Findings name no other groups.
func (b *builder) shownProcesses(key string) []standing {
	return b.standings(b.Organisation.Processes, key, func(k string) tally.Group { return tally.Group{Process: k} })
}

func (b *builder) shownRoles(key string) []standing {
	return b.standings(b.Organisation.Roles, key, func(k string) tally.Group { return tally.Group{Role: k} })
}

func (b *builder) standings(list []survey.Named, key string, group func(string) tally.Group) []standing {
	var shown []standing
	for _, n := range list {
		g := b.group(group(n.Key))
		if c := construct(g, key); g != nil && g.State == tally.Shown && c.Index != nil {
			shown = append(shown, standing{group(n.Key), b.p.In(n.Name), *c.Index, c.CI})
		}
	}
	return shown
}

// behind gives the processes whose acceptance lies clearly below the whole, the
// furthest first; none in a small round.
func (b *builder) behind() []standing {
	all := construct(b.total, acceptanceKey)
	if all.Index == nil || b.small {
		return nil
	}
	var list []standing
	for _, p := range b.shownProcesses(acceptanceKey) {
		if *all.Index-p.index >= farBehind && disjoint(p.ci, all.CI) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(x, y standing) int { return cmp.Compare(x.index, y.index) })
	return list
}

// disjoint says that two intervals do not overlap.
func disjoint(x, y *tally.Interval) bool {
	return x != nil && y != nil && (x.High < y.Low || y.High < x.Low)
}

// levelEvidence names the interval and the processes at both ends.
func (b *builder) levelEvidence(key string, c tally.ConstructResult) string {
	shown := b.shownProcesses(key)
	if len(shown) < 2 {
		return b.t("finding.level-only", "range", b.rangeOf(c.CI))
	}
	return b.t("finding.level-only", "range", b.rangeOf(c.CI)) + " " + b.bothEnds(shown)
}

// bothEnds names the highest and the lowest of several groups.
func (b *builder) bothEnds(shown []standing) string {
	high, low := highest(shown), lowest(shown)
	return b.t("finding.ends", "high", fmt.Sprintf("%s (%d)", high.name, high.index), "low", fmt.Sprintf("%s (%d)", low.name, low.index))
}

// gapLabel is the room for names in that figure in mm.
const gapLabel = 24.5

// gap is the small figure of a group that lags behind: highest, total, this one. A
// group that is the only one shown stands beside the total alone.
func (b *builder) gap(high, low standing) chart.Figure {
	all := *construct(b.total, acceptanceKey).Index
	row := func(name string, index int) chart.GapRow {
		return chart.GapRow{Label: compact(name, font.Semibold, 8, gapLabel), Value: float64(index), Text: b.p.Integer(index)}
	}
	total, last := row(b.t("total"), all), row(low.name, low.index)
	total.Total, last.Mark = true, true
	rows := []chart.GapRow{row(high.name, high.index), total, last}
	if high.name == low.name {
		rows = rows[1:]
	}
	var words []string
	for _, r := range rows {
		words = append(words, r.Label+" "+r.Text)
	}
	return chart.Gap{Rows: rows, Words: b.t("acceptance.levels-alt", "name", b.constructName(acceptanceKey), "values", strings.Join(words, ", "))}
}
