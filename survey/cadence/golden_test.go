package cadence

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/locale"
)

// Eighteen months of an organisation in Baden-Württemberg and of one in New York, to be
// read beside a calendar; UPDATE_GOLDEN=1 writes them anew.
func TestEighteenMonths(t *testing.T) {
	berlin := Default("Europe/Berlin")
	berlin.Region, berlin.EveryWeeks, berlin.OffsetDays = "DE-BW", 6, 28
	berlin.Own = []Own{
		{date(t, "2026-07-30"), date(t, "2026-09-12"), "Sommerferien"},
		{date(t, "2026-12-23"), date(t, "2027-01-09"), "Weihnachtsferien"},
		{date(t, "2027-05-07"), date(t, "2027-05-07"), "Brückentag"},
	}
	newYork := Default("America/New_York")
	newYork.Region, newYork.EveryWeeks, newYork.OffsetDays, newYork.Closes = "US", 4, 7, Clock{18, 0}
	newYork.Own = []Own{{date(t, "2026-12-24"), date(t, "2026-12-31"), "Plant shutdown"}}
	for _, c := range []struct {
		file     string
		plan     Plan
		language locale.Language
	}{{"berlin.txt", berlin, locale.German}, {"new_york.txt", newYork, locale.English}} {
		text := describe(c.plan)
		for _, dates := range [][2]string{{"2026-03-02", "2026-09-28"}, {"2026-10-12", "2027-03-22"}, {"2027-04-05", "2027-09-27"}} {
			s, err := c.plan.Schedule(date(t, dates[0]), date(t, dates[1]))
			if err != nil {
				t.Fatal(err)
			}
			text += fmt.Sprintf("\nDO %s, CHECK %s\n", on(date(t, dates[0])), on(date(t, dates[1])))
			text += list(t, s, c.language)
		}
		compare(t, c.file, text)
	}
}

func compare(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func describe(p Plan) string {
	text := fmt.Sprintf("%s, holidays of %s: every %d weeks from DO + %d days, %s %s, open %d working days until %s, check round closed %d working days before CHECK\n",
		p.Zone, p.Region, p.EveryWeeks, p.OffsetDays, p.Weekday, p.Opens, p.OpenWorkingDays, p.Closes, p.CheckLead)
	for _, own := range p.Own {
		text += fmt.Sprintf("  own dates %s to %s %s\n", on(own.From), on(own.To), own.Name)
	}
	return text
}

func on(d Date) string { return d.Time().Format("Mon 2006-01-02") }

func list(t *testing.T, s *Schedule, l locale.Language) string {
	var b strings.Builder
	for _, r := range s.Rounds {
		fmt.Fprintf(&b, "  %d %-5s  opens %s   closes %s\n", r.Number, r.Kind, moment(t, r.Opens), moment(t, r.Closes))
		if r.Moved() {
			fmt.Fprintf(&b, "           planned for %s: %s\n", on(r.Planned), named(r.Collisions, l))
		}
		if len(r.Within) > 0 {
			fmt.Fprintf(&b, "           does not count %s\n", named(r.Within, l))
		}
	}
	for _, d := range s.Dropped {
		fmt.Fprintf(&b, "  dropped  planned for %s: %s\n", on(d.Planned), named(d.Collisions, l))
	}
	return b.String()
}

func moment(t *testing.T, m Moment) string {
	local := m.At.In(zoneOf(t, m.Zone))
	return local.Format("Mon 2006-01-02 15:04 MST") + " = " + m.At.Format(time.RFC3339)
}

func named(collisions []Collision, l locale.Language) string {
	var parts []string
	for _, c := range collisions {
		switch c.Reason {
		case WithPrevious:
			parts = append(parts, "the round before is open until "+on(c.To))
		case WithNext:
			parts = append(parts, "the next round is planned for "+on(c.From))
		case WithCheck:
			parts = append(parts, "the check round opens "+on(c.From))
		default:
			text := c.Name.In(l) + " " + on(c.From)
			if c.To != c.From {
				text += " to " + on(c.To)
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ")
}
