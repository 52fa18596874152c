package cadence

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/survey/fault"
)

func date(t testing.TB, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// web.md A8: "Runde 5 liegt in den Weihnachtsferien → Vorschlag 12.–23.01."
func TestRoundInTheChristmasHolidaysIsProposedAfterThem(t *testing.T) {
	p := Default("Europe/Berlin")
	p.Region, p.OffsetDays = "DE-BW", 0
	p.Own = []Own{{date(t, "2025-12-22"), date(t, "2026-01-05"), "Weihnachtsferien"}}
	for _, planned := range []string{"2025-12-22", "2025-12-29", "2025-12-15"} { // the last would reach across
		s, err := p.Schedule(date(t, planned)-4*8*7, date(t, "2026-03-16"))
		if err != nil {
			t.Fatal(err)
		}
		r := s.Rounds[4]
		got := fmt.Sprintf("%d %s %s %s–%s", r.Number, r.Kind, r.Planned, r.Opens.Date, r.Closes.Date)
		if want := "5 pulse " + planned + " 2026-01-12–2026-01-23"; got != want || !r.Moved() {
			t.Errorf("%s, want %s", got, want)
		}
		want := "own Weihnachtsferien 2025-12-22…2026-01-05, holiday Heilige Drei Könige 2026-01-06"
		if got := tell(r.Collisions); got != want {
			t.Errorf("planned %s: %s, want %s", planned, got, want)
		}
	}
}

func TestBreakThatBeganBeforeDoCountsWhole(t *testing.T) {
	p := Default("Europe/Berlin")
	p.Region, p.OffsetDays = "DE-BW", 0
	p.Own = []Own{{date(t, "2025-12-22"), date(t, "2026-01-05"), "Weihnachtsferien"}}
	s, err := p.Schedule(date(t, "2026-01-02"), date(t, "2026-04-01"))
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Rounds[0]; r.Planned != date(t, "2026-01-05") || r.Opens.Date != date(t, "2026-01-12") {
		t.Errorf("planned for %s, opens %s, want 2026-01-05 and 2026-01-12", r.Planned, r.Opens.Date)
	}
}

func tell(collisions []Collision) string {
	var list []string
	for _, c := range collisions {
		text := string(c.Reason)
		if c.Name.DE != "" {
			text += " " + c.Name.DE
		}
		if text += " " + c.From.String(); c.To != c.From {
			text += "…" + c.To.String()
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

func TestSingleHolidaysMoveToTheNextWorkingDay(t *testing.T) {
	p := Default("Europe/Berlin")
	p.Region, p.OffsetDays, p.OpenWorkingDays = "DE-BW", 0, 5
	for _, c := range []struct {
		planned string
		weekday time.Weekday
		want    string
	}{
		{"2026-04-06", time.Monday, "2026-04-07…2026-04-13: holiday Ostermontag 2026-04-06 | "},
		{"2026-04-03", time.Friday, "2026-04-07…2026-04-13: holiday Karfreitag 2026-04-03, holiday Ostermontag 2026-04-06 | "},
		{"2026-05-14", time.Thursday, "2026-05-15…2026-05-21: holiday Christi Himmelfahrt 2026-05-14 | "},
		{"2026-05-11", time.Monday, "2026-05-11…2026-05-18:  | holiday Christi Himmelfahrt 2026-05-14"},
	} {
		p.Weekday = c.weekday
		s, err := p.Schedule(date(t, c.planned), date(t, c.planned)+70)
		if err != nil {
			t.Fatal(err)
		}
		r := s.Rounds[0]
		if got := fmt.Sprintf("%s…%s: %s | %s", r.Opens.Date, r.Closes.Date, tell(r.Collisions), tell(r.Within)); got != c.want {
			t.Errorf("%s: %s, want %s", c.planned, got, c.want)
		}
	}
}

func TestRoundsWithoutPlaceAreDroppedWithAReason(t *testing.T) {
	p := Plan{EveryWeeks: 1, Weekday: time.Monday, Opens: Clock{9, 0}, Closes: Clock{18, 0}, OpenWorkingDays: 5, CheckLead: 2, Zone: "Europe/Berlin", Region: "DE-BW"}
	p.Own = []Own{{date(t, "2026-07-27"), date(t, "2026-08-07"), "Betriebsferien"}}
	s, err := p.Schedule(date(t, "2026-05-18"), date(t, "2026-09-01"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range s.Rounds {
		got = append(got, fmt.Sprintf("%d %s %s…%s %s", r.Number, r.Kind, r.Opens.Date, r.Closes.Date, tell(r.Collisions)))
	}
	for _, d := range s.Dropped {
		got = append(got, fmt.Sprintf("- %s %s", d.Planned, tell(d.Collisions)))
	}
	// Whit Monday pushes the second round into the days of the third, Corpus Christi
	// the third into those of the fourth, and so on until the summer break.
	want := `1 pulse 2026-05-18…2026-05-22 
2 pulse 2026-05-26…2026-06-01 holiday Pfingstmontag 2026-05-25
3 pulse 2026-06-02…2026-06-09 previous 2026-05-26…2026-06-01
4 pulse 2026-06-10…2026-06-16 previous 2026-06-02…2026-06-09
5 pulse 2026-06-17…2026-06-23 previous 2026-06-10…2026-06-16
6 pulse 2026-06-24…2026-06-30 previous 2026-06-17…2026-06-23
7 pulse 2026-07-01…2026-07-07 previous 2026-06-24…2026-06-30
8 pulse 2026-07-08…2026-07-14 previous 2026-07-01…2026-07-07
9 pulse 2026-07-15…2026-07-21 previous 2026-07-08…2026-07-14
10 pulse 2026-08-10…2026-08-14 
11 pulse 2026-08-17…2026-08-21 
12 check 2026-08-24…2026-08-28 
- 2026-07-20 previous 2026-07-15…2026-07-21, own Betriebsferien 2026-07-27…2026-08-07, next 2026-07-27
- 2026-07-27 own Betriebsferien 2026-07-27…2026-08-07, next 2026-08-03
- 2026-08-03 own Betriebsferien 2026-07-27…2026-08-07, next 2026-08-10`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

func TestLateRoundGivesWayOnlyToOneThatIsHeld(t *testing.T) {
	p := Default("Europe/Berlin")
	p.EveryWeeks, p.OffsetDays, p.CheckLead = 4, 0, 1
	p.Own = []Own{{date(t, "2026-12-21"), date(t, "2027-01-01"), "Betriebsferien"}}
	for _, c := range []struct{ check, want string }{
		// Planned for 16 November, 14 December and 11 January, the second held from 4 to 15 January.
		{"2027-02-15", "2026-11-16 2027-01-11 2027-02-01; 2026-12-14 own Betriebsferien 2026-12-21…2027-01-01, next 2027-01-11;"},
		{"2027-02-01", "2026-11-16 2027-01-04 2027-01-18; 2027-01-11 previous 2027-01-04…2027-01-15, check 2027-01-18…2027-01-29;"},
	} {
		s, err := p.Schedule(date(t, "2026-11-16"), date(t, c.check))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range s.Rounds {
			got = append(got, r.Opens.Date.String())
		}
		text := strings.Join(got, " ") + ";"
		for _, d := range s.Dropped {
			text += fmt.Sprintf(" %s %s;", d.Planned, tell(d.Collisions))
		}
		if text != c.want {
			t.Errorf("CHECK %s:\n%s, want\n%s", c.check, text, c.want)
		}
	}
}

func TestCheckRoundClosesWorkingDaysBeforeCheck(t *testing.T) {
	p := Default("Europe/Berlin")
	p.Region = "DE-BW"
	p.Own = []Own{{date(t, "2026-12-23"), date(t, "2027-01-09"), "Weihnachtsferien"}}
	for _, c := range []struct {
		check     string
		lead      int
		want      string // planned, opens, closes
		collision string
	}{
		{"2026-11-02", 1, "2026-10-19 2026-10-19 2026-10-30", ""},
		{"2026-11-02", 5, "2026-10-13 2026-10-13 2026-10-26", ""},
		{"2026-05-20", 3, "2026-05-04 2026-04-30 2026-05-15", "holiday Tag der Arbeit 2026-05-01, holiday Christi Himmelfahrt 2026-05-14"},
		// Not across the holidays, but before them.
		{"2027-01-18", 2, "2027-01-01 2026-12-09 2026-12-22", "own Weihnachtsferien 2026-12-23…2027-01-09"},
	} {
		p.CheckLead = c.lead
		s, err := p.Schedule(date(t, c.check)-120, date(t, c.check))
		if err != nil {
			t.Fatal(err)
		}
		r := s.Rounds[len(s.Rounds)-1]
		if got := fmt.Sprint(r.Planned, " ", r.Opens.Date, " ", r.Closes.Date); got != c.want || tell(r.Collisions) != c.collision || r.Kind != Check {
			t.Errorf("CHECK %s, %d before: %s (%s), want %s (%s)", c.check, c.lead, got, tell(r.Collisions), c.want, c.collision)
		}
	}
}

func TestOpeningHourStaysOverClockChanges(t *testing.T) {
	p := Default("Europe/Berlin")
	s, err := p.Schedule(date(t, "2026-03-02"), date(t, "2027-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	offsets := map[string]bool{}
	for _, r := range s.Rounds {
		local := r.Opens.At.In(zoneOf(t, "Europe/Berlin"))
		offsets[local.Format("MST")] = true
		if local.Format("2006-01-02T15:04") != r.Opens.Wall() || r.Opens.Time != p.Opens || r.Opens.Zone != p.Zone || r.Opens.At.Location() != time.UTC {
			t.Errorf("%+v shows %s", r.Opens, local)
		}
	}
	if len(offsets) != 2 {
		t.Errorf("offsets %v, want summer and winter", offsets)
	}
}

func TestNextGivesWhatOpensAfterAMoment(t *testing.T) {
	s, err := Default("Europe/Berlin").Schedule(date(t, "2026-03-02"), date(t, "2027-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	at := s.Rounds[1].Opens.At
	for _, c := range []struct {
		after time.Time
		n     int
		first int
		count int
	}{{at, 2, 3, 2}, {at.Add(-time.Second), 4, 2, 4}, {at.AddDate(-1, 0, 0), 99, 1, len(s.Rounds)}, {at.AddDate(2, 0, 0), 4, 0, 0}} {
		got := s.Next(c.after, c.n)
		if len(got) != c.count || len(got) > 0 && got[0].Number != c.first {
			t.Errorf("%d after %s: %d from %+v, want %d from %d", c.n, c.after, len(got), got, c.count, c.first)
		}
	}
}

func randomPlan(r *rand.Rand) Plan {
	zones := []string{"Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "UTC", "Asia/Kolkata", "Africa/Cairo"}
	p := Plan{
		EveryWeeks: 1 + r.IntN(12), OffsetDays: r.IntN(60), Weekday: time.Weekday(1 + r.IntN(5)),
		Opens: Clock{r.IntN(24), r.IntN(60)}, Closes: Clock{r.IntN(24), r.IntN(60)}, CheckLead: 1 + r.IntN(15), Zone: zones[r.IntN(len(zones))],
	}
	p.OpenWorkingDays = 1 + r.IntN(min(5*p.EveryWeeks, 40))
	if n := r.IntN(len(regions) + 1); n < len(regions) {
		p.Region = regions[n].Key
	}
	for range r.IntN(6) {
		from := DateOf(2026, 1, 1) + Date(r.IntN(700))
		p.Own = append(p.Own, Own{from, from + Date(r.IntN(1+r.IntN(30))), "frei"})
	}
	return p
}

func TestEveryScheduleKeepsItsPromises(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2026))
	held, moved, dropped := 0, 0, 0
	for range 2000 {
		p := randomPlan(r)
		do := DateOf(2026, 1, 1) + Date(r.IntN(300))
		check := do + Date(30+r.IntN(400))
		s, err := p.Schedule(do, check)
		if err != nil {
			if fault.Of(err).Kind != fault.Invalid {
				t.Fatalf("%+v: %v", p, err)
			}
			continue
		}
		again, err := p.Schedule(do, check)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(s) {
			t.Fatalf("%+v: another schedule the second time", p)
		}
		dropped += len(s.Dropped)
		for i, round := range s.Rounds {
			held++
			if round.Moved() {
				moved++
			}
			if why := broken(p, do, check, s, i); why != "" {
				t.Fatalf("%+v, DO %s, CHECK %s: round %+v %s", p, do, check, round, why)
			}
		}
	}
	if held < 3000 || moved < 300 || dropped < 300 {
		t.Errorf("%d held, %d moved, %d dropped: the plans are too tame", held, moved, dropped)
	}
}

// broken says which promise round i of a schedule breaks, found day by day.
func broken(p Plan, do, check Date, s *Schedule, i int) string {
	free := func(d Date) bool {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || slices.Contains(days(p.Region, d.Time().Year()), d) {
			return true
		}
		return slices.ContainsFunc(p.Own, func(o Own) bool { return o.From <= d && d <= o.To })
	}
	r := s.Rounds[i]
	opens, closes := r.Opens.Date, r.Closes.Date
	working, inRow := 0, 0
	for d := opens; d <= closes; d++ {
		if inRow++; !free(d) {
			working, inRow = working+1, 0
		}
		if inRow >= breakDays {
			return "reaches across a break"
		}
	}
	last := i == len(s.Rounds)-1
	switch lasts := r.Closes.At.Sub(r.Opens.At); {
	case free(opens), free(closes):
		return "opens or closes on a free day"
	case opens < do || closes >= check:
		return "lies outside DO"
	case lasts < time.Hour || lasts > 90*24*time.Hour:
		return "lasts " + lasts.String()
	case working != p.OpenWorkingDays:
		return fmt.Sprintf("is open on %d working days", working)
	case i > 0 && (opens <= s.Rounds[i-1].Closes.Date || !s.Rounds[i-1].Closes.At.Before(r.Opens.At)):
		return "overlaps the one before"
	case r.Number != i+1 || (r.Kind == Check) != last:
		return "has the wrong number or kind"
	case r.Moved() != (len(r.Collisions) > 0):
		return "does not say why it moved"
	case !last && (opens < r.Planned || r.Planned.Weekday() != p.Weekday || r.Planned < do+Date(p.OffsetDays)):
		return "was planned wrongly"
	}
	return ""
}
