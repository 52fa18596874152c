package report

import (
	"strings"

	"pulscheck/survey/locale"
)

// TicketsPerSheet is how many paper tickets stand on a sheet of A4: two columns of five.
const TicketsPerSheet = 10

// TicketSheets are paper tickets to cut out. Whoever holds one can answer with it.
type TicketSheets struct {
	About  Document // without pages
	Card   TicketCard
	Sheets []TicketSheet
}

// TicketCard is what all paper tickets of a round say; of two texts, the first one is
// German and the second one English, and the second title is empty if it is the same.
type TicketCard struct {
	Organisation string
	Titles       [2]string
	Dates        [2]string
	Promises     [2]string
	Type         string // above what is to be typed
	Address      string // of the round's page, as people type it
}

// TicketSheet is one page.
type TicketSheet struct {
	Head, Foot string // for who cuts them: German, English
	Tickets    []Ticket
}

// Ticket is the part of a paper ticket that no other one has.
type Ticket struct {
	Link  string      // what the code says: the whole personal link
	Typed [2][]string // its part from "#" on, in groups on two lines
}

// groupSize is how many characters of a link are read at once.
const groupSize = 4

// BuildTickets says what the paper tickets of a round say, in the order of the links,
// which are the parts behind "#". It fails if the time zone of the organisation is
// unknown.
func BuildTickets(in Invitation, links []string) (*TicketSheets, error) {
	zone, err := in.zone()
	if err != nil {
		return nil, err
	}
	german, english := locale.New(locale.German), locale.New(locale.English)
	both := func(key string) [2]string { return [2]string{german.T(key), english.T(key)} }
	typing, typed := both("report.tickets.type"), in.typed()
	out := &TicketSheets{
		About: in.about("report.tickets.kind", zone),
		Card: TicketCard{
			Organisation: in.Organisation.Name, Titles: [2]string{in.Round.Title.DE, in.Round.Title.EN},
			Dates: [2]string{in.period(german, zone), in.period(english, zone)}, Promises: both("report.tickets.promise"),
			Type: strings.Join(typing[:], " · "), Address: typed[0] + typed[1],
		},
	}
	if out.Card.Titles[1] == out.Card.Titles[0] {
		out.Card.Titles[1] = ""
	}
	pages := (len(links) + TicketsPerSheet - 1) / TicketsPerSheet
	for page := range pages {
		on := links[page*TicketsPerSheet : min((page+1)*TicketsPerSheet, len(links))]
		out.Sheets = append(out.Sheets, in.sheet(german, english, page+1, pages, on))
	}
	return out, nil
}

func (in *Invitation) sheet(german, english *locale.Printer, page, pages int, links []string) TicketSheet {
	words := func(p *locale.Printer) string {
		return p.T("report.tickets.sheet", "organisation", in.Organisation.Name, "title", p.In(in.Round.Title), "page", page, "pages", pages) +
			"\n" + p.T("report.tickets.care")
	}
	s := TicketSheet{Head: words(german), Foot: words(english)}
	for _, link := range links {
		s.Tickets = append(s.Tickets, Ticket{Link: in.address() + "#" + link, Typed: typedLink(link)})
	}
	return s
}

// typedLink breaks a link behind its handle and into groups.
func typedLink(link string) (lines [2][]string) {
	handle, rest, _ := strings.Cut(link, ".")
	secret, print, _ := strings.Cut(rest, ".")
	lines[0] = grouped("#", handle+".")
	lines[1] = append(grouped("", secret+"."), grouped("", print)...)
	return lines
}

// grouped cuts a text into groups; the first one has a prefix of its own.
func grouped(prefix, text string) (groups []string) {
	for len(text) > groupSize+1 { // no group of the full stop alone
		groups = append(groups, prefix+text[:groupSize])
		prefix, text = "", text[groupSize:]
	}
	return append(groups, prefix+text)
}
