package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// demoCell is how many people of the sample organisation have a role in a process;
// unit is where most of them work.
type demoCell struct {
	process, role, unit string
	people              int
}

// demoCells adds up to 240 people. CFG is so small that it is never shown; PRB is
// withheld with it, because the total without the others would be CFG. Who owns a
// process also manages it.
var demoCells = []demoCell{
	{"INC", "manager", "servicedesk", 18}, {"INC", "staff", "servicedesk", 50}, {"INC", "user", "fachbereiche", 24},
	{"REQ", "manager", "betrieb", 14}, {"REQ", "staff", "anwendungen", 36}, {"REQ", "user", "fachbereiche", 22},
	{"CHG", "staff", "betrieb", 28}, {"CHG", "user", "anwendungen", 18},
	{"PRB", "staff", "netze", 26}, {"CFG", "staff", "netze", 4},
}

// demoUnanimous is the group whose people all accept their process.
var demoUnanimous = survey.ProcessRole{Process: "REQ", Role: "manager"}

var demoUnits = []survey.Named{
	{Key: "servicedesk", Name: locale.Text{DE: "Service Desk", EN: "Service desk"}},
	{Key: "betrieb", Name: locale.Text{DE: "Betrieb", EN: "Operations"}},
	{Key: "anwendungen", Name: locale.Text{DE: "Anwendungen", EN: "Applications"}},
	{Key: "netze", Name: locale.Text{DE: "Netze und Sicherheit", EN: "Networks and security"}},
	{Key: "fachbereiche", Name: locale.Text{DE: "Fachbereiche", EN: "Business departments"}},
}

// demoPeople invents n people with the shares of demoCells. About one in six works
// outside the usual unit of the role and one in eight lives in a second process, so
// that the rotation has something to turn.
func demoPeople(organisation survey.OrganisationID, n int, random *rand.Rand) []survey.Person {
	people := make([]survey.Person, 0, n)
	seen := make(map[string]int)
	for _, cell := range demoShares(n) {
		for range cell.people {
			name := demoFirstNames[random.IntN(len(demoFirstNames))] + " " + demoLastNames[random.IntN(len(demoLastNames))]
			roles := []survey.ProcessRole{{Process: cell.process, Role: cell.role}}
			if cell.role == "staff" && (cell.process == "INC" || cell.process == "REQ") && random.IntN(8) == 0 {
				second := map[string]string{"INC": "REQ", "REQ": "INC"}[cell.process]
				roles = append(roles, survey.ProcessRole{Process: second, Role: "staff"})
			}
			unit := cell.unit
			if random.IntN(6) == 0 {
				unit = demoUnits[random.IntN(len(demoUnits))].Key
			}
			people = append(people, survey.Person{
				ID:           survey.PersonID(fmt.Sprintf("demo-person-%05d", len(people)+1)),
				Organisation: organisation,
				Email:        demoAddress(name, seen),
				Name:         name,
				Unit:         unit,
				Locale:       locale.German,
				Roles:        roles,
			})
		}
	}
	return people
}

// demoShares scales demoCells to n people; what rounding leaves over goes to the
// largest cell.
func demoShares(n int) []demoCell {
	total, largest := 0, 0
	for i, c := range demoCells {
		total += c.people
		if c.people > demoCells[largest].people {
			largest = i
		}
	}
	cells, rest := make([]demoCell, len(demoCells)), n
	for i, c := range demoCells {
		cells[i] = c
		cells[i].people = c.people * n / total
		rest -= cells[i].people
	}
	cells[largest].people += rest
	return cells
}

// demoAddress makes an address under .example, which nobody can own (RFC 2606).
func demoAddress(name string, seen map[string]int) string {
	local := strings.NewReplacer(" ", ".", "ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ç", "c").Replace(strings.ToLower(name))
	seen[local]++
	if seen[local] > 1 {
		local = fmt.Sprintf("%s%d", local, seen[local])
	}
	return local + "@nordlicht.example"
}

var demoFirstNames = []string{
	"Anna", "Bernd", "Carla", "Daniel", "Elif", "Felix", "Greta", "Hakan", "Ines", "Jonas",
	"Katrin", "Lars", "Miriam", "Nils", "Olga", "Paul", "Ramona", "Stefan", "Tanja", "Uwe",
	"Vera", "Willi", "Yasmin", "Zoran", "Björn", "Jürgen", "Käthe", "Sören",
}

var demoLastNames = []string{
	"Albrecht", "Bauer", "Çelik", "Dietrich", "Engel", "Fischer", "Groß", "Hoffmann", "Ivanova",
	"Jansen", "Köhler", "Lehmann", "Müller", "Neumann", "Otto", "Petersen", "Richter", "Schäfer",
	"Thiele", "Ulrich", "Vogt", "Wagner", "Yilmaz", "Zimmermann", "Kröger", "Nowak",
}
