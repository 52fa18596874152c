package cadence

import (
	"cmp"
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/us"

	"pulscheck/survey/locale"
)

// Region is an area whose public holidays are known.
type Region struct {
	Key  string // ISO 3166, e.g. DE-BW
	Name locale.Text
}

// Holiday is a public holiday of a year.
type Holiday struct {
	Date Date
	Name locale.Text
}

type region struct {
	Region
	holidays []*cal.Holiday
	more     []*cal.Holiday // what the library lacks
}

func german(state, name, english string, holidays []*cal.Holiday, more ...*cal.Holiday) region {
	return region{Region{"DE-" + state, locale.Text{DE: name, EN: english}}, holidays, more}
}

// regions in the order of a selection. What holds in single communities only
// (Fronleichnam in parts of Saxony and Thuringia, Friedensfest in Augsburg) are own
// dates of an organisation; Easter Sunday and Whit Sunday of Brandenburg are Sundays
// anyway.
var regions = []region{
	german("BW", "Baden-Württemberg", "Baden-Württemberg", de.HolidaysBW),
	german("BY", "Bayern", "Bavaria", de.HolidaysBY),
	german("BY-MH", "Bayern, Gemeinden mit Mariä Himmelfahrt", "Bavaria, communities with Assumption Day", de.HolidaysBY, de.MariaHimmelfahrt),
	german("BE", "Berlin", "Berlin", de.HolidaysBE,
		once("Tag der Befreiung", 2025, time.May, 8), once("75. Jahrestag des Volksaufstands", 2028, time.June, 17)),
	german("BB", "Brandenburg", "Brandenburg", de.HolidaysBB),
	german("HB", "Bremen", "Bremen", de.HolidaysHB),
	german("HH", "Hamburg", "Hamburg", de.HolidaysHH),
	german("HE", "Hessen", "Hesse", de.HolidaysHE),
	german("MV", "Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania", de.HolidaysMV,
		de.Frauentag.Clone(&cal.Holiday{StartYear: 2023})),
	german("NI", "Niedersachsen", "Lower Saxony", de.HolidaysNI),
	german("NW", "Nordrhein-Westfalen", "North Rhine-Westphalia", de.HolidaysNW),
	german("RP", "Rheinland-Pfalz", "Rhineland-Palatinate", de.HolidaysRP),
	german("SL", "Saarland", "Saarland", de.HolidaysSL),
	german("SN", "Sachsen", "Saxony", de.HolidaysSN),
	german("ST", "Sachsen-Anhalt", "Saxony-Anhalt", de.HolidaysST),
	german("SH", "Schleswig-Holstein", "Schleswig-Holstein", de.HolidaysSH),
	german("TH", "Thüringen", "Thuringia", de.HolidaysTH),
	{Region{"AT", locale.Text{DE: "Österreich", EN: "Austria"}}, at.Holidays, nil},
	{Region{"US", locale.Text{DE: "USA, Bundesfeiertage", EN: "United States, federal holidays"}}, us.Holidays, nil},
}

func once(name string, year int, month time.Month, day int) *cal.Holiday {
	return &cal.Holiday{Name: name, StartYear: year, EndYear: year, Month: month, Day: day, Func: cal.CalcDayOfMonth}
}

// Regions gives all regions in the order of a selection.
func Regions() []Region {
	list := make([]Region, len(regions))
	for i, r := range regions {
		list[i] = r.Region
	}
	return list
}

func findRegion(key string) (region, bool) {
	i := slices.IndexFunc(regions, func(r region) bool { return r.Key == key })
	if i < 0 {
		return region{}, false
	}
	return regions[i], true
}

// Holidays gives the public holidays of a region that are kept in a year, by date;
// none for an unknown region. One that falls on a weekend and is kept on a weekday
// instead (USA) counts on that day.
func Holidays(key string, year int) []Holiday {
	r, _ := findRegion(key)
	var list []Holiday
	for _, h := range slices.Concat(r.holidays, r.more) {
		for _, of := range []int{year, year + 1} { // 1 January may be kept on 31 December
			if _, kept := h.Calc(of); !kept.IsZero() {
				// Noon: where clocks skip midnight, the day may begin an hour early.
				if d := DateOf(kept.Add(12 * time.Hour).Date()); d.Time().Year() == year {
					list = append(list, Holiday{d, nameOf(h.Name)})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Holiday) int { return cmp.Compare(a.Date, b.Date) })
	return list
}
