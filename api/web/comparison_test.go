package web

import (
	"testing"

	"pulscheck/report"
	"pulscheck/survey/tally"
)

// TestGroupAloneTellsNothingOfTheWhole: of one group stand its own values, changes and
// trends, and no trend of everybody beside them.
func TestGroupAloneTellsNothingOfTheWhole(t *testing.T) {
	inc, chg := tally.Group{Process: "INC"}, tally.Group{Process: "CHG"}
	in := &report.ComparisonInput{Data: &tally.Comparison{}}
	for n, g := range []tally.Group{{}, inc, chg} {
		in.Data.Series = append(in.Data.Series, tally.Series{Group: g, Key: "ACC", Points: []tally.SeriesPoint{{Index: new(n)}}})
		in.Data.Changes = append(in.Data.Changes, tally.Change{Group: g, Key: "ACC", Difference: new(n)})
		in.Trend = append(in.Trend, tally.Trend{Group: g, Key: "ACC", Slope: new(float64(n))})
	}
	alone(in, inc)
	if len(in.Data.Series) != 1 || *in.Data.Series[0].Points[0].Index != 1 || in.Data.Series[0].Group != (tally.Group{}) {
		t.Errorf("values %+v", in.Data.Series)
	}
	if len(in.Data.Changes) != 1 || *in.Data.Changes[0].Difference != 1 {
		t.Errorf("changes %+v", in.Data.Changes)
	}
	if len(in.Trend) != 1 || *in.Trend[0].Slope != 1 || in.Trend[0].Group != (tally.Group{}) {
		t.Errorf("trends %+v", in.Trend)
	}
}
