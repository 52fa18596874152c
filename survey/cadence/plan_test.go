package cadence

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// speaks says whether people are told about a fault in words.
func speaks(t *testing.T, code string) {
	t.Helper()
	if !slices.Contains(locale.Keys("error."), "error."+code) {
		t.Errorf("no text for %s", code)
	}
}

func TestPlansThatCannotBeHeldAreRefusedWithEveryFinding(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Plan)
		want   string
	}{
		{"never", func(p *Plan) { p.EveryWeeks, p.OpenWorkingDays = 0, 0 }, "/every_weeks number-out-of-range, /open_working_days number-out-of-range"},
		{"too rarely", func(p *Plan) { p.EveryWeeks = 53 }, "/every_weeks number-out-of-range"},
		{"before DO", func(p *Plan) { p.OffsetDays = -1 }, "/offset_days number-out-of-range"},
		{"too long", func(p *Plan) { p.EveryWeeks, p.OpenWorkingDays = 52, 61 }, "/open_working_days number-out-of-range"},
		{"always open", func(p *Plan) { p.EveryWeeks, p.OpenWorkingDays = 2, 11 }, "/open_working_days rounds-overlap"},
		{"open when CHECK begins", func(p *Plan) { p.CheckLead = 0 }, "/check_lead number-out-of-range"},
		{"weekend", func(p *Plan) { p.Weekday = time.Sunday }, "/weekday weekday-invalid"},
		{"no weekday", func(p *Plan) { p.Weekday = 8 }, "/weekday weekday-invalid"},
		{"no time", func(p *Plan) { p.Opens, p.Closes = Clock{24, 0}, Clock{0, -1} }, "/opens time-invalid, /closes time-invalid"},
		{"closes before it opens", func(p *Plan) { p.OpenWorkingDays, p.Closes = 1, Clock{8, 0} }, "/closes round-window-invalid"},
		{"under an hour", func(p *Plan) { p.OpenWorkingDays, p.Closes = 1, Clock{9, 59} }, "/closes round-window-invalid"},
		{"unknown region", func(p *Plan) { p.Region = "DE-XX" }, "/region region-unknown"},
		{"unknown zone", func(p *Plan) { p.Zone = "Europe/Bielefeld" }, "/zone zone-unknown"},
		{"no zone", func(p *Plan) { p.Zone = "" }, "/zone zone-unknown"},
		{"zone of the server", func(p *Plan) { p.Zone = "Local" }, "/zone zone-unknown"},
		{"zone as path", func(p *Plan) { p.Zone = "../../etc/passwd" }, "/zone zone-unknown"},
		{"own dates", func(p *Plan) {
			p.Own = []Own{{10, 9, "back"}, {10, 10, ""}, {0, 366, "year"}, {1, 1, "a\nb"}, {1, 1, "a\u202eb"}, {1, 366, strings.Repeat("ü", 200)}}
		}, "/own_dates/0/to dates-reversed, /own_dates/1/name text-length, /own_dates/2/to period-too-long, /own_dates/3/name control-character, /own_dates/4/name control-character"},
		{"too many own dates", func(p *Plan) {
			for range MaxOwn + 1 {
				p.Own = append(p.Own, Own{1, 1, "x"})
			}
		}, "/own_dates too-many-items"},
	} {
		p := Default("Europe/Berlin")
		c.change(&p)
		err := p.Validate()
		var got []string
		for _, f := range fault.Of(err).Fields {
			got = append(got, f.Pointer+" "+f.Code)
			speaks(t, f.Code)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" || !fault.Is(err, "cadence-invalid") {
			t.Errorf("%s: %v (-want +got):\n%s", c.name, err, diff)
		}
		if _, again := p.Schedule(DateOf(2026, 3, 2), DateOf(2026, 9, 7)); !fault.Is(again, "cadence-invalid") {
			t.Errorf("%s: Schedule took it: %v", c.name, again)
		}
	}
	for _, p := range []Plan{Default("Europe/Berlin"), {EveryWeeks: 1, Weekday: time.Friday, Opens: Clock{9, 0}, Closes: Clock{10, 0}, OpenWorkingDays: 1, CheckLead: 1, Zone: "UTC"}} {
		if err := p.Validate(); err != nil {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestIterationsWithoutRoomAreRefused(t *testing.T) {
	monday := DateOf(2026, 3, 2)
	for _, c := range []struct {
		name      string
		do, check Date
		change    func(*Plan)
		want      string
	}{
		{"CHECK before DO", monday, monday, nil, "iteration-dates-invalid"},
		{"over two years", monday, monday + 733, nil, "iteration-dates-invalid"},
		{"check round before DO", monday, monday + 17, nil, "cadence-check-before-do"},
		{"no pulse round", monday, monday + 28, nil, "cadence-no-round"},
		{"all days are own", monday, monday + 200, func(p *Plan) { p.Own = []Own{{monday, monday + 199, "Werksschließung"}} }, "cadence-check-before-do"},
		{"91 days", monday, monday + 300, func(p *Plan) {
			p.EveryWeeks, p.OpenWorkingDays, p.Region = 12, 60, "DE-BW"
			for d := monday + 16; d < monday+60; d += 7 { // every Wednesday
				p.Own = append(p.Own, Own{d, d, "Inventur"})
			}
		}, "round-window-invalid"},
	} {
		p := Default("Europe/Berlin")
		if c.change != nil {
			c.change(&p)
		}
		if s, err := p.Schedule(c.do, c.check); !fault.Is(err, c.want) || fault.Of(err).Kind != fault.Invalid {
			t.Errorf("%s: %+v, %v, want %s", c.name, s, err, c.want)
		}
		speaks(t, c.want)
	}
}
