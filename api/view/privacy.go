package view

import (
	"strconv"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// privacy is what the template of the privacy notice asks.
type privacy struct {
	words
	*survey.Privacy
	ID, Contact string
	Parts       []privacyPart
	Data        []privacyData
	Limits      []string
}

// privacyPart is a heading with paragraphs below it.
type privacyPart struct {
	Heading string
	Texts   []string
}

// privacyData is a kind of data, what it is for and how long it is kept.
type privacyData struct{ What, Why, Kept string }

// Privacy gives the privacy notice of a round in a language; p is nil for a round that
// there is not. What it says of data, periods and limits stands in the works council
// pack in the same words.
func Privacy(l locale.Language, id string, p *survey.Privacy) ([]byte, error) {
	page := privacy{words: words{locale.New(l)}, Privacy: p, ID: id}
	if p == nil {
		return execute("privacy.html", page)
	}
	if p.Contact != (locale.Text{}) {
		contact := page.In(p.Contact)
		if contact == "" {
			contact = p.Contact.DE + p.Contact.EN
		}
		page.Contact = page.T("survey.contact", "contact", contact)
	}
	page.fill()
	return execute("privacy.html", page)
}

func (p *privacy) fill() {
	about := []any{"organisation", p.Organisation, "k", p.K, "hours", p.Periods.ReviewHours, "days", p.Periods.ForfeitDays}
	part := func(key string, texts ...string) {
		all := privacyPart{Heading: p.T("public.privacy." + key)}
		for _, text := range texts {
			all.Texts = append(all.Texts, p.T(text, about...))
		}
		p.Parts = append(p.Parts, all)
	}
	part("controller", "public.privacy.controller-text")
	part("purpose", "council.purpose.why-text", "council.purpose.not-text", "council.purpose.free-text")
	part("basis", "public.privacy.basis-text")
	recipients := []string{"public.privacy.recipients-text"}
	if p.Audited {
		recipients = append(recipients, "public.privacy.audited")
	}
	if p.Trustee {
		recipients = append(recipients, "public.privacy.trustee")
	}
	part("recipients", recipients...)
	part("rights", "public.privacy.rights-text", "public.privacy.complain")
	for _, row := range []struct {
		key string
		n   int
	}{
		{"people", p.Periods.LeaverDays}, {"invitations", 0}, {"ballots", p.Periods.ForfeitDays},
		{"roster", p.Periods.RosterDays}, {"results", 0}, {"texts", p.Periods.CommentMonths},
	} {
		key := "council.data." + row.key
		p.Data = append(p.Data, privacyData{p.T(key), p.T(key + "-why"), p.T(key+"-kept", "days", row.n, "months", row.n)})
	}
	for n := 1; n <= 9; n++ {
		p.Limits = append(p.Limits, p.T("council.limits."+strconv.Itoa(n), "k", p.K))
	}
}
