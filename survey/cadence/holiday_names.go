package cadence

import "pulscheck/survey/locale"

// holidayNames gives for each name of the library what people call the day.
var holidayNames = map[string]locale.Text{
	"Neujahrstag":                      {DE: "Neujahr", EN: "New Year’s Day"},
	"Heilige Drei Könige":              {DE: "Heilige Drei Könige", EN: "Epiphany"},
	"Frauentag":                        {DE: "Internationaler Frauentag", EN: "International Women’s Day"},
	"Karfreitag":                       {DE: "Karfreitag", EN: "Good Friday"},
	"Ostermontag":                      {DE: "Ostermontag", EN: "Easter Monday"},
	"Tag der Arbeit":                   {DE: "Tag der Arbeit", EN: "Labour Day"},
	"Tag der Befreiung":                {DE: "80. Jahrestag der Befreiung", EN: "80 years since liberation"},
	"75. Jahrestag des Volksaufstands": {DE: "75. Jahrestag des Volksaufstands", EN: "75 years since the uprising of 1953"},
	"Christi Himmelfahrt":              {DE: "Christi Himmelfahrt", EN: "Ascension Day"},
	"Pfingstmontag":                    {DE: "Pfingstmontag", EN: "Whit Monday"},
	"Fronleichnam":                     {DE: "Fronleichnam", EN: "Corpus Christi"},
	"Mariä Himmelfahrt":                {DE: "Mariä Himmelfahrt", EN: "Assumption Day"},
	"Weltkindertag":                    {DE: "Weltkindertag", EN: "World Children’s Day"},
	"Tag der Deutschen Einheit":        {DE: "Tag der Deutschen Einheit", EN: "German Unity Day"},
	"Reformationstag":                  {DE: "Reformationstag", EN: "Reformation Day"},
	"Allerheiligen":                    {DE: "Allerheiligen", EN: "All Saints’ Day"},
	"Buß- und Bettag":                  {DE: "Buß- und Bettag", EN: "Day of Repentance and Prayer"},
	"Weihnachtstag":                    {DE: "1. Weihnachtstag", EN: "Christmas Day"},
	"Zweiter Weihnachtsfeiertag":       {DE: "2. Weihnachtstag", EN: "Second Day of Christmas"},
	"Nationalfeiertag":                 {DE: "Nationalfeiertag", EN: "Austrian National Day"},
	"Mariä Empfängnis":                 {DE: "Mariä Empfängnis", EN: "Immaculate Conception"},
	"Christtag":                        {DE: "Christtag", EN: "Christmas Day"},
	"Stefanitag":                       {DE: "Stefanitag", EN: "St Stephen’s Day"},
	"New Year's Day":                   {DE: "Neujahr", EN: "New Year’s Day"},
	"Martin Luther King Jr. Day":       {DE: "Martin-Luther-King-Tag", EN: "Martin Luther King Jr. Day"},
	"Presidents' Day":                  {DE: "Presidents’ Day", EN: "Presidents’ Day"},
	"Memorial Day":                     {DE: "Memorial Day", EN: "Memorial Day"},
	"Juneteenth":                       {DE: "Juneteenth", EN: "Juneteenth"},
	"Independence Day":                 {DE: "Unabhängigkeitstag", EN: "Independence Day"},
	"Labor Day":                        {DE: "Labor Day", EN: "Labor Day"},
	"Columbus Day":                     {DE: "Columbus Day", EN: "Columbus Day"},
	"Veterans Day":                     {DE: "Veterans Day", EN: "Veterans Day"},
	"Thanksgiving Day":                 {DE: "Thanksgiving", EN: "Thanksgiving Day"},
	"Christmas Day":                    {DE: "1. Weihnachtstag", EN: "Christmas Day"},
}

// nameOf gives the name in both languages; a name that is new in the library stands as
// it is until it gets a line above, which a test asks for.
func nameOf(library string) locale.Text {
	if name, ok := holidayNames[library]; ok {
		return name
	}
	return locale.Text{DE: library, EN: library}
}
